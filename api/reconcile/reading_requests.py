"""Reading what clients send: bodies within a limit, forms, JSON, and problems that say where they are."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Annotated, Any, Final, Literal, TypeVar
from urllib.parse import parse_qsl

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from werkzeug.http import parse_options_header

from api.negotiation import choose_language
from api.pages.reader import LANGUAGES
from api.problems import ProblemError
from api.representation import header_list
from api.services import Services

BATCH_SIZE: Final = 50
"""So many queries may be in a batch."""

MOST_ENTITIES: Final = 500
"""Of so many entities at most is the data given at once."""

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"

Content = TypeVar("Content")


class Parameters(BaseModel):
    """Parameters of a request; clients send further ones, which say nothing here."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    lang: Annotated[
        Literal["vi", "en"] | None, Field(description="of names and descriptions; else by Accept-Language")
    ] = None


class SuggestParameters(Parameters):
    """The parameters of a suggestion."""

    prefix: Annotated[
        str,
        Field(max_length=500, description="what has been typed so far, or an id", examples=["Thái Ngu"]),
    ] = ""
    type: Annotated[str, Field(max_length=500, description="only of this type", examples=["Province"])] = ""
    limit: Annotated[int, Field(ge=1, le=100, description="how many to give")] = 10
    offset: Annotated[int, Field(ge=0, le=1_000, description="how many to leave out before")] = 0
    cursor: Annotated[int, Field(ge=0, le=1_000, description="the older name of offset")] = 0

    @property
    def skipped(self) -> int:
        """How many to leave out."""
        return self.offset or self.cursor


class ProposeParameters(Parameters):
    """The parameters of proposals of properties."""

    type: Annotated[str, Field(max_length=500, description="the id of a type", examples=["Commune"])] = ""
    limit: Annotated[int | None, Field(ge=1, le=1_000, description="how many to give at most")] = None


class EntityParameters(Parameters):
    """The parameters of a preview."""

    id: Annotated[str, Field(max_length=500, description="an id", examples=["id/unit/2025/19"])]


def language_of(request: Request, wanted: str | None = None) -> str:
    """Give the language of the audience: asked for by name, else by Accept-Language, else Vietnamese."""
    return choose_language(header_list(request, "accept-language"), wanted, LANGUAGES)


def media_type_of(request: Request) -> str:
    """Give the media type of a body, empty if none is said."""
    return parse_options_header(request.headers.get("content-type", ""))[0]


async def body_of(request: Request, services: Services) -> bytes:
    """Read the body of a request.

    Raises:
        ProblemError: if it is too large.

    """
    limit = services.settings.query_limit
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise ProblemError(
                "too-large",
                f"a request may have {limit} bytes: send smaller batches",
                {"limit": limit},
                {"Connection": "close"},
            )
    return bytes(body)


def form_of(body: bytes) -> dict[str, str]:
    """Read the fields of a form; of several with one name the first counts.

    Raises:
        ProblemError: if it is no form in UTF-8.

    """
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise ProblemError("bad-request", f"the form cannot be read: {error}") from error
    return dict(reversed(pairs))


def json_of(text: str | bytes, name: str) -> Any:
    """Read JSON.

    Args:
        text: what was sent.
        name: of the part of the request, for people.

    Raises:
        ProblemError: if it is none.

    """
    try:
        content = json.loads(text)
        # Halves of surrogate pairs, which only escapes can bring in, are no text that could be given back.
        json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise ProblemError("bad-request", f"{name} is no JSON: {error}") from error
    return content


def checked(adapter: TypeAdapter[Content], content: object, name: str) -> Content:
    """Give what was sent as typed objects.

    Raises:
        ProblemError: if it is not as the specification has it; says where, and what would be right.

    """
    try:
        return adapter.validate_python(content)
    except ValidationError as error:
        errors = [
            {"parameter": ".".join((name, *map(str, found["loc"]))), "in": "body", "detail": found["msg"]}
            for found in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        detail = "; ".join(f"{found['parameter']}: {found['detail']}" for found in errors[:5])
        raise ProblemError("bad-request", detail, {"errors": errors[:50]}) from error


def within(count: int, limit: int, what: str) -> None:
    """Check that there is not too much in one request.

    Raises:
        ProblemError: with the status 413 if there is.

    """
    if count > limit:
        detail = f"there are {count} {what} in this request; at most {limit} are answered at once"
        raise ProblemError("too-large", detail, {"limit": limit})


PROBLEMS: Final = {
    HTTPStatus.BAD_REQUEST.value: "the request is not as the specification has it",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE.value: f"more than {BATCH_SIZE} queries, or too many bytes",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE.value: "the body has a type that is not read",
    HTTPStatus.TOO_MANY_REQUESTS.value: "this client has too many requests under way; with Retry-After",
    HTTPStatus.SERVICE_UNAVAILABLE.value: "no snapshot is loaded here, or too many requests are under way; "
    "with Retry-After",
}
