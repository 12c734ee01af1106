"""Conditions of queries as SPARQL graph patterns about ``?id``, none of which repeats an item.

Whatever a user wrote comes into a pattern as a term only: IRIs and literals are written by the RDF
library, words as character classes of letters and digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode

from api.collections.paths import Path, alternatives, property_path
from graph.model.dates import PartialDate
from graph.model.namespaces import SKOS, VNDX, XSD
from graph.model.text import fold

VERSION: Final = "?version"
"""The variable of the version of an item that is valid on the day that is asked for."""

_BROADER: Final = SKOS["broader"]
_WITHIN: Final = VNDX["partOfTransitive"]
_WORD: Final = re.compile(r"[^\W_]+")

SPELLINGS: Final = {
    "a": "aàáảãạăằắẳẵặâầấẩẫậ",
    "d": "dđ",
    "e": "eèéẻẽẹêềếểễệ",
    "i": "iìíỉĩị",
    "o": "oòóỏõọôồốổỗộơờớởỡợ",
    "u": "uùúủũụưừứửữự",
    "y": "yỳýỷỹỵ",
}
"""The letters of Vietnamese that fold to one letter, in Normalization Form C as all data is."""

_WORD_START: Final = r"(^|[^\\p{L}\\p{N}])"


def refers_to(paths: Sequence[Path], nodes: Iterable[NamedNode]) -> str:
    """Require that a path leads to one of some nodes."""
    return _distinct(f"VALUES ?value {{ {_list(nodes)} }} ?id {alternatives(paths)} ?value .")


def refers_to_narrower(paths: Sequence[Path], concepts: Iterable[NamedNode]) -> str:
    """Require that a path leads to one of some concepts or to a narrower one."""
    narrower = f"?value {_BROADER}* ?broader ."
    return _distinct(f"VALUES ?broader {{ {_list(concepts)} }} {narrower} ?id {alternatives(paths)} ?value .")


def refers_to_within(paths: Sequence[Path], units: Iterable[NamedNode]) -> str:
    """Require that a path leads to one of some units or to a unit in one of them."""
    values = f"VALUES ?unit {{ {_list(units)} }}"
    way = alternatives(paths)
    direct = f"{{ {values} ?id {way} ?unit }}"
    return _distinct(f"{direct} UNION {{ {values} ?part {_WITHIN} ?unit . ?id {way} ?part }}")


def version_refers_to(path: Path, nodes: Sequence[NamedNode], variable: str) -> str:
    """Require that the version refers to one of some nodes by a path that has one end.

    It is no query of its own, so that engines join it with the units before they look at the days.
    """
    if len(nodes) == 1:
        return f"{VERSION} {property_path(path)} {nodes[0]} ."
    return f"VALUES {variable} {{ {_list(nodes)} }} {VERSION} {property_path(path)} {variable} ."


def equals(paths: Sequence[Path], literals: Iterable[Literal]) -> str:
    """Require that a path leads to one of some literals."""
    values = " ".join(map(str, literals))
    return _distinct(f"VALUES ?value {{ {values} }} ?id {alternatives(paths)} ?value .")


def between(paths: Sequence[Path], least: str | None, most: str | None) -> str:
    """Require a number that is at least and at most so much; the bounds are lexical forms of decimals."""
    tests = [
        f"?value {operator} {Literal(bound, datatype=XSD['decimal'])}"
        for operator, bound in ((">=", least), ("<=", most))
        if bound is not None
    ]
    return _distinct(f"?id {alternatives(paths)} ?value . FILTER({' && '.join(tests)})")


def has_any(paths: Sequence[Path]) -> str:
    """Require that a path leads anywhere."""
    return f"FILTER EXISTS {{ ?id {alternatives(paths)} ?value }}"


def has_none(paths: Sequence[Path]) -> str:
    """Require that no path leads anywhere."""
    return f"FILTER NOT EXISTS {{ ?id {alternatives(paths)} ?value }}"


def says(paths: Sequence[Path], query: str) -> str:
    """Require a text in which every word of a query begins a word: case, marks and stroke do not matter.

    Raises:
        ValueError: if the query has no letter or digit.

    """
    words = _WORD.findall(fold(query))
    if not words:
        raise ValueError("it has no letter or digit to look for")
    tests = " && ".join(f'REGEX(STR(?text), "{_WORD_START}{_any_spelling(word)}")' for word in words)
    return f"FILTER EXISTS {{ ?id {alternatives(paths)} ?text FILTER({tests}) }}"


def names(paths: Sequence[Path], name: str) -> str:
    """Require a text that is a name in any spelling.

    Raises:
        ValueError: if the name has no letter or digit.

    """
    words = _WORD.findall(fold(name))
    if not words:
        raise ValueError("it has no letter or digit to look for")
    pattern = r"[^\\p{L}\\p{N}]+".join(map(_any_spelling, words))
    return f'FILTER EXISTS {{ ?id {alternatives(paths)} ?text FILTER(REGEX(STR(?text), "^{pattern}$")) }}'


def overlaps(start: Sequence[Path], end: Sequence[Path], first: str, last: str) -> str:
    """Require a time that has a day in common with the days from one date to another.

    Dates have a precision: ``2025`` covers every day of the year. An item without a start or an end is
    open on that side; without both it has no time. Either bound may be empty.

    Args:
        start: the paths to the date on which the time begins.
        end: the paths to the date on which it ends; the same as ``start`` for what has one date.
        first: the first day, a month or a year for its first day.
        last: the last day, a month or a year for its last day.

    """
    tests = []
    if first:
        tests.append(_compared("?end", ">=", PartialDate.parse(first).first_day().isoformat()))
    if last:
        tests.append(_compared("?start", "<=", PartialDate.parse(last).last_day().isoformat()))
    if tuple(start) == tuple(end):
        date = f"?id {alternatives(start)} ?start . BIND(?start AS ?end)"
        return f"FILTER EXISTS {{ {date} FILTER({' && '.join(tests)}) }}"
    sides = f"OPTIONAL {{ ?id {alternatives(start)} ?start }} OPTIONAL {{ ?id {alternatives(end)} ?end }}"
    known = "(BOUND(?start) || BOUND(?end))"
    return f"FILTER EXISTS {{ {sides} FILTER({' && '.join([known, *tests])}) }}"


def _compared(variable: str, operator: str, day: str) -> str:
    """Compare a date with a day as far as the date is precise; one that is missing passes."""
    date = f"SUBSTR(STR({variable}), 1, 10)"
    same_precision = f"SUBSTR({Literal(day)}, 1, STRLEN({date}))"
    return f"(!BOUND({variable}) || {date} {operator} {same_precision})"


def valid_on(day: str) -> str:
    """Require that the version is valid on a day (from inclusive, to exclusive)."""
    date = PartialDate.parse(day, "day").to_literal()
    since = f"OPTIONAL {{ {VERSION} {VNDX['validFrom']} ?since }}"
    until = f"OPTIONAL {{ {VERSION} {VNDX['validTo']} ?until }}"
    return (
        f"{since} {until} FILTER((!BOUND(?since) || ?since <= {date}) && (!BOUND(?until) || {date} < ?until))"
    )


def cheapest_first(patterns: Iterable[str]) -> list[str]:
    """Put what is found by an index first, what each item is tested by last; the answer is the same."""
    return sorted(
        patterns, key=lambda pattern: pattern.startswith("OPTIONAL") + 2 * pattern.startswith("FILTER")
    )


def _list(nodes: Iterable[NamedNode]) -> str:
    return " ".join(map(str, nodes))


def _distinct(pattern: str) -> str:
    return f"{{ SELECT DISTINCT ?id WHERE {{ {pattern} }} }}"


def _any_spelling(word: str) -> str:
    """Write a folded word as a regular expression for all its spellings, in either case."""
    return "".join(f"[{spellings}{spellings.upper()}]" for spellings in map(_spellings, word))


def _spellings(letter: str) -> str:
    return SPELLINGS.get(letter, letter)
