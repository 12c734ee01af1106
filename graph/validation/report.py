"""Validation reports as files: Turtle in the vocabulary of SHACL, and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from graph.model import iris
from graph.model.namespaces import ID, PREFIXES, RDF, SH, VNDX, XSD
from graph.validation.paths import shacl_path
from graph.validation.results import Report, Result, Severity


def report_turtle(report: Report, key: str) -> bytes:
    """Give a report as an `sh:ValidationReport` in Turtle (SHACL, section 3.6).

    Args:
        report: what was found.
        key: names the report in its IRI, e.g. the snapshot's id. Results get IRIs too.

    """
    node = ID[f"report/{key}"]
    triples = [
        Triple(node, RDF["type"], SH["ValidationReport"]),
        Triple(node, SH["conforms"], _boolean(not report.results)),
    ]
    for result in report.results:
        name = ID[f"report/{key}/{iris.digest(*result.order)}"]
        triples.append(Triple(node, SH["result"], name))
        triples += _statements(name, result)
    triples = list(dict.fromkeys(triples))  # results share the nodes of a path
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def report_json(report: Report) -> bytes:
    """Give a report as UTF-8 JSON: counts, and the results with plain strings."""
    document = {
        "conforms": not report.results,
        "publishable": report.publishable,
        "focus_nodes": report.focus_nodes,
        "counts": {severity.value: report.count(severity) for severity in Severity},
        "results": [_plain(result) for result in report.results],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(result: Result) -> dict[str, object]:
    return {
        "severity": result.severity.value,
        "file": result.file,
        "line": result.line,
        "focus": result.focus,
        "path": result.path,
        "value": result.value,
        "shape": result.shape,
        "component": result.component,
        "messages": [{"language": language, "text": text} for language, text in result.messages],
    }


def _statements(node: NamedNode, result: Result) -> Iterator[Triple]:
    yield Triple(node, RDF["type"], SH["ValidationResult"])
    yield Triple(node, SH["resultSeverity"], SH[result.severity.value])
    for predicate, term in (
        (SH["focusNode"], result.focus),
        (SH["value"], result.value),
        (SH["sourceShape"], result.shape),
        (SH["sourceConstraintComponent"], result.component),
    ):
        if term:
            yield from _triple(node, predicate, term)
    if result.path:
        path, described = shacl_path(result.path)
        yield Triple(node, SH["resultPath"], path)
        yield from described
    for language, text in result.messages:
        value = Literal(text, language=language) if language else Literal(text)
        yield Triple(node, SH["resultMessage"], value)
    if result.file:
        yield Triple(node, VNDX["inFile"], Literal(result.file))
        yield Triple(node, VNDX["atLine"], Literal(str(result.line), datatype=XSD["integer"]))


def _triple(node: NamedNode, predicate: NamedNode, term: str) -> Iterator[Triple]:
    """Read the term from its N-Triples form."""
    for quad in parse(f"{node} {predicate} {term} .".encode(), RdfFormat.N_TRIPLES):
        yield quad.triple


def _boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", datatype=XSD["boolean"])
