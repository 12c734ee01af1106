"""What can be asked of the linking of a table, as query parameters."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from graph.linking.csv_form import DELIMITERS
from graph.linking.days import read_day
from graph.linking.options import LEVELS, LinkOptions

_ColumnName: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=200)]
_Day: TypeAlias = Annotated[
    date | None, BeforeValidator(lambda value: read_day(str(value)) if value else None)
]
_MOST_WITHIN: Final = 5


class LinkParameters(BaseModel):
    """The parameters of ``/api/v1/link``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    column: _ColumnName = Field(
        description="the column with names of units, their codes, or whole addresses", examples=["commune"]
    )
    within: list[_ColumnName] = Field(
        [],
        max_length=_MOST_WITHIN,
        description="a column with a larger unit around it; may be repeated",
        examples=[["district", "province"]],
    )
    day: _Day = Field(
        None, alias="date", description="a day on which the table was right", examples=["2025-06-30"]
    )
    day_column: _ColumnName | None = Field(
        None, alias="dateColumn", description="a column that says it for each row, in place of `date`"
    )
    level: list[Literal["province", "district", "commune"]] = Field(
        [],
        max_length=len(LEVELS),
        description="which units are meant; may be repeated",
        examples=[["commune"]],
    )
    era: Literal["2004", "2025"] | None = Field(None, description="the register they are of")
    as_of: _Day = Field(
        None, alias="asOf", description="the day whose units are given as the current ones; by default today"
    )
    delimiter: Literal["comma", "semicolon", "tab"] | None = Field(
        None, description="between cells; by default found in the header"
    )
    prefix: str = Field("vndx_", max_length=40, description="of the names of the columns that are added")

    @model_validator(mode="after")
    def _one_day(self) -> LinkParameters:
        if self.day is not None and self.day_column is not None:
            raise ValueError("give date, or dateColumn, not both")
        return self

    def options(self) -> LinkOptions:
        """Give what to look for."""
        return LinkOptions(
            column=self.column,
            within=tuple(self.within),
            day=self.day,
            day_column=self.day_column or "",
            levels=frozenset(LEVELS[level] for level in self.level),
            era=self.era or "",
            prefix=self.prefix,
        )

    def delimiter_sign(self) -> str:
        """Give the delimiter, empty if it shall be found."""
        return DELIMITERS[self.delimiter] if self.delimiter else ""
