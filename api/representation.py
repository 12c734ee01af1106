"""What every representation carries: its type, validators, links and language, written in one place."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from werkzeug.http import parse_etags

from api.negotiation import first_elements

# Kept by every cache, but asked about each time: another snapshot may have been published meanwhile.
REVALIDATE: Final = "public, no-cache"
NOT_KEPT: Final = "no-store"


@dataclass(frozen=True)
class Link:
    """A link to say in a Link header (RFC 8288)."""

    target: str
    relation: str
    media_type: str = ""

    def __str__(self) -> str:
        """Give it as the header has it."""
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{self.target}>; rel="{self.relation}"{kind}'


LICENCE: Final = Link("https://creativecommons.org/licenses/by/4.0/", "license")
"""The licence of the data, CC BY 4.0, as a link."""


def header_list(request: Request, name: str) -> str | None:
    """Give a header that is a list, also where it was sent in several lines (RFC 9110, section 5.3)."""
    lines = request.headers.getlist(name)
    return ", ".join(lines) if lines else None


def entity_tag(*parts: str) -> str:
    """Give a strong entity tag that depends on every part, without the quotation marks."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Representation:
    """One way in which a resource is given.

    Attributes:
        media_type: as in Content-Type.
        tag: the entity tag, empty if the content cannot be told from another by a tag.
        vary: the request headers that decide between this representation and others.
        links: what to say in the Link header.
        location: the address of just this representation, if the one asked for is not.
        language: as in Content-Language.
        extra: further headers.

    """

    media_type: str
    tag: str = ""
    vary: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    location: str = ""
    language: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    def headers(self) -> dict[str, str]:
        """Give the headers, Content-Type among them."""
        headers = {
            "Content-Type": self._content_type(),
            "Cache-Control": REVALIDATE if self.tag else NOT_KEPT,
        }
        if self.tag:
            headers["ETag"] = f'"{self.tag}"'
        if self.vary:
            headers["Vary"] = ", ".join(self.vary)
        if self.links:
            headers["Link"] = ", ".join(map(str, self.links))
        if self.location:
            headers["Content-Location"] = self.location
        if self.language:
            headers["Content-Language"] = self.language
        return headers | dict(self.extra)

    def not_modified(self, request: Request) -> Response | None:
        """Give the answer 304 if the client has this representation already (RFC 9110, section 13.1.2)."""
        header = header_list(request, "if-none-match")
        if not self.tag or header is None:
            return None
        if not parse_etags(first_elements(header)).contains_weak(self.tag):
            return None
        headers = self.headers()
        del headers["Content-Type"]
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)

    def response(self, request: Request, body: bytes) -> Response:
        """Give the answer: 304 if the client has it already, else the body."""
        return self.not_modified(request) or Response(body, headers=self.headers())

    def _content_type(self) -> str:
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type
