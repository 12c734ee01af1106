"""What validation found: results that name shape, node, path, value, file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """The severities of SHACL (section 2.1.4), by local name; only a Violation stops a build."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


@dataclass(frozen=True)
class Result:
    """One validation result (SHACL, section 3.6.2). Terms are N-Triples terms, empty where there is none.

    Attributes:
        severity: how bad it is.
        focus: the focus node.
        path: the result path: an IRI, or the text of a complex path.
        value: the value that is wrong.
        shape: the source shape; for an anonymous shape, the named shape that it belongs to.
        component: the constraint component.
        messages: messages by language; "" for those without one.
        file: the file that states the focus node, empty where that is not known.
        line: its line, 0 where that is not known.

    """

    severity: Severity
    focus: str
    path: str
    value: str
    shape: str
    component: str
    messages: tuple[tuple[str, str], ...]
    file: str = ""
    line: int = 0

    def message(self, language: str) -> str:
        """Give the message in a language, else in any."""
        texts = dict(reversed(self.messages))
        return texts.get(language) or next(iter(texts.values()), "")

    @property
    def order(self) -> tuple[str, ...]:
        """What results are sorted by: violations first, then place, then the rest."""
        rank = str(list(Severity).index(self.severity))
        place = (self.file, f"{self.line:09}", self.focus)
        return (rank, *place, self.path, self.shape, self.component, self.value, repr(self.messages))


@dataclass(frozen=True)
class Report:
    """A validation report.

    Attributes:
        results: sorted, each once.
        focus_nodes: how many nodes were looked at.

    """

    results: tuple[Result, ...]
    focus_nodes: int

    @classmethod
    def of(cls, results: Iterable[Result], focus_nodes: int) -> Report:
        """Make a report of results in any order."""
        return cls(tuple(sorted(set(results), key=lambda result: result.order)), focus_nodes)

    def count(self, severity: Severity) -> int:
        """Count the results of a severity."""
        return sum(result.severity is severity for result in self.results)

    @property
    def publishable(self) -> bool:
        """Say whether nothing of severity Violation was found."""
        return not self.count(Severity.VIOLATION)

    def located(self, origins: Mapping[str, tuple[str, int]]) -> Report:
        """Give the same report with file and line of each focus node.

        Args:
            origins: file and line by the IRI of a subject.

        """
        placed = (_placed(result, origins) for result in self.results)
        return Report.of(placed, self.focus_nodes)


def _placed(result: Result, origins: Mapping[str, tuple[str, int]]) -> Result:
    place = origins.get(result.focus.removeprefix("<").removesuffix(">"))
    return replace(result, file=place[0], line=place[1]) if place else result


class NotConformingError(ValueError):
    """The data breaks shapes of severity Violation: ``report`` says which, and nothing is published."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(f"{report.count(Severity.VIOLATION)} SHACL violation(s)")


class ShapesError(ValueError):
    """The shapes themselves are wrong, so nothing can be validated with them."""
