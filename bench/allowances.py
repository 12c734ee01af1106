"""What one server is known to do otherwise than SPARQL 1.1 says, and is not held against it. Pure.

An allowance is tried only where answers differ, and every use of one is reported by name: what differs for
another reason still differs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bench.answers import Answer, Difference, Row, compare

_BOOLEANS: Final = {"true": "1", "false": "0"}
# A path that repeats: a property, an IRI or a group, then + or *, where SELECT * and COUNT(*) have none.
_REPEATING_PATH: Final = re.compile(r"(?:\w:\w+|>|\))[+*](?=[\s)/|])")


@dataclass(frozen=True)
class Allowance:
    """A known deviation.

    Attributes:
        name: as it is reported.
        reason: what the server does, and what the standard says.
        concerns: whether a query can meet it.
        smooth: takes it out of an answer; applied to the server's and to the reference's.

    """

    name: str
    reason: str
    concerns: Callable[[str], bool]
    smooth: Callable[[Answer], Answer]


def compare_with(
    allowances: Sequence[Allowance], query: str, answer: Answer, reference: Answer
) -> tuple[Difference | None, tuple[str, ...]]:
    """Compare answers, with allowances one after the other as long as they differ.

    Returns:
        The difference that is left, None if there is none; and the names of the allowances that it took.

    """
    difference = compare(answer, reference)
    taken: list[str] = []
    for allowance in allowances:
        if difference is None:
            break
        if allowance.concerns(query):
            answer, reference = allowance.smooth(answer), allowance.smooth(reference)
            taken.append(allowance.name)
            difference = compare(answer, reference)
    return difference, () if difference is not None else tuple(taken)


def booleans_as_numbers() -> Allowance:
    """Allow 0 and 1 for computed truth values."""

    def smooth(answer: Answer) -> Answer:
        return _mapped(answer, lambda row: tuple(_BOOLEANS.get(term, term) for term in row))

    return Allowance(
        "booleans as numbers",
        "comparisons and EXISTS give the integers 0 and 1, not xsd:boolean (SPARQL 1.1, section 17.4)",
        lambda _: True,
        smooth,
    )


def rows_for_each_way() -> Allowance:
    """Allow a row for each way that a repeating path takes."""
    return Allowance(
        "a row for each way",
        "a path with + or * gives a node once for each way to it, not once (SPARQL 1.1, section 9.3)",
        lambda query: bool(_REPEATING_PATH.search(query)),
        lambda answer: Answer(Counter(dict.fromkeys(answer.rows, 1))),
    )


def graphs_of_its_own(graphs: frozenset[str]) -> Allowance:
    """Allow rows about named graphs that a server keeps for itself.

    Args:
        graphs: their IRIs.

    """
    terms = {f"<{graph}>" for graph in graphs}

    def smooth(answer: Answer) -> Answer:
        return Answer(Counter({row: n for row, n in answer.rows.items() if terms.isdisjoint(row)}))

    return Allowance(
        "graphs of its own",
        "GRAPH ?g also finds the named graphs that the server keeps for itself; rows about them do not count",
        lambda query: "GRAPH" in query,
        smooth,
    )


def _mapped(answer: Answer, change: Callable[[Row], Row]) -> Answer:
    rows: Counter[Row] = Counter()
    for row, times in answer.rows.items():
        rows[change(row)] += times
    return Answer(rows)
