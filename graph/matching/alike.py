"""Names that differ from what is written by typing errors, looked for where the unit must lie if known."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from graph.matching.gazetteer import Gazetteer, NameEntry
from graph.matching.spelling import bare

_ALIKE_PERCENT: Final = 72
_MOST: Final = 25
_SHORTEST: Final = 3
_MOST_PLACES: Final = 200


class AlikeNames:
    """Finds names of units by their likeness.

    Args:
        gazetteer: of all units.

    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._names_in = lru_cache(maxsize=_MOST_PLACES)(self._read_names_in)

    def near(self, name: str, places: Iterable[str]) -> list[NameEntry]:
        """Give the entries whose name is like one, but not the same, the most alike names first.

        Args:
            name: as it is written, without type words.
            places: the IRIs of units in which the unit, or around which it, lies; none if that is unknown.

        """
        key = bare(name)
        if len(key) < _SHORTEST:
            return []
        found: dict[NameEntry, None] = {}
        for names in [self._names_in(place) for place in places] or [self._all_names]:
            near = process.extract(
                key, names, scorer=fuzz.ratio, processor=None, score_cutoff=_ALIKE_PERCENT, limit=_MOST
            )
            for alike, _, _ in near:
                if alike != key:
                    found |= dict.fromkeys(self._gazetteer.by_bare_name[alike])
        return list(found)

    @cached_property
    def _all_names(self) -> list[str]:
        return list(self._gazetteer.by_bare_name)

    def _read_names_in(self, iri: str) -> list[str]:
        """Give the names of what ever lay in a unit, and of what that ever lay in."""
        units = {iri: self._gazetteer.units[iri]}
        units |= {unit.iri: unit for unit in self._gazetteer.descendants.get(iri, ())}
        for version in self._gazetteer.units[iri].versions:
            units |= {unit.iri: unit for unit in self._gazetteer.ancestors(version)}
        names = {bare(version.name) for unit in units.values() for version in unit.versions}
        aliases = {bare(alias) for unit in units.values() for alias in unit.aliases}
        return sorted(names | aliases)
