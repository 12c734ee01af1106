"""How well and how fast units are matched: the test set, and the addresses of all communes before 2025."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from bench.matching.cases import DISTORTED, FROM_SOURCES, LAST_OLD_DAY, Case, read_cases
from bench.matching.registers import read_registers
from graph.matching.gazetteer_file import read_gazetteer
from graph.matching.matcher import UnitMatcher, UnitQuery
from graph.model.namespaces import ID

TODAY: Final = date(2026, 11, 21)
"""What counts as now, so that the answers are the same on every day."""

RECALL_IN_PROVINCE: Final = 0.98
RECALL_BARE: Final = 0.95
PRECISION: Final = 0.995
NAMES_A_SECOND: Final = 1000

_BEFORE_KEY: Final = ID["unit/"].value


@dataclass(frozen=True)
class Answer:
    """What the matcher says of a case, units as era and code, empty for none.

    Attributes:
        case: the question.
        first: the best candidate.
        score: of it, 0 to 100.
        match: what is matched without asking.

    """

    case: Case
    first: str
    score: float
    match: str

    @property
    def is_right(self) -> bool:
        """Whether the unit that is meant comes first; nothing has to come first where none is."""
        return self.first == self.case.expected or not self.case.expected


@dataclass(frozen=True)
class MatchingFigures:
    """How well and how fast names are matched.

    Attributes:
        answers: to all cases.
        names: how many addresses were matched for the rate, each for the first time.
        seconds: that this took on one core.

    """

    answers: tuple[Answer, ...]
    names: int
    seconds: float

    @property
    def rate(self) -> float:
        """Names a second."""
        return self.names / self.seconds

    @property
    def precision(self) -> float:
        """The share of right ones among what is matched without asking."""
        matched = [answer for answer in self.answers if answer.match]
        return sum(answer.match == answer.case.expected for answer in matched) / len(matched)

    @property
    def misses(self) -> tuple[Answer, ...]:
        """The answers of which the first candidate, or what is matched, is wrong."""
        return tuple(
            answer
            for answer in self.answers
            if not answer.is_right or answer.match not in ("", answer.case.expected)
        )

    def recall(self, *groups: str) -> float:
        """Give the share of cases of some groups of which the unit that is meant comes first."""
        asked = [answer for answer in self.answers if answer.case.group in groups]
        return sum(answer.is_right for answer in asked) / len(asked)

    def document(self) -> dict[str, Any]:
        """Give the figures as what JSON can hold."""
        return {
            "cases": len(self.answers),
            "recall_in_province": self.recall("address"),
            "recall_bare": self.recall("bare"),
            "precision": self.precision,
            "matched": sum(bool(answer.match) for answer in self.answers),
            "names_a_second": round(self.rate),
            "misses": [asdict(answer) for answer in self.misses],
        }


def match_names(gazetteer: Path) -> MatchingFigures:
    """Ask all cases, and time the addresses of all communes of the register of 30 June 2025.

    Args:
        gazetteer: the file of a snapshot of the whole dataset.

    """
    answers = answer_cases(UnitMatcher(read_gazetteer(gazetteer), TODAY), all_cases())
    names, seconds = _time(UnitMatcher(read_gazetteer(gazetteer), TODAY))
    return MatchingFigures(answers, names, seconds)


def all_cases() -> list[Case]:
    """Give those made from the tables and those from the source texts."""
    return [*read_cases(DISTORTED), *read_cases(FROM_SOURCES)]


def answer_cases(matcher: UnitMatcher, cases: Iterable[Case]) -> tuple[Answer, ...]:
    """Ask a matcher."""
    return tuple(_answer(matcher, case) for case in cases)


def _answer(matcher: UnitMatcher, case: Case) -> Answer:
    found = matcher.match(
        UnitQuery(
            case.text,
            within=tuple(case.within.split(" | ")) if case.within else (),
            day=date.fromisoformat(case.date) if case.date else None,
            levels=frozenset({int(case.level)}) if case.level else frozenset(),
        )
    )
    first = found.candidates[0] if found.candidates else None
    return Answer(
        case,
        first.unit.iri.removeprefix(_BEFORE_KEY) if first else "",
        round(first.score, 1) if first else 0,
        found.match.unit.iri.removeprefix(_BEFORE_KEY) if found.match else "",
    )


def _time(matcher: UnitMatcher) -> tuple[int, float]:
    places = [place for place in read_registers().old if place.level == 3]
    communes = [", ".join(part.full_name for part in place.chain) for place in places]
    day = date.fromisoformat(LAST_OLD_DAY)
    started = time.perf_counter()
    for text in communes:
        matcher.match(UnitQuery(text, day=day))
    return len(communes), time.perf_counter() - started
