"""``/health`` and ``/metrics``: for those who run the service."""

from __future__ import annotations

from typing import Final, Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.responses import Response

from api.representation import NOT_KEPT, header_list
from api.routing import readable
from api.services import VERSION, ServicesOf

router: Final = APIRouter(tags=["Operation"])


class Live(BaseModel):
    """The process answers."""

    status: Literal["live"] = "live"
    version: str = VERSION


class Ready(BaseModel):
    """Whether queries are answered, and from which snapshot."""

    status: Literal["ready", "not ready"]
    detail: str = ""
    snapshot: str = ""
    triples: int | None = None
    version: str = VERSION


@readable(router, "/health/live", summary="Is the process alive?", response_model=Live)
async def live() -> Response:
    """Say that the process answers; this looks at nothing else."""
    return JSONResponse(Live().model_dump(), headers={"Cache-Control": NOT_KEPT})


@readable(
    router,
    "/health/ready",
    summary="Are queries answered?",
    response_model=Ready,
    responses={503: {"model": Ready, "description": "no snapshot is loaded, or no worker answers"}},
)
async def ready(services: ServicesOf) -> Response:
    """Ask a worker; 200 only if it answers."""
    status = await services.engine.status()
    content = Ready(
        status="ready" if status.ready else "not ready",
        detail=status.detail,
        snapshot=status.snapshot,
        triples=status.triples,
    )
    headers = {"Cache-Control": NOT_KEPT} | ({} if status.ready else {"Retry-After": "1"})
    return JSONResponse(content.model_dump(), 200 if status.ready else 503, headers)


@readable(
    router,
    "/metrics",
    summary="Figures for monitoring",
    responses={200: {"description": "counters, in the format of Prometheus", "content": {"text/plain": {}}}},
)
async def metrics(request: Request, services: ServicesOf) -> Response:
    """Give what has been counted since the start."""
    body, media_type = services.metrics.exposition(header_list(request, "accept") or "")
    return Response(body, headers={"Content-Type": media_type, "Cache-Control": NOT_KEPT, "Vary": "Accept"})
