"""Problems found in input files: collected, and reported all together with file, line and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one place of an input file.

    Attributes:
        file: the file's path below the data folder, e.g. ``tables/admin/provinces_2025.csv``.
        line: 1-based line, 0 when the problem is of the whole file.
        column: the table's column or the RDF property, empty when it is of the whole line.
        vi: what is wrong and what would be right, in Vietnamese.
        en: the same in English.

    """

    file: str
    line: int
    column: str
    vi: str
    en: str

    def __str__(self) -> str:
        """Give the problem as one line: ``file:line [column] English (Vietnamese)``."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        column = f" [{self.column}]" if self.column else ""
        return f"{place}{column} {self.en} ({self.vi})"


class Problems:
    """A collector: mappings report to it and go on, so that one run shows everything that is wrong."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def report(self, file: str, line: int, column: str, *, vi: str, en: str) -> None:
        """Add one problem."""
        self._found.append(Problem(file, line, column, vi, en))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add problems found elsewhere."""
        self._found.extend(problems)

    def __iter__(self) -> Iterator[Problem]:
        """Go through the problems in the order of file, line and column, each once."""
        return iter(sorted(set(self._found)))

    def __len__(self) -> int:
        """Count the problems."""
        return len(set(self._found))

    def raise_if_any(self) -> None:
        """Stop here if something was reported.

        Raises:
            ProblemsError: with all problems found so far.

        """
        if self._found:
            raise ProblemsError(list(self))


class ProblemsError(ValueError):
    """Input files are wrong: ``problems`` has them all; nothing is built from them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        shown = "\n".join(str(problem) for problem in problems)
        super().__init__(f"{len(problems)} problem(s) in the input files:\n{shown}")
