"""The documented queries of the graph, as the workbench lists them: by category, in both languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from graph.model.namespaces import GRAPH, RDFS, SCHEMA, SH, SKOS

EXAMPLES_GRAPH: Final = GRAPH["examples"]

# In the order of the list: what most people come for first. Others follow under their own names.
_CATEGORIES: Final[dict[str, tuple[str, str]]] = {
    "ranking": ("Xếp hạng", "Rankings"),
    "figures": ("Số liệu", "Figures"),
    "documents": ("Văn bản", "Documents"),
    "administrative units": ("Đơn vị hành chính", "Administrative units"),
    "administrative": ("Lịch sử hành chính", "Administrative history"),
    "target-outcome": ("Mục tiêu và kết quả", "Targets and outcomes"),
    "lookup": ("Tra cứu", "Look-ups"),
    "join": ("Kết hợp nhiều nguồn", "Several things together"),
    "temporal": ("Theo thời gian", "Through time"),
    "aggregation": ("Tổng hợp", "Totals and counts"),
    "provenance": ("Nguồn gốc của thông tin", "Where facts come from"),
    "disagreement": ("Chỗ các nguồn khác nhau", "Where sources disagree"),
    "data quality": ("Dữ liệu còn thiếu", "What is missing"),
    "negative": ("Điều văn bản không nói", "What the texts do not say"),
}


@dataclass(frozen=True)
class Example:
    """A documented query; texts by language.

    Attributes:
        name: the last part of its IRI.
        category: as in the graph.
        question: what it asks.
        comment: what it asks and how to read the answer.
        text: the query.

    """

    name: str
    category: str
    question: dict[str, str]
    comment: dict[str, str]
    text: str


@dataclass(frozen=True)
class ExampleGroup:
    """The examples of a category, whose title is in Vietnamese and English."""

    title: tuple[str, str]
    examples: Sequence[Example]


def group_examples(triples: Iterable[Triple]) -> list[ExampleGroup]:
    """Give the examples of the graph of documented queries, by category."""
    texts: defaultdict[str, dict[NamedNode, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal):
            value = triple.object
            texts[triple.subject.value][triple.predicate][value.language or ""] = value.value
    by_category: defaultdict[str, list[Example]] = defaultdict(list)
    for iri, said in sorted(texts.items()):
        example = _example(iri, said)
        if example is not None:
            by_category[example.category].append(example)
    order = {name: place for place, name in enumerate(_CATEGORIES)}
    return [
        ExampleGroup(_CATEGORIES.get(name, (name, name)), by_category[name])
        for name in sorted(by_category, key=lambda name: (order.get(name, len(order)), name))
    ]


def _example(iri: str, said: dict[NamedNode, dict[str, str]]) -> Example | None:
    text = (said[SH["select"]] or said[SH["ask"]]).get("")
    if not text:
        return None
    return Example(
        name=iri.rpartition("/")[2],
        category=said[SCHEMA["keywords"]].get("", ""),
        question=said[SKOS["prefLabel"]],
        comment=said[RDFS["comment"]],
        text=text,
    )
