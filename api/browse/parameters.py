"""From the query string of a page to the parameters of a collection, and back to addresses."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from api.collections.collection import Collection
from api.collections.schemas import PAGE_LIMIT, parameters_of

Pair = tuple[str, str]

_OF_PAGES: Final = "lang"
_OF_DATA: Final = frozenset({"format", "flat", "bom"})
_NOT_FILTERS: Final = frozenset({"sort", "limit", "cursor", "fields"})


@dataclass(frozen=True)
class Asked:
    """What a page of a collection was asked for.

    Attributes:
        pairs: the parameters that say something, in their order.
        given: their values as the collection reads them, the others by default.
        fields: the columns that are wanted; none for the usual ones.

    """

    pairs: tuple[Pair, ...]
    given: dict[str, Any]
    fields: tuple[str, ...]

    @property
    def filters(self) -> tuple[Pair, ...]:
        """The parameters that narrow the list."""
        return tuple(pair for pair in self.pairs if pair[0] not in _NOT_FILTERS)

    def without(self, *names: str, pair: Pair | None = None) -> tuple[Pair, ...]:
        """Give the parameters without some, or without one pair."""
        return tuple(each for each in self.pairs if each[0] not in names and each != pair)


def read_asked(collection: Collection, parameters: Iterable[Pair], sort: str) -> Asked:
    """Read the parameters of a page; those without a value, as forms send them, say nothing.

    Args:
        collection: of the page.
        parameters: as the query string has them.
        sort: how the page is sorted if they do not say it.

    Raises:
        RequestValidationError: if one is unknown or has a wrong value.

    """
    pairs = tuple(
        (name, value.strip())
        for name, value in parameters
        if value.strip() and name != _OF_PAGES and name not in _OF_DATA
    )
    model = parameters_of(collection)
    data: dict[str, Any] = {"sort": sort}
    fields: list[str] = []
    for name, value in pairs:
        if name == "fields":
            fields += [field for field in map(str.strip, value.split(",")) if field]
        elif name in model.model_fields and typing.get_origin(model.model_fields[name].annotation) is list:
            data.setdefault(name, []).append(value)
        else:
            data[name] = value
    try:
        given = model.model_validate(data).model_dump()
    except ValidationError as error:
        raise RequestValidationError(
            [{**found, "loc": ("query", *found["loc"])} for found in error.errors()]
        ) from error
    given["limit"] = min(given["limit"], PAGE_LIMIT)
    return Asked(pairs, given, tuple(dict.fromkeys(fields)))


def is_untidy(parameters: Sequence[Pair]) -> bool:
    """Say whether a query string has parameters without a value."""
    return any(not value.strip() for _, value in parameters)


def address(path: str, pairs: Iterable[Pair]) -> str:
    """Give a path with parameters."""
    query = urlencode(list(pairs))
    return f"{path}?{query}" if query else path
