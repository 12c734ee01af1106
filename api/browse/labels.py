"""What nodes are called, by language, and the one to show to a reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from graph.model.namespaces import RDFS, SKOS
from graph.query.engine import SnapshotView
from graph.query.lookups import Outgoing, Plan

Labels: TypeAlias = Mapping[str, str]
"""Texts by language; ``und`` for one that has none."""

_PROPERTIES: Final = (SKOS["prefLabel"], RDFS["label"])


async def labels_of(view: SnapshotView, nodes: Iterable[NamedNode]) -> dict[NamedNode, Labels]:
    """Look up the labels of nodes; those without any are left out.

    Raises:
        EngineUnavailableError: if the engine cannot be reached.

    """
    found: dict[NamedNode, dict[str, str]] = {}
    for triple in await view.lookup(_labels(tuple(nodes))):
        if isinstance(triple.object, Literal) and isinstance(triple.subject, NamedNode):
            texts = found.setdefault(triple.subject, {})
            language = triple.object.language or "und"
            if language not in texts or triple.predicate == _PROPERTIES[0]:
                texts[language] = triple.object.value
    return dict(found)


def _labels(nodes: tuple[NamedNode, ...]) -> Plan[list[Triple]]:
    return list((yield Outgoing(nodes, _PROPERTIES))) if nodes else []


def in_language(labels: Labels, language: str) -> tuple[str, str]:
    """Give the text for a reader of a language, and its own language if that is another, else empty.

    Vietnamese stands in for what is missing, then any other.
    """
    for tag in (language, "vi", *labels):
        if text := labels.get(tag):
            return text, tag if tag not in (language, "und") else ""
    return "", ""
