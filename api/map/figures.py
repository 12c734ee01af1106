"""Figures of provinces as layers: an indicator measured in one way, in the editions of the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

EXACT: Final = "="
"""The comparator of figures that say just how much; others say about, at least, at most."""

STATED: Final = "stated"

# Whom to believe first where several figures are there for one province: what a source states.
_TRUST: Final = (STATED, "disputed", "doubtful", "derived")
_FEWEST_PROVINCES: Final = 10
"""A layer is offered if some edition of it has figures of so many provinces: fewer make no map."""


class Measure(StrEnum):
    """What a figure says: which place a province takes, how many points it has, or its grade."""

    RANK = "rank"
    VALUE = "value"
    GRADE = "grade"


@dataclass(frozen=True)
class Figure:
    """What one observation says of a province.

    Attributes:
        iri: of the observation.
        unit: the IRI of the province, as it stood then.
        indicator: the IRI of the indicator.
        measure: which of the properties of the observation this is.
        year: that it is of.
        basis: how many provinces there were to rank: 63 or 34.
        number: a rank or a value; None for grades.
        grade: empty for numbers.
        comparator: ``=``, or how the number is to be read.
        status: the key of the concept: stated, disputed, doubtful or derived.
        sources: how many sources state it.
        source: where the first of them is, in a word: the host of a page, or the title of a text.

    """

    iri: str
    unit: str
    indicator: str
    measure: Measure
    year: int
    basis: int
    number: Decimal | None
    grade: str
    comparator: str
    status: str
    sources: int = 1
    source: str = ""

    @property
    def content(self) -> tuple[Decimal | None, str, str]:
        """Give what two figures have in common that agree."""
        return (self.number, self.grade, self.comparator)

    @property
    def is_exact(self) -> bool:
        """Say whether it can be put in a class."""
        return self.comparator == EXACT


@dataclass(frozen=True)
class Cell:
    """What is known of a province in an edition: the figures, the most trustworthy first; never empty."""

    figures: tuple[Figure, ...]

    @property
    def figure(self) -> Figure:
        """Give the figure that stands for them."""
        return self.figures[0]

    @property
    def others(self) -> tuple[Figure, ...]:
        """Give the figures that say something else, one for each thing said."""
        different = {figure.content: figure for figure in reversed(self.figures)}
        different.pop(self.figure.content)
        return tuple(reversed(different.values()))

    @property
    def is_uncertain(self) -> bool:
        """Say whether it is anything but plainly stated: derived, doubtful, disputed, or contradicted."""
        return self.figure.status != STATED or bool(self.others)


@dataclass(frozen=True)
class Edition:
    """The figures of one year on one basis: those of 63 provinces are never mixed with those of 34."""

    year: int
    basis: int
    cells: Mapping[str, Cell]

    @property
    def share(self) -> float:
        """Give which part of the provinces has a figure."""
        return len(self.cells) / self.basis


@dataclass(frozen=True)
class Layer:
    """An indicator measured in one way.

    Attributes:
        indicator: its IRI.
        measure: which way.
        editions: in the order of time, 63 provinces before 34.

    """

    indicator: str
    measure: Measure
    editions: tuple[Edition, ...]

    @property
    def fullest(self) -> Edition:
        """Give the edition with figures of most of its provinces, the newest of several."""
        return max(self.editions, key=lambda edition: (edition.share, edition.year, -edition.basis))

    @property
    def provinces(self) -> int:
        """Give how many provinces the edition with most figures has."""
        return max(len(edition.cells) for edition in self.editions)


def layers_of(figures: Iterable[Figure]) -> list[Layer]:
    """Put figures into layers, those with figures of most provinces first."""
    cells: defaultdict[tuple[str, Measure], defaultdict[tuple[int, int], defaultdict[str, list[Figure]]]]
    cells = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for figure in figures:
        edition = (figure.year, -figure.basis)
        cells[figure.indicator, figure.measure][edition][figure.unit].append(figure)
    layers = [
        Layer(indicator, measure, tuple(_edition(key, by_unit) for key, by_unit in sorted(editions.items())))
        for (indicator, measure), editions in cells.items()
    ]
    offered = [layer for layer in layers if layer.provinces >= _FEWEST_PROVINCES]
    return sorted(offered, key=lambda layer: (-layer.provinces, layer.indicator, layer.measure))


def _edition(key: tuple[int, int], by_unit: Mapping[str, Sequence[Figure]]) -> Edition:
    year, minus_basis = key
    return Edition(year, -minus_basis, {unit: Cell(_trusted(found)) for unit, found in by_unit.items()})


def _trusted(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    def order(figure: Figure) -> tuple[bool, int, int, str]:
        trust = _TRUST.index(figure.status) if figure.status in _TRUST else len(_TRUST)
        return (not figure.is_exact, trust, -figure.sources, figure.iri)

    return tuple(sorted(figures, key=order))
