"""Ways from one node to others, as steps of properties; where they are asked as SPARQL, as its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from pyoxigraph import NamedNode

from graph.model.namespaces import RDF, SKOS, VNDX


@dataclass(frozen=True)
class Inverse:
    """A step against the direction of a property: from the object to its subjects."""

    predicate: NamedNode


class Dated(Enum):
    """A step that depends on the day that is asked for."""

    VERSION = "version"
    """From a unit to the version of it that is valid on the day."""


Step: TypeAlias = NamedNode | Inverse | Dated
Path: TypeAlias = tuple[Step, ...]

TYPE = RDF["type"]
LABEL = SKOS["prefLabel"]


def path(*steps: str | Step) -> Path:
    """Give a path; a string names a property of the ontology, ``^name`` goes against its direction."""
    return tuple(_step(step) for step in steps)


def _step(step: str | Step) -> Step:
    if not isinstance(step, str):
        return step
    return Inverse(VNDX[step[1:]]) if step.startswith("^") else VNDX[step]


def property_path(found: Path) -> str:
    """Write a path as a SPARQL 1.1 property path (section 9.1).

    Raises:
        TypeError: if it has a step that is no property.

    """
    return "/".join(_written(step) for step in found)


def alternatives(paths: Sequence[Path]) -> str:
    """Write several paths as one that goes any of their ways."""
    written = [property_path(found) for found in paths]
    return written[0] if len(written) == 1 else f"({'|'.join(written)})"


def _written(step: Step) -> str:
    if isinstance(step, Dated):
        raise TypeError(f"{step} is no property: it cannot be part of a property path")
    return f"^{step.predicate}" if isinstance(step, Inverse) else str(step)
