"""Queries that bring servers down: what two clients loop over while a third asks something cheap."""

from __future__ import annotations

from typing import Final

from bench.queries.model import PREFIXES

_CROSS_COUNT: Final = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
_CROSS_SORTED: Final = (
    "SELECT ?x ?y WHERE { ?a skos:prefLabel ?x . ?b skos:prefLabel ?y } ORDER BY DESC(CONCAT(?x, ?y))"
)
_REGEX_BOMB: Final = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?a skos:prefLabel ?x . ?b skos:prefLabel ?y . "
    'FILTER(REGEX(CONCAT(?x, ?y, ?x, ?y), "^(([^z]*)*a?){30}(([^z]+)+)+z$", "i")) }'
)
_HUGE_PATH: Final = "SELECT (COUNT(*) AS ?n) WHERE { ?a (!<urn:none>|!^<urn:none>)* ?b }"
_CROSS_ROWS: Final = "SELECT * WHERE { ?a ?p ?b . ?c ?q ?d }"

ABUSIVE: Final[dict[str, str]] = {
    "cross product": PREFIXES + _CROSS_COUNT,
    "ORDER BY over a cross product": PREFIXES + _CROSS_SORTED,
    "regex bomb": PREFIXES + _REGEX_BOMB,
    "huge property path": PREFIXES + _HUGE_PATH,
    "endless rows": PREFIXES + _CROSS_ROWS,
}
"""By what they are; all are valid SPARQL 1.1, and none can end in a reasonable time."""
