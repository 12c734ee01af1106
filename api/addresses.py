"""From IRIs to the addresses of their documents and back, independent of how a request named the host."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from graph.model.namespaces import BASE
from graph.model.text import strip_marks

ENTITY_KINDS: Final = ("id", "concept", "graph")
"""The first parts of IRIs below the base; ``id/X`` has its documents at ``/data/X``, others keep the part."""

_KEY: Final = re.compile(r"[a-z0-9._/\-]*")
_NOT_KEY: Final = re.compile(r"[^a-z0-9._/\-]+")
_BASES: Final = re.compile(rf"https?://{re.escape(BASE.partition('://')[2])}", re.IGNORECASE)


class Addresses:
    """The addresses of a service.

    Args:
        public_root: where the world sees the service, without a slash at its end; with none, addresses
            are paths, which hold wherever it is seen.

    """

    def __init__(self, public_root: str = "") -> None:
        self.root = public_root
        self.path = urlsplit(public_root).path

    def identity(self, name: str) -> str:
        """Give the address at which the entity with a document name is identified, on this host."""
        kind = name.partition("/")[0]
        return f"{self.root}/{'' if kind in ENTITY_KINDS and kind != 'id' else 'id/'}{_quoted(name)}"

    def page(self, name: str) -> str:
        """Give the address of the page of the entity with a document name."""
        return f"{self.root}/page/{_quoted(name)}"

    def data(self, name: str, extension: str = "") -> str:
        """Give the address of a document of an entity, in the format of an extension."""
        return f"{self.root}/data/{_quoted(name)}" + (f".{extension}" if extension else "")

    def at(self, path: str) -> str:
        """Give the address of a path of ours, e.g. ``/ontology``."""
        return self.root + path


def iri_of(name: str) -> str:
    """Give the IRI whose documents have a name: ``unit/2025/19`` or ``concept/pillar/digital-society``."""
    kind = name.partition("/")[0]
    return BASE + name if kind in ENTITY_KINDS and kind != "id" else f"{BASE}id/{name}"


def name_of(iri: str) -> str | None:
    """Give the name of the documents of an IRI, None if it is none that we describe.

    A fragment belongs to the document of what it is a part of.
    """
    local = iri.removeprefix(BASE).partition("#")[0]
    kind, _, rest = local.partition("/")
    if not iri.startswith(BASE) or kind not in ENTITY_KINDS or not rest:
        return None
    return rest if kind == "id" else local


def canonical_name(name: str) -> str:
    """Give the one spelling of a document name: ASCII in lower case, no slash at its ends.

    Takes the spellings that people and programs send: upper case, Vietnamese letters in either
    normalization form, percent-encoded once more than needed, a whole IRI of ours, slashes at the ends.
    """
    plain = name if _KEY.fullmatch(name) else unquote(name)
    plain = _BASES.sub("", plain)
    folded = strip_marks(plain).lower().strip("/ ")
    return _NOT_KEY.sub("-", folded).removeprefix("id/")


def _quoted(name: str) -> str:
    return quote(name, safe="/-._~")
