"""What goes over the wire, as pydantic models that are made from the collections."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Final
from typing import Literal as OneOf

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model

from api.collections.collection import Collection
from api.collections.columns import Column, Kind
from api.collections.cursors import LONGEST, Cursor
from api.collections.values import day

PAGE_LIMIT: Final = 500
TABLE_LIMIT: Final = 5_000
_DEFAULT_LIMIT: Final = 50


class Reference(BaseModel):
    """Another thing: what it is, and what it is called."""

    id: str
    type: list[str] = []
    label: dict[str, str] = {}


class Page(BaseModel):
    """One page of a list.

    Attributes:
        items: the items of the page.
        total: how many items there are on all pages.
        limit: how many items a page has at most.
        next: the address of the page after this one.
        previous: the address of the page before this one.
        snapshot: the id of the snapshot of the graph, empty if it is unknown.

    """

    items: list[Any]
    total: int
    limit: int
    next: str | None
    previous: str | None
    snapshot: str


class CollectionEntry(BaseModel):
    """A collection, as the list of them shows it."""

    name: str
    label: dict[str, str]
    href: str
    formats: list[str]
    parameters: list[str] = Field(description="by what it can be narrowed, and the parameters that all have")
    sorts: list[str]
    fields: list[str] = Field(description="its columns, besides id and type")


class CollectionList(BaseModel):
    """The collections."""

    collections: list[CollectionEntry]


class PageParameters(BaseModel):
    """The parameters that every collection has."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Annotated[
        int,
        Field(
            ge=1,
            le=TABLE_LIMIT,
            description=f"how many items; at most {PAGE_LIMIT}, as CSV and NDJSON {TABLE_LIMIT}",
        ),
    ] = _DEFAULT_LIMIT
    cursor: Annotated[
        Annotated[str, Field(max_length=LONGEST), AfterValidator(lambda text: Cursor.decode(text) and text)]
        | None,
        Field(description="where the page begins, as the addresses of next and previous have it"),
    ] = None
    fields: Annotated[
        str | None, Field(max_length=1_000, description="only these columns, with commas between them")
    ] = None
    flat: Annotated[
        bool, Field(description="give each item as the row of the table that CSV has: scalars only")
    ] = False
    lang: Annotated[
        OneOf["vi", "en"],
        Field(description="the language of labels and texts where only one is shown: CSV, GeoJSON, flat"),
    ] = "vi"
    bom: Annotated[bool, Field(description="begin CSV with a byte order mark, for spreadsheets")] = False


@cache
def parameters_of(collection: Collection) -> type[PageParameters]:
    """Make the model of the parameters of a collection."""
    formats = ("json", "csv", "ndjson", "geojson") if collection.has_points else ("json", "csv", "ndjson")
    fields: dict[str, Any] = {
        name: field for found in collection.filters for name, field in found.parameters().items()
    }
    if any(found.name == "province" for found in collection.filters):
        fields["predecessors"] = (
            bool,
            Field(False, description="whether `province` means the former provinces that went into it too"),
        )
    if collection.at is not None:
        fields["at"] = (
            Annotated[str, AfterValidator(day)] | None,
            Field(None, description=f"a day: {collection.at.description}", examples=["2024-12-31"]),
        )
    fields["sort"] = (
        OneOf[collection.sort_names],
        Field(
            collection.default_sort,
            description="the order; with `-` the greatest first. Items that lack the value come last",
        ),
    )
    fields["format"] = (
        OneOf[formats] | None,
        Field(None, description="the format, before what Accept says"),
    )
    return create_model(f"{_class_name(collection)}Parameters", __base__=PageParameters, **fields)


def page_of(collection: Collection) -> type[Page]:
    """Make the model of a page of a collection."""
    item = item_of(collection)
    return create_model(f"{_class_name(collection)}Page", __base__=Page, items=(list[item], ...))  # type: ignore[valid-type]


def item_of(collection: Collection) -> type[BaseModel]:
    """Make the model of an item of a collection; columns that were not asked for are left out."""
    fields = {column.name: _field(column) for column in collection.columns}
    head = {"id": (str, Field(description="the IRI")), "type": (list[str], Field(description="the classes"))}
    name = f"{_class_name(collection)}Item"
    return create_model(name, __config__=ConfigDict(extra="forbid"), **(head | fields))


def _field(column: Column) -> tuple[Any, Any]:
    kind = _type(column)
    if column.kind in (Kind.LABEL, Kind.TEXT):
        return kind, Field({}, description=column.description)
    if column.many:
        return list[kind], Field([], description=column.description)  # type: ignore[valid-type]
    return kind | None, Field(None, description=column.description)


_TYPES: Final[dict[Kind, Any]] = {
    Kind.REFERENCE: Reference,
    Kind.LABEL: dict[str, str],
    Kind.TEXT: dict[str, list[str]],
    Kind.INTEGER: int,
    Kind.DECIMAL: float,
    Kind.STRING: str,
    Kind.KEY: str,
}


def _type(column: Column) -> Any:
    return _object(column) if column.kind is Kind.OBJECT else _TYPES[column.kind]


@cache
def _object(column: Column) -> type[BaseModel]:
    """Make the model of what an object column shows, once for equal columns."""
    fields: dict[str, Any] = {found.name: _field(found) for found in column.columns}
    name = column.name[0].upper() + column.name[1:]
    return create_model(name, id=(str, Field(description="the IRI")), **fields)


def _class_name(collection: Collection) -> str:
    return collection.name[0].upper() + collection.name[1:]
