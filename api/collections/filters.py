"""The filters that collections have: the parameters of each, and the condition that its values make."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any
from typing import Literal as OneOf

from pydantic import AfterValidator, Field, StringConstraints
from pyoxigraph import Literal, NamedNode

from api.collections import conditions, values
from api.collections.paths import Path
from api.collections.values import ValueReader
from graph.model.namespaces import VNDX

MOST_VALUES = 50
"""How many values a filter may be given."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=values.LONGEST)]
Parameter = tuple[Any, Any]
"""The type of a parameter, and its pydantic field."""
Values = Mapping[str, Any]
Nodes = Mapping[str, tuple[NamedNode, ...]]


@dataclass(frozen=True)
class Filter(ABC):
    """A filter of a collection.

    Attributes:
        name: of its parameter, or of the first one.
        description: what it selects.

    """

    name: str
    description: str

    @abstractmethod
    def parameters(self) -> dict[str, Parameter]:
        """Give the parameters by name, as fields of a pydantic model."""

    @abstractmethod
    def condition(self, given: Values, nodes: Nodes, /) -> str:
        """Give the graph pattern, empty if no parameter is given.

        Args:
            given: the values of the parameters.
            nodes: what the values that name nodes mean.

        Raises:
            ValueError: if a value makes no condition.

        """


@dataclass(frozen=True)
class NodeFilter(Filter):
    """Selects what refers to one of some nodes.

    Attributes:
        paths: from an item to the nodes.
        reader: how values name nodes.
        narrower: whether narrower concepts count too.
        within: whether units in a unit count too.
        versioned: whether it is the version of an item that refers, when a day is asked for.
        example: a value.

    """

    paths: tuple[Path, ...]
    reader: ValueReader
    narrower: bool = False
    within: bool = False
    versioned: bool = False
    example: str = ""

    def parameters(self) -> dict[str, Parameter]:
        """Give the one parameter, which may come several times."""
        description = f"{self.description}: {self.reader.hint}; given several times, any of them"
        examples = [[self.example]] if self.example else None
        return {
            self.name: (
                list[Text],
                Field([], max_length=MOST_VALUES, description=description, examples=examples),
            )
        }

    def condition(self, given: Values, nodes: Nodes, /) -> str:
        """Require one of the nodes that the values mean."""
        if not given.get(self.name):
            return ""
        found = nodes[self.name]
        if self.versioned and given.get("at"):
            return conditions.version_refers_to(self.paths[0], found, f"?{self.name}")
        if self.within:
            return conditions.refers_to_within(self.paths, found)
        if self.narrower:
            return conditions.refers_to_narrower(self.paths, found)
        return conditions.refers_to(self.paths, found)


@dataclass(frozen=True)
class ChoiceFilter(Filter):
    """Selects by one of a few words, each of which stands for a condition.

    Attributes:
        choices: the condition of each word.

    """

    choices: Mapping[str, str] = field(hash=False)

    def parameters(self) -> dict[str, Parameter]:
        """Give the one parameter."""
        words = OneOf[tuple(self.choices)]  # type: ignore[valid-type]
        return {self.name: (words | None, Field(None, description=self.description))}

    def condition(self, given: Values, _: Nodes, /) -> str:
        """Give the condition of the word."""
        chosen = given.get(self.name)
        return self.choices[chosen] if chosen else ""


@dataclass(frozen=True)
class StringFilter(Filter):
    """Selects by a string that is equal to one of some.

    Attributes:
        paths: from an item to its strings.
        example: a value.

    """

    paths: tuple[Path, ...]
    example: str = ""

    def parameters(self) -> dict[str, Parameter]:
        """Give the one parameter, which may come several times."""
        description = f"{self.description}; given several times, any of them"
        examples = [[self.example]] if self.example else None
        return {
            self.name: (
                list[Text],
                Field([], max_length=MOST_VALUES, description=description, examples=examples),
            )
        }

    def condition(self, given: Values, _: Nodes, /) -> str:
        """Require one of the strings."""
        wanted = given.get(self.name) or ()
        return conditions.equals(self.paths, map(Literal, wanted)) if wanted else ""


@dataclass(frozen=True)
class NumberFilter(Filter):
    """Selects by a number that lies between two bounds; the parameters are ``minX`` and ``maxX``.

    Attributes:
        paths: from an item to the number.

    """

    paths: tuple[Path, ...]

    def parameters(self) -> dict[str, Parameter]:
        """Give the two parameters."""
        kind = Annotated[str, StringConstraints(max_length=40), AfterValidator(values.number)] | None
        return {
            name: (kind, Field(None, description=f"{self.description} is {words} this", examples=["10"]))
            for name, words in zip(self._names, ("at least", "at most"), strict=True)
        }

    def condition(self, given: Values, _: Nodes, /) -> str:
        """Require a number within the bounds."""
        least, most = (given.get(name) for name in self._names)
        return conditions.between(self.paths, least, most) if least or most else ""

    @property
    def _names(self) -> tuple[str, str]:
        capital = self.name[0].upper() + self.name[1:]
        return f"min{capital}", f"max{capital}"


@dataclass(frozen=True)
class TimeFilter(Filter):
    """Selects what has a day in common with the days ``from`` one date ``to`` another.

    Attributes:
        start: the paths to where the time of an item begins.
        end: the paths to where it ends.

    """

    start: tuple[Path, ...]
    end: tuple[Path, ...]

    def parameters(self) -> dict[str, Parameter]:
        """Give the two parameters."""
        kind = Annotated[str, AfterValidator(values.partial_date)] | None
        bounds = {
            "from": "the first day, a month or a year for its first day",
            "to": "the last day, a month or a year for its last day",
        }
        return {
            name: (
                kind,
                Field(None, description=f"{self.description}: {text}", examples=["2022"]),
            )
            for name, text in bounds.items()
        }

    def condition(self, given: Values, _: Nodes, /) -> str:
        """Require a common day."""
        first, last = given.get("from") or "", given.get("to") or ""
        if not (first or last):
            return ""
        if first and last and values.starts_after(first, last):
            raise ValueError(f"from={first} is later than to={last}: no day lies between them")
        return conditions.overlaps(self.start, self.end, first, last)


@dataclass(frozen=True)
class TextFilter(Filter):
    """Selects by words, whatever their case and marks.

    Attributes:
        paths: from an item to its texts.

    """

    paths: tuple[Path, ...]

    def parameters(self) -> dict[str, Parameter]:
        """Give the one parameter."""
        return {self.name: (Text | None, Field(None, description=self.description, examples=["thai nguyen"]))}

    def condition(self, given: Values, _: Nodes, /) -> str:
        """Require every word."""
        query = given.get(self.name)
        return conditions.says(self.paths, query) if query else ""


def of_class(name: str) -> str:
    """Give the condition that an item is of a class of the ontology."""
    return f"?id a {VNDX[name]} ."


def class_choices(*names: str) -> Mapping[str, str]:
    """Give the words for classes: their names, each with its condition."""
    return {name: of_class(name) for name in names}
