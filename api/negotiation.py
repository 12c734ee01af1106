"""Content negotiation (RFC 9110, section 12.5.1): which of our representations a client likes best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeVar

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header, parse_list_header, parse_options_header

Choice = TypeVar("Choice")

# Parameters that name a flavour of a type, which no answer of ours differs in.
_FLAVOURS: Final = frozenset({"charset", "profile", "version"})
_ANY: Final = "*"
# So much of a list is looked at: it is read while nobody else is answered, and no client has use for more.
_MAX_ELEMENTS: Final = 64
_MAX_LENGTH: Final = 8 * 1024


@dataclass(frozen=True)
class MediaRange:
    """One element of an Accept header.

    Attributes:
        type: e.g. ``text``, or ``*``.
        subtype: e.g. ``turtle``, or ``*``.
        parameters: what a media type must have to be meant, but for those that name a flavour.
        quality: 0 (never) to 1.

    """

    type: str
    subtype: str
    parameters: frozenset[tuple[str, str]]
    quality: float

    @property
    def specificity(self) -> tuple[bool, bool, int]:
        """What decides which of several ranges counts for a media type: the greatest."""
        return (self.type != _ANY, self.subtype != _ANY, len(self.parameters))

    def covers(self, media_type: str) -> bool:
        """Say whether a media type is meant."""
        full, parameters = _split(media_type)
        main, _, sub = full.partition("/")
        return self.type in (_ANY, main) and self.subtype in (_ANY, sub) and self.parameters <= parameters


def first_elements(header: str) -> str:
    """Give the start of a header that is a list: at most 64 elements, and 8 KiB."""
    elements = header[:_MAX_LENGTH].split(",")
    if len(header) > _MAX_LENGTH:
        elements.pop()  # cut off in the middle
    return ",".join(elements[:_MAX_ELEMENTS])


def parse_accept(header: str | None) -> tuple[MediaRange, ...]:
    """Read an Accept header; none, or one without a single readable element, means that all is welcome.

    Only `first_elements` count.
    """
    return _parse_accept(first_elements(header or ""))


@lru_cache(maxsize=512)
def _parse_accept(header: str) -> tuple[MediaRange, ...]:
    ranges = tuple(found for element in parse_list_header(header) if (found := _read_range(element)))
    return ranges or (MediaRange(_ANY, _ANY, frozenset(), 1),)


def choose(header: str | None, offers: Iterable[tuple[str, Choice]]) -> tuple[str, Choice] | None:
    """Give the offer that a client likes best, None if it likes none.

    Offers that it likes equally are told apart by how closely they were asked for, then by their order.

    Args:
        header: the Accept header.
        offers: media types, each with what it stands for; the server's favourites first.

    """
    ranges = parse_accept(header)
    best: tuple[str, Choice] | None = None
    best_rank: tuple[float, tuple[bool, bool, int]] = (0, (False, False, 0))
    for media_type, choice in offers:
        matching = [found for found in ranges if found.covers(media_type)]
        if not matching:
            continue
        closest = max(matching, key=lambda found: (found.specificity, found.quality))
        rank = (closest.quality, closest.specificity)
        if closest.quality > 0 and (best is None or rank > best_rank):
            best, best_rank = (media_type, choice), rank
    return best


def prefers_html(header: str | None) -> bool:
    """Say whether a client is a person's browser: it names HTML, and likes nothing of ours better."""
    named = any(found.subtype == "html" and found.quality > 0 for found in parse_accept(header))
    chosen = choose(header, [("text/html", True), ("application/json", False), ("text/turtle", False)])
    return named and chosen is not None and chosen[1]


def choose_language(header: str | None, wanted: str | None, offered: Sequence[str]) -> str:
    """Give the language to answer in: asked for by name, else by Accept-Language, else the first.

    Regions do not matter: ``vi-VN`` means ``vi`` (RFC 4647, section 3.4).
    """
    if wanted in offered:
        return str(wanted)
    accepted = sorted(
        parse_accept_header(first_elements(header or ""), LanguageAccept), key=lambda found: -found[1]
    )
    for tag, quality in accepted:
        primary = tag.partition("-")[0].lower()
        if quality > 0 and primary in offered:
            return primary
    return offered[0]


def _read_range(element: str) -> MediaRange | None:
    full, parameters = _split(element)
    main, slash, sub = full.partition("/")
    if full == _ANY:
        main, slash, sub = _ANY, "/", _ANY
    if not (main and slash and sub) or (main == _ANY and sub != _ANY):
        return None
    try:
        quality = float(dict(parameters).get("q", "1"))
    except ValueError:
        return None
    if not 0 <= quality <= 1:
        return None
    return MediaRange(main, sub, frozenset(pair for pair in parameters if pair[0] != "q"), quality)


@lru_cache(maxsize=512)
def _split(media_type: str) -> tuple[str, frozenset[tuple[str, str]]]:
    full, parameters = parse_options_header(media_type)
    kept = ((name.lower(), value) for name, value in parameters.items())
    return full.strip().lower(), frozenset(pair for pair in kept if pair[0] not in _FLAVOURS)
