"""Which nodes each shape is to be run on (SHACL, section 2.1.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.model.namespaces import RDF, RDFS, SH
from graph.model.ntriples import split, token
from graph.validation.statements import Statements

_TYPE = token(RDF["type"])
_SUB_CLASS = token(RDFS["subClassOf"])
_CLASS = token(RDFS["Class"])
_TARGET_CLASS = token(SH["targetClass"])
_TARGET_NODE = token(SH["targetNode"])
_SUBJECTS_OF = token(SH["targetSubjectsOf"])
_OBJECTS_OF = token(SH["targetObjectsOf"])
_SHAPE_TYPES = frozenset({token(SH["NodeShape"]), token(SH["PropertyShape"])})


@dataclass(frozen=True)
class Target:
    """One way in which a shape says what it is for: the predicate that says so, and its value."""

    shape: str
    kind: str
    value: str


def read_targets(shapes: bytes) -> tuple[Target, ...]:
    """Read the targets of a shapes graph, as N-Triples, implicit class targets included."""
    kinds = {_TARGET_CLASS, _TARGET_NODE, _SUBJECTS_OF, _OBJECTS_OF}
    declared = {Target(s, p, o) for s, p, o in split(shapes) if p in kinds}
    types: dict[str, set[str]] = {}
    meta_classes = {_CLASS, "<http://www.w3.org/2002/07/owl#Class>"}
    for subject, predicate, value in split(shapes):
        if predicate == _TYPE:
            types.setdefault(subject, set()).add(value)
        elif predicate == _SUB_CLASS and value == _CLASS:
            meta_classes.add(subject)
    implicit = {
        Target(shape, _TARGET_CLASS, shape)
        for shape, classes in types.items()
        if classes & _SHAPE_TYPES and classes & meta_classes
    }
    return tuple(sorted(declared | implicit, key=lambda target: (target.shape, target.kind, target.value)))


def shapes_of_nodes(targets: Iterable[Target], statements: Statements) -> dict[str, tuple[str, ...]]:
    """Give, for each node that is a target of some shape, these shapes, sorted."""
    below = _sub_classes(statements)
    by_class: dict[str, set[str]] = {}
    found: dict[str, frozenset[str]] = {}
    for target in targets:
        if target.kind == _TARGET_CLASS:
            for cls in {target.value, *below.get(target.value, ())}:
                by_class.setdefault(cls, set()).add(target.shape)
        else:
            for node in _nodes(target, statements):
                found[node] = found.get(node, frozenset()) | {target.shape}
    shapes_of_class = {cls: frozenset(shapes) for cls, shapes in by_class.items()}
    for node, cls in statements.pairs(_TYPE):
        shapes = shapes_of_class.get(cls)
        if shapes:
            known = found.get(node)
            found[node] = known | shapes if known else shapes
    ordered = {shapes: tuple(sorted(shapes)) for shapes in set(found.values())}
    return {node: ordered[shapes] for node, shapes in found.items()}


def _nodes(target: Target, statements: Statements) -> Iterable[str]:
    if target.kind == _TARGET_NODE:
        return (target.value,)
    pairs = statements.pairs(target.value)
    if target.kind == _SUBJECTS_OF:
        return (subject for subject, _ in pairs)
    return (value for _, value in pairs)


def _sub_classes(statements: Statements) -> dict[str, set[str]]:
    """Give every class below each class, as the data says."""
    direct: dict[str, set[str]] = {}
    for subject, value in statements.pairs(_SUB_CLASS):
        direct.setdefault(value, set()).add(subject)
    closure: dict[str, set[str]] = {}
    for cls, nearest in direct.items():
        found: set[str] = set()
        pending = list(nearest)
        while pending:
            each = pending.pop()
            if each not in found:
                found.add(each)
                pending += direct.get(each, ())
        closure[cls] = found
    return closure
