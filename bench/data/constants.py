"""Constants for queries, drawn from the data: the same data give the same constants. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Final

from bench.queries.model import Constants

_VNDX: Final = b"<https://w3id.org/vndx/ontology#"
_TYPE: Final = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_CLASSES: Final = {
    _VNDX + b"Commune>": Constants.COMMUNE,
    _VNDX + b"Province>": Constants.PROVINCE,
    _VNDX + b"Document>": Constants.DOCUMENT,
    _VNDX + b"Observation>": Constants.OBSERVATION,
}
_ENTITY: Final = b"<https://w3id.org/vndx/id/"


def draw(triples: Iterable[bytes], most: int = 400, seed: int = 20250701) -> dict[Constants, tuple[str, ...]]:
    """Draw constants for query families.

    Args:
        triples: N-Triples lines.
        most: how many of a kind.
        seed: of the drawing.

    Returns:
        IRIs without brackets; codes of units and names of provinces as they stand in literals.

    """
    found: dict[Constants, set[str]] = {kind: set() for kind in Constants}
    names: dict[str, str] = {}
    for triple in triples:
        subject, predicate, rest = triple.split(b" ", 2)
        value = rest[:-3]
        if predicate == _TYPE and value in _CLASSES and subject.startswith(_ENTITY):
            found[_CLASSES[value]].add(subject[1:-1].decode())
        elif predicate == _VNDX + b"code>" and b"\\" not in value:
            found[Constants.CODE].add(value.strip(b'"').decode())
        elif predicate == _VNDX + b"name>" and value.endswith(b'"@vi') and b"\\" not in value:
            names[subject[1:-1].decode()] = value[1:-4].decode()
    found[Constants.NAME] = {names[iri] for iri in found[Constants.PROVINCE] if iri in names}
    return {kind: _sample(values, most, seed) for kind, values in found.items()}


def _sample(values: set[str], most: int, seed: int) -> tuple[str, ...]:
    ordered = sorted(values)
    return tuple(random.Random(seed).sample(ordered, min(most, len(ordered))))  # noqa: S311
