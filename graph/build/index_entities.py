"""What the full-text index needs to know of each thing, collected from the triples of all graphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from graph.model.namespaces import DCTERMS, RDF, RDFS, SKOS, VNDX
from graph.model.ntriples import split, token
from graph.model.ntriples_terms import literal_parts

_TYPE = token(RDF["type"])
_LABEL = token(SKOS["prefLabel"])
_TERM_LABEL = token(RDFS["label"])
_VERSION_OF = token(VNDX["versionOf"])
_FROM = token(VNDX["fromUnit"])
_TO = token(VNDX["toUnit"])


def _tokens(*names: str) -> tuple[str, ...]:
    return tuple(token(VNDX[name]) for name in names)


_NAMES = ("officialName", "name")
_DATES = ("issueDate", "startDate", "launchDate", "publishedDate")
_PLACES = ("jurisdiction", "coverage", "about", "place", "pilotedIn", "madeIn")
_TEXTS: Mapping[str, str] = {
    **dict.fromkeys([token(SKOS["altLabel"]), *_tokens(*_NAMES)], "aliases"),
    **dict.fromkeys(_tokens("title", "displayedTitle"), "titles"),
    **dict.fromkeys(_tokens("code", "iso31662Code", "hascCode", "fipsCode"), "codes"),
    **dict.fromkeys(_tokens("nameAscii"), "spellings"),
    **dict.fromkeys(_tokens("number"), "numbers"),
    **dict.fromkeys(_tokens("validFrom"), "valid_from"),
    **dict.fromkeys(_tokens("validTo"), "valid_to"),
    **dict.fromkeys(_tokens(*_DATES), "dates"),
}
"""Predicates whose values are texts, and under which name these are kept."""
_REFERENCES: Mapping[str, str] = {
    _TYPE: "classes",
    **dict.fromkeys(_tokens("era"), "eras"),
    **dict.fromkeys(_tokens("unitType", "platformKind", "eventKind"), "kinds"),
    **dict.fromkeys(_tokens("partOf"), "parents"),
    **dict.fromkeys([token(DCTERMS["spatial"]), *_tokens(*_PLACES)], "places"),
    **dict.fromkeys(_tokens("issuer", "operator", "parentOrganisation"), "bodies"),
    token(SKOS["inScheme"]): "schemes",
}
"""Predicates whose values are things, and under which name these are kept."""
_LINKS = frozenset(
    _tokens(
        *("about", "adopts", "claimant", "coverage", "implements", "indicator", "issuer", "jurisdiction"),
        *("launches", "launchedAt", "legalBasis", "member", "methodDocument", "operator", "organisation"),
        *("organiser", "parentOrganisation", "participant", "partner", "setBy", "signer"),
    )
)
"""Predicates by which one thing refers to another as people would: not the structure of registers."""

_ONE_TO_ONE = (_VERSION_OF, _FROM, _TO)

INDEXED = frozenset({_LABEL, _TERM_LABEL, *_ONE_TO_ONE, *_TEXTS, *_REFERENCES, *_LINKS})
"""The predicates of all triples that the index is made of."""


@dataclass(slots=True)
class Entity:
    """What is known of a thing; sets hold N-Triples terms where they hold things, else texts.

    Attributes:
        iri: of the thing.
        classes: the classes that files state.
        labels: preferred labels by language.
        term_labels: labels of terms of the ontology by language.
        aliases: other names.
        titles: what documents are called by their issuers.
        codes: official codes.
        spellings: names as registers write them in ASCII.
        numbers: document numbers.
        eras: registers of units that it belongs to.
        valid_from: days from which it is valid.
        valid_to: days from which it is valid no more.
        dates: days, months or years of issue, begin, launch or publication.
        kinds: types of units, kinds of platforms and events.
        parents: what it is a part of.
        places: where it is in force, what it covers, what it is about.
        bodies: issuers, operators.
        schemes: concept schemes that it is in.
        links: how many other things refer to it.

    """

    iri: str
    classes: AbstractSet[str] = frozenset()
    labels: dict[str, str] = field(default_factory=dict)
    term_labels: dict[str, str] = field(default_factory=dict)
    aliases: AbstractSet[str] = frozenset()
    titles: AbstractSet[str] = frozenset()
    codes: AbstractSet[str] = frozenset()
    spellings: AbstractSet[str] = frozenset()
    numbers: AbstractSet[str] = frozenset()
    eras: AbstractSet[str] = frozenset()
    valid_from: AbstractSet[str] = frozenset()
    valid_to: AbstractSet[str] = frozenset()
    dates: AbstractSet[str] = frozenset()
    kinds: AbstractSet[str] = frozenset()
    parents: AbstractSet[str] = frozenset()
    places: AbstractSet[str] = frozenset()
    bodies: AbstractSet[str] = frozenset()
    schemes: AbstractSet[str] = frozenset()
    links: int = 0

    def label(self, language: str) -> str:
        """Give the label in a language, else in any other; empty without one."""
        return self.labels.get(language) or next((text for _, text in sorted(self.labels.items())), "")


@dataclass
class Known:
    """What is known of all things, by N-Triples term.

    Attributes:
        entities: the things.
        successors: for a unit that was reorganised, the units that have its parts now.

    """

    entities: dict[str, Entity] = field(default_factory=dict)
    successors: dict[str, set[str]] = field(default_factory=dict)


def collect(texts: Iterable[bytes]) -> Known:
    """Collect what the index needs from the texts of some graphs, in sorted N-Triples.

    The names of a dated version of a unit count as names of the unit. A statement that stands in
    several graphs counts as one link.
    """
    entities: dict[str, Entity] = {}
    one_to_one: dict[str, dict[str, str]] = {predicate: {} for predicate in _ONE_TO_ONE}
    links: set[tuple[str, str, str]] = set()
    for text in texts:
        for subject, predicate, value in split(text):
            if predicate in one_to_one:
                one_to_one[predicate][subject] = value
            elif predicate in INDEXED:
                entity = entities.get(subject)
                if entity is None:
                    entity = entities[subject] = Entity(subject[1:-1])
                _add(entity, predicate, value)
                if predicate in _LINKS:
                    links.add((subject, predicate, value))
    for version, versioned in one_to_one[_VERSION_OF].items():
        if version in entities and versioned in entities:
            entities[versioned].aliases |= entities[version].aliases
    for value, count in Counter(value for _, _, value in links).items():
        if value in entities:
            entities[value].links = count
    return Known(entities, _successors(one_to_one[_FROM], one_to_one[_TO]))


def _successors(given: Mapping[str, str], received: Mapping[str, str]) -> dict[str, set[str]]:
    """Give the units that have something of others now, from the two sides of each transfer."""
    found: dict[str, set[str]] = {}
    for transfer, unit in given.items():
        if transfer in received:
            found.setdefault(unit, set()).add(received[transfer])
    return found


def _add(entity: Entity, predicate: str, value: str) -> None:
    name = _REFERENCES.get(predicate)
    if name is None:
        name = _TEXTS.get(predicate)
        if name is None:
            _add_label(entity, predicate, value)
            return
        value = _text(value)
    known = getattr(entity, name)
    if known:
        known.add(value)
    else:
        setattr(entity, name, {value})


def _add_label(entity: Entity, predicate: str, value: str) -> None:
    if predicate in (_LABEL, _TERM_LABEL):
        text, language = literal_parts(value)
        (entity.labels if predicate == _LABEL else entity.term_labels)[language] = text


def _text(literal: str) -> str:
    """Give the text of a literal; most have nothing escaped, and are read without a parser."""
    return literal_parts(literal)[0] if "\\" in literal else literal[1 : literal.rindex('"')]
