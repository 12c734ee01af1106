"""Reading the shapes: which rules hold for the things of each class (SHACL, sections 2 to 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from api.vocabulary.statements import Node, Statements, Text, Value
from graph.model.namespaces import BASE, CONCEPT, RDF, RDFS, SH, SKOS

SHAPES: Final = BASE + "shapes#"

_MOST_NESTED: Final = 4
_LOGICAL: Final = {"or": SH["or"], "xone": SH["xone"], "and": SH["and"]}
_COMPARED: Final = {
    **{name: SH[name] for name in ("equals", "disjoint", "lessThan", "lessThanOrEquals")},
    **{name: NamedNode(SHAPES + name) for name in ("notBefore", "notAfter", "among")},
}
_BOUNDS: Final = ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive", "minLength", "maxLength")


@dataclass(frozen=True)
class Step:
    """A step of a path: any of some properties, gone along or (inverse) against."""

    properties: tuple[str, ...]
    inverse: bool = False


@dataclass(frozen=True)
class Constraint:
    """What values have to be.

    Attributes:
        kind: a constraint parameter as SHACL names it (``datatype``, ``minInclusive``, ``or``, ...), or
            ``scheme`` (a concept of it), ``shape`` (what another shape asks), ``notBefore``, ``notAfter``,
            ``among``.
        values: IRIs or texts, as the kind has them.
        parts: the constraints of a logical one; each part is what one alternative asks.

    """

    kind: str
    values: tuple[str, ...] = ()
    parts: tuple[tuple[Constraint, ...], ...] = ()


@dataclass(frozen=True)
class Rule:
    """A shape as a rule.

    Attributes:
        iri: of the shape.
        label: what it is about, by language.
        description: why, by language.
        message: what is said when it is broken, by language.
        path: from a thing to what is looked at; empty for the thing itself.
        classes: of which all things are looked at.
        subjects_of: properties that make a thing be looked at.
        severity: ``Violation``, ``Warning`` or ``Info``.
        least: how many values there have to be.
        most: how many there may be, None for any number.
        constraints: that each value fulfils.
        closed: the only properties that there may be; None if there may be any.

    """

    iri: str
    label: Text
    description: Text
    message: Text
    path: tuple[Step, ...] = ()
    classes: tuple[str, ...] = ()
    subjects_of: tuple[str, ...] = ()
    severity: str = "Violation"
    least: int = 0
    most: int | None = None
    constraints: tuple[Constraint, ...] = ()
    closed: tuple[str, ...] | None = None

    @property
    def name(self) -> str:
        """The local name of the shape: the fragment at which it is found."""
        return self.iri.removeprefix(SHAPES)

    @property
    def is_help(self) -> bool:
        """Whether it only serves other shapes."""
        return not self.classes and not self.subjects_of

    @property
    def properties(self) -> tuple[str, ...]:
        """The properties that it looks at."""
        return tuple(dict.fromkeys(iri for step in self.path for iri in step.properties))


@dataclass(frozen=True)
class Rules:
    """All rules, by name.

    Attributes:
        all: every shape, those that only help others too.
        comment: what the shapes say of themselves, by language.

    """

    all: Sequence[Rule]
    comment: Text = field(default_factory=dict)

    @cached_property
    def of_class(self) -> Mapping[str, Sequence[Rule]]:
        """The rules of each class that has any, by IRI."""
        found: defaultdict[str, list[Rule]] = defaultdict(list)
        for rule in self.all:
            for cls in rule.classes:
                found[cls].append(rule)
        return dict(sorted(found.items()))

    @cached_property
    def of_property(self) -> Mapping[str, Sequence[Rule]]:
        """The rules on the values of each property: those whose path is just this property."""
        found: defaultdict[str, list[Rule]] = defaultdict(list)
        for rule in self.all:
            steps = rule.path
            if (
                not rule.is_help
                and len(steps) == 1
                and len(steps[0].properties) == 1
                and not steps[0].inverse
            ):
                found[steps[0].properties[0]].append(rule)
        return found


def read_rules(said: Statements) -> Rules:
    """Read the shapes from the triples of their document."""
    nodes = {*said.of_type(SH["NodeShape"]), *said.of_type(SH["PropertyShape"])}
    rules = (_rule(said, node) for node in nodes)
    return Rules(
        sorted(rules, key=lambda rule: (rule.name.casefold(), rule.name)),
        said.text(NamedNode(f"{BASE}shapes"), RDFS["comment"]),
    )


def _rule(said: Statements, node: NamedNode) -> Rule:
    least, most = said.literal(node, SH["minCount"]), said.literal(node, SH["maxCount"])
    severity = next(iter(said.iris(node, SH["severity"])), SH["Violation"].value)
    is_closed = said.literal(node, SH["closed"]) == "true"
    return Rule(
        iri=node.value,
        label=said.text(node, SH["name"]) or said.text(node, RDFS["label"]),
        description=said.text(node, SH["description"]) or said.text(node, RDFS["comment"]),
        message=said.text(node, SH["message"]),
        path=tuple(_path(said, said.value(node, SH["path"]))),
        classes=said.iris(node, SH["targetClass"]),
        subjects_of=said.iris(node, SH["targetSubjectsOf"]),
        severity=severity.removeprefix(SH.iri),
        least=int(least or 0),
        most=int(most) if most else None,
        constraints=tuple(_constraints(said, node, _MOST_NESTED)) or _in_scheme(said, node),
        closed=tuple(_texts(said.members(said.value(node, SH["ignoredProperties"])))) if is_closed else None,
    )


def _path(said: Statements, value: Value | None) -> Iterator[Step]:
    if isinstance(value, NamedNode):
        yield Step((value.value,))
    elif isinstance(value, BlankNode):
        inverse = said.value(value, SH["inversePath"])
        alternatives = said.value(value, SH["alternativePath"])
        if inverse is not None:
            for step in _path(said, inverse):
                yield Step(step.properties, not step.inverse)
        elif alternatives is not None:
            yield Step(tuple(_texts(said.members(alternatives))))
        else:
            for member in said.members(value):
                yield from _path(said, member)


def _constraints(said: Statements, node: Node, depth: int) -> Iterator[Constraint]:
    yield from _simple(said, node)
    for kind, predicate in _LOGICAL.items():
        for value in said.values(node, predicate):
            members = [m for m in said.members(value) if isinstance(m, NamedNode | BlankNode)]
            yield Constraint(kind, parts=tuple(_of_shape(said, member, depth) for member in members))
    for value in said.values(node, SH["not"]):
        if isinstance(value, NamedNode | BlankNode):
            yield Constraint("not", parts=(_of_shape(said, value, depth),))
    for value in said.values(node, SH["node"]):
        if isinstance(value, NamedNode | BlankNode):
            yield from _of_shape(said, value, depth)


def _simple(said: Statements, node: Node) -> Iterator[Constraint]:
    for kind in ("datatype", "class", "nodeKind"):
        for iri in said.iris(node, SH[kind]):
            yield Constraint(kind, (iri,))
    for kind in ("pattern", *_BOUNDS, "uniqueLang"):
        if text := said.literal(node, SH[kind]):
            yield Constraint(kind, (text,))
    for kind in ("languageIn", "in"):
        if values := tuple(_texts(said.members(said.value(node, SH[kind])))):
            yield Constraint(kind, values)
    if values := tuple(_texts(said.values(node, SH["hasValue"]))):
        yield Constraint("hasValue", values)
    for kind, predicate in _COMPARED.items():
        for iri in said.iris(node, predicate):
            yield Constraint(kind, (iri,))


def _of_shape(said: Statements, shape: Node, depth: int) -> tuple[Constraint, ...]:
    """Give what a shape asks that another one uses; its name if that is not said in short words."""
    named = Constraint("shape", (shape.value,)) if isinstance(shape, NamedNode) else None
    if in_scheme := _in_scheme(said, shape):
        return in_scheme
    if depth == 0 or said.values(shape, SH["path"]) or said.values(shape, SH["property"]):
        return (named,) if named else ()
    return tuple(_constraints(said, shape, depth - 1)) or ((named,) if named else ())


def _in_scheme(said: Statements, shape: Node) -> tuple[Constraint, ...]:
    """Give what a shape asks if that is a concept of a scheme; nothing if it asks something else."""
    for part in said.values(shape, SH["property"]):
        if isinstance(part, NamedNode | BlankNode) and said.value(part, SH["path"]) == SKOS["inScheme"]:
            found = said.value(part, SH["hasValue"])
            if isinstance(found, NamedNode) and found in CONCEPT:
                return (Constraint("scheme", (found.value,)),)
    return ()


def _texts(values: Iterable[Value]) -> Iterator[str]:
    return (value.value for value in values if isinstance(value, NamedNode | Literal) and value != RDF["nil"])
