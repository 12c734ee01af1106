"""The full list of links of one kind to a thing, as a page for people: page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from api.entities.link_pages import Cursor
from api.entities.link_pages import plan_page as plan_links
from api.entity_pages.facts import Facts, Text
from api.entity_pages.linked import Reference
from api.entity_pages.naming import Namer, path_of, plan_names
from api.entity_pages.properties import INCOMING
from graph.model.namespaces import DCTERMS, OA, SKOS, VNDX, VOID
from graph.query.lookups import Plan

_ON_A_PAGE: Final = 100
_FOREIGN: Final = {
    **{name: SKOS[name] for name in ("broader", "inScheme", "exactMatch", "closeMatch")},
    "hasSource": OA["hasSource"],
    "source": DCTERMS["source"],
    "subset": VOID["subset"],
}


@dataclass(frozen=True)
class LinkListPage:
    """A page of links of one kind.

    Attributes:
        subject: what they lead to.
        iri: the IRI of that.
        predicate: the IRI of the property.
        title: what the links mean.
        members: where they come from.
        total: how many there are on all pages.
        before: the query string of the page before, empty for none.
        after: the query string of the page after, empty for none.

    """

    subject: Text
    iri: str
    predicate: str
    title: tuple[str, str]
    members: Sequence[Reference]
    total: int
    before: str
    after: str


def property_of(key: str) -> NamedNode | None:
    """Give the property with a key of `INCOMING`, None if links of it are not shown."""
    if key not in INCOMING or " " in key:
        return None
    return _FOREIGN.get(key, VNDX[key])


def plan_link_list(node: NamedNode, key: str, cursor: Cursor, language: str) -> Plan[LinkListPage | None]:
    """Plan a page of links; it gives None if there are none of the kind.

    Args:
        node: what they lead to.
        key: the property, one that `property_of` knows.
        cursor: where the page begins or ends.
        language: of the page.

    """
    predicate = property_of(key)
    if predicate is None:
        return None
    found = yield from plan_links(node, predicate, cursor, _ON_A_PAGE, outgoing=False)
    if not found.total:
        return None
    facts = Facts(language)
    namer = Namer(facts)
    yield from plan_names(facts, (node, *found.nodes))
    return LinkListPage(
        namer.name(node),
        node.value,
        predicate.value,
        INCOMING[key],
        [Reference(namer.name(n), path_of(n.value)) for n in found.nodes],
        found.total,
        _query(key, Cursor(before=found.nodes[0].value)) if found.more_before and found.nodes else "",
        _query(key, Cursor(after=found.nodes[-1].value)) if found.more_after and found.nodes else "",
    )


def _query(key: str, cursor: Cursor) -> str:
    return urlencode({"links": key, "cursor": str(cursor)})
