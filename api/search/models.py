"""What goes over the wire: the parameters of search and suggest, and their answers."""

from __future__ import annotations

import base64
import binascii
import json
import re
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from graph.model.namespaces import ID
from graph.search.ranking import MatchKind

LONGEST_QUERY: Final = 200
_MOST_VALUES: Final = 50
_FARTHEST: Final = 1_000_000
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_PROVINCE: Final = re.compile(r"(?:(?:https?://w3id\.org/vndx/)?(?:id/)?unit/)?(?P<key>(?:2004|2025)/\d\d)/?")


def read_cursor(cursor: str) -> int:
    """Give how many things the pages before have shown.

    Raises:
        PydanticCustomError: if this is no cursor of ours.

    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        content = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise _no_cursor() from error
    offset = content.get("offset") if isinstance(content, dict) else None
    if type(offset) is not int or not 0 <= offset <= _FARTHEST:
        raise _no_cursor()
    return offset


def _no_cursor() -> PydanticCustomError:
    return PydanticCustomError("cursor", "this is no cursor of a search: take the address in `next` as it is")


def write_cursor(offset: int) -> str:
    """Give the cursor of the page that begins after so many things."""
    return base64.urlsafe_b64encode(json.dumps({"offset": offset}).encode()).decode().rstrip("=")


def _day(text: str) -> str:
    if not _DAY.fullmatch(text):
        raise PydanticCustomError("day", "this is no day: write YYYY-MM-DD, e.g. 2024-12-31")
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise PydanticCustomError("day", "there is no such day in the calendar") from error
    return text


def _checked_cursor(text: str) -> str:
    read_cursor(text)
    return text


def _province(text: str) -> str:
    match = _PROVINCE.fullmatch(text)
    if match is None:
        raise PydanticCustomError(
            "province", "this names no province: give its IRI or era/code, e.g. 2025/19 for Thái Nguyên today"
        )
    return f"{ID.iri}unit/{match['key']}"


QueryText = Annotated[
    str,
    Field(
        min_length=1,
        max_length=LONGEST_QUERY,
        description="Any name, alias, code, document number or title, in any spelling: marks are optional,"
        " words may be abbreviated, mistyped, or in another order.",
        examples=["Thái Nguyên", "57 NQ TW", "TP.HCM", "so tay dang vien"],
    ),
]
Types = Annotated[
    list[Annotated[str, Field(max_length=200)]],
    Field(
        max_length=_MOST_VALUES,
        description="Only things of these classes or of classes below them, by local name or IRI;"
        " repeat it for several.",
        examples=[["Province"], ["Document", "Platform"]],
    ),
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("q", check_fields=False)
    @classmethod
    def _has_a_word(cls, text: str) -> str:
        if not any(character.isalnum() for character in text):
            raise PydanticCustomError("empty", "there is no letter and no digit to search for")
        return text


class SearchParameters(_Strict):
    """The parameters of a search."""

    q: QueryText
    type: Types = []
    era: Annotated[
        list[Literal["2004", "2025"]],
        Field(
            max_length=2,
            description="Only units of these registers: 2004 (before 1 July 2025), 2025 (since).",
            examples=[["2025"]],
        ),
    ] = []
    at: Annotated[
        str | None,
        AfterValidator(_day),
        Field(
            description="Only units that were valid on this day; things without a validity stay.",
            examples=["2024-12-31"],
        ),
    ] = None
    province: Annotated[
        str | None,
        AfterValidator(_province),
        Field(
            max_length=200,
            description="Only what belongs to this province, or to one that became part of it: its IRI,"
            " or era/code.",
            examples=["2025/19"],
        ),
    ] = None
    limit: Annotated[int, Field(ge=1, le=500, description="How many things to give.")] = 20
    cursor: Annotated[
        str | None,
        AfterValidator(_checked_cursor),
        Field(max_length=200, description="From `next` of a page."),
    ] = None


class SuggestParameters(_Strict):
    """The parameters of a suggestion."""

    q: QueryText
    type: Types = []
    limit: Annotated[int, Field(ge=1, le=50, description="How many things to give.")] = 10


class Text(BaseModel):
    """A text by language."""

    vi: str | None = None
    en: str | None = None


class Highlight(BaseModel):
    """A part of a text that answers the query, in characters: from `start` up to, without, `end`."""

    start: int
    end: int


class Matched(BaseModel):
    """The name by which something was found."""

    text: str
    kind: MatchKind
    highlights: list[Highlight]


class Suggestion(BaseModel):
    """A thing, as a search field shows it."""

    id: str
    type: list[str]
    label: Text
    description: Text
    matched: Matched


_EXAMPLE: Final[JsonDict] = {
    "id": "https://w3id.org/vndx/id/unit/2004/17",
    "type": ["Province"],
    "label": {"vi": "Tỉnh Hoà Bình", "en": "Hoa Binh"},
    "description": {"vi": "Tỉnh; đến 30/06/2025", "en": "Province; until 2025-06-30"},
    "matched": {"text": "Hoà Bình", "kind": "exact", "highlights": [{"start": 0, "end": 8}]},
    "score": 0.9735,
    "era": "2004",
    "validFrom": None,
    "validTo": "2025-07-01",
}


class SearchItem(Suggestion):
    """A thing that was found. Scores go from 0 to 1; compare only those of one query."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    score: float
    era: str | None
    validFrom: str | None  # noqa: N815
    validTo: str | None = Field(description="The first day on which it was valid no more.")  # noqa: N815


class TypeCount(BaseModel):
    """How many things of a class were found."""

    id: str
    type: str
    label: Text
    count: int


class EraCount(BaseModel):
    """How many units of a register were found."""

    era: str
    count: int


class Facets(BaseModel):
    """What was found, counted; each facet leaves its own filter out of account."""

    type: list[TypeCount]
    era: list[EraCount]


class SearchAnswer(BaseModel):
    """A page of what was found, the best first."""

    items: list[SearchItem]
    total: int
    limit: int
    next: str | None
    previous: str | None
    didYouMean: str | None = Field(  # noqa: N815
        description="The nearest name, if nothing has all words as they were typed."
    )
    facets: Facets
    snapshot: str


class SuggestAnswer(BaseModel):
    """Things that may be meant by what has been typed so far, the likeliest first."""

    items: list[Suggestion]
    snapshot: str
