"""The query set: families of every kind that the design names, over the vocabulary of VNDX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bench.queries.model import SLOT, Constants, Family, Group, Template

_POINTS: Final = (
    Template(
        "label",
        Group.POINT,
        f"SELECT ?label WHERE {{ <{SLOT}> skos:prefLabel ?label }}",
        Constants.COMMUNE,
    ),
    Template("all-of-one", Group.POINT, f"SELECT ?p ?o WHERE {{ <{SLOT}> ?p ?o }}", Constants.COMMUNE),
    Template("pointing-at", Group.POINT, f"SELECT ?s ?p WHERE {{ ?s ?p <{SLOT}> }}", Constants.COMMUNE),
    Template(
        "by-code",
        Group.POINT,
        f'SELECT ?unit ?name WHERE {{ ?unit vndx:code "{SLOT}" ; vndx:name ?name }}',
        Constants.CODE,
    ),
    Template("ask", Group.POINT, f"ASK {{ <{SLOT}> a vndx:Document }}", Constants.DOCUMENT),
)

_STARS: Final = (
    Template(
        "unit-star",
        Group.STAR,
        f"""\
SELECT ?name ?type ?parent ?from ?area ?lat ?long WHERE {{
  <{SLOT}> vndx:name ?name ; vndx:unitType/skos:prefLabel ?type ; vndx:partOf/skos:prefLabel ?parent .
  FILTER(LANG(?type) = "vi" && LANG(?parent) = "vi")
  OPTIONAL {{ <{SLOT}> vndx:validFrom ?from }}
  OPTIONAL {{ <{SLOT}> vndx:areaKm2 ?area }}
  OPTIONAL {{ <{SLOT}> geo:lat ?lat ; geo:long ?long }}
}}""",
        Constants.COMMUNE,
    ),
    Template(
        "statement-star",
        Group.STAR,
        f"""\
SELECT ?indicator ?about ?value ?words ?source WHERE {{
  <{SLOT}> vndx:indicator/skos:prefLabel ?indicator ; vndx:about ?about .
  FILTER(LANG(?indicator) = "vi")
  OPTIONAL {{ <{SLOT}> vndx:value ?value }}
  OPTIONAL {{ <{SLOT}> vndx:hasEvidence/oa:hasSelector/oa:exact ?words }}
  OPTIONAL {{ <{SLOT}> vndx:statedIn ?source }}
}}""",
        Constants.OBSERVATION,
    ),
)

_JOINS: Final = (
    Template(
        "join-3-count",
        Group.JOIN,
        """\
SELECT (COUNT(*) AS ?n) WHERE {
  ?transfer vndx:fromUnit ?former ; vndx:toUnit ?new .
  ?former vndx:partOf ?formerParent .
  ?new vndx:partOf ?newParent .
}""",
    ),
    Template(
        "join-6-of-province",
        Group.JOIN,
        f"""\
SELECT (COUNT(DISTINCT ?former) AS ?n) WHERE {{
  ?new vndx:partOf <{SLOT}> ; vndx:unitType ?type .
  ?transfer vndx:toUnit ?new ; vndx:fromUnit ?former .
  ?version vndx:versionOf ?former ; vndx:officialName ?name .
}}""",
        Constants.PROVINCE,
    ),
    Template(
        "join-not-exists",
        Group.JOIN,
        """\
SELECT (COUNT(?unit) AS ?n) WHERE {
  ?unit a vndx:Commune ; vndx:era <https://w3id.org/vndx/concept/era/2004> .
  FILTER NOT EXISTS { ?transfer vndx:fromUnit ?unit }
}""",
    ),
    Template(
        "join-evidence",
        Group.JOIN,
        """\
SELECT (COUNT(*) AS ?n) WHERE {
  ?statement vndx:indicator ?indicator ; vndx:about ?about ; vndx:hasEvidence ?evidence .
  ?evidence oa:hasSelector ?selector ; oa:hasSource ?text .
  ?selector oa:exact ?words .
  ?about skos:prefLabel ?label . FILTER(LANG(?label) = "vi")
}""",
    ),
)

_AGGREGATES: Final = (
    Template(
        "group-by-parent",
        Group.AGGREGATE,
        """\
