"""How well and how fast units are matched, as tables for people."""

from __future__ import annotations

from collections import defaultdict

from rich.console import Console
from rich.table import Table

from bench.scenarios.matching import (
    NAMES_A_SECOND,
    PRECISION,
    RECALL_BARE,
    RECALL_IN_PROVINCE,
    Answer,
    MatchingFigures,
)


def print_matching(console: Console, found: MatchingFigures) -> None:
    """Print recall and precision, each kind of distortion, and every miss."""
    kinds: defaultdict[tuple[str, str], list[Answer]] = defaultdict(list)
    for answer in found.answers:
        kinds[answer.case.group, answer.case.kind].append(answer)
    table = Table(title=f"Matching of unit names: {len(found.answers)} with known answers")
    for heading in ("group", "kind"):
        table.add_column(heading)
    for heading in ("names", "first is right", "matched", "wrongly matched"):
        table.add_column(heading, justify="right")
    for (group, kind), answers in kinds.items():
        matched = [answer for answer in answers if answer.match]
        right = sum(answer.is_right for answer in answers)
        wrong = sum(answer.match != answer.case.expected for answer in matched)
        shown = str(right) if group != "unsure" else "-"
        table.add_row(group, kind, str(len(answers)), shown, str(len(matched)), str(wrong))
    console.print(table)
    for name, value, bound in (
        ("recall@1, province given", found.recall("address"), RECALL_IN_PROVINCE),
        ("recall@1, bare provinces and districts", found.recall("bare"), RECALL_BARE),
        ("precision of what is matched", found.precision, PRECISION),
    ):
        console.print(f"{name}: {value:.4f} (at least {bound})", highlight=False)
    console.print(f"names a second: {found.rate:,.0f} (at least {NAMES_A_SECOND:,})", highlight=False)
    for miss in found.misses:
        case = miss.case
        console.print(
            f"miss: {case.kind}: {case.text!r} {case.within!r} {case.date}: meant {case.expected or 'none'}, "
            f"first {miss.first or 'none'} ({miss.score}), matched {miss.match or 'none'}",
            highlight=False,
            soft_wrap=True,
            markup=False,
        )
