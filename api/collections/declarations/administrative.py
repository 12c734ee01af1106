"""Administrative units: provinces, districts, communes, and all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.collections import conditions
from api.collections.collection import AtRule, Collection, Order, SortKey
from api.collections.columns import Column, Kind, decimal, integer, label, reference, string, text
from api.collections.conditions import VERSION
from api.collections.declarations.shared import BY_LABEL, NAMES, OTHER_NAMES, words
from api.collections.filters import (
    ChoiceFilter,
    Filter,
    NodeFilter,
    Nodes,
    NumberFilter,
    StringFilter,
    Values,
    class_choices,
)
from api.collections.paths import Dated, path
from api.collections.values import concepts, units
from graph.model import iris
from graph.model.namespaces import GEO, SKOS, VNDX

_FIRST_DAY_OF_2025_REGISTER: Final = "2025-07-01"


@dataclass(frozen=True)
class InUnitFilter(NodeFilter):
    """Selects the units that lie in one of some units, on the day that is asked for if there is one.

    Attributes:
        direct: whether only units that have no other unit between count.

    """

    direct: bool = False

    def condition(self, given: Values, nodes: Nodes, /) -> str:
        """Require that the unit, or its version on the day, is part of one of the units.

        With a day, the nodes are the units and what lay directly in them on that day.
        """
        if given.get(self.name) and not given.get("at") and not self.direct:
            return conditions.refers_to((path("partOfTransitive"),), nodes[self.name])
        return super().condition(given, nodes)


_PART_OF: Final = (path("partOf"),)
_IN_PROVINCE: Final = InUnitFilter(
    "province", "units in a province", _PART_OF, units("Province"), versioned=True, example="2025/19"
)
_IN_PARENT: Final = InUnitFilter(
    "partOf", "units directly in a unit", _PART_OF, units(), versioned=True, example="2004/172", direct=True
)


def _valid_on(day: str) -> tuple[str, ...]:
    """Require a version that is valid on a day; a register has no units of another's time."""
    era = iris.ERA_2004 if day < _FIRST_DAY_OF_2025_REGISTER else iris.ERA_2025
    register = f"?id {VNDX['era']} {iris.concept('era', era)} ."
    return f"{register} ?id {VNDX['hasVersion']} {VERSION} .", conditions.valid_on(day)


_AT: Final = AtRule(
    "the units that there were on that day, with the names, types and parents that they had", _valid_on
)

_VERSION: Final = Column(
    "version",
    "the version that was valid on the day of `at`: since when, until before when, by which act",
    Kind.OBJECT,
    paths=(),
    columns=(
        string("validFrom", "the first day; none if it was so when the register began"),
        string("validTo", "the first day on which it was no longer so"),
        reference("legalBasis", "the act", many=True),
        string("clause", "the clause of the act", many=True),
    ),
    paths_at=((Dated.VERSION,),),
)


UNIT_COLUMNS: Final[tuple[Column, ...]] = (
    NAMES,
    string("code", "the official code; it has a meaning only with the era"),
    reference("era", "the register: 2004 until 30 June 2025, or 2025"),
    label("name", "the name without the type", paths_at=(path(Dated.VERSION, "name"),)),
    reference("unitType", "the type, e.g. phường", paths_at=(path(Dated.VERSION, "unitType"),)),
    reference("partOf", "the unit that it is directly in", paths_at=(path(Dated.VERSION, "partOf"),)),
    reference(
        "province",
        "the province that it is in, itself if it is one",
        (),
        path("partOfTransitive"),
        of_class="Province",
        paths_at=(
            (),
            path(Dated.VERSION, "partOf"),
            path(Dated.VERSION, "partOf", Dated.VERSION, "partOf"),
        ),
    ),
    string("validFrom", "the first day of the unit; none if it was there when the register began"),
    string("validTo", "the first day on which it was no longer there"),
    decimal("lat", "latitude of a point in it (WGS 84)", (GEO["lat"],)),
    decimal("long", "longitude of a point in it (WGS 84)", (GEO["long"],)),
    decimal("areaKm2", "the area in square kilometres"),
    integer("population", "the population"),
    string("iso31662Code", "the ISO 3166-2 code"),
    string("hascCode", "the HASC code"),
    string("fipsCode", "the FIPS code"),
    text("administrativeCentre", "the administrative centre, as printed"),
    OTHER_NAMES,
    string("exactMatch", "the same unit elsewhere: Wikidata, GeoNames ...", (SKOS["exactMatch"],), many=True),
    reference("succeededBy", "the units that it went into as a whole", many=True),
    reference("partlySucceededBy", "the units that parts of it went into", many=True),
    reference("continuedBy", "its entry in the register of 2025, where nothing changed", many=True),
    _VERSION,
)

_FILTERS: Final = (
    words("names"),
    NodeFilter("era", "the register", (path("era"),), concepts("era"), example="2025"),
    StringFilter("code", "the official code", (path("code"),), example="19"),
    NodeFilter(
        "type",
        "the type of unit",
        (path("unitType"),),
        concepts("unit-type"),
        versioned=True,
        example="phuong",
    ),
    NumberFilter("population", "the population", (path("population"),)),
    NumberFilter("areaKm2", "the area in square kilometres", (path("areaKm2"),)),
    ChoiceFilter(
        "located",
        "whether the unit has a point",
        {"true": conditions.has_any(((GEO["lat"],),)), "false": conditions.has_none(((GEO["lat"],),))},
    ),
)
_SORTS: Final = (
    SortKey("code", (path("code"),)),
    BY_LABEL,
    SortKey("population", (path("population"),), Order.NUMBER),
    SortKey("areaKm2", (path("areaKm2"),), Order.NUMBER),
    SortKey("validFrom", (path("validFrom"),)),
    SortKey("validTo", (path("validTo"),)),
)
_LEVELS: Final[Mapping[str, str]] = class_choices("Province", "District", "Commune")


def _units(name: str, title: tuple[str, str], cls: str, *filters: Filter) -> Collection:
    return Collection(
        name, title, VNDX[cls], UNIT_COLUMNS, (*_FILTERS, *filters), _SORTS, at=_AT, has_points=True
    )


COLLECTIONS: Final = (
    _units("provinces", ("Provinces and centrally run cities", "Tỉnh, thành phố"), "Province"),
    _units(
        "districts",
        ("Districts, until 30 June 2025", "Đơn vị cấp huyện, đến 30/6/2025"),
        "District",
        _IN_PROVINCE,
    ),
    _units("communes", ("Communes", "Đơn vị cấp xã"), "Commune", _IN_PROVINCE, _IN_PARENT),
    _units(
        "units",
        ("Administrative units of every level", "Đơn vị hành chính các cấp"),
        "AdministrativeUnit",
        _IN_PROVINCE,
        _IN_PARENT,
        ChoiceFilter("level", "the level", _LEVELS),
    ),
)
"""The collections of administrative units."""
