"""The page of an entity: what a template needs to show its description to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from pyoxigraph import NamedNode

from api.charts.neighbourhood import Neighbourhood
from api.entities.description import Description, describe
from api.entity_pages.citation import Citation, cite
from api.entity_pages.evidence import Quotation, SourceView, plan_evidence, quotations, sources_of
from api.entity_pages.facts import NOTHING_KEPT, KeptFacts, Text
from api.entity_pages.leads import lead_of
from api.entity_pages.linked import LinkGroup, Reference, plan_groups, plan_linked
from api.entity_pages.naming import path_of, plan_names, short_iri
from api.entity_pages.neighbours import plan_neighbourhood
from api.entity_pages.registry import FACTS_FIRST, plan_sections
from api.entity_pages.sections import PageSubject, Section
from api.entity_pages.values import FactWriter, Group
from graph.model.namespaces import OWL, RDF, RDFS, SKOS, VNDX
from graph.query.lookups import Plan

_TYPE: Final = RDF["type"]
_EVIDENCE: Final = VNDX["hasEvidence"]
_STATED_IN: Final = VNDX["statedIn"]
_MOST_NAMED: Final = 400
_LIST: Final = 200
_WORDS: Final = {
    SKOS["Concept"]: ("khái niệm", "concept"),
    SKOS["ConceptScheme"]: ("bảng khái niệm", "concept scheme"),
}
_COLLECTIONS: Final = (
    ("Province", "provinces", ("Tỉnh, thành phố", "Provinces")),
    ("AdministrativeUnit", "units", ("Đơn vị hành chính", "Administrative units")),
    ("Document", "documents", ("Văn bản", "Documents")),
    ("Programme", "programmes", ("Chương trình", "Programmes")),
    ("Platform", "platforms", ("Nền tảng số", "Platforms")),
    ("Event", "events", ("Sự kiện", "Events")),
    ("Organisation", "organisations", ("Tổ chức", "Organisations")),
    ("Person", "people", ("Người", "People")),
    ("Membership", "memberships", ("Chức vụ", "Roles")),
    ("Product", "products", ("Sản phẩm", "Products")),
    ("Indicator", "indicators", ("Chỉ số, chỉ tiêu", "Indicators")),
    ("Observation", "observations", ("Số liệu", "Figures")),
    ("Target", "targets", ("Mục tiêu", "Targets")),
    ("Source", "sources", ("Nguồn", "Sources")),
    ("Claim", "claims", ("Nhận định", "Claims")),
    ("Conflict", "conflicts", ("Chỗ các nguồn không khớp", "Where sources disagree")),
)
"""The collections by class, with short titles; the first that fits is taken."""


@dataclass(frozen=True)
class SourceEvidence:
    """What one source says of a thing."""

    source: SourceView
    quotations: Sequence[Quotation]


@dataclass(frozen=True)
class EntityPage:
    """What a page shows.

    Attributes:
        title: the name of the entity.
        other: its name in the other language.
        lead: what it is, in a line or a sentence.
        iri: its IRI.
        kinds: its classes, only those that say most.
        collection: the name of the collection that it is listed in, with the title; None for none.
        groups: the facts by group.
        facts_first: whether they come before the sections.
        sections: what pages of its classes show besides.
        evidence: the words and sources of what is said, by source.
        incoming: what links to the entity.
        neighbourhood: a drawing of it among its neighbours.
        citation: how it is cited.
        query: the query for all that is said of it and all that links to it.

    """

    title: Text
    other: Text
    lead: Text
    iri: str
    kinds: Sequence[Reference]
    collection: tuple[str, tuple[str, str]] | None
    groups: Sequence[Group]
    facts_first: bool
    sections: Sequence[Section]
    evidence: Sequence[SourceEvidence]
    incoming: Sequence[LinkGroup]
    neighbourhood: Neighbourhood | None
    citation: Citation
    query: str
    description: Description = field(repr=False)


def plan_page(
    node: NamedNode,
    language: str,
    root: str,
    snapshot: str,
    *,
    start: int = 0,
    kept: KeptFacts = NOTHING_KEPT,
) -> Plan[EntityPage | None]:
    """Plan the page of an entity; it gives None if nothing is said of it.

    Args:
        node: the entity.
        language: of the labels, where there is a choice.
        root: the path under which the service is seen.
        snapshot: the id of the snapshot, empty if it is unknown.
        start: where a long list begins, of the one section that has pages.
        kept: what is known of many nodes already.

    """
    description = yield from describe(node)
    if description is None:
        return None
    linked = yield from plan_linked(node)
    subject = PageSubject(description, language, root, linked, start, kept)
    facts, namer = subject.facts, subject.namer
    yield from _plan_terms(subject)
    sections = yield from plan_sections(subject)
    shown = {predicate for section in sections for predicate in section.properties}
    own = [v for p in facts.predicates(node) if p not in shown for v in facts.values(node, p)[:_LIST]]
    yield from plan_names(facts, own[:_MOST_NAMED])
    yield from plan_evidence(facts, facts.nodes(node, _EVIDENCE), facts.nodes(node, _STATED_IN))
    words = quotations(facts, namer, facts.nodes(node, _EVIDENCE))
    writer = FactWriter(facts, namer, {quotation.node: quotation for quotation in words})
    left_out = {key for section in sections for key in section.incoming}
    things = {thing for section in sections for thing in section.things}
    incoming = yield from plan_groups(facts, namer, linked, left_out, things)
    neighbourhood = yield from plan_neighbourhood(subject, writer)
    title = _title(subject)
    return EntityPage(
        title=title,
        other=namer.other(node),
        lead=lead_of(subject),
        iri=node.value,
        kinds=_kinds(subject),
        collection=_collection(subject),
        groups=writer.groups(node, {*shown, _STATED_IN}),
        facts_first=facts.has_class(node, *FACTS_FIRST),
        sections=sections,
        evidence=[] if _EVIDENCE in shown else _by_source(subject, words),
        incoming=incoming,
        neighbourhood=neighbourhood,
        citation=cite(title.text, node.value, snapshot, language),
        query=_everything(node),
        description=description,
    )


def sparql_path(query: str) -> str:
    """Give the path of the editor with a query in it."""
    return f"/sparql?query={quote(query, safe='')}"


def _plan_terms(subject: PageSubject) -> Plan[None]:
    """Plan the labels of properties and classes, and which class is below which."""
    facts, node = subject.facts, subject.node
    predicates = {t.predicate for t in subject.description.triples} | set(subject.linked.counts)
    yield from facts.read(sorted(predicates, key=str), RDFS["label"])
    yield from facts.read(facts.nodes(node, _TYPE), RDFS["label"], RDFS["subClassOf"])


def _title(subject: PageSubject) -> Text:
    """Give the name as a heading: names of concepts are words, which begin with a small letter."""
    name = subject.namer.name(subject.node)
    if subject.facts.has_class(subject.node, SKOS["Concept"], SKOS["ConceptScheme"]):
        return name.capital
    return name


def _kinds(subject: PageSubject) -> list[Reference]:
    """Give the classes that say most: none that another one is below."""
    facts, node = subject.facts, subject.node
    classes = facts.nodes(node, _TYPE)
    above = {upper for cls in classes for upper in facts.nodes(cls, RDFS["subClassOf"])}
    own = [cls for cls in classes if cls not in above and (cls in VNDX or cls in SKOS or cls in OWL)]
    own = [cls for cls in own if cls in VNDX] or own
    found = []
    for cls in own:
        words = _WORDS.get(cls)
        label = facts.text(cls, RDFS["label"])
        name = Text(words[subject.language != "vi"]) if words else label
        found.append(Reference((name or Text(short_iri(cls.value))).capital, path_of(cls.value)))
    return sorted(found, key=lambda kind: kind.name)


def _collection(subject: PageSubject) -> tuple[str, tuple[str, str]] | None:
    has_class = subject.facts.has_class
    return next(
        ((name, title) for cls, name, title in _COLLECTIONS if has_class(subject.node, VNDX[cls])), None
    )


def _by_source(subject: PageSubject, words: Sequence[Quotation]) -> list[SourceEvidence]:
    by_path: dict[str, list[Quotation]] = {}
    for quotation in words:
        by_path.setdefault(quotation.source.path, []).append(quotation)
    found = [SourceEvidence(each[0].source, each) for each in by_path.values()]
    without = sources_of(subject.facts, subject.namer, subject.node)
    return [*found, *(SourceEvidence(source, ()) for source in without)]


def _everything(node: NamedNode) -> str:
    return (
        "SELECT ?property ?value ?from WHERE {\n"
        f"  {{ {node} ?property ?value }}\n"
        "  UNION\n"
        f"  {{ ?from ?property {node} }}\n"
        "}\nLIMIT 1000"
    )
