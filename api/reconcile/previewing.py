"""The card of an entity: name, kind, and the few facts by which a person tells it from others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from pyoxigraph import Literal, NamedNode

from api.addresses import name_of
from api.pages.formatting import date_text, number_text
from api.reconcile.facts import Facts, Object, look_up
from api.reconcile.ids import entity_id, entity_iri, term_iri
from api.reconcile.model import in_language
from api.reconcile.terms import Term, Terms
from graph.model.namespaces import XSD
from graph.query.engine import SnapshotView

WIDTH: Final = 430
HEIGHT: Final = 300

_SHOWN: Final = (
    *("unitType", "era", "partOf", "code", "validFrom", "validTo", "continuedBy", "succeededBy"),
    *("partlySucceededBy", "population", "areaKm2", "documentClass", "number", "issuer", "issueDate"),
    *("title", "adopts", "platformKind", "operator", "developer", "coverage", "launchDate", "website"),
    *("parentOrganisation", "jurisdiction", "startDate", "endDate", "place", "producer"),
    *("skos:definition", "skos:altLabel"),
)
_NUMBERS: Final = frozenset(XSD[name] for name in ("integer", "decimal", "double"))
_DATES: Final = frozenset(XSD[name] for name in ("date", "gYearMonth", "gYear"))
_MOST_FACTS: Final = 9
_MOST_VALUES: Final = 3
_LONGEST: Final = 120


@dataclass(frozen=True)
class Card:
    """What a card shows.

    Attributes:
        title: the name.
        other: the name in the other language, empty if it is the same.
        kinds: names of its types, the most specific first.
        identifier: its id.
        page: the name of its page, empty if it has none.
        facts: names of properties, each with the texts of some values.

    """

    title: str
    other: str
    kinds: Sequence[str]
    identifier: str
    page: str
    facts: Sequence[tuple[str, Sequence[str]]]


async def card(view: SnapshotView, terms: Terms, identifier: str, language: str) -> Card | None:
    """Give the card of an entity, None if nothing is known of it."""
    iri = entity_iri(identifier)
    if iri is None:
        return None
    properties = [term_iri(name) for name in _SHOWN]
    facts = await view.lookup(look_up([iri], properties))
    if not facts.is_known(iri):
        return None
    name = facts.names.get(iri, {})
    title = in_language(name, language) or entity_id(iri)
    other = in_language(name, "en" if language == "vi" else "vi")
    cls = terms.most_specific(facts.types.get(iri, ()))
    shown = [(prop, _values(facts, iri, term_iri(prop), language)) for prop in _SHOWN]
    return Card(
        title=title,
        other="" if other == title else other,
        kinds=[in_language(term.name, language) for term in terms.line(cls)],
        identifier=entity_id(iri),
        page=name_of(iri) or "",
        facts=[(_label(terms, prop, language), texts) for prop, texts in shown if texts][:_MOST_FACTS],
    )


async def entity_note(view: SnapshotView, terms: Terms, identifier: str, language: str) -> str:
    """Give the HTML of what a list of suggestions tells of an entity; empty if nothing is known of it."""
    found = await card(view, terms, identifier, language)
    if found is None:
        return ""
    facts = (f"{name}: {'; '.join(texts)}" for name, texts in found.facts)
    return _note(found.title, (", ".join(found.kinds), *facts))


def term_note(term: Term | None, language: str) -> str:
    """Give the HTML of what is told of a type or property in a list of suggestions."""
    if term is None:
        return ""
    return _note(in_language(term.name, language), (in_language(term.description, language),))


def _note(title: str, lines: Sequence[str]) -> str:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    return f"<h1>{escape(title)}</h1>{paragraphs}"


def _label(terms: Terms, prop: str, language: str) -> str:
    term = terms.property(prop)
    return in_language(term.name, language) if term else prop


def _values(facts: Facts, iri: str, prop: str, language: str) -> list[str]:
    nodes = list(facts.of(iri, prop))
    chosen = [node for node in nodes if isinstance(node, Literal) and node.language == language]
    texts = sorted({text for node in chosen or nodes if (text := _text(node, facts, language))})
    shown = [text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…" for text in texts[:_MOST_VALUES]]
    return [*shown, f"+ {len(texts) - _MOST_VALUES}"] if len(texts) > _MOST_VALUES else shown


def _text(node: Object, facts: Facts, language: str) -> str:
    if isinstance(node, Literal):
        return _written(node, language)
    if isinstance(node, NamedNode):
        return in_language(facts.names.get(node.value, {}), language) or node.value
    return ""


def _written(literal: Literal, language: str) -> str:
    """Give a literal as readers of a language write it: numbers and dates; a code stays as it is."""
    if literal.datatype in _NUMBERS:
        return number_text(literal.value, language)
    return date_text(literal.value, language) if literal.datatype in _DATES else literal.value
