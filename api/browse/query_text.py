"""The SPARQL query behind a page of a collection, as a person would write it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from api.collections.collection import Collection
from api.collections.paths import LABEL
from graph.model.namespaces import PREFIXES

_LIMIT: Final = 1000
# A string comes first: an IRI within one is no IRI.
_TOKENS: Final = re.compile(r'"(?:[^"\\]|\\.)*"|<[^<>"{}|^`\\\s]*>')
_LOCAL: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_\-]*")


def readable_query(collection: Collection, conditions: Sequence[str], language: str) -> str:
    """Write the query for the items of all pages, with their labels.

    Args:
        collection: of the page.
        conditions: graph patterns about ``?id``.
        language: of the labels.

    """
    patterns = [f"?id a {collection.cls} .", *conditions]
    label = f'OPTIONAL {{ ?id {LABEL} ?label FILTER(LANG(?label) = "{language}") }}'
    body = "\n".join(f"  {pattern}" for pattern in (*patterns, label))
    text = f"SELECT ?id ?label WHERE {{\n{body}\n}}\nORDER BY ?label\nLIMIT {_LIMIT}\n"
    used: dict[str, str] = {}
    short = _TOKENS.sub(lambda token: _shortened(token[0], used), text)
    head = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(used.items()))
    return f"{head}\n{short}"


def _shortened(token: str, used: dict[str, str]) -> str:
    if token.startswith('"'):
        return token
    iri = token[1:-1]
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and _LOCAL.fullmatch(local):
            used[prefix] = namespace
            return f"{prefix}:{local}"
    return token
