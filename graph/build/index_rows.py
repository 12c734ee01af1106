"""The rows of the full-text index: what is known by name, all names that it is known by, and its place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from graph.build.index_descriptions import (
    LANGUAGES,
    ancestors,
    class_label,
    description,
    kind_and_place,
    places_and_bodies,
    provinces,
)
from graph.build.index_entities import Entity, Known
from graph.build.schema import Schema
from graph.model.namespaces import VNDX
from graph.model.ntriples import token
from graph.search.priors import prior
from graph.search.words import key

LABEL: Final = "label"
ALIAS: Final = "alias"
TITLE: Final = "title"
CODE: Final = "code"
NUMBER: Final = "number"

_PROVINCE: Final = token(VNDX["Province"])


class Row(NamedTuple):
    """A thing in the index.

    Attributes:
        iri: of the thing.
        cls: the most specific own class, as IRI; the first one by name if several.
        era: the era of the register of units that it is in, e.g. ``2025``; empty for other things.
        valid_from: the day from which it is valid, empty if unknown.
        valid_to: the first day on which it is valid no more, empty if there is none.
        provinces: IRIs of the provinces that it belongs to, and of those that these became.
        prior: how likely it is that people look for it (`graph.search.priors`).
        label_vi: the Vietnamese label, empty without one.
        label_en: the English label, empty without one.
        description_vi: what tells it from others of its name.
        description_en: the same in English.
        names: the kind of each name and the name.
        context: folded words of what it belongs to and of its kind, by which people tell it from others.

    """

    iri: str
    cls: str
    era: str
    valid_from: str
    valid_to: str
    provinces: tuple[str, ...]
    prior: int
    label_vi: str
    label_en: str
    description_vi: str
    description_en: str
    names: tuple[tuple[str, str], ...]
    context: str

    def digest(self) -> str:
        """Give 32 hexadecimal digits that depend on everything in the row."""
        return hashlib.sha256(repr(tuple(self)).encode()).hexdigest()[:32]


class ClassRow(NamedTuple):
    """A class in the index: its IRI, its labels, and the IRIs of it and of all classes above it."""

    iri: str
    label_vi: str
    label_en: str
    line: tuple[str, ...]


@dataclass(frozen=True)
class IndexRows:
    """All that goes into the index: the things by IRI, and their classes by IRI."""

    entities: list[Row] = field(default_factory=list)
    classes: list[ClassRow] = field(default_factory=list)

    def digest(self) -> str:
        """Give the SHA-256 of the rows."""
        result = hashlib.sha256()
        for row in self.entities:
            result.update(f"{row.digest()}\n".encode())
        for cls in self.classes:
            result.update(f"{cls!r}\n".encode())
        return result.hexdigest()


def rows(known: Known, schema: Schema) -> IndexRows:
    """Give the rows of the index, sorted by IRI: the things that have a preferred label and a class."""
    maker = _RowMaker(known, schema)
    named = (term for term, entity in known.entities.items() if entity.labels and entity.classes)
    found = sorted(maker.row(term) for term in named)
    return IndexRows(found, sorted(maker.class_row(cls) for cls in maker.met_classes()))


@dataclass(frozen=True)
class _Setting:
    """What a thing is and where it belongs, in both languages; its provinces; the words of all that."""

    vi: str
    en: str
    provinces: frozenset[str]
    context: str


class _RowMaker:
    def __init__(self, known: Known, schema: Schema) -> None:
        self._known = known
        self._entities: Mapping[str, Entity] = known.entities
        self._schema = schema
        self._lines: dict[str, tuple[str, ...]] = {}
        self._keys: dict[str, list[str]] = {}
        self._settings: dict[tuple[object, ...], _Setting] = {}

    def row(self, term: str) -> Row:
        entity = self._entities[term]
        cls = self._class_of(entity)
        line = [iri.rpartition("#")[2] for iri in self._line(cls)]
        setting = self._setting(entity, cls)
        found = setting.provinces
        if cls == _PROVINCE:
            found |= provinces([term], self._entities, self._known.successors)
        return Row(
            iri=entity.iri,
            cls=cls[1:-1],
            era=min((era[1:-1].rpartition("/")[2] for era in entity.eras), default=""),
            valid_from=min(entity.valid_from, default=""),
            valid_to=max(entity.valid_to, default=""),
            provinces=tuple(sorted(province[1:-1] for province in found)),
            prior=prior(line, bool(entity.valid_to), entity.links),
            label_vi=entity.labels.get("vi", ""),
            label_en=entity.labels.get("en", ""),
            description_vi=description(setting.vi, entity, "vi"),
            description_en=description(setting.en, entity, "en"),
            names=tuple(_names(entity)),
            context=setting.context,
        )

    def _setting(self, entity: Entity, cls: str) -> _Setting:
        """Give what a thing shares with others of its class in the same place: made once for all of them."""
        about = (entity.parents, entity.places, entity.bodies, entity.kinds, entity.schemes)
        shared = (cls, *map(frozenset, about))
        if shared not in self._settings:
            around = [*entity.parents, *entity.places, *entity.bodies]
            self._settings[shared] = _Setting(
                kind_and_place(entity, cls, self._entities, "vi"),
                kind_and_place(entity, cls, self._entities, "en"),
                provinces(around, self._entities, self._known.successors),
                self._context(entity),
            )
        return self._settings[shared]

    def met_classes(self) -> Iterable[str]:
        """Give the classes of all rows made so far and those above them, as terms."""
        return {f"<{iri}>" for line in self._lines.values() for iri in line}

    def class_row(self, cls: str) -> ClassRow:
        label_vi, label_en = (class_label(cls, self._entities, language) for language in LANGUAGES)
        return ClassRow(cls[1:-1], label_vi, label_en, self._line(cls))

    def _class_of(self, entity: Entity) -> str:
        own = [cls for cls in entity.classes if cls[1:-1].startswith(VNDX.iri)] or sorted(entity.classes)
        return self._schema.most_specific(own)[0] if len(own) > 1 else own[0]

    def _line(self, cls: str) -> tuple[str, ...]:
        """Give the IRIs of a class and of those above it, the nearest first."""
        if cls not in self._lines:
            above = self._schema.super_classes
            nearest_first = sorted(above.get(cls, ()), key=lambda found: (-len(above.get(found, ())), found))
            self._lines[cls] = tuple(found[1:-1] for found in (cls, *nearest_first))
        return self._lines[cls]

    def _context(self, entity: Entity) -> str:
        others = places_and_bodies(entity, self._entities)
        above = [parent for other in (entity, *others) for parent in ancestors(other, self._entities)]
        kinds = [self._entities[kind] for kind in sorted(entity.kinds) if kind in self._entities]
        others = [*above, *others, *kinds]
        labels = (other.labels.get(language, "") for other in others for language in LANGUAGES)
        return " ".join(dict.fromkeys(word for label in labels for word in self._words(label)))

    def _words(self, label: str) -> list[str]:
        """Give the folded words of a label that many things have above them."""
        if label not in self._keys:
            self._keys[label] = key(label).split()
        return self._keys[label]


def _names(entity: Entity) -> Iterable[tuple[str, str]]:
    """Give all names: labels first, then what is not among them already."""
    labels = list(dict.fromkeys(text for _, text in sorted(entity.labels.items(), reverse=True)))
    aliases = sorted(entity.aliases - {*labels})
    yield from ((LABEL, text) for text in labels)
    yield from ((ALIAS, text) for text in aliases)
    yield from ((TITLE, text) for text in sorted(entity.titles - {*labels, *aliases}))
    for spelled in sorted(entity.spellings):
        # The short name, an alias, comes first here: it is nearly always the one that is spelled.
        if all(key(spelled) != key(text) for text in (*aliases, *labels)):
            yield ALIAS, spelled
    yield from ((CODE, text) for text in sorted(entity.codes))
    yield from ((NUMBER, text) for text in sorted(entity.numbers))
