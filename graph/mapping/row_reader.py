"""Reading the cells of one row into typed values: what is wrong is reported, all of a row at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

from pyoxigraph import NamedNode

from graph.mapping.concept_index import ConceptIndex
from graph.mapping.reader import Row, file_of
from graph.mapping.unit_register import REFORM_DAY, UnitRegister, UnknownUnitError
from graph.model import iris
from graph.model.dates import PartialDate
from graph.model.iris import ERA_2004, ERA_2025
from graph.model.text import slug
from graph.problems import Problems

T = TypeVar("T")

ERA_OF_BASIS = {"63": ERA_2004, "34": ERA_2025}
"""The register that a count of provinces stands for: 63 until 30 June 2025, 34 since."""


def makes_key(text: str) -> bool:
    """Say whether an IRI key can be made of a text: something of it is left as ASCII letters or digits."""
    try:
        return bool(slug(text))
    except ValueError:
        return False


class RowReader:
    """Reads the cells of a row; a wrong cell is reported, gives None, and makes the row ``failed``."""

    def __init__(self, row: Row, problems: Problems) -> None:
        self.row = row
        self.failed = False
        self._problems = problems

    def wrong(self, column: str, *, vi: str, en: str) -> None:
        """Report what is wrong with a cell."""
        self.failed = True
        self._problems.report(file_of(self.row.table), self.row.line, column, vi=vi, en=en)

    def optional(self, column: str) -> str:
        """Give the cell of a column that the table may lack."""
        return self.row.cells.get(column, "").strip()

    def filled(self, column: str) -> str:
        """Give a cell that must not be empty."""
        text = self.row[column]
        if not text:
            self.wrong(column, vi="thiếu giá trị", en="a value is missing")
        return text

    def named(self, column: str) -> str:
        """Give a cell from which an IRI is made; see `makes_key`."""
        text = self.filled(column)
        if text and not makes_key(text):
            self.wrong(
                column,
                vi=f"{text!r} không có chữ cái Latinh hay chữ số nào",
                en=f"{text!r} has no Latin letter or digit",
            )
        return text

    def parsed(self, column: str, parse: Callable[[str], T], vi: str) -> T | None:
        """Read a cell with a function that raises ValueError on bad text; ``vi`` says what would be right."""
        text = self.row[column]
        try:
            return parse(text)
        except ValueError as error:
            self.wrong(column, vi=f"{text!r} không hợp lệ: {vi}", en=str(error))
            return None

    def date(self, column: str, precision_column: str = "") -> PartialDate | None:
        """Read a date of any precision; None for an empty cell.

        Args:
            column: the date: YYYY, YYYY-MM or YYYY-MM-DD.
            precision_column: a column that names the precision, which must be that of the date.

        """
        if not self.row[column]:
            return None
        precision = self.row[precision_column] if precision_column else ""
        hint = "ghi ngày có thật, dạng YYYY, YYYY-MM hoặc YYYY-MM-DD"
        if precision:
            hint += f", đúng với độ chính xác {precision!r}"
        return self.parsed(column, lambda text: PartialDate.parse(text, precision), hint)

    def known_date(self, column: str) -> PartialDate | None:
        """Give a date that another mapping checks: None if it is empty or wrong, and nothing is reported."""
        try:
            return PartialDate(self.row[column])
        except ValueError:
            return None

    def number(self, column: str, parse: Callable[[str], Decimal]) -> Decimal | None:
        """Read a number with one of the functions that know how a table writes numbers."""
        return self.parsed(column, parse, "ghi một số, không có dấu phân cách hàng nghìn")

    def whole_number(self, column: str, first: int, last: int | None = None) -> int | None:
        """Read a whole number of at least ``first`` and, if given, at most ``last``."""
        text = self.row[column]
        number = int(text) if text.isascii() and text.isdecimal() else None
        if number is None or number < first or (last is not None and number > last):
            span = f"{first}..{last}" if last is not None else f">= {first}"
            self.wrong(
                column,
                vi=f"{text!r} phải là số nguyên trong khoảng {span}",
                en=f"{text!r} must be a whole number in {span}",
            )
            return None
        return number

    def one_of(self, column: str, known: Iterable[str]) -> str:
        """Read a cell that must hold one of some words."""
        text, words = self.row[column], sorted(known)
        if text not in words:
            self.wrong(
                column,
                vi=f"{text!r} không được chấp nhận; ghi một trong: {', '.join(words)}",
                en=f"{text!r} is not accepted; write one of: {', '.join(words)}",
            )
        return text

    def concept(self, column: str, scheme: str, concepts: ConceptIndex, text: str = "") -> NamedNode | None:
        """Give the concept that a cell (or ``text``, a part of it) names by slug or label."""
        printed = text or self.row[column]
        concept = concepts.find(scheme, printed)
        if concept is None:
            self.wrong(
                column,
                vi=f"{printed!r} chưa có trong bảng khái niệm {scheme}: thêm khái niệm (hoặc altLabel) vào "
                "ontology/concepts.ttl, hoặc sửa ô này",
                en=f"{printed!r} is in no concept of the scheme {scheme}: add a concept (or an altLabel) to "
                "ontology/concepts.ttl, or correct the cell",
            )
        return concept

    def province(
        self,
        column: str,
        register: UnitRegister,
        *,
        era: str = "",
        dates: Iterable[PartialDate | None] = (),
    ) -> NamedNode | None:
        """Give the province of a cell as it stood then; the country for "Việt Nam".

        Tables print the name of a province as of its time, so a name that only one register has decides by
        itself. Where both have it, ``era`` decides if it is known, else the first of ``dates`` that lies
        wholly in one of them; without any date the register of the 63 provinces, which nearly all sources
        of the tables were written under.
        """
        known_dates = [date for date in dates if date is not None]
        found: dict[str, NamedNode] = {}
        failure: UnknownUnitError | None = None
        for candidate in (era,) if era else iris.ERAS:
            try:
                unit = register.unit_of_province(self.row[column], era=candidate)
                _refuse_if_ended(unit, register, known_dates)
                found[candidate] = unit
            except UnknownUnitError as error:
                failure = error
        if len(found) > 1:
            return found[_era_of_first(known_dates)]
        if not found and failure:
            self.wrong(column, vi=failure.vi, en=failure.en)
        return next(iter(found.values()), None)


def _refuse_if_ended(unit: NamedNode, register: UnitRegister, dates: Sequence[PartialDate]) -> None:
    """Raise UnknownUnitError for a province that ended before the reform and before the first date."""
    if not dates or unit == iris.country():
        return
    era, code = unit.value.split("/")[-2:]
    end = register.entries(era, code)[-1].valid_to
    if end and end < REFORM_DAY and end <= dates[0].first_day().isoformat():
        name = register.entries(era, code)[-1].name
        raise UnknownUnitError(
            vi=f"tỉnh {name} đã hết tồn tại từ {end}, trước {dates[0].text}",
            en=f"the province {name} ended on {end}, before {dates[0].text}",
        )


def _era_of_first(dates: Sequence[PartialDate]) -> str:
    """Give the register of the first date that lies wholly before or after the reform; else that of 2004."""
    for date in dates:
        if date.last_day().isoformat() < REFORM_DAY:
            return ERA_2004
        if date.first_day().isoformat() >= REFORM_DAY:
            return ERA_2025
    return ERA_2004


class SeenKeys:
    """The identifiers of a table that were seen: a second row with the same one is reported."""

    def __init__(self) -> None:
        self._lines: dict[str, int] = {}

    def check(self, reader: RowReader, column: str) -> str:
        """Give the identifier of a row; report it if it is empty or stands on an earlier line too."""
        key = reader.named(column)
        first = self._lines.setdefault(key, reader.row.line)
        if key and first != reader.row.line:
            reader.wrong(
                column,
                vi=f"mã {key!r} đã có ở dòng {first}",
                en=f"the identifier {key!r} stands on line {first} too",
            )
        return key
