"""The pages of organisations and people: documents issued and signed, roles and when they are attested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.evidence import Quotation, SourceView, plan_evidence, quotations, sources_of
from api.entity_pages.facts import Text, nodes_of
from api.entity_pages.figure_words import moment_words
from api.entity_pages.linked import Reference
from api.entity_pages.naming import path_of, plan_names
from api.entity_pages.sections import PageSubject, Section
from graph.model.namespaces import VNDX
from graph.query.lookups import LinkPage, Plan

_MOST_DOCUMENTS: Final = 600
_SHOWN_DOCUMENTS: Final = 40
_ROLE: Final = tuple(
    VNDX[n] for n in ("role", "attestedOn", "member", "organisation", "hasEvidence", "statedIn")
)
_DATE: Final = VNDX["issueDate"]
_REGISTERED: Final = VNDX["registerDate"]


@dataclass(frozen=True)
class Role:
    """A role that a source attests.

    Attributes:
        date: as it can be sorted, empty if the source has none.
        when: in words.
        title: the role as printed.
        holder: who has it.
        organisation: where.
        quotations: the words that attest it.
        sources: those that state it without words being kept.
        path: the page of the membership.

    """

    date: str
    when: str
    title: Text
    holder: Reference
    organisation: Reference
    quotations: Sequence[Quotation]
    sources: Sequence[SourceView]
    path: str


@dataclass(frozen=True)
class Issued:
    """Documents of an agent, the newest first."""

    documents: Sequence[Reference]
    total: int
    key: str


def plan_roles(subject: PageSubject) -> Plan[Section | None]:
    """Plan the roles of a person, or those that people have in an organisation."""
    is_person = subject.facts.has_class(subject.node, VNDX["Person"])
    key = "member" if is_person else "organisation"
    memberships = subject.linked.by(key)
    if not memberships:
        return None
    facts = subject.facts
    yield from facts.read(memberships, *_ROLE)
    yield from plan_names(
        facts, (n for m in memberships for n in facts.nodes(m, VNDX["member"], VNDX["organisation"]))
    )
    yield from plan_evidence(
        facts,
        (e for m in memberships for e in facts.nodes(m, VNDX["hasEvidence"])),
        (s for m in memberships for s in facts.nodes(m, VNDX["statedIn"])),
    )
    roles = sorted(
        (_role(subject, membership) for membership in memberships),
        key=lambda role: (role.date, role.title.text),
        reverse=True,
    )
    title = ("Chức vụ được ghi nhận", "Roles attested")
    if not is_person:
        title = ("Người giữ chức vụ", "People and their roles")
    content = {"roles": roles, "is_person": is_person}
    return Section("roles", title, "entity/roles.html", content, incoming=frozenset({key}))


def plan_issued(subject: PageSubject) -> Plan[Section | None]:
    """Plan the documents that an organisation issued."""
    title = ("Văn bản đã ban hành", "Documents it issued")
    return (yield from _plan_documents(subject, "issuer", title))


def plan_signed(subject: PageSubject) -> Plan[Section | None]:
    """Plan the documents that a person signed."""
    title = ("Văn bản đã ký", "Documents signed")
    return (yield from _plan_documents(subject, "signer", title))


def _plan_documents(subject: PageSubject, key: str, title: tuple[str, str]) -> Plan[Section | None]:
    links = yield LinkPage(subject.node, VNDX[key], limit=_MOST_DOCUMENTS)
    nodes = nodes_of(t.subject for t in links)
    if not nodes:
        return None
    facts, namer = subject.facts, subject.namer
    yield from facts.read(nodes, _DATE, _REGISTERED)
    newest = sorted(nodes, key=lambda n: (_dated(subject, n), n.value), reverse=True)[:_SHOWN_DOCUMENTS]
    yield from plan_names(facts, newest)
    documents = [
        Reference(namer.name(n), path_of(n.value), moment_words(_dated(subject, n), subject.language))
        for n in newest
    ]
    content = Issued(documents, subject.linked.counts.get(VNDX[key], len(nodes)), key)
    return Section("documents", title, "entity/issued.html", content, incoming=frozenset({key}))


def _dated(subject: PageSubject, document: NamedNode) -> str:
    return subject.facts.value(document, _DATE, _REGISTERED)


def _role(subject: PageSubject, membership: NamedNode) -> Role:
    facts, namer = subject.facts, subject.namer
    date = facts.value(membership, VNDX["attestedOn"])

    def reference(name: str) -> Reference:
        node = facts.node(membership, VNDX[name])
        return Reference(namer.name(node), path_of(node.value)) if node else Reference(Text(""), "")

    return Role(
        date,
        moment_words(date, subject.language) if date else "",
        facts.text(membership, VNDX["role"]),
        reference("member"),
        reference("organisation"),
        quotations(facts, namer, facts.nodes(membership, VNDX["hasEvidence"])),
        sources_of(facts, namer, membership),
        path_of(membership.value),
    )
