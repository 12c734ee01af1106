"""The documents of a province in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.facts import Facts, Link, Text
from api.entity_pages.province_scope import Member
from api.entity_pages.province_things import plan_of_jurisdiction
from api.entity_pages.sections import PageSubject, Section
from graph.model.namespaces import SKOS, VNDX
from graph.query.lookups import Plan

_ISSUED: Final = VNDX["issueDate"]
_OTHER_DATES: Final = (VNDX["adoptionDate"], VNDX["effectiveDate"])
_TYPE: Final = VNDX["documentType"]
_NUMBER: Final = VNDX["number"]
_TITLE: Final = VNDX["title"]
_DOCUMENT: Final = VNDX["Document"]


@dataclass(frozen=True)
class DocumentEntry:
    """A document.

    Attributes:
        link: to it, by its number where it has one.
        title: as printed, empty if none is known.
        kind: its type.
        date: of its issue, else of its adoption or effect; empty if none is known.
        member: the number of the province in the scope of the page.

    """

    link: Link
    title: Text
    kind: Link | None
    date: str
    member: int


@dataclass(frozen=True)
class DocumentYear:
    """The documents of a year, the latest first; the year is empty for those without a date."""

    year: str
    documents: Sequence[DocumentEntry]


@dataclass(frozen=True)
class DocumentsContent:
    """What the section shows.

    Attributes:
        scope: whose documents.
        years: the latest first.
        number: of documents.
        query: that finds the same.

    """

    scope: Sequence[Member]
    years: Sequence[DocumentYear]
    number: int
    query: str


def plan_documents(subject: PageSubject) -> Plan[Section | None]:
    """Plan the section of the documents of a province and of those that it succeeds."""
    things = yield from subject.once(plan_of_jurisdiction)
    scope, facts, documents = things.scope, things.facts, things.of_class(_DOCUMENT)
    if not documents:
        return None
    yield from facts.read(documents, _ISSUED, _TYPE, _NUMBER, _TITLE)
    undated = [node for node in documents if not facts.value(node, _ISSUED)]
    yield from facts.read(undated, *_OTHER_DATES)
    yield from facts.name(facts.all_nodes(documents, _TYPE))
    entries = [_entry(facts, node, member) for node, member in documents.items()]
    entries.sort(key=lambda entry: (entry.date, entry.link.text), reverse=True)
    years = [
        DocumentYear(year, list(found)) for year, found in groupby(entries, key=lambda entry: entry.date[:4])
    ]
    content = DocumentsContent(scope, years, len(entries), _query(scope))
    title = ("Văn bản theo thời gian", "Documents through time")
    return Section("documents", title, "unit/documents.html", content, things=frozenset(documents))


def _entry(facts: Facts, node: NamedNode, member: int) -> DocumentEntry:
    link, kind = facts.link(node), facts.node(node, _TYPE)
    number, title = facts.value(node, _NUMBER), facts.text(node, _TITLE)
    return DocumentEntry(
        link=Link(number, link.path) if number and title else link,
        title=title if number else Text(""),
        kind=facts.link(kind) if kind else None,
        date=next((date for name in (_ISSUED, *_OTHER_DATES) if (date := facts.value(node, name))), ""),
        member=member,
    )


def _query(scope: Iterable[Member]) -> str:
    units = " ".join(f"<{member.node.value}>" for member in scope)
    return f"""PREFIX vndx: <{VNDX.iri}>
PREFIX skos: <{SKOS.iri}>

SELECT ?document ?label ?type ?date WHERE {{
  VALUES ?province {{ {units} }}
  ?document a vndx:Document ; vndx:jurisdiction ?province ; skos:prefLabel ?label .
  FILTER(LANG(?label) = "vi")
  OPTIONAL {{ ?document vndx:documentType/skos:prefLabel ?type FILTER(LANG(?type) = "vi") }}
  OPTIONAL {{ ?document vndx:issueDate ?date }}
}}
ORDER BY DESC(?date)
"""
