"""The table of the page `/link`: from what a reader filled in to rows with words, links and choices."""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from api.addresses import name_of
from api.linking.page_form import SHOWS, FormError, LinkForm
from api.linking.words import NO_TABLE, SHARES, VERDICTS, Said, difference, doubt, reason
from graph.linking.choices import RowChoices
from graph.linking.csv_form import CsvForm, find_form
from graph.linking.current_units import CurrentShare, CurrentUnit
from graph.linking.days import read_day
from graph.linking.errors import LinkInputError
from graph.linking.guessing import GuessedColumns, guess_columns, names_unit
from graph.linking.options import LinkOptions
from graph.linking.pasted import PastedTable, read_pasted
from graph.linking.tables import LinkedRow, LinkedTable
from graph.linking.unit_links import COLUMNS, Status, UnitLinker
from graph.matching.gazetteer import Unit
from graph.matching.matcher import Candidate, UnitMatcher

SHOWN_ROWS: Final = 200
"""How many rows are shown at once."""

MOST_ROWS: Final = 5_000
"""How many rows are linked to be shown; the download has all."""

_SECONDS: Final = 4.0
_PREFIXES: Final = ("vndx_", "vndx2_", "vndx3_")
_DOUBTFUL: Final = frozenset({Status.AMBIGUOUS, Status.UNCERTAIN, Status.NOT_FOUND, Status.BAD_ROW})
_TO_CHOOSE: Final = frozenset({Status.AMBIGUOUS, Status.UNCERTAIN, Status.CHOSEN})
_COUNTED: Final = (
    ("sure", Said("chắc chắn", "sure"), frozenset({Status.MATCHED})),
    ("chosen", Said("bạn đã chọn", "chosen by you"), frozenset({Status.CHOSEN})),
    ("doubtful", Said("chưa rõ", "doubtful"), frozenset({Status.AMBIGUOUS, Status.UNCERTAIN})),
    ("missing", Said("không tìm thấy", "not found"), frozenset({Status.NOT_FOUND})),
    ("unread", Said("không đọc được", "cannot be read"), frozenset({Status.BAD_ROW})),
    ("blank", Said("ô trống", "blank"), frozenset({Status.EMPTY})),
)


@dataclass(frozen=True)
class UnitShown:
    """A unit: its IRI, the path of its page, its name, what it lies in, its register and code."""

    iri: str
    path: str
    name: str
    around: str
    era: str
    code: str


@dataclass(frozen=True)
class CandidateShown:
    """A unit that may be meant, how well it fits (0 to 100), and in what way it does not."""

    unit: UnitShown
    score: float
    said: Said


@dataclass(frozen=True)
class CurrentShown:
    """A unit of today, how it holds the earlier one, the clause that made it so, and the page of that act."""

    unit: UnitShown
    share: Said
    clause: str
    act_path: str


@dataclass(frozen=True)
class RowShown:
    """A row with what is said of it.

    Attributes:
        number: among the rows, from 1.
        key: among the choices.
        kind: for styles: ``sure``, ``chosen``, ``doubtful``, ``missing``, ``unread`` or ``blank``.
        text: of the cell that was looked up.
        around: of the cells with larger units.
        verdict: in a word or two.
        reason: why.
        score: of the unit or the best candidate; None if there is none.
        unit: that is meant; None if unknown.
        current: units of today that hold it.
        by_communes: whether it was abolished and these have its communes.
        candidates: to choose from.

    """

    number: int
    key: str
    kind: str
    text: str
    around: str
    verdict: Said
    reason: Said
    score: float | None
    unit: UnitShown | None
    current: tuple[CurrentShown, ...]
    by_communes: bool
    candidates: tuple[CandidateShown, ...]


@dataclass(frozen=True)
class TableShown:
    """A linked table, as far as it is shown.

    Attributes:
        rows: on this page.
        counts: how many rows there are of each kind, with its key and words; of none no entry.
        total: how many rows the table has.
        linked: how many of them have been linked.
        listed: how many of these are of the kinds that are shown.
        skip: how many of those come before this page.
        iris: of the units of the linked rows, one a line; blank where none is meant.

    """

    rows: tuple[RowShown, ...]
    counts: tuple[tuple[str, int, Said], ...]
    total: int
    linked: int
    listed: int
    skip: int
    iris: str


@dataclass(frozen=True)
class PreparedTable:
    """A table that is ready to be linked.

    Attributes:
        pasted: the table.
        file: the same as a file.
        form: of the file.
        options: what to look for.
        choices: the units chosen, by the keys of rows.

    """

    pasted: PastedTable
    file: io.BytesIO
    form: CsvForm
    options: LinkOptions
    choices: Mapping[str, str]

    def linked(self, linker: UnitLinker) -> LinkedTable:
        """Give the table, to be linked."""
        return LinkedTable(self.file, self.form, self.options, linker, RowChoices(self.choices))


