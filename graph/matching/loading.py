"""Reading the gazetteer from a graph, by one scan for each property that it needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final, Protocol, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Store, Triple

from graph.matching.gazetteer import COMMUNE, DISTRICT, PROVINCE, Gazetteer, Share, Succession, Unit, Version
from graph.matching.spelling import loose
from graph.matching.unit_words import readings
from graph.model.namespaces import BASE, CONCEPT, RDF, SKOS, VNDX

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

_LEVELS: Final = {"Province": PROVINCE, "District": DISTRICT, "Commune": COMMUNE}
_IDENTIFIERS: Final = ("iso31662Code", "hascCode", "fipsCode")
_FIRST: Final = date.min
_DAY_LENGTH: Final = len("2025-07-01")


class Triples(Protocol):
    """Where triples are found by their predicate."""

    def with_predicate(
        self, predicate: NamedNode, value: NamedNode | None = None
    ) -> Iterable[tuple[str, Term]]:
        """Give subject IRI and object of the triples with a predicate; with one object, if it is given."""
        ...


class StoreTriples:
    """The triples of the default graph of a store, which is the merge of its named graphs."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def with_predicate(
        self, predicate: NamedNode, value: NamedNode | None = None
    ) -> Iterator[tuple[str, Term]]:
        """Give subject IRI and object of the triples with a predicate."""
        for quad in self._store.quads_for_pattern(None, predicate, value, DefaultGraph()):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value, quad.object


def load_gazetteer(triples: Triples) -> Gazetteer:
    """Read all units, their versions and what became of them.

    Raises:
        ValueError: if a date of a unit is no calendar day.

    """
    reader = _Reader(triples)
    return Gazetteer(reader.units(), tuple(reader.successions()))


class _Reader:
    def __init__(self, triples: Triples) -> None:
        self._triples = triples

    def units(self) -> dict[str, Unit]:
        levels = {
            iri: level
            for name, level in _LEVELS.items()
            for iri, _ in self._triples.with_predicate(RDF["type"], VNDX[name])
        }
        versions = self._versions(self._texts("name"))
        codes, eras = self._texts("code"), self._nodes("era")
        labels, aliases = self._labels(), self._all_texts(SKOS["altLabel"], levels)
        identifiers: defaultdict[str, list[str]] = defaultdict(list)
        for name in _IDENTIFIERS:
            for iri, code in self._texts(name).items():
                identifiers[iri].append(code)
        found = {}
        for iri, level in levels.items():
            if iri in versions:
                own = versions[iri]
                names = labels.get(iri, {})
                found[iri] = Unit(
                    iri,
                    eras[iri].removeprefix(f"{CONCEPT.iri}era/"),
                    codes[iri],
                    level,
                    own,
                    names.get("vi", own[-1].official_name),
                    names.get("en", ""),
                    _further_names((*aliases.get(iri, ()), names.get("en", "")), own),
                    tuple(identifiers.get(iri, ())),
                )
        return found

    def successions(self) -> Iterator[Succession]:
        days = {change: _day(text) for change, text in self._texts("effectiveDate", _is_day).items()}
        bases, clauses = self._nodes("legalBasis"), self._texts("clause")
        sources, targets, shares = self._nodes("fromUnit"), self._nodes("toUnit"), self._nodes("share")
        continued = {iri for iri, _ in self._triples.with_predicate(RDF["type"], VNDX["Continuation"])}
        for change, transfer in self._triples.with_predicate(VNDX["transfer"]):
            if isinstance(transfer, NamedNode) and transfer.value in sources and change in days:
                yield Succession(
                    sources[transfer.value],
                    targets[transfer.value],
                    Share(shares[transfer.value].rpartition("/")[2]),
                    days[change],
                    change,
                    change in continued,
                    bases.get(change, ""),
                    clauses.get(change, ""),
                )

    def _versions(self, names: dict[str, str]) -> dict[str, tuple[Version, ...]]:
        starts, ends = self._texts("validFrom"), self._texts("validTo")
        officials, kinds = self._texts("officialName"), self._nodes("unitType")
        parents, bases = self._nodes("partOf"), self._nodes("legalBasis")
        found: defaultdict[str, list[Version]] = defaultdict(list)
        for iri, unit in self._nodes("versionOf").items():
            parent = parents.get(iri, "")
            found[unit].append(
                Version(
                    names[iri],
                    officials[iri],
                    kinds[iri].rpartition("/")[2],
                    parent if "/unit/" in parent.removeprefix(BASE) else "",
                    _day(starts[iri]) if iri in starts else None,
                    _day(ends[iri]) if iri in ends else None,
                    bases.get(iri, ""),
                )
            )
        return {
            unit: tuple(sorted(versions, key=lambda version: version.start or _FIRST))
            for unit, versions in found.items()
        }

    def _nodes(self, name: str) -> dict[str, str]:
        pairs = self._triples.with_predicate(VNDX[name])
        return {iri: value.value for iri, value in pairs if isinstance(value, NamedNode)}

    def _texts(self, name: str, fits: Callable[[Literal], bool] = lambda _: True) -> dict[str, str]:
        pairs = self._triples.with_predicate(VNDX[name])
        return {iri: value.value for iri, value in pairs if isinstance(value, Literal) and fits(value)}

    def _all_texts(self, predicate: NamedNode, wanted: dict[str, int]) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for iri, value in self._triples.with_predicate(predicate):
            if iri in wanted and isinstance(value, Literal):
                found[iri].append(value.value)
        return found

    def _labels(self) -> dict[str, dict[str, str]]:
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for iri, value in self._triples.with_predicate(SKOS["prefLabel"]):
            if isinstance(value, Literal):
                found[iri][value.language or ""] = value.value
        return found


def _further_names(labels: Iterable[str], versions: Iterable[Version]) -> tuple[str, ...]:
    """Give the names among labels that no version has, in any spelling, without their type words."""
    found = {loose(version.name): "" for version in versions}
    for label in sorted(filter(None, labels)):
        name = readings(label)[0].name
        found.setdefault(loose(name), name)
    return tuple(filter(None, found.values()))


def _is_day(value: Literal) -> bool:
    return len(value.value) == _DAY_LENGTH


def _day(text: str) -> date:
    return date.fromisoformat(text)
