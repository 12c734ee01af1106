"""Registers of places elsewhere, to which units are linked: the form of their identifiers, and their IRIs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode


@dataclass(frozen=True)
class PlaceRegister:
    """A set of places with IRIs: the form of its identifiers, an example, and the IRI around one."""

    form: re.Pattern[str]
    example: str
    prefix: str
    suffix: str = ""

    def node(self, identifier: str) -> NamedNode:
        """Give the IRI of a place from its identifier."""
        return NamedNode(f"{self.prefix}{identifier}{self.suffix}")

    def identifier(self, iri: str) -> str | None:
        """Give the identifier of a place from its IRI, None if the IRI is none of this register."""
        if not (iri.startswith(self.prefix) and iri.endswith(self.suffix)):
            return None
        found = iri.removeprefix(self.prefix).removesuffix(self.suffix)
        return found if self.form.fullmatch(found) else None


_NUMBER: Final = re.compile(r"[1-9][0-9]*")

WIKIDATA: Final = PlaceRegister(re.compile(r"Q[1-9][0-9]*"), "Q26575", "http://www.wikidata.org/entity/")
GEONAMES: Final = PlaceRegister(_NUMBER, "1905497", "https://sws.geonames.org/", "/")
OPENSTREETMAP: Final = PlaceRegister(_NUMBER, "1903340", "https://www.openstreetmap.org/relation/")
WHOS_ON_FIRST: Final = PlaceRegister(_NUMBER, "85680593", "https://spelunker.whosonfirst.org/id/", "/")
