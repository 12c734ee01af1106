"""What a collection shows of each of its items: columns, where values come from, how they look."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pyoxigraph import NamedNode

from api.collections.paths import Path, path
from graph.model.namespaces import VNDX


class Kind(Enum):
    """How the values of a column are written in JSON."""

    REFERENCE = "reference"
    """A node: ``{"id", "type", "label"}``."""
    LABEL = "label"
    """One text for each language: ``{"vi": "...", "en": "..."}``."""
    TEXT = "text"
    """Texts by language: ``{"vi": ["..."]}``."""
    STRING = "string"
    """A string, an address, or a date of any precision: ``"2025"``, ``"2025-07"``, ``"2025-07-01"``."""
    KEY = "key"
    """The last part of the IRI of a node, as a string."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    OBJECT = "object"
    """A node of its own with columns of its own."""


@dataclass(frozen=True)
class Column:
    """A column of a collection.

    Attributes:
        name: the key in JSON and the header in tables.
        description: what the values are, for people who read the documentation.
        kind: how values are written.
        paths: where values come from: all that the first path gives that gives any.
        many: whether there can be several; they are an array then, also when there is none or one.
        of_class: only nodes of this class count.
        columns: of an object.
        paths_at: where values come from when a day is asked for, if elsewhere.
        known_by: from an object to its dates; when a day is asked for, one must have begun by then.

    """

    name: str
    description: str
    kind: Kind
    paths: tuple[Path, ...]
    many: bool = False
    of_class: NamedNode | None = None
    columns: tuple[Column, ...] = ()
    paths_at: tuple[Path, ...] = ()
    known_by: Path = ()

    def paths_on(self, day: str) -> tuple[Path, ...]:
        """Give where values come from on a day, or without one if it is empty."""
        return self.paths_at if day and self.paths_at else self.paths


def _paths(name: str, paths: tuple[Path, ...]) -> tuple[Path, ...]:
    return paths or (path(name),)


def reference(
    name: str,
    description: str,
    *paths: Path,
    many: bool = False,
    of_class: str = "",
    paths_at: tuple[Path, ...] = (),
) -> Column:
    """Give a column of references; without paths it is the property of its name."""
    cls = VNDX[of_class] if of_class else None
    return Column(name, description, Kind.REFERENCE, _paths(name, paths), many, cls, paths_at=paths_at)


def label(name: str, description: str, *paths: Path, paths_at: tuple[Path, ...] = ()) -> Column:
    """Give a column with one text for each language."""
    return Column(name, description, Kind.LABEL, _paths(name, paths), paths_at=paths_at)


def text(name: str, description: str, *paths: Path) -> Column:
    """Give a column of texts by language."""
    return Column(name, description, Kind.TEXT, _paths(name, paths))


def string(
    name: str, description: str, *paths: Path, many: bool = False, paths_at: tuple[Path, ...] = ()
) -> Column:
    """Give a column of strings, addresses or dates."""
    return Column(name, description, Kind.STRING, _paths(name, paths), many, paths_at=paths_at)


def key(name: str, description: str, *paths: Path) -> Column:
    """Give a column of the last parts of IRIs."""
    return Column(name, description, Kind.KEY, _paths(name, paths))


def integer(name: str, description: str, *paths: Path) -> Column:
    """Give a column of whole numbers."""
    return Column(name, description, Kind.INTEGER, _paths(name, paths))


def decimal(name: str, description: str, *paths: Path) -> Column:
    """Give a column of numbers."""
    return Column(name, description, Kind.DECIMAL, _paths(name, paths))


def nested(
    name: str,
    description: str,
    columns: tuple[Column, ...],
    *paths: Path,
    known_by: Path = (),
) -> Column:
    """Give a column of any number of nodes that are shown with columns of their own."""
    return Column(
        name, description, Kind.OBJECT, _paths(name, paths), many=True, columns=columns, known_by=known_by
    )
