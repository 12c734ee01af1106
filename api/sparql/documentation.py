"""What the OpenAPI description says of the endpoint."""

from __future__ import annotations

from typing import Any, Final

from api.problems import documented
from api.sparql.examples import EXAMPLE
from api.sparql.protocol import FORM, QUERY
from graph.query.formats import GRAPH_FORMATS, SOLUTION_FORMATS

_FORMATS: Final = sorted({found.name for found in (*SOLUTION_FORMATS, *GRAPH_FORMATS)})


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


_GRAPH_LIST: Final = {"type": "array", "items": {"type": "string", "format": "iri"}}
_DATASET: Final = [
    _parameter(
        "default-graph-uri", "graphs that make the default graph, instead of the union of all", _GRAPH_LIST
    ),
    _parameter("named-graph-uri", "graphs that GRAPH can see, instead of all", _GRAPH_LIST),
    _parameter("format", "the format of the answer, instead of Accept", {"type": "string", "enum": _FORMATS}),
    _parameter("timeout", "lowers the time limit: 5, 5s or 500ms", {"type": "string"}),
]
_ANSWERS: Final = {
    200: {
        "description": "the whole answer",
        "content": {
            found.media_type: {"schema": {"type": "string"}} for found in (*SOLUTION_FORMATS, *GRAPH_FORMATS)
        },
    },
    304: {"description": "the client has this answer already"},
    **documented(
        {
            400: "no query, two queries, or a syntax error, with its line and column",
            403: "an update, or a call of another server with SERVICE",
            406: "no accepted format fits the form of the query",
            413: "the request is too large",
            409: "cancelled with its token, or its Query-Id is in use",
            415: "the body is neither a query nor a form",
            429: "too many queries of one client; with Retry-After",
            503: "too long, too much memory, or too many at once; with Retry-After",
        }
    ),
}

GET: Final[dict[str, Any]] = {
    "summary": "Evaluate a SPARQL 1.1 query",
    "responses": _ANSWERS,
    "openapi_extra": {
        "parameters": [
            {**_parameter("query", "the query", {"type": "string"}), "example": EXAMPLE},
            *_DATASET,
        ]
    },
}
POST: Final[dict[str, Any]] = {
    "summary": "Evaluate a SPARQL 1.1 query from the body",
    "responses": _ANSWERS,
    "openapi_extra": {
        "parameters": _DATASET,
        "requestBody": {
            "required": True,
            "content": {
                QUERY: {"schema": {"type": "string"}, "example": EXAMPLE},
                FORM: {
                    "schema": {
                        "type": "object",
                        "required": ["query"],
                        "properties": {"query": {"type": "string", "example": EXAMPLE}},
                    }
                },
            },
        },
    },
}