SELECT ?parent (COUNT(?unit) AS ?units) (SUM(?area) AS ?total) WHERE {
  ?unit a vndx:Commune ; vndx:partOf ?parent ; vndx:areaKm2 ?area .
} GROUP BY ?parent ORDER BY DESC(?units) ?parent""",
    ),
    Template(
        "group-by-type-and-era",
        Group.AGGREGATE,
        """\
SELECT ?era ?label (COUNT(*) AS ?n) WHERE {
  ?unit vndx:era ?era ; vndx:unitType ?type .
  ?type skos:prefLabel ?label . FILTER(LANG(?label) = "vi")
} GROUP BY ?era ?label ORDER BY ?era ?label""",
    ),
    Template(
        "count-by-class",
        Group.AGGREGATE,
        "SELECT ?class (COUNT(?thing) AS ?n) WHERE { ?thing a ?class } GROUP BY ?class",
    ),
    Template(
        "count-by-graph",
        Group.AGGREGATE,
        "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        every_graph=True,
    ),
)

_PATHS: Final = (
    Template(
        "path-up",
        Group.PATH,
        f"SELECT ?whole WHERE {{ <{SLOT}> vndx:partOf+ ?whole }}",
        Constants.COMMUNE,
    ),
    Template(
        "path-down-count",
        Group.PATH,
        f"SELECT (COUNT(?part) AS ?n) WHERE {{ ?part vndx:partOf+ <{SLOT}> }}",
        Constants.PROVINCE,
    ),
    Template(
        "path-succession",
        Group.PATH,
        f"""\
SELECT ?end ?label WHERE {{
  <{SLOT}> (vndx:succeededBy|^vndx:succeeds)* ?end . ?end skos:prefLabel ?label
}}""",
        Constants.COMMUNE,
    ),
    Template(
        "path-all-pairs",
        Group.PATH,
        "SELECT (COUNT(*) AS ?n) WHERE { ?part vndx:partOf+ ?whole }",
    ),
)

_TEXTS: Final = (
    Template(
        "text-contains",
        Group.TEXT,
        f"""\
SELECT ?thing ?label WHERE {{
  ?thing skos:prefLabel ?label . FILTER(CONTAINS(LCASE(?label), LCASE("{SLOT}")))
}}""",
        Constants.NAME,
    ),
    Template(
        "text-regex",
        Group.TEXT,
        f"""\
SELECT ?unit ?name WHERE {{
  ?unit vndx:officialName ?name . FILTER(REGEX(?name, "{SLOT}$", "i"))
}}""",
        Constants.NAME,
    ),
    Template(
        "text-exact",
        Group.TEXT,
        f'SELECT ?unit WHERE {{ ?unit vndx:name "{SLOT}"@vi }}',
        Constants.NAME,
    ),
)

_LARGE: Final = (
    Template("40k-rows", Group.LARGE, "SELECT ?thing ?label WHERE { ?thing skos:prefLabel ?label }"),
    Template(
        "17k-rows-sorted",
        Group.LARGE,
        """\
SELECT ?version ?name ?from WHERE {
  ?version vndx:versionOf ?unit ; vndx:officialName ?name . OPTIONAL { ?version vndx:validFrom ?from }
} ORDER BY ?name ?version""",
    ),
    Template(
        "construct",
        Group.LARGE,
        """\
CONSTRUCT { ?unit vndx:name ?name ; vndx:partOf ?parent ; vndx:unitType ?type } WHERE {
  ?unit a vndx:Commune ; vndx:name ?name ; vndx:partOf ?parent ; vndx:unitType ?type
}""",
        graph=True,
    ),
)

TEMPLATES: Final[tuple[Template, ...]] = (
    *_POINTS,
    *_STARS,
    *_JOINS,
    *_AGGREGATES,
    *_PATHS,
    *_TEXTS,
    *_LARGE,
)


def families(constants: Mapping[Constants, Sequence[str]]) -> tuple[Family, ...]:
    """Make the query set with constants of the data.

    Args:
        constants: IRIs (or literals) for each kind.

    Raises:
        ValueError: if a kind that a query needs has no values.

    """
    return tuple(
        template.fill(tuple(constants.get(template.constants, ())) if template.constants else ())
        for template in TEMPLATES
    )
