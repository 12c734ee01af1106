"""``POST /validate``: a SHACL report on RDF that is sent; nothing is stored."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from pyoxigraph import NamedNode, RdfFormat, Triple, serialize
from starlette.responses import Response
from werkzeug.http import parse_options_header

from api.clients import client_of
from api.negotiation import choose
from api.problems import ProblemError, documented
from api.representation import Representation, header_list
from api.services import Services, ServicesOf
from api.validation.models import ReportModel, ValidationParameters, report_model
from api.validation.running import validate
from graph.description.turtle import turtle
from graph.model import iris, ntriples
from graph.model.namespaces import BASE, GRAPH, PREFIXES
from graph.query.engine import SnapshotView
from graph.query.lookups import GraphContents, Plan
from graph.validation.report import report_triples
from graph.validation.results import Report
from graph.validation.submission_messages import SubmissionRequest
from graph.vocabulary.files import CONTEXT

router: Final = APIRouter(tags=["Validation"])

_JSON: Final = "application/json"
_REPORT_FORMATS: Final[tuple[tuple[str, str, RdfFormat | None], ...]] = (
    ("json", _JSON, None),
    ("ttl", "text/turtle", RdfFormat.TURTLE),
    ("jsonld", "application/ld+json", RdfFormat.JSON_LD),
    ("nt", "application/n-triples", RdfFormat.N_TRIPLES),
    ("rdf", "application/rdf+xml", RdfFormat.RDF_XML),
)
_READ: Final = {
    "text/turtle": "text/turtle",
    "application/n-triples": "application/n-triples",
    "application/n-quads": "application/n-quads",
    "application/trig": "application/trig",
    "application/rdf+xml": "application/rdf+xml",
    "application/ld+json": "application/ld+json",
    _JSON: "application/ld+json",  # entity JSON is JSON-LD
}
_CHARSETS: Final = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})
_CONTEXT: Final = BASE + "context.jsonld"
_EXAMPLE: Final = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vndx: <https://w3id.org/vndx/ontology#> .

<https://w3id.org/vndx/id/platform/example> a vndx:Platform ;
    skos:prefLabel "Nền tảng ví dụ"@vi .
"""

_BODY: Final = {
    "requestBody": {
        "required": True,
        "content": {
            media_type: {
                "schema": {"type": "string"},
                **({"example": _EXAMPLE} if media_type == "text/turtle" else {}),
            }
            for media_type in _READ
        },
    }
}


@router.post(
    "/validate",
    summary="Validate RDF with the shapes of VNDX; nothing is stored",
    response_model=ReportModel,
    responses={
        200: {
            "description": "the report, whether the RDF conforms or not",
            "content": {media_type: {} for _, media_type, writer in _REPORT_FORMATS if writer},
        },
        **documented(
            {
                400: "the RDF cannot be read (with line and column where known), or a parameter is wrong",
                406: "no accepted format is available",
                413: "too much was sent",
                415: "the body has a type that is not read",
                429: "this client has too many validations under way",
                503: "too many validations are under way, or this one took too much time or memory",
            }
        ),
    },
    openapi_extra=_BODY,
)
async def validate_rdf(
    request: Request, services: ServicesOf, parameters: Annotated[ValidationParameters, Query()]
) -> Response:
    """Report how the subjects of what is sent break the shapes, in both languages, with lines."""
    media_type, writer = _report_format(request, parameters)
    read_as = _read_as(request)
    body = await _body(request, services)
    async with services.validations.enter(client_of(request)) as place, services.engine.view() as view:
        message = await _message(view, parameters, body, read_as, services)
        report = await validate(message, services.settings.validation_seconds)
        content = await place.run(partial(_write, report, writer, parameters, view.id, body))
    return Representation(media_type, vary=("Accept",), language="vi, en").response(request, content)


def _report_format(request: Request, parameters: ValidationParameters) -> tuple[str, RdfFormat | None]:
    if parameters.format:
        return next((media, writer) for name, media, writer in _REPORT_FORMATS if name == parameters.format)
    offers = [(media_type, writer) for _, media_type, writer in _REPORT_FORMATS]
    chosen = choose(header_list(request, "accept"), offers)
    if chosen is None:
        available = [media_type for media_type, _ in offers]
        raise ProblemError(
            "not-acceptable", f"reports can be had as {', '.join(available)}", {"available": available}
        )
    return chosen


def _read_as(request: Request) -> str:
    media_type, options = parse_options_header(request.headers.get("content-type", ""))
    accepted = ", ".join(_READ)
    if media_type not in _READ:
        raise ProblemError(
            "unsupported-media-type",
            f"{media_type or 'a body without Content-Type'} is not read here: send one of {accepted}",
            headers={"Accept-Post": accepted, "Accept": accepted},
        )
    if options.get("charset", "").lower() not in _CHARSETS:
        raise ProblemError(
            "unsupported-media-type", f"the charset {options['charset']} is not read here: use UTF-8"
        )
    return _READ[media_type]


async def _body(request: Request, services: Services) -> bytes:
    limit = services.settings.validation_limit
    too_large = ProblemError(
        "too-large",
        f"what is sent may have {limit} bytes: send it in parts, or run `vndx validate` where the data is",
        {"limit": limit},
        {"Connection": "close"},
    )
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise too_large
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise too_large
    return bytes(body)


async def _message(
    view: SnapshotView, parameters: ValidationParameters, body: bytes, read_as: str, services: Services
) -> SubmissionRequest:
    files = view.files
    if parameters.context and files is None:
        raise ProblemError(
            "unavailable",
            "the queries of this service are answered by another server, so that nothing can be validated "
            "together with the graph here: leave out with=graph",
        )
    shapes, ontology = await view.lookup(_shapes_and_ontology())
    return SubmissionRequest(
        body=body,
        media_type=read_as,
        shapes=await asyncio.to_thread(ntriples.canonical, shapes),
        ontology=await asyncio.to_thread(ntriples.canonical, ontology),
        store=str(files.store) if parameters.context and files else None,
        contexts=dict.fromkeys(
            (_CONTEXT, services.context.iri), json.loads(CONTEXT.read_bytes())["@context"]
        ),
        memory=services.settings.validation_memory,
    )


def _shapes_and_ontology() -> Plan[tuple[list[Triple], list[Triple]]]:
    shapes = yield GraphContents(GRAPH["shapes"])
    ontology = yield GraphContents(GRAPH["ontology"])
    return shapes, ontology


def _write(
    report: Report,
    writer: RdfFormat | None,
    parameters: ValidationParameters,
    snapshot: str,
    body: bytes,
) -> bytes:
    if writer is None:
        model = report_model(report, parameters.context, snapshot)
        return model.model_dump_json(by_alias=True, exclude_none=True, indent=1).encode() + b"\n"
    key = iris.digest(snapshot, parameters.context or "", body.decode(errors="replace"))
    triples = report_triples(report, NamedNode(f"urn:x-vndx:report:{key}"))
    if writer is RdfFormat.TURTLE:
        return turtle(triples, PREFIXES)
    return serialize(triples, format=writer) or b""
