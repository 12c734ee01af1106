"""Reading identifiers in the forms in which people have them: IRIs, addresses of pages, codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import unquote

from pyoxigraph import NamedNode

from api.addresses import ENTITY_KINDS, canonical_name, iri_of
from graph.model import iris
from graph.model.namespaces import BASE
from graph.model.place_registers import GEONAMES, OPENSTREETMAP, WHOS_ON_FIRST, WIKIDATA, PlaceRegister
from graph.model.text import strip_marks


class System(StrEnum):
    """Who gives identifiers."""

    VNDX = "vndx"
    WIKIDATA = "wikidata"
    GEONAMES = "geonames"
    OPENSTREETMAP = "osm"
    WHOS_ON_FIRST = "wof"
    GSO = "gso"
    ISO_3166_2 = "iso3166-2"
    HASC = "hasc"
    FIPS = "fips"
    OTHER = "iri"


@dataclass(frozen=True)
class Identifier:
    """An identifier.

    Attributes:
        system: who gives it.
        id: in that system, in its usual form.
        iris: the IRIs to look for: none for a code, several for a code that is of more than one register.

    """

    system: System
    id: str
    iris: tuple[str, ...] = ()

    @property
    def iri(self) -> str | None:
        """The IRI, None if it has none of its own."""
        return self.iris[0] if len(self.iris) == 1 else None


REGISTERS: Final = {
    System.WIKIDATA: WIKIDATA,
    System.GEONAMES: GEONAMES,
    System.OPENSTREETMAP: OPENSTREETMAP,
    System.WHOS_ON_FIRST: WHOS_ON_FIRST,
}

_WEB: Final = r"https?://(?:www\.|m\.)?"
_PLACES: Final = (
    (
        System.WIKIDATA,
        rf"(?:{_WEB}wikidata\.org/(?:entity|wiki|wiki/Special:EntityData)/|wd:|wikidata:)?(Q[1-9]\d*)(?:[.#?].*)?",
    ),
    (System.GEONAMES, rf"(?:{_WEB}(?:sws\.)?geonames\.org/|gn:|geonames:)([1-9]\d*)(?:/.*)?"),
    (
        System.OPENSTREETMAP,
        rf"(?:{_WEB}(?:openstreetmap|osm)\.org/relation/|osm:(?:r|rel|relation/)?|relation/|r)([1-9]\d*)(?:[/#?].*)?",
    ),
    (
        System.WHOS_ON_FIRST,
        rf"(?:{_WEB}(?:spelunker\.|places\.)?whosonfirst\.org/id/|wof:)([1-9]\d*)(?:[/?#].*)?",
    ),
    (
        System.WHOS_ON_FIRST,
        rf"{_WEB}data\.whosonfirst\.org/(?:\d+/)*([1-9]\d*)\.geojson",
    ),
)  # fmt: skip
_CODES: Final = (
    (System.ISO_3166_2, r"(?:iso(?:3166-2)?:)?VN-(\d\d|[A-Z]{2})", "VN-{}"),
    (System.HASC, r"(?:hasc:)?VN\.([A-Z]{2})", "VN.{}"),
    (System.FIPS, r"(?:fips:)?VM-?(\d\d)", "VM{}"),
)
_GSO: Final = re.compile(r"gso:(?:(2004|2025)[:/])?(\d{2}|\d{3}|\d{5})", re.IGNORECASE)
_UNIT: Final = re.compile(r"(?:id/)?(?:unit/)?(2004|2025)/(\d{2}|\d{3}|\d{5})/?")
_OURS: Final = re.compile(rf"https?://{re.escape(BASE.partition('://')[2])}.+", re.IGNORECASE)
_ONTOLOGY: Final = re.compile(r"ontology#\w+")
_SHORT: Final = re.compile(r"(?:vndx:)?(?:id/|concept/|graph/)?[a-z0-9-]+(?:/[a-z0-9.:_-]+)+", re.IGNORECASE)
_DOCUMENT: Final = re.compile(r"(?:page|data)/(.+?)(?:\.(?:jsonld|json|ttl|nt|rdf|trig|csv))?")
_NAME_PART: Final = re.compile(r"[a-z0-9._: -]*[a-z0-9][a-z0-9._: -]*")
_FRAGMENT: Final = re.compile(r"[A-Za-z0-9._-]*")
_IRI: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")

_PLACE_FORMS: Final = tuple((system, re.compile(form, re.IGNORECASE)) for system, form in _PLACES)
_CODE_FORMS: Final = tuple((system, re.compile(form, re.IGNORECASE), whole) for system, form, whole in _CODES)


def read_identifier(text: str) -> Identifier | None:
    """Read an identifier, None if it is in no form that is known.

    A bare number is none: it may be of several systems, and says not of which.
    """
    given = unquote(text.strip())
    return _place(given) or _code(given) or _gso(given) or _ours(given) or _other(given)


def identifier_of(iri: str) -> Identifier:
    """Give the identifier of which the graph has the IRI."""
    for system, register in REGISTERS.items():
        if found := register.identifier(iri):
            return Identifier(system, found, (iri,))
    own = iri.startswith(BASE)
    return Identifier(System.VNDX if own else System.OTHER, iri.removeprefix(BASE), (iri,))


def gso(era: str, code: str) -> Identifier:
    """Give the identifier of a unit in the register of the statistics office of an era."""
    return Identifier(System.GSO, f"{era}:{code}", (iris.unit(era, code).value,))


def _place(text: str) -> Identifier | None:
    for system, form in _PLACE_FORMS:
        if found := form.fullmatch(text):
            return _in_register(system, REGISTERS[system], found.group(1).upper())
    return None


def _in_register(system: System, register: PlaceRegister, identifier: str) -> Identifier:
    return Identifier(system, identifier, (register.node(identifier).value,))


def _code(text: str) -> Identifier | None:
    for system, form, whole in _CODE_FORMS:
        if found := form.fullmatch(text):
            return Identifier(system, whole.format(found.group(1).upper()))
    return None


def _gso(text: str) -> Identifier | None:
    found = _GSO.fullmatch(text)
    if found is None:
        return None
    era, code = found.groups()
    if era:
        return gso(era, code)
    return Identifier(System.GSO, code, _units(iris.ERAS, code))


def _units(eras: Iterable[str], code: str) -> tuple[str, ...]:
    return tuple(iris.unit(era, code).value for era in eras)


def _ours(text: str) -> Identifier | None:
    if unit := _UNIT.fullmatch(text):
        return _own(iris.unit(*unit.groups()).value)
    local = re.sub(r"^https?:", "https:", text, flags=re.IGNORECASE).removeprefix(BASE).removeprefix("vndx:")
    if _ONTOLOGY.fullmatch(local):
        return _own(BASE + local)
    if not (_OURS.fullmatch(text) or _SHORT.fullmatch(text)):
        return None
    name, mark, fragment = local.partition("?")[0].partition("#")
    if document := _DOCUMENT.fullmatch(name):
        name = document[1]
    if not _is_name(name) or not _FRAGMENT.fullmatch(fragment):
        return None  # to fold it would make an IRI of it that nobody has written
    return _own(iri_of(canonical_name(name)) + mark + fragment)


def _is_name(name: str) -> bool:
    """Say whether each part of a name is of letters, digits and what may stand between them."""
    parts = strip_marks(name).lower().strip("/ ").split("/")
    return parts not in ([kind] for kind in ENTITY_KINDS) and all(map(_NAME_PART.fullmatch, parts))


def _own(iri: str) -> Identifier:
    return Identifier(System.VNDX, iri.removeprefix(BASE), (iri,))


def _other(text: str) -> Identifier | None:
    if not _IRI.fullmatch(text):
        return None
    try:
        NamedNode(text)
    except ValueError:  # RFC 3987 is stricter than this expression: on hosts and percent signs, say
        return None
    return Identifier(System.OTHER, text, (text,))
