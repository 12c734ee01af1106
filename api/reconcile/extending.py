"""Data extension: the values of properties of entities, in one bounded look-up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from api.reconcile.facts import Facts, Object, is_entity, look_up
from api.reconcile.ids import entity_id, entity_iri, term_iri
from api.reconcile.model import in_language
from api.reconcile.terms import Term, Terms
from graph.model.namespaces import DCTERMS, RDF, RDFS, SKOS, VNDX, XSD
from graph.query.engine import SnapshotView

_TRANSLATED: Final = frozenset(
    node.value
    for node in (SKOS["prefLabel"], SKOS["definition"], RDFS["label"], DCTERMS["title"], VNDX["title"])
)
_INTEGERS: Final = frozenset(XSD[name].value for name in ("integer", "int", "long", "nonNegativeInteger"))
_DECIMALS: Final = frozenset(XSD[name].value for name in ("decimal", "double", "float"))
_MIDNIGHT: Final = "T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that is an entity of this service."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class TextValue:
    """A value that is a text; its language is empty if it has none."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class DateValue:
    """A value that is a whole date, as a dateTime."""

    time: str


Cell: TypeAlias = Reference | TextValue | DateValue | int | float


@dataclass(frozen=True, slots=True)
class Setting:
    """A property asked for: its id as it was sent, and how many values are wanted (0 for all)."""

    id: str
    limit: int = 0


@dataclass(frozen=True)
class Extension:
    """The values of properties of entities.

    Attributes:
        properties: what was asked for, each with what is known of it (None if there is no such property).
        rows: for each id as it was sent, the values of each property in the same order.

    """

    properties: Sequence[tuple[Setting, Term | None]]
    rows: Sequence[tuple[str, Sequence[Sequence[Cell]]]]


async def extend(
    view: SnapshotView, terms: Terms, ids: Sequence[str], wanted: Sequence[Setting], language: str
) -> Extension:
    """Give the values of properties of entities; unknown entities and properties have none.

    Args:
        view: the snapshot.
        terms: of the snapshot.
        ids: of the entities, in any spelling.
        wanted: the properties.
        language: of names, and of texts that there are in several languages.

    """
    iris = {name: entity_iri(name) for name in ids}
    properties = [term_iri(setting.id) for setting in wanted]
    facts = await view.lookup(look_up([iri for iri in iris.values() if iri], properties))
    rows = [
        (
            name,
            [
                _cells(facts, iris[name] or "", prop, setting, language)
                for setting, prop in zip(wanted, properties, strict=True)
            ],
        )
        for name in iris
    ]
    return Extension([(setting, terms.property(setting.id)) for setting in wanted], rows)


def _cells(facts: Facts, iri: str, prop: str, setting: Setting, language: str) -> list[Cell]:
    nodes = list(facts.of(iri, prop))
    if prop in _TRANSLATED:
        nodes = _in_language(nodes, language)
    if prop == RDF["type"].value:
        nodes = [node for node in nodes if isinstance(node, NamedNode) and node in VNDX]
    cells = sorted({cell: None for node in nodes for cell in _cell(node, facts, language)}, key=_order)
    return cells[: setting.limit] if setting.limit else cells


def _in_language(nodes: Sequence[Object], language: str) -> list[Object]:
    chosen: list[Object] = [node for node in nodes if isinstance(node, Literal) and node.language == language]
    return chosen or list(nodes)


def _cell(node: Object, facts: Facts, language: str) -> Iterable[Cell]:
    if isinstance(node, Literal):
        yield _literal(node)
    elif isinstance(node, NamedNode) and is_entity(node):
        identifier = entity_id(node.value)
        yield Reference(identifier, in_language(facts.names.get(node.value, {}), language) or identifier)
    elif isinstance(node, NamedNode):
        yield TextValue(node.value)


def _literal(node: Literal) -> Cell:
    kind = node.datatype.value
    if kind in _INTEGERS:
        return int(node.value)
    if kind in _DECIMALS:
        return float(node.value)
    if kind == XSD["date"].value:
        return DateValue(node.value + _MIDNIGHT)
    if kind == XSD["dateTime"].value:
        return DateValue(node.value)
    return TextValue(node.value, node.language or "")


def _order(cell: Cell) -> tuple[str, str]:
    return type(cell).__name__, cell.name if isinstance(cell, Reference) else str(cell)
