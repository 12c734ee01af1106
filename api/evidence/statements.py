"""From found statements to what is shown of them: words, sources, and those who say otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from api.entities.figures import FIGURE_PROPERTIES, figure_text
from api.entities.json_ld import JsonLdContext
from api.evidence.models import (
    ConflictModel,
    FragmentModel,
    OpposedModel,
    Reference,
    SourceModel,
    StatementModel,
)
from api.evidence.queries import Found
from graph.model.namespaces import OA, RDF, RDFS, SKOS, VNDX
from graph.query.lookups import Outgoing, Plan

LANGUAGES: Final = ("vi", "en")

_LABEL: Final = SKOS["prefLabel"]
_STATEMENT: Final = (
    RDF["type"],
    _LABEL,
    VNDX["hasEvidence"],
    VNDX["statedIn"],
    VNDX["statement"],
    *FIGURE_PROPERTIES,
)
_SOURCE: Final = (
    RDF["type"],
    _LABEL,
    VNDX["publishedDate"],
    VNDX["publishedNotBefore"],
    VNDX["publishedNotAfter"],
    VNDX["publisherAsPrinted"],
    VNDX["url"],
    VNDX["trust"],
)
_UNPLACED: Final = 2**31


def plan_statements(
    subject: NamedNode, found: Sequence[Found], context: JsonLdContext
) -> Plan[tuple[Reference, list[StatementModel]]]:
    """Plan what is shown of some statements, and a reference to what they are about or from.

    Args:
        subject: the thing or the source that was asked for.
        found: the statements of a page.
        context: gives the names of classes.

    """
    facts = _Facts()
    conflicts = _nodes(iri for each in found for iri in each.conflicts)
    facts.add((yield Outgoing(tuple(conflicts))))
    opposed = facts.nodes(conflicts, VNDX["conflictingStatement"])
    statements = list(dict.fromkeys([*_nodes(each.iri for each in found), *opposed]))
    facts.add((yield Outgoing(tuple(statements), _STATEMENT)))
    evidence = facts.nodes(_nodes(each.iri for each in found), VNDX["hasEvidence"])
    # Of the others only the sources are shown, which their evidence may be the only one to name.
    others = [e for e in facts.nodes(opposed, VNDX["hasEvidence"]) if e not in set(evidence)]
    facts.add((yield Outgoing(tuple(evidence))))
    facts.add((yield Outgoing(tuple(others), (OA["hasSource"],))))
    facts.add((yield Outgoing(tuple(facts.nodes(evidence, OA["hasSelector"])))))
    sources = [
        *facts.nodes(statements, VNDX["statedIn"]),
        *facts.nodes([*evidence, *others], OA["hasSource"]),
    ]
    facts.add((yield Outgoing(tuple(dict.fromkeys(sources)), _SOURCE)))
    facts.add((yield Outgoing((subject,), (RDF["type"], _LABEL))))
    named = [
        *facts.nodes(conflicts, VNDX["conflictKind"]),
        *facts.nodes(sources, VNDX["trust"]),
        *(node for term in FIGURE_PROPERTIES for node in facts.nodes(statements, term)),
    ]
    facts.add((yield Outgoing(tuple(dict.fromkeys(named)), (RDF["type"], _LABEL))))
    terms = [
        *facts.nodes(evidence, VNDX["attests"]),
        *_nodes(iri for each in found for iri in each.relations),
    ]
    facts.add((yield Outgoing(tuple(dict.fromkeys(terms)), (RDFS["label"],))))
    writer = _Writer(facts, context)
    return writer.reference(subject), [writer.statement(each) for each in found]


class _Facts:
    """Triples by subject and property."""

    def __init__(self) -> None:
        self._by_subject: defaultdict[NamedNode, defaultdict[NamedNode, dict[object, None]]] = defaultdict(
            lambda: defaultdict(dict)
        )

    def add(self, triples: Iterable[Triple]) -> None:
        for triple in triples:
            if isinstance(triple.subject, NamedNode):
                self._by_subject[triple.subject][triple.predicate][triple.object] = None

    def of(self, node: NamedNode) -> dict[NamedNode, list[object]]:
        return {term: sorted(values, key=str) for term, values in self._by_subject[node].items()}

    def values(self, node: NamedNode, predicate: NamedNode) -> list[object]:
        return sorted(self._by_subject[node][predicate], key=str)

    def nodes(self, subjects: Iterable[NamedNode], predicate: NamedNode) -> list[NamedNode]:
        values = (value for subject in subjects for value in self.values(subject, predicate))
        return list(dict.fromkeys(value for value in values if isinstance(value, NamedNode)))

    def texts(self, node: NamedNode, predicate: NamedNode) -> list[str]:
        return [value.value for value in self.values(node, predicate) if isinstance(value, Literal)]

    def first(self, node: NamedNode, predicate: NamedNode) -> str | None:
        return next(iter(self.texts(node, predicate)), None)

    def by_language(self, node: NamedNode, predicate: NamedNode) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for value in self.values(node, predicate):
            if isinstance(value, Literal):
                found[value.language or "und"].append(value.value)
        return dict(sorted(found.items(), key=lambda pair: (pair[0] != "vi", pair[0])))


class _Writer:
    def __init__(self, facts: _Facts, context: JsonLdContext) -> None:
        self._facts = facts
        self._context = context

    def statement(self, found: Found) -> StatementModel:
        node = NamedNode(found.iri)
        facts = self._facts
        evidence = facts.nodes([node], VNDX["hasEvidence"])
        fragments = [self._fragment(each) for each in evidence]
        fragments.sort(
            key=lambda each: (each.source, _UNPLACED if each.start is None else each.start, each.id)
        )
        conflicts = [self._conflict(NamedNode(iri)) for iri in sorted(found.conflicts)]
        sources = dict.fromkeys(self._sources(node))
        for conflict in conflicts:
            for opposed in conflict.statements:
                sources |= dict.fromkeys(map(NamedNode, opposed.sources))
        return StatementModel(
            statement=self.reference(node),
            relations=[self._term(NamedNode(iri)) for iri in sorted(found.relations)],
            evidence=fragments,
            sources=[self._source(each) for each in sources],
            conflicts=conflicts,
        )

    def reference(self, node: NamedNode) -> Reference:
        return Reference.model_validate(self._reference(node))

    def _reference(self, node: NamedNode) -> dict[str, object]:
        types = [t for t in self._facts.nodes([node], RDF["type"]) if t in VNDX or t in SKOS]
        return {
            "id": node.value,
            "type": sorted(self._context.type_name(found.value) for found in types),
            "label": self._label(node),
        }

    def _label(self, node: NamedNode) -> dict[str, str]:
        """Give the name of a node, else what it says."""
        labels = self._facts.by_language(node, _LABEL) or self._facts.by_language(node, VNDX["statement"])
        if labels:
            return {language: texts[0] for language, texts in labels.items()}
        facts = self._facts.of(node)
        said = {language: figure_text(facts, self._namer(language), language) for language in LANGUAGES}
        return {language: text for language, text in said.items() if text}

    def _namer(self, language: str) -> _Namer:
        return _Namer(self._facts, language)

    def _term(self, node: NamedNode) -> Reference:
        labels = self._facts.by_language(node, RDFS["label"])
        return Reference(id=node.value, label={language: texts[0] for language, texts in labels.items()})

    def _fragment(self, node: NamedNode) -> FragmentModel:
        facts = self._facts
        selectors = facts.nodes([node], OA["hasSelector"])
        quotes = [v for each in selectors for v in facts.values(each, OA["exact"]) if isinstance(v, Literal)]
        starts = [int(text) for each in selectors for text in facts.texts(each, OA["start"])]
        ends = [int(text) for each in selectors for text in facts.texts(each, OA["end"])]
        return FragmentModel(
            id=node.value,
            source=next((each.value for each in facts.nodes([node], OA["hasSource"])), ""),
            quote=[quote.value for quote in quotes],
            language=next((quote.language for quote in quotes if quote.language), None),
            start=min(starts, default=None),
            end=max(ends, default=None),
            attests=[self._term(each) for each in facts.nodes([node], VNDX["attests"])],
        )

    def _sources(self, statement: NamedNode) -> list[NamedNode]:
        facts = self._facts
        stated = facts.nodes([statement], VNDX["statedIn"])
        quoted = facts.nodes(facts.nodes([statement], VNDX["hasEvidence"]), OA["hasSource"])
        return list(dict.fromkeys([*stated, *quoted]))

    def _source(self, node: NamedNode) -> SourceModel:
        facts = self._facts
        trust = next(iter(facts.nodes([node], VNDX["trust"])), None)
        return SourceModel.model_validate(
            {
                **self._reference(node),
                "publishedDate": facts.first(node, VNDX["publishedDate"]),
                "publishedNotBefore": facts.first(node, VNDX["publishedNotBefore"]),
                "publishedNotAfter": facts.first(node, VNDX["publishedNotAfter"]),
                "publisher": facts.texts(node, VNDX["publisherAsPrinted"]),
                "url": facts.texts(node, VNDX["url"]),
                "trust": self.reference(trust) if trust else None,
            }
        )

    def _conflict(self, node: NamedNode) -> ConflictModel:
        facts = self._facts
        kind = next(iter(facts.nodes([node], VNDX["conflictKind"])), None)
        preferred = facts.nodes([node], VNDX["preferred"])
        return ConflictModel.model_validate(
            {
                **self._reference(node),
                "kind": self.reference(kind) if kind else None,
                "note": facts.by_language(node, SKOS["note"]),
                "statements": [
                    OpposedModel.model_validate(
                        {
                            **self._reference(each),
                            "preferred": each in preferred,
                            "sources": [source.value for source in self._sources(each)],
                        }
                    )
                    for each in facts.nodes([node], VNDX["conflictingStatement"])
                ],
            }
        )


class _Namer:
    """Gives the name of a node in a language, else in any."""

    def __init__(self, facts: _Facts, language: str) -> None:
        self._facts = facts
        self._language = language

    def __call__(self, node: NamedNode) -> str:
        labels = self._facts.by_language(node, _LABEL)
        texts = labels.get(self._language) or next(iter(labels.values()), [])
        return texts[0] if texts else ""


def _nodes(iris: Iterable[str]) -> list[NamedNode]:
    return [NamedNode(iri) for iri in dict.fromkeys(iris)]
