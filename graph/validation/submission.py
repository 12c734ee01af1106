"""RDF that somebody sends to have it validated: reading it, and running the shapes of its subjects."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import Quad, RdfFormat, Triple, parse

from graph.model import ntriples
from graph.model.namespaces import BASE
from graph.model.turtle_lines import subject_lines
from graph.validation.results import Report
from graph.validation.shape_runner import ShapeRunner
from graph.validation.statements import Statements
from graph.validation.stored_statements import GraphStatements, StoredStatements
from graph.validation.targets import read_targets, shapes_of_nodes

MAX_TRIPLES: Final = 50_000
"""How many triples may be sent."""

_LINED: Final = frozenset({RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS})


class UnreadableRdfError(ValueError):
    """The text is not the RDF that it is said to be; ``line`` and ``column`` count from 1, 0 if unknown."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


@dataclass(frozen=True)
class Submission:
    """What was sent.

    Attributes:
        triples: sorted N-Triples, named graphs merged, blank nodes named by RDFC-1.0.
        lines: the line of each subject that is an IRI, in formats that have lines.

    """

    triples: bytes
    lines: Mapping[str, int]

    def subjects(self) -> frozenset[str]:
        """Give the subjects, as N-Triples terms."""
        return frozenset(subject for subject, _, _ in ntriples.split(self.triples))


def read_submission(
    body: bytes, rdf_format: RdfFormat, contexts: Mapping[str, Any] | None = None
) -> Submission:
    """Read RDF 1.1 in any serialization; nothing is fetched.

    Args:
        body: the text, UTF-8.
        rdf_format: its serialization.
        contexts: JSON-LD contexts that may be named by IRI; any other named one is refused.

    Raises:
        UnreadableRdfError: if it cannot be read, saying where.

    """
    text = body.removeprefix(b"\xef\xbb\xbf")
    if rdf_format == RdfFormat.JSON_LD and contexts:
        text = _with_contexts(text, contexts)
    triples: list[Triple] = []
    try:
        for quad in parse(text, rdf_format, base_iri=BASE):
            triples.append(_plain(quad))
            if len(triples) > MAX_TRIPLES:
                raise UnreadableRdfError(f"more than {MAX_TRIPLES:,} triples: send them in parts")
    except SyntaxError as error:
        raise UnreadableRdfError(_message(error), error.lineno or 0, error.offset or 0) from None
    lines = subject_lines(text.decode("utf-8")) if rdf_format in _LINED else {}
    return Submission(ntriples.canonical_with_blank_nodes(triples, "sent-"), lines)


def validate_submission(
    submission: Submission, shapes: bytes, ontology: bytes, stored: GraphStatements | None
) -> Report:
    """Validate the subjects of what was sent.

    Args:
        submission: what was sent.
        shapes: the shapes graph, as N-Triples.
        ontology: the ontology, as N-Triples: its hierarchies count in any case.
        stored: what the published graph states, to which the sent triples are added, but for those
            that follow there by rule; None leaves it out.

    Raises:
        ShapesError: if the shapes cannot be run.

    """
    sent = stored.without_inferred(submission.triples) if stored else submission.triples
    given = ntriples.joined(ntriples.lines_of(sent + ontology))
    targets = read_targets(shapes)
    subjects = submission.subjects()
    known = stored.about(subjects, targets) if stored else b""
    nearby = Statements.of(ntriples.joined(ntriples.lines_of(given + known)))
    nodes = {node: found for node, found in shapes_of_nodes(targets, nearby).items() if node in subjects}
    assignment: dict[str, list[str]] = {}
    for node, shapes_of_node in sorted(nodes.items()):
        for shape in shapes_of_node:
            assignment.setdefault(shape, []).append(node)
    statements = StoredStatements(Statements.of(given), stored) if stored else nearby
    results, _ = ShapeRunner(shapes).run(statements, assignment)
    places = {subject: ("", line) for subject, line in submission.lines.items()}
    return Report.of(results, len(nodes)).located(places)


def _plain(quad: Quad) -> Triple:
    if isinstance(quad.object, Triple) or isinstance(quad.subject, Triple):
        raise UnreadableRdfError("triple terms are RDF 1.2: the shapes are for RDF 1.1")
    return quad.triple


def _message(error: SyntaxError) -> str:
    if "LoadDocumentCallback" in error.msg:
        return (
            "the JSON-LD names a context by its address, and nothing is fetched here: put the context "
            f"itself into @context, or name {BASE}context.jsonld"
        )
    return error.msg


def _with_contexts(text: bytes, contexts: Mapping[str, Any]) -> bytes:
    """Put known contexts in the place of their names; text that is no JSON is left to the parser."""
    try:
        return json.dumps(_replaced(json.loads(text), contexts), ensure_ascii=False).encode()
    except ValueError:
        return text
    except RecursionError:
        raise UnreadableRdfError("the JSON is nested too deeply") from None


def _replaced(value: Any, contexts: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_replaced(item, contexts) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _context(item, contexts) if key == "@context" else _replaced(item, contexts)
        for key, item in value.items()
    }


def _context(value: Any, contexts: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_context(item, contexts) for item in value]
    return contexts.get(value, value) if isinstance(value, str) else value
