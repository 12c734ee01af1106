"""``/opensearch.xml``: how a browser adds the search of this site (OpenSearch 1.1), with suggestions."""

from __future__ import annotations

import json
from functools import partial
from typing import Annotated, Final
from xml.sax.saxutils import escape

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.addresses import name_of
from api.clients import client_of
from api.pages.reader import reader_of
from api.representation import LICENCE, Representation, entity_tag
from api.routing import readable
from api.service_roots import service_root
from api.services import VERSION, ServicesOf
from graph.search.index import Hit
from graph.search.statements import Filters

router: Final = APIRouter(include_in_schema=False)

_DESCRIPTION: Final = "application/opensearchdescription+xml"
_SUGGESTIONS: Final = "application/x-suggestions+json"
_NAMES: Final = {
    "vi": "Tìm tỉnh, xã, văn bản, nền tảng trong VNDX",
    "en": "Find provinces, communes, documents and platforms in VNDX",
}
_SHOWN: Final = 8


@readable(router, "/opensearch.xml")
async def describe_search(request: Request, services: ServicesOf) -> Response:
    """Say at which addresses a browser searches, and asks for suggestions."""
    language = reader_of(request).language
    root = service_root(services, request)
    icon = services.pages.asset("styles/images/icon.svg")
    representation = Representation(
        _DESCRIPTION,
        entity_tag(VERSION, root, icon, language),
        vary=("Accept-Language",),
        language=language,
    )
    address = escape(root)
    body = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
 <ShortName>VNDX</ShortName>
 <Description>{escape(_NAMES[language])}</Description>
 <InputEncoding>UTF-8</InputEncoding>
 <Image width="16" height="16" type="image/svg+xml">{address}{escape(icon)}</Image>
 <Url type="text/html" method="get" template="{address}/search?q={{searchTerms}}"/>
 <Url type="{_SUGGESTIONS}" rel="suggestions" template="{address}/search/suggestions?q={{searchTerms}}"/>
 <Url type="{_DESCRIPTION}" rel="self" template="{address}/opensearch.xml"/>
 <Language>vi</Language>
 <Language>en</Language>
</OpenSearchDescription>
"""
    return representation.response(request, body.encode())


@readable(router, "/search/suggestions")
async def suggestions(
    request: Request, services: ServicesOf, q: Annotated[str, Query(min_length=1, max_length=200)]
) -> Response:
    """Complete what is being typed, as browsers want it: the words, names, descriptions, addresses."""
    language = reader_of(request).language
    root = service_root(services, request)
    async with services.engine.view() as view:
        index = services.indexes.of(view)
        tag = services.tag(view, "opensearch", root, language, q)
        representation = Representation(
            _SUGGESTIONS, tag, vary=("Accept-Language",), links=(LICENCE,), language=language
        )
        if unchanged := representation.not_modified(request):
            return unchanged
        async with services.searches.enter(client_of(request)) as place:
            hits = await place.run(partial(index.suggest, q, Filters(), _SHOWN))
    shown = [_texts(hit, language) for hit in hits]
    addresses = [f"{root}/page/{name_of(hit.shown.iri)}" for hit in hits]
    content = [q, [name for name, _ in shown], [description for _, description in shown], addresses]
    return representation.response(request, json.dumps(content, ensure_ascii=False).encode() + b"\n")


def _texts(hit: Hit, language: str) -> tuple[str, str]:
    shown = hit.shown
    if language == "en":
        return shown.label_en or shown.label_vi, shown.description_en or shown.description_vi
    return shown.label_vi or shown.label_en, shown.description_vi or shown.description_en
