"""What goes over the wire when units are resolved: queries and answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from api.collections.schemas import Reference
from api.collections.values import day
from api.units.resolve import Fate, Finding
from graph.matching.matcher import UnitQuery

MOST_QUERIES: Final = 200
_MOST_WITHIN: Final = 5
_FIRST_DAY_OF_2025: Final = "2025-07-01"
_LEVELS: Final = {"province": 1, "district": 2, "commune": 3}

Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Day = Annotated[str, AfterValidator(day)]
Level = Literal["province", "district", "commune"]
Era = Literal["2004", "2025"]


class UnitQuestion(BaseModel):
    """One name, code or address, and what is known of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: Name = Field(
        description="a name, an official code or a whole address, in any spelling",
        examples=["Sảng Mộc, Võ Nhai, Thái Nguyên"],
    )
    within: list[Name] = Field(
        default=[],
        max_length=_MOST_WITHIN,
        description="larger units around it, where a table has them in columns of their own",
        examples=[["Thái Nguyên"]],
    )
    date: Day | None = Field(
        None, description="a day on which the text was right, e.g. 2024-12-31", examples=["2024-12-31"]
    )
    era: Era | None = Field(
        None,
        description="the register: 2004 until 30 June 2025, 2025 since then",
    )
    level: list[Level] = Field(default=[], max_length=3, description="which units are wanted; any if none")

    @model_validator(mode="after")
    def _check_era(self) -> Self:
        if self.date and self.era and self.era != _era_of(self.date):
            raise ValueError(f"era={self.era} has no {self.date}: the register of 2025 begins on 2025-07-01")
        return self

    def query(self, limit: int) -> UnitQuery:
        """Give it as what the matcher takes."""
        return UnitQuery(
            self.q,
            within=tuple(self.within),
            day=date.fromisoformat(self.date) if self.date else None,
            era=self.era or "",
            levels=frozenset(_LEVELS[level] for level in self.level),
            limit=limit,
        )


class _Answering(BaseModel):
    on: Day | None = Field(
        None, description="on which day to say what it is; today if none is given", examples=["2026-01-01"]
    )
    limit: int = Field(5, ge=1, le=50, description="candidates, at most")


class ResolveParameters(UnitQuestion, _Answering):
    """The parameters of a request for one unit."""


class ResolveRequest(_Answering):
    """The body of a request for many units."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    queries: list[UnitQuestion] = Field(min_length=1, max_length=MOST_QUERIES)


def _era_of(text: str) -> str:
    return "2004" if text < _FIRST_DAY_OF_2025 else "2025"


Texts = dict[str, str]


class UnitOnDay(Reference):
    """A unit as it was on a day; `label` is what it is called last."""

    era: str
    code: str
    level: Level
    officialName: str  # noqa: N815 - as the ontology names it
    name: str
    unitType: Reference  # noqa: N815
    validFrom: str | None  # noqa: N815
    validTo: str | None = Field(description="the first day on which it was no longer so")  # noqa: N815
    legalBasis: list[Reference]  # noqa: N815
    partOf: list[Reference] = Field(description="what it lay in, the nearest first")  # noqa: N815
    address: str = Field(description="its official name and those of what it lay in")


class FeatureModel(BaseModel):
    """Why a candidate has its score; each from 0 (speaks against it) to 1 (fits)."""

    name: float
    kind: float
    around: float
    time: float


class CandidateModel(BaseModel):
    """A unit that may be meant."""

    score: float = Field(description="0 to 100, 100 times the product of the features")
    matched: str = Field(description="the part of the text that names it")
    features: FeatureModel
    unit: UnitOnDay


class StepModel(BaseModel):
    """A change on the way."""

    date: str
    from_: Reference = Field(alias="from")
    to: Reference
    share: Literal["whole", "part"]
    change: Reference
    legalBasis: list[Reference]  # noqa: N815
    clause: str | None


class OutcomeModel(BaseModel):
    """A unit of the other day."""

    share: Literal["whole", "part"] = Field(description="how much of the one asked about it holds")
    derived: bool = Field(description="whether no act says so, but its communes lay in it from then on")
    unit: UnitOnDay
    steps: list[StepModel] = Field(description="in the order of time")


class ShortOutcome(BaseModel):
    """A unit of the other day, by name."""

    share: Literal["whole", "part"]
    unit: Reference


class CommuneModel(BaseModel):
    """A commune of a unit that was abolished, and what it became."""

    unit: Reference
    becomes: list[ShortOutcome]


class AbolitionModel(BaseModel):
    """The change that ended a unit."""

    change: Reference
    date: str | None
    legalBasis: list[Reference]  # noqa: N815
    clause: list[str]


class DestinationModel(BaseModel):
    """What the unit is on the other day."""

    date: str
    status: Fate
    message: Texts = Field(description="the same in words, by language")
    units: list[OutcomeModel]
    communes: list[CommuneModel] = Field(description="of a unit that was abolished")
    abolition: list[AbolitionModel]


class ResolveAnswer(BaseModel):
    """The answer to one query."""

    query: UnitQuestion
    finding: Finding
    match: CandidateModel | None
    on: DestinationModel | None
    candidates: list[CandidateModel]


class SingleAnswer(ResolveAnswer):
    """The answer to a request for one unit."""

    snapshot: str


class ResolveAnswers(BaseModel):
    """The answers to many queries, in their order."""

    items: list[ResolveAnswer]
    total: int
    snapshot: str
