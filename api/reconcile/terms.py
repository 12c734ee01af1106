"""The types and properties of a snapshot: from the ontology, the index, and what its description counts."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from api.kept_by_snapshot import KeptBySnapshot
from api.reconcile.ids import term_id, term_iri
from api.reconcile.model import Text
from api.reconcile.units import DAY, YEAR
from graph.model.namespaces import GRAPH, RDF, RDFS, SKOS, VNDX, VOID
from graph.query.engine import SnapshotView
from graph.query.errors import EngineUnavailableError
from graph.query.lookups import GraphContents, Plan
from graph.search.index import SearchClass
from graph.search.words import key

DEFAULT_TYPES: Final = (
    *("AdministrativeUnit", "Province", "District", "Commune", "Document", "Platform", "Programme"),
    *("Organisation", "Person", "Event", "Product", "Indicator"),
)
"""The ids of the types that are offered first."""

_ABOUT_THE_GRAPH: Final = ("Claim", "Conflict", "NamedGraph", "Source", "UnitChange", "Target")
_FOREIGN: Final = {
    "skos:prefLabel": {"vi": "tên", "en": "label"},
    "skos:altLabel": {"vi": "tên khác", "en": "other name"},
    "skos:exactMatch": {"vi": "trùng với", "en": "exact match"},
    "skos:closeMatch": {"vi": "gần trùng với", "en": "close match"},
    "skos:broader": {"vi": "khái niệm rộng hơn", "en": "broader concept"},
    "geo:lat": {"vi": "vĩ độ", "en": "latitude"},
    "geo:long": {"vi": "kinh độ", "en": "longitude"},
}
_NOT_OFFERED: Final = frozenset({"hasEvidence", "hasVersion"})
_LABEL: Final = "skos:prefLabel"


@dataclass(frozen=True, slots=True)
class Term:
    """A type or a property.

    Attributes:
        id: as in `api.reconcile.ids`.
        name: by language.
        description: by language.
        broader: ids of the types right above a type.
        range: the id of the type of the values of a property, empty if they are none of ours.

    """

    id: str
    name: Text
    description: Text = field(default_factory=dict)
    broader: tuple[str, ...] = ()
    range: str = ""


# What can be asked of candidates though no entity has it as a property of its own.
_ASKED: Final = (
    Term(
        DAY,
        {"vi": "vào ngày", "en": "on the day"},
        {
            "vi": "Ngày mà tên, địa chỉ còn đúng, ví dụ 2024-12-31.",
            "en": "A day on which the name or address was right, e.g. 2024-12-31.",
        },
    ),
    Term(
        YEAR,
        {"vi": "năm", "en": "year"},
        {
            "vi": "Năm ban hành văn bản, năm diễn ra, hoặc năm mà đơn vị còn tồn tại.",
            "en": "The year in which a document was issued, something took place, or a unit existed.",
        },
    ),
)


class Terms:
    """The types and properties of a snapshot.

    Args:
        types: in the order in which they are offered.
        properties: in the order in which they are offered.
        used: the ids of the properties that entities of each type have, the most used first.
        classes: of the index.

    """

    def __init__(
        self,
        types: Iterable[Term],
        properties: Iterable[Term],
        used: Mapping[str, Sequence[str]],
        classes: Sequence[SearchClass],
    ) -> None:
        self.types = {term.id: term for term in types}
        self.properties = {term.id: term for term in properties}
        self._used = used
        self._lines = {found.iri: found.line for found in classes}

    def under(self, types: Iterable[str], *, every: bool = False) -> frozenset[str]:
        """Give the IRIs of the classes that are, or are below, any or each of some types."""
        wanted = {term_iri(name) for name in types}
        holds = wanted.issubset if every else (lambda line: not wanted.isdisjoint(line))
        return frozenset(iri for iri, line in self._lines.items() if holds(line))

    def offered(self) -> frozenset[str]:
        """Give the IRIs of the classes of what is found if no type is asked for."""
        own = {iri for iri in self._lines if iri.startswith(VNDX.iri)} | {SKOS["Concept"].value}
        return frozenset(own - self.under(_ABOUT_THE_GRAPH))

    def line(self, cls: str) -> tuple[Term, ...]:
        """Give a class and the classes above it that are types, the most specific first."""
        found = (self.types.get(term_id(iri)) for iri in self._lines.get(cls, (cls,)))
        return tuple(term for term in found if term is not None)

    def most_specific(self, classes: Sequence[str]) -> str:
        """Give the class below which there is no other of some classes; empty for none."""
        own = [cls for cls in classes if term_id(cls) in self.types] or list(classes)
        return max(own, key=lambda cls: len(self._lines.get(cls, ())), default="")

    def proposed(self, kind: str) -> list[Term]:
        """Give the properties that entities of a type have, the most used first; all for an unknown type."""
        ids = self._used.get(term_id(term_iri(kind)))
        if ids is None:
            return [term for term in self.properties.values() if term.id not in (DAY, YEAR)]
        known = [self.properties[name] for name in ids if name in self.properties]
        return sorted(known, key=lambda term: term.id != _LABEL)

    def property(self, name: str) -> Term | None:
        """Give the property with an id or IRI, None if there is none."""
        return self.properties.get(name) or self.properties.get(term_id(term_iri(name)))


def matching(terms: Iterable[Term], prefix: str) -> list[Term]:
    """Give the terms of which a name, a word of it, or the id begins with what has been typed."""
    asked = key(prefix)
    if not asked:
        return list(terms)
    ranked = sorted(((_rank(term, prefix, asked), term) for term in terms), key=lambda found: found[0])
    return [term for rank, term in ranked if rank < _NONE]


_NONE: Final = 3


def _rank(term: Term, prefix: str, asked: str) -> int:
    names = [key(name) for name in term.name.values()]
    if prefix.strip() in (term.id, term_iri(term.id)) or asked in names:
        return 0
    identifier = key(term.id)
    if any(name.startswith(asked) for name in (*names, identifier)):
        return 1
    return 2 if any(f" {asked}" in f" {name}" for name in names) else _NONE


class TermsOfSnapshots:
    """Reads the terms of a snapshot when they are first asked for; used by the event loop alone."""

    def __init__(self) -> None:
        self._known: KeptBySnapshot[Terms] = KeptBySnapshot()

    async def of(self, view: SnapshotView, classes: Sequence[SearchClass]) -> Terms:
        """Give the terms of a snapshot.

        Args:
            view: the snapshot.
            classes: those of its index.

        Raises:
            EngineUnavailableError: if its files are elsewhere.

        """
        if view.files is None:
            raise EngineUnavailableError(
                "a remote engine serves the graph: there is nothing to reconcile with here"
            )
        void = view.files.void

        async def read() -> Terms:
            return await asyncio.to_thread(_read, await view.lookup(_ontology()), void, classes)

        return await self._known.of(view, "", read)


def _ontology() -> Plan[list[Triple]]:
    return list((yield GraphContents(GRAPH["ontology"])))


def _read(ontology: Sequence[Triple], void: Path, classes: Sequence[SearchClass]) -> Terms:
    by_subject: defaultdict[str, defaultdict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    for triple in ontology:
        if isinstance(triple.subject, NamedNode):
            by_subject[triple.subject.value][triple.predicate.value].append(triple.object)
    used = _used(void)
    present = {name for names in used.values() for name in names}
    # Those of other vocabularies repeat our own under another name, but for a few.
    offered = {name for name in present - _NOT_OFFERED if ":" not in name or name in _FOREIGN}
    own = [
        _term(iri, by)
        for iri, by in sorted(by_subject.items())
        if term_id(iri) in offered and any(str(node).endswith("Property>") for node in by[RDF["type"].value])
    ]
    names = {term.id for term in own}
    foreign = [Term(name, label) for name, label in _FOREIGN.items() if name in present and name not in names]
    return Terms(_types(classes, by_subject), (*foreign, *_ASKED, *own), used, classes)


def _types(
    classes: Sequence[SearchClass], by_subject: Mapping[str, Mapping[str, Sequence[object]]]
) -> list[Term]:
    known = {found.iri for found in classes if found.iri.startswith(VNDX.iri)} | {SKOS["Concept"].value}
    found = []
    for cls in classes:
        if cls.iri not in known:
            continue
        said = by_subject.get(cls.iri, {})
        broader = tuple(term_id(iri) for iri in cls.line if iri in known and _is_right_above(iri, said))
        name = {language: text for language, text in (("vi", cls.label_vi), ("en", cls.label_en)) if text}
        found.append(Term(term_id(cls.iri), name, _texts(said, SKOS["definition"]), broader))
    order = {name: place for place, name in enumerate(DEFAULT_TYPES)}
    return sorted(found, key=lambda term: (order.get(term.id, len(order)), term.id))


def _is_right_above(iri: str, said: Mapping[str, Sequence[object]]) -> bool:
    return NamedNode(iri) in said.get(RDFS["subClassOf"].value, ())


def _term(iri: str, said: Mapping[str, Sequence[object]]) -> Term:
    ranges = [node.value for node in said.get(RDFS["range"].value, ()) if isinstance(node, NamedNode)]
    kind = next((term_id(found) for found in ranges if found.startswith(VNDX.iri)), "")
    kind = "" if kind == "PartialDate" else kind
    label = _texts(said, RDFS["label"]) or {"en": term_id(iri)}
    return Term(term_id(iri), label, _texts(said, SKOS["definition"]), range=kind)


def _texts(said: Mapping[str, Sequence[object]], prop: NamedNode) -> dict[str, str]:
    texts = [node for node in said.get(prop.value, ()) if isinstance(node, Literal)]
    texts.sort(key=lambda node: node.language != "vi")
    return {node.language or "vi": node.value for node in texts}


def _used(void: Path) -> dict[str, list[str]]:
    """Read which properties entities of each class have, from the partitions in a VoID description."""
    said: defaultdict[object, defaultdict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse(path=str(void), format=RdfFormat.TURTLE):
        said[quad.subject][quad.predicate.value].append(quad.object)
    used = {}
    for partition in list(said):
        by = said[partition]
        classes = by.get(VOID["class"].value, [])
        parts = by.get(VOID["propertyPartition"].value, [])
        if not classes or not parts or not isinstance(classes[0], NamedNode):
            continue
        counted = [(_count(said[part]), _property(said[part])) for part in parts]
        counted.sort(key=lambda found: (-found[0], found[1]))
        used[term_id(classes[0].value)] = [name for _, name in counted if name not in _NOT_OFFERED]
    return used


def _property(part: Mapping[str, Sequence[object]]) -> str:
    node = part[VOID["property"].value][0]
    return term_id(node.value) if isinstance(node, NamedNode | BlankNode) else ""


def _count(part: Mapping[str, Sequence[object]]) -> int:
    node = part[VOID["triples"].value][0]
    return int(node.value) if isinstance(node, Literal) else 0
