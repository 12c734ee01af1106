"""Running shapes with pySHACL: a shapes graph, read once, on as many data graphs as needed.

`pyshacl.validate` reads the shapes anew at each call, and its ``focus_nodes`` also drops the value
nodes that nested shapes are to look at. So the shapes are run here one by one, each on those of its
targets that are wanted, which is what pySHACL's own loop does with all targets.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyshacl.graph_abstraction import DataGraph
from pyshacl.helper.path_helper import shacl_path_to_sparql_path
from pyshacl.validator import Validator
from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from graph.model.ntriples import split
from graph.model.ntriples_terms import write_literal
from graph.validation.chunk_graph import Terms, Triple
from graph.validation.results import Result, Severity

_VARIABLE = re.compile(r"\{[?$]\w+\}")


class ShapesError(ValueError):
    """The shapes themselves are wrong, so nothing can be validated with them."""


@dataclass(frozen=True)
class Outcome:
    """What a run gave: the results, and how many focus nodes were looked at."""

    results: tuple[Result, ...]
    focus_nodes: int


class ShapeRunner:
    """The shapes of a project, ready to be run.

    Args:
        shapes: the shapes graph, as N-Triples.

    Raises:
        ShapesError: if pySHACL refuses a shape.

    """

    def __init__(self, shapes: bytes) -> None:
        terms = Terms()
        self._shapes_graph = Graph(bind_namespaces="none")
        for triple in read_triples(shapes, terms):
            self._shapes_graph.add(triple)
        try:
            validator = Validator(
                DataGraph.from_rdflib(Graph()),
                shacl_graph=self._shapes_graph,
                options={"inplace": True, "logger": logging.getLogger(__name__)},
            )
            self._group = validator.shacl_graph
            self._executor = validator.make_executor()
            self._targeted = [
                shape for shape in self._group.shapes if any(any(True for _ in way) for way in shape.target())
            ]
        except Exception as error:
            raise ShapesError(f"pySHACL refuses the shapes: {error}") from error
        self._names: dict[Node, str] = {}

    def run(self, graph: Graph, focus: Collection[Node] | None = None) -> Outcome:
        """Validate a data graph.

        Args:
            graph: the data, with the subclass triples that `sh:targetClass` and `sh:class` follow.
            focus: the nodes to look at; None looks at every target. Nested shapes reach others too.

        """
        results: list[Result] = []
        looked_at: set[Node] = set()
        for shape in self._targeted:
            targets = shape.focus_nodes(graph)
            if focus is not None:
                targets &= set(focus)
            if targets:
                looked_at |= targets
                _, reports = shape.validate(self._executor, graph, focus=targets)
                results += (self._result(statements) for _, _, statements in reports)
        return Outcome(tuple(results), len(looked_at))

    def _result(self, statements: Iterable[tuple[Node, Node, Any]]) -> Result:
        """Read one result from the triples that pySHACL states of it."""
        found: dict[Node, list[Node]] = {}
        for _, predicate, value in statements:
            found.setdefault(predicate, []).append(value[1] if isinstance(value, tuple) else value)
        shape = found[SH.sourceShape][0]
        constraint = found.get(SH.sourceConstraint, [None])[0]
        path = found.get(SH.resultPath, [None])[0]
        value = found.get(SH.value, [None])[0]
        return Result(
            severity=Severity(str(found[SH.resultSeverity][0]).removeprefix(str(SH))),
            focus=token_of(found[SH.focusNode][0]),
            path="" if path is None else shacl_path_to_sparql_path(self._group, path),
            value="" if value is None else token_of(value),
            shape=self._name(shape),
            component=token_of(found[SH.sourceConstraintComponent][0]),
            messages=self._messages(found.get(SH.resultMessage, []), [shape, constraint]),
        )

    def _name(self, shape: Node) -> str:
        """Give the IRI of a shape, or of the named shape that an anonymous one belongs to."""
        if shape not in self._names:
            node, seen = shape, {shape}
            while isinstance(node, BNode):
                owners = sorted(set(self._shapes_graph.subjects(None, node)) - seen, key=str)
                if not owners:
                    break
                node = owners[0]
                seen.add(node)
            self._names[shape] = token_of(node)
        return self._names[shape]

    def _messages(
        self, messages: Iterable[Node], owners: Iterable[Node | None]
    ) -> tuple[tuple[str, str], ...]:
        """Give messages with their languages.

        pySHACL drops the language where it fills in variables; it is found again by the template.
        """
        templates = [
            template
            for owner in owners
            if owner is not None
            for template in self._shapes_graph.objects(owner, SH.message)
            if isinstance(template, Literal)
        ]
        found = set()
        for message in messages:
            language = getattr(message, "language", None) or ""
            text = str(message)
            if not language:
                language = next((t.language or "" for t in templates if _fits(text, str(t))), "")
            found.add((language, text))
        return tuple(sorted(found))


def _fits(text: str, template: str) -> bool:
    """Say whether a text comes from a template by filling in its variables."""
    parts = [re.escape(part) for part in _VARIABLE.split(template)]
    return re.fullmatch(".*".join(parts), text, re.DOTALL) is not None


def read_triples(text: bytes, terms: Terms) -> Iterator[Triple]:
    """Go through the triples of an N-Triples text as rdflib terms."""
    for subject, predicate, value in split(text):
        yield terms[subject], terms[predicate], terms[value]


def token_of(node: Node) -> str:
    """Give an rdflib term as an N-Triples term."""
    if isinstance(node, URIRef):
        return f"<{node}>"
    if isinstance(node, BNode):
        return f"_:{node}"
    if isinstance(node, Literal):
        return write_literal(str(node), node.language or "", str(node.datatype or ""))
    raise TypeError(f"{node!r} is no RDF 1.1 term")
