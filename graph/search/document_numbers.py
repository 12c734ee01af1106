"""Document numbers in any spelling: 57-NQ/TW, "57 NQ TW", nq57, NQ 57, "nghị quyết số 57", 57nqtw.

An official number has a serial, for legal documents a year, and symbols: of the type of document and of
who issued it (Decree 30/2020/NĐ-CP, article 8 and annex I). People leave out symbols, zeros and signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from graph.search.abbreviations import DOCUMENT, Abbreviations, Phrase
from graph.search.words import key

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NUMBER_WORDS: Final = ("so", "no")
# Symbols of issuers that stand in numbers without a type, or that people glue to it.
_ISSUERS: Final = ("tw", "tu", "hu", "ttg", "cp", "ubnd", "hdnd", "qh", "ubtvqh", "btttt", "bcd", "vpcp")
_LARGEST_SERIAL: Final = 10**9


@dataclass(frozen=True)
class DocumentNumber:
    """A number, whole or as far as it is given.

    Attributes:
        serial: the number in the series, without leading zeros.
        symbols: folded symbols of type and issuer, e.g. ``nq`` and ``tw``; ``qh`` and ``15`` for QH15.
        year: the year in the number, empty without one.

    """

    serial: int
    symbols: frozenset[str]
    year: str = ""

    def may_be(self, whole: DocumentNumber) -> bool:
        """Say whether this may be a shorter form of a whole number.

        A type that is written out need not be in the number: Nghị quyết 202/2025/QH15.
        """
        types = _type_symbols()
        symbols = self.symbols if whole.symbols & types else self.symbols - types
        return (
            self.serial == whole.serial
            and bool(whole.symbols)
            and symbols <= whole.symbols
            and (not self.year or not whole.year or self.year == whole.year)
        )


@dataclass(frozen=True)
class NumberInText:
    """A document number found among the words of a text, and the words beside it."""

    number: DocumentNumber
    rest: tuple[str, ...]


def read_number(text: str) -> DocumentNumber | None:
    """Read the number of a document as its register has it; None without a serial."""
    tokens = key(text).split()
    serial = next((at for at, token in enumerate(tokens) if token.isdecimal()), None)
    if serial is None or int(tokens[serial]) > _LARGEST_SERIAL:
        return None
    rest = tokens[:serial] + tokens[serial + 1 :]
    year = next((token for token in tokens[serial + 1 : serial + 2] if _YEAR.fullmatch(token)), "")
    if year:
        rest.remove(year)
    return DocumentNumber(int(tokens[serial]), frozenset(rest), year)


def find_number(tokens: Sequence[str]) -> NumberInText | None:
    """Find a document number among folded words: a serial with a symbol or a type of document beside it.

    What stands in front ("nghị quyết số 57") or behind it ("57 NQ TW", "20/2023/QH15") counts; a year is
    one of the number where it follows the serial or the symbols.
    """
    units = _symbols(tokens)
    for at, unit in enumerate(units):
        if not unit.serial:
            continue
        before, after = _before(units, at), _after(units, at)
        symbols = [symbol for place in (*before, *after) for symbol in units[place].symbols]
        if not symbols:
            continue
        used = {at, *before, *after}
        years = [place for place in range(at + 1, max(used) + 2) if _is_year(units, place)]
        year = units[years[0]].words[0] if years else ""
        used |= set(years[:1])
        used |= {place for place, other in enumerate(units) if other.is_number_word and place + 1 in used}
        rest = tuple(word for place, other in enumerate(units) if place not in used for word in other.words)
        return NumberInText(DocumentNumber(int(unit.words[0]), frozenset(symbols), year), rest)
    return None


@dataclass(frozen=True)
class _Unit:
    """A word or a phrase: the symbols that it stands for, and whether it may be a serial."""

    words: Phrase
    symbols: tuple[str, ...] = ()

    @property
    def serial(self) -> bool:
        return self.words[0].isdecimal() and int(self.words[0]) <= _LARGEST_SERIAL and not self.symbols

    @property
    def is_number_word(self) -> bool:
        return self.words[0] in _NUMBER_WORDS


def _before(units: Sequence[_Unit], at: int) -> list[int]:
    """Give the places of the symbols in front of a serial, up to the type: NQ 57, nghị quyết số 57."""
    place = at - 1
    if place >= 0 and units[place].is_number_word:
        place -= 1
    found = []
    while place >= 0 and units[place].symbols:
        found.append(place)
        if not _type_symbols().isdisjoint(units[place].symbols):
            break
        place -= 1
    return found


def _after(units: Sequence[_Unit], at: int) -> list[int]:
    """Give the places of the symbols behind a serial, or behind the year that follows it."""
    place = at + 1
    if _is_year(units, place) and place + 1 < len(units) and units[place + 1].symbols:
        place += 1
    found = []
    while place < len(units) and units[place].symbols:
        found.append(place)
        place += 1
    return found


def _is_year(units: Sequence[_Unit], place: int) -> bool:
    return place < len(units) and bool(_YEAR.fullmatch(units[place].words[0]))


def _symbols(tokens: Sequence[str]) -> list[_Unit]:
    """Join phrases that name a type, split symbols that were glued together, and leave other words alone."""
    types, known = _types(), _known()
    units: list[_Unit] = []
    at = 0
    while at < len(tokens):
        phrase = next((long for long in types if tuple(tokens[at : at + len(long)]) == long), None)
        if phrase is not None:
            units.append(_Unit(phrase, types[phrase]))
            at += len(phrase)
            continue
        token = tokens[at]
        follows_assembly = token in ("qh", "ubtvqh") and at + 1 < len(tokens) and tokens[at + 1].isdecimal()
        if follows_assembly and len(tokens[at + 1]) == 2 and not _comes_first(units):
            units.append(_Unit((token, tokens[at + 1]), (token, tokens[at + 1])))
            at += 2
            continue
        units.append(_Unit((token,), _split(token, known)))
        at += 1
    return units


def _comes_first(units: Sequence[_Unit]) -> bool:
    """Say whether no serial has been met yet."""
    return not any(unit.serial for unit in units)


def _split(token: str, known: frozenset[str]) -> tuple[str, ...]:
    """Give the known symbols that a word consists of: ``nqtw`` is ``nq`` and ``tw``; at most two."""
    if token in known:
        return (token,)
    for cut in range(2, len(token) - 1):
        if token[:cut] in known and token[cut:] in known:
            return (token[:cut], token[cut:])
    return ()


@cache
def _types() -> dict[Phrase, tuple[str, ...]]:
    """Give the symbols of the types that are written out, the longest first."""
    rows = sorted(Abbreviations.load().of_kind(DOCUMENT), key=lambda row: -len(row.long))
    return {row.long: row.short for row in rows}


@cache
def _type_symbols() -> frozenset[str]:
    return frozenset(row.short[0] for row in Abbreviations.load().of_kind(DOCUMENT))


@cache
def _known() -> frozenset[str]:
    return _type_symbols() | frozenset(_ISSUERS)
