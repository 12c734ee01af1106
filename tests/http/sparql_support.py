"""What the tests of the SPARQL endpoint ask, and what they expect of every answer."""

from __future__ import annotations

import httpx

QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
THAI_NGUYEN = "<https://w3id.org/vndx/id/unit/2025/19>"
CODE = f"SELECT ?code {{ {THAI_NGUYEN} <https://w3id.org/vndx/ontology#code> ?code }}"
CONSTRUCT = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o . FILTER(?s = {THAI_NGUYEN}) }}"
CROSS_PRODUCT = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ENDLESS = f"SELECT (COUNT(*) AS ?n) {CROSS_PRODUCT}"
UNITS = "https://w3id.org/vndx/graph/table/units"
CONCEPTS = "https://w3id.org/vndx/graph/concepts"
LARGE = "SELECT * { ?s ?p ?o . ?s2 <http://e/p> ?o2 } LIMIT 1000000"


def code_of(response: httpx.Response) -> str:
    assert response.status_code == 200, response.text
    value = response.json()["results"]["bindings"][0]["code"]["value"]
    assert isinstance(value, str)
    return value
