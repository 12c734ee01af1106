"""Making the gazetteer from triples, by one scan for each property that it needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from datetime import date
from typing import Final, Protocol

from pyoxigraph import NamedNode

from graph.matching.gazetteer import COMMUNE, DISTRICT, PROVINCE, Gazetteer, Share, Succession, Unit, Version
from graph.matching.spelling import loose
from graph.matching.unit_words import readings
from graph.model.namespaces import CONCEPT, ID, RDF, SKOS, VNDX

_LEVELS: Final = {
    VNDX["Province"].value: PROVINCE,
    VNDX["District"].value: DISTRICT,
    VNDX["Commune"].value: COMMUNE,
}
_CONTINUATION: Final = VNDX["Continuation"].value
_UNITS: Final = ID["unit/"].value
_IDENTIFIERS: Final = ("iso31662Code", "hascCode", "fipsCode")


class Triples(Protocol):
    """Where triples are found by their predicate; subjects are named nodes, given as IRIs."""

    def nodes(self, predicate: NamedNode) -> Iterable[tuple[str, str]]:
        """Give subject and object of the triples with a predicate whose object is a named node."""
        ...

    def texts(self, predicate: NamedNode) -> Iterable[tuple[str, str, str]]:
        """Give subject, text and language of the triples with a predicate whose object is a literal."""
        ...


PREDICATES: Final = (
    RDF["type"],
    SKOS["prefLabel"],
    SKOS["altLabel"],
    *(
        VNDX[name]
        for name in (
            *(
                "name",
                "officialName",
                "code",
                "era",
                "unitType",
                "partOf",
                "versionOf",
                "validFrom",
                "validTo",
            ),
            *(
                "legalBasis",
                "clause",
                "effectiveDate",
                "transfer",
                "fromUnit",
                "toUnit",
                "share",
                *_IDENTIFIERS,
            ),
        )
    ),
)
"""All predicates that a gazetteer is made of."""


def load_gazetteer(triples: Triples) -> Gazetteer:
    """Read all units, their versions and what became of them.

    Raises:
        KeyError: if a unit has no code, or a version no name.
        ValueError: if a date of a unit is no calendar day.

    """
    reader = _Reader(triples)
    return Gazetteer(reader.units(), tuple(reader.successions()))


class _Reader:
    def __init__(self, triples: Triples) -> None:
        self._triples = triples
        self._classes = dict(triples.nodes(RDF["type"]))

    def units(self) -> dict[str, Unit]:
        versions = self._versions(self._texts("name"))
        codes, eras = self._texts("code"), self._nodes("era")
        labels = self._by_unit(SKOS["prefLabel"], versions)
        aliases = self._by_unit(SKOS["altLabel"], versions)
        identifiers: defaultdict[str, list[str]] = defaultdict(list)
        for name in _IDENTIFIERS:
            for iri, code in self._texts(name).items():
                identifiers[iri].append(code)
        found = {}
        for iri, own in sorted(versions.items()):
            by_language = {language: text for text, language in labels[iri]}
            others = [text for text, _ in aliases[iri]]
            found[iri] = Unit(
                iri,
                eras[iri].removeprefix(f"{CONCEPT.iri}era/"),
                codes[iri],
                _LEVELS[self._classes[iri]],
                own,
                by_language.get("vi", own[-1].official_name),
                by_language.get("en", ""),
                _further_names((*others, by_language.get("en", "")), own),
                tuple(identifiers[iri]),
            )
        return found

    def successions(self) -> Iterator[Succession]:
        days, bases, clauses = self._texts("effectiveDate"), self._nodes("legalBasis"), self._texts("clause")
        sources, targets, shares = self._nodes("fromUnit"), self._nodes("toUnit"), self._nodes("share")
        for change, transfer in sorted(self._triples.nodes(VNDX["transfer"])):
            yield Succession(
                sources[transfer],
                targets[transfer],
                Share(shares[transfer].rpartition("/")[2]),
                date.fromisoformat(days[change]),
                change,
                self._classes[change] == _CONTINUATION,
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
                    parent if parent.startswith(_UNITS) else "",
                    date.fromisoformat(starts[iri]) if iri in starts else None,
                    date.fromisoformat(ends[iri]) if iri in ends else None,
                    bases.get(iri, ""),
                )
            )
        return {
            unit: tuple(sorted(versions, key=lambda version: version.start or date.min))
            for unit, versions in found.items()
        }

    def _nodes(self, name: str) -> dict[str, str]:
        return dict(self._triples.nodes(VNDX[name]))

    def _texts(self, name: str) -> dict[str, str]:
        return {iri: text for iri, text, _ in self._triples.texts(VNDX[name])}

    def _by_unit(
        self, predicate: NamedNode, units: Container[str]
    ) -> defaultdict[str, list[tuple[str, str]]]:
        found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for iri, text, language in self._triples.texts(predicate):
            if iri in units:
                found[iri].append((text, language))
        return found


def _further_names(labels: Iterable[str], versions: Iterable[Version]) -> tuple[str, ...]:
    """Give the names among labels that no version has, in any spelling, without their type words."""
    found = {loose(version.name): "" for version in versions}
    for label in sorted(filter(None, labels)):
        name = readings(label)[0].name
        found.setdefault(loose(name), name)
    return tuple(filter(None, found.values()))
