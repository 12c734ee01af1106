"""What goes over the wire: the parameters, and the report as JSON."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from graph.model.ntriples_terms import read_literal
from graph.validation.results import Report, Result, Severity


class ValidationParameters(BaseModel):
    """What can be asked of a validation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    context: Literal["graph"] | None = Field(
        None,
        alias="with",
        description="`graph` validates what is sent as if it were added to the published graph: it may then "
        "refer to units, documents and concepts there. Without it, only what is sent counts.",
        examples=["graph"],
    )
    format: Literal["json", "ttl", "jsonld", "nt", "rdf"] | None = Field(
        None, description="the format of the report, in place of the Accept header", examples=["json"]
    )


class TermModel(BaseModel):
    """An RDF term, written as in SPARQL JSON results."""

    type: Literal["uri", "literal", "bnode"]
    value: str
    language: str | None = Field(None, alias="xml:lang")
    datatype: str | None = None


class ResultModel(BaseModel):
    """One validation result (SHACL, section 3.6.2)."""

    severity: Literal["Violation", "Warning", "Info"]
    focus_node: str = Field(alias="focusNode", description="an IRI, or the label of a blank node")
    path: str | None = Field(None, description="the IRI of a property, or a path as in SPARQL")
    value: TermModel | None = None
    shape: str = Field(description="the shape that has been broken, or the named one that it belongs to")
    component: str = Field(description="the constraint component")
    messages: dict[str, str] = Field(description="by language")
    line: int | None = Field(None, description="where the focus node first stands in what was sent")


class ReportModel(BaseModel):
    """A validation report."""

    conforms: bool = Field(description="whether there is no result at all (SHACL, section 3.6.1.1)")
    publishable: bool = Field(description="whether there is no Violation, so that a build would accept it")
    context: Literal["graph"] | None = Field(alias="with")
    snapshot: str = Field(description="the snapshot whose shapes (and graph) were used")
    focus_nodes: int = Field(alias="focusNodes", description="how many nodes had a shape")
    counts: dict[str, int]
    results: list[ResultModel]


def report_model(report: Report, context: Literal["graph"] | None, snapshot: str) -> ReportModel:
    """Give a report as it goes over the wire."""
    return ReportModel.model_validate(
        {
            "conforms": not report.results,
            "publishable": report.publishable,
            "with": context,
            "snapshot": snapshot,
            "focusNodes": report.focus_nodes,
            "counts": {severity.value: report.count(severity) for severity in Severity},
            "results": [_result(result) for result in report.results],
        }
    )


def _result(result: Result) -> dict[str, object]:
    simple = result.path.startswith("<") and result.path.count("<") == 1
    return {
        "severity": result.severity.value,
        "focusNode": _name(result.focus),
        "path": (_name(result.path) if simple else result.path) or None,
        "value": _term(result.value) if result.value else None,
        "shape": _name(result.shape),
        "component": _name(result.component),
        "messages": {language or "und": text for language, text in result.messages},
        "line": result.line or None,
    }


def _name(term: str) -> str:
    return term[1:-1] if term.startswith("<") else term


def _term(term: str) -> dict[str, str]:
    if term.startswith("<"):
        return {"type": "uri", "value": term[1:-1]}
    if term.startswith("_:"):
        return {"type": "bnode", "value": term[2:]}
    text, language, datatype = read_literal(term)
    found = {"type": "literal", "value": text}
    if language:
        found["xml:lang"] = language
    elif datatype:
        found["datatype"] = datatype
    return found
