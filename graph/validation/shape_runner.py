"""Running shapes with pySHACL: a shapes graph, read once, on as many data graphs as needed.

`pyshacl.validate` reads the shapes anew at each call, and its ``focus_nodes`` also drops the value
nodes that nested shapes are to look at. So the shapes are run here one by one, each on those of its
targets that are wanted, which is what pySHACL's own loop does with all targets.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import Any

from pyshacl.graph_abstraction import DataGraph
from pyshacl.helper.path_helper import shacl_path_to_sparql_path
from pyshacl.validator import Validator
from rdflib import SH, BNode, Graph, Literal
from rdflib.term import Node

from graph.validation.assignment import Assignment
from graph.validation.focus_graph import FocusGraph
from graph.validation.rdf_terms import Terms, token_of
from graph.validation.results import Result, Severity, ShapesError
from graph.validation.shapes_view import ShapesView
from graph.validation.statements import Statements

_VARIABLE = re.compile(r"\{[?$]\w+\}")


class ShapeRunner:
    """The shapes of a project, ready to be run.

    Args:
        shapes: the shapes graph, as N-Triples.

    Raises:
        ShapesError: if pySHACL refuses a shape.

    """

    def __init__(self, shapes: bytes) -> None:
        # Shapes report ill-typed literals; rdflib would log a stack trace for each.
        logging.getLogger("rdflib.term").setLevel(logging.ERROR)
        self._terms = Terms()
        self._shapes_graph = ShapesView(self._terms.triples(shapes))
        self._names: dict[Node, str] = {}
        try:
            validator = Validator(
                DataGraph.from_rdflib(Graph()),
                shacl_graph=self._shapes_graph,
                options={"inplace": True, "logger": logging.getLogger(__name__)},
            )
            self._group = validator.shacl_graph
            self._executor = validator.make_executor()
            self._shapes = {token_of(shape.node): shape for shape in self._group.shapes}
        except Exception as error:
            raise ShapesError(f"pySHACL refuses the shapes: {error}") from error

    def run(self, statements: Statements, assignment: Assignment) -> tuple[list[Result], FocusGraph]:
        """Run shapes on nodes.

        Args:
            statements: the data, with the subclass triples that `sh:class` follows.
            assignment: the nodes for each shape. Nested shapes reach other nodes too.

        Returns:
            The results, and the graph that was read, with the trace of what was read of it.

        Raises:
            ShapesError: if pySHACL fails on a shape.

        """
        focus = {node for nodes in assignment.values() for node in nodes}
        graph = FocusGraph(statements, self._terms, focus)
        results: list[Result] = []
        for token, nodes in assignment.items():
            shape = self._shapes[token]
            try:
                _, reports = shape.validate(
                    self._executor, graph, focus=[self._terms[node] for node in nodes]
                )
            except Exception as error:
                raise ShapesError(f"pySHACL fails on the shape {token}: {error}") from error
            results += (self._result(node, stated) for _, node, stated in reports)
        return results, graph

    def _result(self, node: Node, statements: Iterable[tuple[Node, Node, Any]]) -> Result:
        """Read one result from the triples that pySHACL states of it and of its details."""
        found: dict[Node, list[Node]] = {}
        for subject, predicate, value in statements:
            if subject != node:
                continue
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
