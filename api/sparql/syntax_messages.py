"""What is wrong with a query's text, in words for its author, from what the parser reports.

Oxigraph's parser reports where it stopped and everything that could have stood there: character classes,
quoted signs, some of the keywords, and now and then the reason in words. The reason is what helps; else
a few of the signs and words.
"""

from __future__ import annotations

import re
from typing import Final

_CHARACTER_CLASS: Final = re.compile(r"\[[^\]]*\]", re.DOTALL)
_ALTERNATIVE: Final = re.compile(r'"(?:\\.|[^"\\])*"|[^,"]+')
_REASON: Final = re.compile(r"[A-Za-z]+(?: [\w']+)+.*")
_SHOWN: Final = 8
_EXCERPT: Final = 30

_EXPLAINED: Final = {
    "Prefix not found": "a prefix is used that is not declared: add PREFIX name: <...> at the top",
    "IRI parsing failed": "this is no IRI",
    "The SELECT contains a variable that is unbound": (
        "a selected variable is neither in GROUP BY nor in an aggregate such as COUNT or SAMPLE"
    ),
}
_STRING_OPEN: Final = "a string has no end on its line: close it, or put it in three quotation marks"
_QUERY_EXPECTED: Final = "a query starts with PREFIX, BASE, SELECT, CONSTRUCT, DESCRIBE or ASK"


def explain(reported: str) -> str:
    """Give what a parser reported, in words for the author of the query."""
    listed = reported.removeprefix("expected ").removeprefix("one of ")
    alternatives = [found.strip() for found in _ALTERNATIVE.findall(_CHARACTER_CLASS.sub("", listed))]
    alternatives = [found for found in alternatives if found]
    reasons = [_EXPLAINED.get(found, found) for found in alternatives if _REASON.fullmatch(found)]
    if reasons:
        return "; ".join(dict.fromkeys(reasons))
    if not reported.startswith("expected"):
        return reported
    if alternatives == ["CONSTRUCT"]:
        return _QUERY_EXPECTED
    if r'"\\U"' in alternatives:
        return _STRING_OPEN
    shown = [found.strip('"').replace('\\"', '"') for found in alternatives if found != "<unreported>"]
    if not shown:
        return "this cannot stand here"
    return f"expected, among others, {' '.join(shown[:_SHOWN])}"


def excerpt(query: str, line: int, column: int) -> str:
    """Give the text before a place, where the mistake mostly is; empty if the place is unknown."""
    lines = query.splitlines()
    if not 1 <= line <= len(lines):
        return ""
    return lines[line - 1][max(0, column - 1 - _EXCERPT) : max(0, column - 1)]
