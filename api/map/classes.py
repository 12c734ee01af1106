"""Classes of a scale: which colour a figure has, and what the legend says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final, TypeAlias

from api.map.figures import Cell, Edition, Figure, Layer, Measure

LEVELS: Final = 6
"""How many colours there are; level 6 stands out most."""

Content: TypeAlias = Decimal | str
"""What is put in classes: a number or a grade."""


@dataclass(frozen=True)
class ScaleClass:
    """A class of figures.

    Attributes:
        level: its colour, 1 to `LEVELS`.
        first: the lowest number or the grade in it.
        last: the highest number in it, the same for a grade.

    """

    level: int
    first: Content
    last: Content

    def holds(self, content: Content) -> bool:
        """Say whether a figure is in this class."""
        if isinstance(content, str) or isinstance(self.first, str) or isinstance(self.last, str):
            return content == self.first
        return self.first <= content <= self.last


@dataclass(frozen=True)
class Scale:
    """The classes of an edition, in the order in which a legend has them: what stands out most first."""

    classes: tuple[ScaleClass, ...]

    def level(self, cell: Cell | None) -> int | None:
        """Give the level of what is known of a province; None if nothing is, or nothing exact."""
        content = _content(cell.figure) if cell is not None else None
        if content is None:
            return None
        return next((found.level for found in self.classes if found.holds(content)), None)


def scale_of(layer: Layer, edition: Edition) -> Scale:
    """Make the classes of an edition.

    Ranks have the same classes in each year, of as many places each as can be, so that years compare. Values
    have classes with as many provinces each as can be: editions by different methods form no series, so
    each has its own. Grades are classes already, those of all years.
    """
    if layer.measure is Measure.RANK:
        return _of_ranks(edition.basis)
    if layer.measure is Measure.VALUE:
        return _of_values(sorted(number for number in _contents(edition) if isinstance(number, Decimal)))
    return _of_grades(
        grade for other in layer.editions for grade in _contents(other) if isinstance(grade, str)
    )


def _of_ranks(basis: int) -> Scale:
    ends = [basis * place // LEVELS for place in range(LEVELS + 1)]
    limits = enumerate(pairwise(ends))
    return Scale(
        tuple(ScaleClass(LEVELS - place, Decimal(start + 1), Decimal(end)) for place, (start, end) in limits)
    )


def _of_values(numbers: Sequence[Decimal]) -> Scale:
    groups: list[list[Decimal]] = [[] for _ in range(LEVELS)]
    for number in numbers:
        # By the place of the first of its equals: the same number is never in two classes.
        groups[numbers.index(number) * LEVELS // len(numbers)].append(number)
    filled = [group for group in reversed(groups) if group]
    levels = _levels(len(filled))
    return Scale(
        tuple(ScaleClass(level, group[0], group[-1]) for level, group in zip(levels, filled, strict=True))
    )


def _of_grades(grades: Iterable[str]) -> Scale:
    names = sorted(set(grades))
    return Scale(
        tuple(ScaleClass(level, name, name) for level, name in zip(_levels(len(names)), names, strict=True))
    )


def _levels(number: int) -> list[int]:
    """Give so many levels from the highest down, spread over all there are; more than those share some."""
    if number <= 1:
        return [LEVELS][:number]
    return [LEVELS - place * (LEVELS - 1) // (number - 1) for place in range(number)]


def _contents(edition: Edition) -> list[Content]:
    found = (_content(cell.figure) for cell in edition.cells.values())
    return [content for content in found if content is not None]


def _content(figure: Figure) -> Content | None:
    if not figure.is_exact:
        return None
    return figure.number if figure.number is not None else figure.grade
