"""The IRIs of VNDX: ASCII, lower case, never re-used. One function for one kind of thing."""

from __future__ import annotations

import hashlib
import re

from pyoxigraph import NamedNode

from graph.model.dates import PartialDate
from graph.model.namespaces import CONCEPT, GRAPH, ID
from graph.model.text import slug

ERA_2004 = "2004"
ERA_2025 = "2025"
ERAS = (ERA_2004, ERA_2025)

_CODE = re.compile(r"[0-9]{2}|[0-9]{3}|[0-9]{5}")
_YEAR_IN_NUMBER = re.compile(r"/(19|20)[0-9]{2}/")


def unit(era: str, code: str) -> NamedNode:
    """Give the IRI of an administrative unit from its register era and official code.

    Raises:
        ValueError: on an unknown era, or a code that has not 2, 3 or 5 digits.

    """
    if era not in ERAS:
        raise ValueError(f"{era!r} is no register era: write one of {', '.join(ERAS)}")
    if not _CODE.fullmatch(code):
        raise ValueError(f"{code!r} is no unit code: 2, 3 or 5 digits (province, district, commune)")
    return ID[f"unit/{era}/{code}"]


def unit_version(era: str, code: str, valid_from: str) -> NamedNode:
    """Give the IRI of a dated version of a unit; an empty ``valid_from`` means since before the register."""
    return ID[f"{unit(era, code).value.removeprefix(ID.iri)}/version/{valid_from or 'initial'}"]


def country() -> NamedNode:
    """Give the IRI of the country, the unit that every province is part of."""
    return ID["country/vn"]


def unit_change(date: str, key: str) -> NamedNode:
    """Give the IRI of a change of units from its day and the code of the unit it makes: one change, one key.

    Raises:
        ValueError: if ``date`` is no calendar day, as a change takes effect on one.

    """
    return ID[f"change/{PartialDate.parse(date, 'day').text}/{slug(key)}"]


def transfer(change: NamedNode, from_code: str) -> NamedNode:
    """Give the IRI of what one former unit gave to a change."""
    if not _CODE.fullmatch(from_code):
        raise ValueError(f"{from_code!r} is no unit code: 2, 3 or 5 digits (province, district, commune)")
    return ID[f"{change.value.removeprefix(ID.iri)}/from/{from_code}"]


def document(number: str, year: str, scope: str = "") -> NamedNode:
    """Give the IRI of a numbered document.

    Args:
        number: as printed, e.g. ``01-NQ/TU``.
        year: four digits, left out of the key when the number itself holds a year (``202/2025/QH15``).
        scope: the province of a provincial document, as numbers repeat between provinces.

    """
    parts = [slug(number)]
    if scope:
        parts.append(slug(scope))
    if year and not _YEAR_IN_NUMBER.search(number):
        parts.append(year)
    return ID["document/" + "-".join(parts)]


def named(kind: str, name: str, scope: str = "") -> NamedNode:
    """Give the IRI of a thing known by its name: ``named("platform", "C-Thai Nguyen")``.

    Args:
        kind: programme, platform, event, organisation, person, product, place ...
        name: in any spelling.
        scope: a province, put behind the name to keep namesakes apart.

    """
    return ID[f"{kind}/" + "-".join(slug(part) for part in (name, scope) if part)]


def keyed(kind: str, *keys: str) -> NamedNode:
    """Give the IRI of a thing known by a path of keys, each folded: observations, targets, memberships."""
    return ID["/".join((kind, *(slug(key) for key in keys)))]


def source_page(url: str) -> NamedNode:
    """Give the IRI of a web page that serves as source: a digest of its address as printed."""
    return ID[f"source/web-{digest(url)}"]


def evidence(*parts: str) -> NamedNode:
    """Give the IRI of an evidence: a digest of its source and its words or offsets."""
    return ID[f"evidence/{digest(*parts)}"]


def period(start: str, end: str = "") -> NamedNode:
    """Give the IRI of a period: ``period/2021``, ``period/2021-06`` or ``period/2021_2025``."""
    return ID[f"period/{start}_{end}" if end else f"period/{start}"]


def concept(scheme: str, name: str) -> NamedNode:
    """Give the IRI of a concept in a scheme: ``concept("pillar", "digital-government")``."""
    return CONCEPT[f"{scheme}/{slug(name)}"]


def graph(kind: str, name: str) -> NamedNode:
    """Give the IRI of a named graph: ``graph("table", "provinces-2025")``, ``graph("source", "002")``."""
    return GRAPH[f"{kind}/{slug(name)}"]


def digest(*parts: str) -> str:
    """Give 16 hexadecimal digits that depend on every part and on their order."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
