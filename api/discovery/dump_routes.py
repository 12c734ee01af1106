"""``/dumps/``: the list of downloads, and the files, of the current snapshot and of those before it."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from pyoxigraph import Triple
from starlette.responses import FileResponse, Response

from api.discovery.description import graph_credits, plan_description
from api.discovery.dumps import (
    Download,
    OtherVersion,
    find_download,
    is_range,
    is_unsatisfiable,
    listing,
)
from api.discovery.facts import earlier_snapshots, files_of, home_of
from api.negotiation import prefers_html
from api.pages.reader import reader_of
from api.pages.security import PAGE_HEADERS
from api.problems import ProblemError, documented
from api.representation import LICENCE, Representation, header_list
from api.routing import readable
from api.service_roots import service_root
from api.services import Services, ServicesOf
from graph.query.engine import SnapshotView
from graph.snapshots.home import Snapshot, UnknownSnapshotError

router: Final = APIRouter(tags=["Discovery"])

WARMED: Final = ("/dumps/",)
"""What the warm-up asks for."""

_ID: Final = re.compile(r"[0-9a-f]{16}")
_FOREVER: Final = "public, max-age=31536000, immutable"
_PROBLEMS: Final = documented(
    {404: "there is no such file", 416: "no such part", 503: "the files are elsewhere"}
)


class ListingParameters(BaseModel):
    """What can be asked of the list of downloads."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["html", "json"] | None = Field(
        None, description="the format, in place of the Accept header", examples=["json"]
    )
    lang: Literal["vi", "en"] | None = Field(None, description="of the page; else by Accept-Language")


@readable(router, "/dumps", include_in_schema=False)
async def without_slash(services: ServicesOf) -> Response:
    """Lead to the list."""
    return Response(status_code=308, headers={"Location": services.addresses.at("/dumps/")})


@readable(router, "/dumps/", summary="The list of downloads, with sizes and check sums", responses=_PROBLEMS)
async def index(
    request: Request, services: ServicesOf, parameters: Annotated[ListingParameters, Query()]
) -> Response:
    """List the downloads of the snapshot that is served, for people or as JSON."""
    async with services.engine.view() as view:
        return await _listing(request, services, view, parameters, "")


@readable(
    router,
    "/dumps/{name:path}",
    summary="Download a file, whole or in part",
    responses={
        200: {"description": "the file", "content": {"application/gzip": {}, "application/zstd": {}}},
        206: {"description": "the part that Range asks for"},
        304: {"description": "the client has it already"},
        **_PROBLEMS,
    },
)
async def download(
    name: Annotated[
        str,
        Path(
            description="the file, as the list has it; behind the id of a snapshot, of that one for ever",
            examples=["vndx.nq.gz", "graphs/table/dti.nt.gz"],
        ),
    ],
    request: Request,
    services: ServicesOf,
    parameters: Annotated[ListingParameters, Query()],
) -> Response:
    """Give the file; its ETag and Repr-Digest are made of its SHA-256, so a part can be asked for later."""
    first, slash, rest = name.partition("/")
    version = first if _ID.fullmatch(first) else ""
    async with services.engine.view() as view:
        if version and not rest:
            if not slash:
                return Response(
                    status_code=308, headers={"Location": services.addresses.at(f"/dumps/{version}/")}
                )
            return await _listing(request, services, view, parameters, version)
        snapshot = _snapshot(view, version)
        found = find_download(snapshot, snapshot.manifest(), rest if version else name)
    if found is None:
        raise ProblemError(
            "not-found", f"there is no download {name!r}; the list is at {services.addresses.at('/dumps/')}"
        )
    return _file(request, found, permanent=bool(version))


def _snapshot(view: SnapshotView, version: str) -> Snapshot:
    current = files_of(view)
    if version in ("", view.id):
        return current
    try:
        return home_of(current).get(version)
    except UnknownSnapshotError:
        raise ProblemError(
            "not-found", f"the snapshot {version} is not kept any more; the list names those that are"
        ) from None


def _file(request: Request, found: Download, *, permanent: bool) -> Response:
    representation = Representation(
        found.media_type,
        found.sha256,
        links=(LICENCE,),
        extra={"Repr-Digest": found.digest_header, "Accept-Ranges": "bytes"}
        | ({"Cache-Control": _FOREVER} if permanent else {}),
    )
    if not_modified := representation.not_modified(request):
        return not_modified
    status = found.path.stat()
    asked = request.headers.get("range")
    tag = representation.headers()["ETag"]
    if asked is not None and not (is_range(asked) and request.headers.get("if-range", tag) == tag):
        # Starlette answers 400 to what is no range of bytes; the standard has it ignored.
        request.scope["headers"] = [pair for pair in request.scope["headers"] if pair[0] != b"range"]
    elif is_unsatisfiable(asked, status.st_size):
        raise ProblemError(
            "range-not-satisfiable",
            f"the file has {status.st_size} bytes",
            headers={"Content-Range": f"bytes */{status.st_size}"},
        )
    return FileResponse(found.path, headers=representation.headers(), stat_result=status)


async def _listing(
    request: Request, services: Services, view: SnapshotView, parameters: ListingParameters, version: str
) -> Response:
    accept = header_list(request, "accept")
    is_page = parameters.format == "html" or (parameters.format is None and prefers_html(accept))
    reader = reader_of(request)
    folder = f"/dumps/{version}/" if version else "/dumps/"
    snapshot = _snapshot(view, version)
    others = await asyncio.to_thread(_others, files_of(view))
    root = service_root(services, request)
    shown = (services.pages.version, reader.key(), root) if is_page else ("json",)
    tag = services.tag(view, folder, *shown, *(other.id for other in others))
    representation = Representation(
        "text/html" if is_page else "application/json",
        tag,
        vary=("Accept", "Accept-Language"),
        links=(LICENCE,),
        language=reader.language if is_page else "vi, en",
        extra=PAGE_HEADERS if is_page else {},
    )
    if not_modified := representation.not_modified(request):
        return not_modified

    def write(stated: list[Triple]) -> bytes:
        document = listing(
            services.addresses.at(folder),
            snapshot.manifest(),
            graph_credits(stated),
            others,
            services.addresses.at("/dumps/"),
        )
        if is_page:
            return services.pages.render("dumps.html", reader, listing=document, endpoint=root)
        return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"

    async def make() -> bytes:
        stated = await view.lookup(plan_description(whole=False))
        return await asyncio.to_thread(write, stated)

    body = await services.kept_pages.of(tag, reader, make)
    return representation.response(request, body)


def _others(snapshot: Snapshot) -> list[OtherVersion]:
    return [OtherVersion(found.id, manifest.created) for found, manifest in earlier_snapshots(snapshot)]
