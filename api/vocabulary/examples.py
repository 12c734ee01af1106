"""Examples from the data: things of each class, and statements with each property."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from api.addresses import name_of
from api.vocabulary.statements import Statements, Text
from graph.model.namespaces import RDF, SKOS
from graph.query.lookups import LinkPage, Outgoing, Plan, References

_LOOKED_AT: Final = 6
_SHOWN: Final = 2
_LONGEST: Final = 80


@dataclass(frozen=True)
class Thing:
    """A thing with its name by language; the name is empty if it has none."""

    iri: str
    label: Text

    @property
    def page(self) -> str:
        """The name of its page, empty if it has none."""
        return name_of(self.iri) or ""

    @property
    def key(self) -> str:
        """The last part of its IRI."""
        return self.iri.rstrip("/").rpartition("/")[2]


@dataclass(frozen=True)
class Example:
    """A statement: what it is about, and its value as a thing or as a text in some language."""

    subject: Thing
    value: Thing | None = None
    text: str = ""
    language: str = ""


@dataclass(frozen=True)
class Examples:
    """Examples, by the IRI of the class or property."""

    things: Mapping[str, Sequence[Thing]] = field(default_factory=dict)
    statements: Mapping[str, Example] = field(default_factory=dict)


def plan_things(classes: Iterable[str]) -> Plan[Mapping[str, Sequence[NamedNode]]]:
    """Plan to find the first things of each class, by IRI; classes without any are left out."""
    found: dict[str, list[NamedNode]] = {}
    for cls in classes:
        links: list[Triple] = yield LinkPage(NamedNode(cls), RDF["type"], limit=_LOOKED_AT)
        nodes = [t.subject for t in links if isinstance(t.subject, NamedNode) and name_of(t.subject.value)]
        if nodes:
            found[cls] = nodes
    return found


def plan_statements(subjects: Iterable[NamedNode], properties: Iterable[str]) -> Plan[Mapping[str, Triple]]:
    """Plan to find one statement with each property, among those on some things; by property."""
    said: list[Triple] = yield Outgoing(tuple(dict.fromkeys(subjects)), limit=2_000)
    return _first_with_each(said, frozenset(properties))


def subjects_query(properties: Iterable[str]) -> str:
    """Give the query for the first thing that has each property: ``?property`` and ``?subject``."""
    values = " ".join(f"<{iri}>" for iri in properties)
    return (
        f"SELECT ?property (MIN(STR(?thing)) AS ?subject) {{ VALUES ?property {{ {values} }} "
        f"?thing ?property ?value FILTER(isIRI(?thing)) }} GROUP BY ?property"
    )


def plan_examples(
    things: Mapping[str, Sequence[NamedNode]], statements: Mapping[str, Triple]
) -> Plan[Examples]:
    """Plan to name what has been found."""
    shown = {node for nodes in things.values() for node in nodes[:_SHOWN]}
    shown |= {n for t in statements.values() for n in (t.subject, t.object) if isinstance(n, NamedNode)}
    labels = Statements((yield References(tuple(sorted(shown, key=str)))))

    def thing(node: NamedNode) -> Thing:
        return Thing(node.value, labels.text(node, SKOS["prefLabel"]))

    return Examples(
        {cls: [thing(node) for node in nodes[:_SHOWN]] for cls, nodes in things.items()},
        {iri: found for iri, t in statements.items() if (found := _example(t, thing))},
    )


def _first_with_each(said: Iterable[Triple], properties: frozenset[str]) -> dict[str, Triple]:
    """Give one statement with each property; rather on a thing than on a part, rather short than long."""
    chosen: dict[str, Triple] = {}
    for triple in sorted(said, key=_plainness):
        if triple.predicate.value in properties:
            chosen.setdefault(triple.predicate.value, triple)
    return chosen


def _plainness(triple: Triple) -> tuple[int, int, str]:
    return str(triple.subject).count("/"), len(str(triple.object)), str(triple)


def _example(triple: Triple, thing: Callable[[NamedNode], Thing]) -> Example | None:
    subject, value = triple.subject, triple.object
    if not isinstance(subject, NamedNode):
        return None
    if isinstance(value, NamedNode):
        return Example(thing(subject), thing(value))
    if isinstance(value, Literal):
        text = value.value if len(value.value) <= _LONGEST else f"{value.value[: _LONGEST - 1]}…"
        return Example(thing(subject), None, text, value.language or "")
    return None
