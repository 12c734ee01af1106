"""One line that tells a thing from others of its name, in Vietnamese and English.

"Xã, huyện Võ Nhai, tỉnh Thái Nguyên; đến 30/06/2025": what it is, where it belongs, and when.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Final

from graph.build.index_entities import Entity
from graph.model.namespaces import SKOS, VNDX
from graph.model.ntriples import token

_PROVINCE: Final = token(VNDX["Province"])
_COUNTRY: Final = token(VNDX["Country"])
_FULL_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)")
_MOST: Final = 3
# The ontology describes no classes of other vocabularies.
_FOREIGN_CLASSES: Final = {
    token(SKOS["Concept"]): {"vi": "khái niệm", "en": "concept"},
    token(SKOS["ConceptScheme"]): {"vi": "bảng khái niệm", "en": "concept scheme"},
}
LANGUAGES: Final = ("vi", "en")


def class_label(cls: str, entities: Mapping[str, Entity], language: str) -> str:
    """Give the label of a class, its local name if the ontology has none."""
    labels = _FOREIGN_CLASSES.get(cls) or (entities[cls].term_labels if cls in entities else {})
    return labels.get(language) or labels.get("en") or re.split(r"[#/]", cls[1:-1])[-1]


def ancestors(entity: Entity, entities: Mapping[str, Entity]) -> Iterator[Entity]:
    """Give what a thing is a part of, the nearest first, the country left out."""
    seen: set[str] = set()
    pending = sorted(entity.parents)
    while pending:
        term = pending.pop(0)
        parent = entities.get(term)
        if parent is None or term in seen or _COUNTRY in parent.classes:
            continue
        seen.add(term)
        yield parent
        pending += sorted(parent.parents)


def kind_and_place(entity: Entity, cls: str, entities: Mapping[str, Entity], language: str) -> str:
    """Say what a thing is and where it belongs: the first part of its description.

    Args:
        entity: the thing.
        cls: its class, as N-Triples term.
        entities: all things, by term.
        language: ``vi`` or ``en``.

    """
    kinds = [entities[kind].label(language) for kind in sorted(entity.kinds) if kind in entities]
    first = _capital(", ".join(kinds) or class_label(cls, entities, language))
    return ", ".join(dict.fromkeys([first, *_belonging(entity, entities, language)]))


def description(beginning: str, entity: Entity, language: str) -> str:
    """Describe a thing in a line: what it is and where, then when it was."""
    parts = [beginning]
    parts += [_validity(entity, language)] if entity.valid_from or entity.valid_to else []
    parts += [_written(min(entity.dates), language)] if entity.dates else []
    return "; ".join(part for part in parts if part)


def places_and_bodies(entity: Entity, entities: Mapping[str, Entity]) -> list[Entity]:
    """Give the units that a thing is in force in, covers or is about, and who issued or runs it."""
    bodies = [entities[term] for term in sorted(entity.bodies) if term in entities]
    places = [entities[term] for term in sorted(entity.places) if term in entities]
    return [*bodies, *(place for place in places if place.eras)]


def _belonging(entity: Entity, entities: Mapping[str, Entity], language: str) -> list[str]:
    """Give where a thing belongs: units above it; else who issued it and what it is for."""
    schemes = (entities[term] for term in sorted(entity.schemes) if term in entities)
    found = list(ancestors(entity, entities)) or [*places_and_bodies(entity, entities), *schemes]
    return list(dict.fromkeys(name for one in found[:_MOST] if (name := _inside(one, language))))


def _inside(entity: Entity, language: str) -> str:
    """Give the label of a thing as inside a sentence: in Vietnamese the type of a unit is small."""
    label = entity.label(language)
    return label[:1].lower() + label[1:] if language == "vi" and entity.eras else label


def _validity(entity: Entity, language: str) -> str:
    begin = _written(min(entity.valid_from), language) if entity.valid_from else ""
    end = _written(_day_before(max(entity.valid_to)), language) if entity.valid_to else ""
    if begin and end:
        return f"{begin} – {end}"
    words = {"vi": ("từ", "đến"), "en": ("since", "until")}[language]
    return f"{words[0]} {begin}" if begin else f"{words[1]} {end}"


@cache
def _day_before(day: str) -> str:
    """Give the last day of a validity, whose end is the first day after it; other precisions stay."""
    return str(date.fromisoformat(day) - timedelta(days=1)) if _FULL_DATE.fullmatch(day) else day


@cache
def _written(day: str, language: str) -> str:
    """Write a date of any precision as people read it."""
    if language == "vi":
        day = _FULL_DATE.sub(r"\3/\2/\1", day)
        return _MONTH.sub(r"\2/\1", day)
    return day


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def provinces(
    terms: Iterable[str], entities: Mapping[str, Entity], successors: Mapping[str, Iterable[str]]
) -> frozenset[str]:
    """Give the provinces, as terms, that some things are or belong to, and those that these became."""
    found: set[str] = set()
    pending = list(terms)
    seen: set[str] = set()
    while pending:
        current = pending.pop()
        here = entities.get(current)
        if current in seen or here is None:
            continue
        seen.add(current)
        if _PROVINCE in here.classes:
            found.add(current)
            pending += successors.get(current, ())
        else:
            pending += [*here.parents, *here.places]
    return frozenset(found)
