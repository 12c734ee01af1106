"""The queries of the map, and their solutions as typed records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from api.map.figures import Figure, Measure
from graph.model.namespaces import BASE

Solution: TypeAlias = Mapping[str, str]
Texts: TypeAlias = Mapping[str, str]
"""A text by language."""

BASES: Final = {"2004": 63, "2025": 34}
"""How many provinces there were in each register just before its end, or since its beginning."""

PREFIXES: Final = """\
PREFIX vndx: <https://w3id.org/vndx/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
"""

_LABELS: Final = """\
  OPTIONAL { ?thing skos:prefLabel ?vi FILTER(LANG(?vi) = "vi") }
  OPTIONAL { ?thing skos:prefLabel ?en FILTER(LANG(?en) = "en") }
"""

PROVINCES: Final = f"""{PREFIXES}
# The provinces of the registers before and since 1 July 2025, with their points.
SELECT ?thing ?era ?name ?vi ?en ?lat ?long WHERE {{
  ?thing a vndx:Province ; vndx:era ?era ; vndx:name ?name ; geo:lat ?lat ; geo:long ?long .
{_LABELS}}}
ORDER BY ?thing
"""

SUCCESSIONS: Final = f"""{PREFIXES}
# Which province came out of which others.
SELECT ?old ?new WHERE {{ ?old a vndx:Province ; vndx:succeededBy ?new . ?new a vndx:Province . }}
ORDER BY ?new ?old
"""

_ISLAND: Final = (
    "?thing vndx:name ?name ; vndx:era ?era ; vndx:partOf ?province ; geo:lat ?lat ; geo:long ?long ."
)

ISLANDS: Final = f"""{PREFIXES}
# The special zones, which are islands, and the districts of their names before 1 July 2025.
SELECT ?thing ?era ?name ?vi ?en ?lat ?long ?province WHERE {{
  {{
    ?thing a vndx:Commune ; vndx:unitType <{BASE}concept/unit-type/dac-khu> .
    {_ISLAND}
  }} UNION {{
    ?zone a vndx:Commune ; vndx:unitType <{BASE}concept/unit-type/dac-khu> ; vndx:name ?name .
    ?thing a vndx:District .
    {_ISLAND}
  }}
{_LABELS}}}
ORDER BY ?thing
"""

FIGURES: Final = f"""{PREFIXES}
# Every figure about a province in a year on a known basis.
SELECT ?figure ?unit ?indicator ?year ?basis ?rank ?value ?grade ?comparator ?status WHERE {{
  ?figure a vndx:Observation ; vndx:about ?unit ; vndx:indicator ?indicator ; vndx:period ?period ;
    vndx:basis ?basis ; vndx:comparator ?comparator ; vndx:status ?status .
  ?unit a vndx:Province .
  ?period vndx:start ?year ; vndx:end ?year .
  OPTIONAL {{ ?figure vndx:rank ?rank }}
  OPTIONAL {{ ?figure vndx:value ?value }}
  OPTIONAL {{ ?figure vndx:grade ?grade }}
}}
"""

SOURCES: Final = f"""{PREFIXES}
# How many sources state each figure about a province, and the first of them.
SELECT ?figure (COUNT(DISTINCT ?source) AS ?sources) (MIN(STR(?url)) AS ?address) (MIN(?title) AS ?name)
WHERE {{
  ?figure a vndx:Observation ; vndx:about ?unit ; vndx:basis ?basis ; vndx:statedIn ?source .
  ?unit a vndx:Province .
  OPTIONAL {{ ?source vndx:url ?url }}
  OPTIONAL {{ ?source skos:prefLabel ?title }}
}}
GROUP BY ?figure
"""

INDICATORS: Final = f"""{PREFIXES}
# The indicators, and those that they are parts of.
SELECT ?thing ?vi ?en ?whole WHERE {{
  ?thing a vndx:Indicator .
  OPTIONAL {{ ?thing skos:broader ?whole }}
{_LABELS}}}
"""

_EDITION: Final = """{prefixes}
# {comment}
SELECT ?province ?{measure} ?comparator ?status ?figure WHERE {{
  ?figure a vndx:Observation ; vndx:indicator <{indicator}> ;
    vndx:period <{period}> ; vndx:basis <{basis}> ;
    vndx:about ?unit ; vndx:{measure} ?{measure} ; vndx:comparator ?comparator .
  ?figure vndx:status/skos:prefLabel ?status . FILTER(LANG(?status) = "{language}")
  ?unit a vndx:Province ; skos:prefLabel ?province . FILTER(LANG(?province) = "{language}")
}}
ORDER BY {order}(?{measure}) ?province
"""


@dataclass(frozen=True)
class Point:
    """A unit with its place on earth.

    Attributes:
        iri: its IRI.
        era: the register that it is in: 2004 or 2025.
        name: without its type, in Vietnamese.
        labels: with its type, by language.
        latitude: in degrees.
        longitude: in degrees.
        province: the IRI of the unit that it is a part of; empty for provinces.

    """

    iri: str
    era: str
    name: str
    labels: Texts = field(hash=False)
    latitude: float
    longitude: float
    province: str = ""


def read_points(solutions: Iterable[Solution]) -> list[Point]:
    """Read units with their points."""
    return [
        Point(
            found["thing"],
            found["era"].rpartition("/")[2],
            found["name"],
            read_labels(found),
            float(found["lat"]),
            float(found["long"]),
            found.get("province", ""),
        )
        for found in solutions
    ]


def read_labels(found: Solution) -> Texts:
    """Read the labels of a thing."""
    return {language: found[language] for language in ("vi", "en") if language in found}


def read_figures(figures: Iterable[Solution], sources: Iterable[Solution]) -> list[Figure]:
    """Read the figures; an observation with a rank and a value gives two."""
    stated = {found["figure"]: found for found in sources}
    read = []
    for found in figures:
        said = stated.get(found["figure"], {})
        for measure in Measure:
            if measure not in found:
                continue
            is_grade = measure is Measure.GRADE
            read.append(
                Figure(
                    iri=found["figure"],
                    unit=found["unit"],
                    indicator=found["indicator"],
                    measure=measure,
                    year=int(found["year"]),
                    basis=int(found["basis"].rpartition("-")[2]),
                    number=None if is_grade else Decimal(found[measure]),
                    grade=found[measure] if is_grade else "",
                    comparator=found["comparator"],
                    status=found["status"].rpartition("/")[2],
                    sources=int(said.get("sources", 0)),
                    source=_source_name(said),
                )
            )
    return read


def _source_name(said: Solution) -> str:
    host = urlsplit(said.get("address", "")).hostname or ""
    return host.removeprefix("www.") or said.get("name", "")


def edition_query(
    indicator: str, measure: Measure, *, year: int, basis: int, language: str, comment: str
) -> str:
    """Give the query whose solutions are the figures of an edition, to be shown and changed by readers."""
    return _EDITION.format(
        prefixes=PREFIXES,
        comment=" ".join(comment.split()),
        indicator=indicator,
        measure=measure,
        period=f"{BASE}id/period/{year}",
        basis=f"{BASE}concept/basis/provinces-{basis}",
        language=language,
        order="DESC" if measure is Measure.VALUE else "ASC",
    )