def prepare(form: LinkForm, matcher: UnitMatcher, column_word: str) -> PreparedTable:
    """Find the form of a table, and what to look for in it.

    Raises:
        FormError: if there is no table, or it cannot be used.

    """
    try:
        pasted = read_pasted(
            form.text, lambda cell: names_unit(matcher, cell), column_word, has_header=form.has_header
        )
    except LinkInputError as error:
        raise FormError(NO_TABLE) from error
    day = _day(form.day)
    chosen = _settings(form, pasted, matcher)
    taken = set(pasted.names)
    prefix = next((p for p in _PREFIXES if not taken & {p + name for name in COLUMNS}), "vndx4_")
    options = LinkOptions(
        chosen.column,
        chosen.within,
        (form.province,) if form.province else (),
        day,
        chosen.day_column,
        era=form.era,
        prefix=prefix,
    )
    file = io.BytesIO(pasted.text.encode("utf-8", "replace"))
    try:
        return PreparedTable(pasted, file, find_form(file, pasted.delimiter), options, form.choices)
    except LinkInputError as error:
        said = Said(
            "Không đọc được bảng này: có dòng quá dài, hoặc không phải chữ.",
            f"This table cannot be read: {error}",
        )
        raise FormError(said) from error


def show(prepared: PreparedTable, form: LinkForm, linker: UnitLinker) -> TableShown:
    """Link a table for some seconds at most, and give the rows to show.

    Raises:
        FormError: if it cannot be linked.

    """
    try:
        table = prepared.linked(linker)
    except LinkInputError as error:
        raise FormError(Said("Không liên kết được bảng này.", str(error))) from error
    statuses: Counter[Status] = Counter()
    shown: list[RowShown] = []
    iris: list[str] = []
    listed = 0
    for number, row in enumerate(_rows_in_time(table), 1):
        link = row.link
        if link is None:
            continue
        statuses[link.status] += 1
        iris.append(link.candidate.unit.iri if link.candidate else "")
        if form.shows == SHOWS[0] or link.status in _DOUBTFUL | {Status.CHOSEN}:
            listed += 1
            if form.skip < listed <= form.skip + SHOWN_ROWS:
                shown.append(_row(number, row, prepared, linker))
    counts = tuple(
        (key, count, said)
        for key, said, kinds in _COUNTED
        if (count := sum(statuses[kind] for kind in kinds))
    )
    return TableShown(
        tuple(shown), counts, prepared.pasted.count, statuses.total(), listed, form.skip, "\n".join(iris)
    )


def _rows_in_time(table: LinkedTable) -> Iterator[LinkedRow]:
    end = time.monotonic() + _SECONDS
    count = 0
    for row in table.rows():
        if row.link is None:
            continue
        yield row
        count += 1
        if count >= MOST_ROWS or time.monotonic() > end:
            return
        time.sleep(0)  # lets the thread of the event loop go on


def _day(written: str) -> date | None:
    try:
        return read_day(written)
    except ValueError as error:
        raise FormError(
            Said(f"“{written}” không phải là một ngày: viết như 30/06/2025.", f"The day: {error}")
        ) from error


def _settings(form: LinkForm, pasted: PastedTable, matcher: UnitMatcher) -> GuessedColumns:
    """Give which columns are meant: as the reader says, if that is said of these columns."""
    if form.columns == pasted.names and form.column in pasted.names:
        within = tuple(name for name in form.within if name in pasted.names and name != form.column)
        return GuessedColumns(form.column, within, form.day_column if form.day_column in pasted.names else "")
    guessed = guess_columns(pasted.names, pasted.sample, matcher)
    return GuessedColumns(guessed.column, guessed.within, "" if form.day else guessed.day_column)


def _row(number: int, row: LinkedRow, prepared: PreparedTable, linker: UnitLinker) -> RowShown:
    link, query, day = row.link, row.query, row.query.day if row.query else None
    if link is None:
        raise TypeError("a row that is no header has a link")
    position = prepared.pasted.names.index(prepared.options.column)
    written = row.cells[position] if position < len(row.cells) else ""
    found = link.candidate
    said = reason(found, day, link.current) if found else doubt(link.status, link.reason)
    kind = next(key for key, _, kinds in _COUNTED if link.status in kinds)
    candidates = link.candidates if link.status in _TO_CHOOSE else ()
    return RowShown(
        number,
        row.key,
        kind,
        query.text if query else written,
        ", ".join(query.within) if query else "",
        VERDICTS[link.status],
        said,
        link.score,
        _unit(found, day, linker) if found else None,
        tuple(map(_current, link.current)),
        any(each.share is CurrentShare.COMMUNES for each in link.current),
        tuple(
            CandidateShown(_unit(each, day, linker), each.score, difference(each, day)) for each in candidates
        ),
    )


def _unit(candidate: Candidate, day: date | None, linker: UnitLinker) -> UnitShown:
    around = ", ".join(linker.around(candidate, day))
    return _shown(candidate.unit, candidate.version.official_name, around)


def _current(current: CurrentUnit) -> CurrentShown:
    around = "" if current.province == current.name else current.province
    act = _path(current.legal_bases[-1]) if current.legal_bases else ""
    return CurrentShown(
        _shown(current.unit, current.name, around), SHARES[current.share], current.clause, act
    )


def _shown(unit: Unit, name: str, around: str) -> UnitShown:
    return UnitShown(unit.iri, _path(unit.iri), name, around, unit.era, unit.code)


def _path(iri: str) -> str:
    return f"/page/{name_of(iri)}"
