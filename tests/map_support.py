"""What the tests of the map share: figures and points in one line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from api.map.data import MapData, make_map
from api.map.figures import Figure, Layer, Measure, layers_of
from api.map.queries import Point

INDICATOR = "https://w3id.org/vndx/concept/indicator/dti"
UNIT = "https://w3id.org/vndx/id/unit/"


def figure(
    unit: str,
    said: int | str,
    year: int = 2022,
    basis: int = 63,
    *,
    measure: Measure = Measure.RANK,
    status: str = "stated",
    comparator: str = "=",
    sources: int = 1,
) -> Figure:
    """Give a figure: a number, a decimal written as text, or a grade."""
    is_grade = measure is Measure.GRADE
    return Figure(
        iri=f"https://w3id.org/vndx/id/observation/{unit}/{year}/{measure}/{said}/{status}",
        unit=UNIT + unit,
        indicator=INDICATOR,
        measure=measure,
        year=year,
        basis=basis,
        number=None if is_grade else Decimal(said),
        grade=str(said) if is_grade else "",
        comparator=comparator,
        status=status,
        sources=sources,
        source="example.vn",
    )


def point(key: str, name: str, longitude: float = 105.0, latitude: float = 21.0, province: str = "") -> Point:
    """Give a unit, e.g. of the key ``2004/19``."""
    return Point(UNIT + key, key.partition("/")[0], name, {"vi": name}, latitude, longitude, province)


def ranks(numbers: Iterable[int], year: int = 2022, basis: int = 63) -> list[Figure]:
    """Give ranks of provinces with codes from 10 on, in the register of the basis."""
    era = {63: "2004", 34: "2025"}[basis]
    return [figure(f"{era}/{code}", number, year, basis) for code, number in enumerate(numbers, 10)]


def layer_of(figures: Iterable[Figure]) -> Layer:
    (layer,) = layers_of(figures)
    return layer


def map_of(
    provinces: Sequence[Point],
    figures: Iterable[Figure],
    successions: Iterable[tuple[str, str]] = (),
    islands: Sequence[Point] = (),
) -> MapData:
    """Make a map; successions are pairs of keys of units."""
    pairs = [{"old": UNIT + old, "new": UNIT + new} for old, new in successions]
    return make_map(
        provinces=provinces,
        islands=islands,
        successions=pairs,
        figures=figures,
        indicators=[{"thing": INDICATOR, "vi": "chỉ số chuyển đổi số", "en": "digital index"}],
        coast=[[(104, 20), (106, 20), (106, 22)]],
    )
