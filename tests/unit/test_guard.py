"""The guard finds every SERVICE that an engine would call, and none that is only text."""

import pyoxigraph
import pytest

from graph.query.errors import ServiceRefusedError, UpdateRefusedError
from graph.query.guard import prepare
from graph.query.service_addresses import origin

CALL = "SERVICE <http://127.0.0.1:65530/> { ?s ?p ?o }"
CALLS = {
    "plain": f"SELECT * {{ {CALL} }}",
    "lower case": "SELECT * { service <http://127.0.0.1:65530/> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <http://127.0.0.1:65530/> { ?s ?p ?o } }",
    "comment between": "SELECT * { SERVICE # {\n <http://127.0.0.1:65530/> { ?s ?p ?o } }",
    "no space": "SELECT*{SERVICE<http://127.0.0.1:65530/>{?s ?p ?o}}",
    "prefixed name": "PREFIX e: <http://127.0.0.1:65530/> SELECT * { SERVICE e:x { ?s ?p ?o } }",
    "empty prefix, glued": "PREFIX : <http://127.0.0.1:65530/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "glued, also a declared prefix": (
        "PREFIX SERVICE: <http://e/> PREFIX : <http://127.0.0.1:65530/> SELECT * { SERVICE:x { ?s ?p ?o } }"
    ),
    "silent, glued": "PREFIX : <http://127.0.0.1:65530/> SELECT * { SERVICE SILENT:x { ?s ?p ?o } }",
    "variable": "SELECT * { VALUES ?x { <http://127.0.0.1:65530/> } SERVICE ?x { ?s ?p ?o } }",
    "behind a boolean": f"SELECT * {{ ?a ?b true{CALL} }}",
    "behind a boolean, glued name": (
        "PREFIX : <http://127.0.0.1:65530/> SELECT * { ?a ?b trueSERVICE:x { ?s ?p ?o } }"
    ),
    "behind a number": f"SELECT * {{ ?a ?b 1{CALL} }}",
    "behind a full stop": f"SELECT * {{ ?a ?b 1.{CALL} }}",
    "in a nested group": f"SELECT * {{ OPTIONAL {{ {{ {CALL} }} UNION {{ }} }} }}",
    "in EXISTS": f"SELECT * {{ ?s ?p ?o FILTER EXISTS {{ {CALL} }} }}",
    "in a subquery": f"SELECT * {{ {{ SELECT * {{ {CALL} }} }} }}",
    "in CONSTRUCT": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {CALL} }}",
    "less-than that looks like an IRI": (
        "SELECT * { ?a ?b ?c FILTER(?a<?b)SERVICE#>\n<http://127.0.0.1:65530/>{?s ?p ?o} }"
    ),
    "less-than that hides an apostrophe": (
        "SELECT * { ?a ?b ?c FILTER(?a<'x>')SERVICE<http://127.0.0.1:65530/>{?s ?p ?o}#'\n }"
    ),
    "codepoint escape in the keyword": r"SELECT * { \u0053ERVICE <http://127.0.0.1:65530/> { ?s ?p ?o } }",
    "codepoint escape that ends a comment": ("SELECT * { #\\u000A" + CALL + "\n } # \\u0041"),
    "behind a long string": f'SELECT * {{ ?a ?b """x""y"""{CALL} }}',
    "behind a string with an escaped quote": f'SELECT * {{ ?a ?b "x\\""{CALL} }}',
    "a name glued to SILENT": (
        "PREFIX SILENTx: <https://allowed.example/> PREFIX x: <http://127.0.0.1:65530/> "
        "SELECT * { SERVICE SILENTx:y { ?s ?p ?o } }"
    ),
    "SERVICE and SILENT glued": "SELECT * { SERVICESILENT<http://127.0.0.1:65530/> { ?s ?p ?o } }",
    "redeclared behind a version": (
        'PREFIX s: <https://allowed.example/> VERSION "1.2" PREFIX s: <http://127.0.0.1:65530/> '
        "SELECT * { SERVICE s: { ?s ?p ?o } }"
    ),
    "redeclared by a glued prefix": (
        "PREFIX s: <https://allowed.example/> PREFIXs: <http://127.0.0.1:65530/> "
        "SELECT * { SERVICE s: { ?s ?p ?o } }"
    ),
    "redeclared by the empty prefix, glued": (
        "PREFIX : <https://allowed.example/> PREFIX:<http://127.0.0.1:65530/> "
        "SELECT * { SERVICE :x { ?s ?p ?o } }"
    ),
    "in LATERAL": f"SELECT * {{ ?s ?p ?o LATERAL {{ {CALL} }} }}",
    "behind an annotation": f"SELECT * {{ ?s ?p ?o ~ ?r {{| ?q 1 |}} . {CALL} }}",
    "behind a triple term": f"SELECT * {{ ?s ?p <<( ?a ?b 'x' )>>{CALL} }}",
    "behind a reified triple": f"SELECT * {{ << ?a ?b ?c ~ ?r >>{CALL} }}",
    "behind a direction": f"SELECT * {{ ?s ?p 'x'@en--ltr {CALL} }}",
    "behind an IRI with an apostrophe": f"SELECT * {{ ?a <http://e/it's> 'x' . {CALL} }}",
}


TEXTS = {
    "comment": "SELECT * { # SERVICE <http://e/> { }\n ?s ?p ?o }",
    "string": 'SELECT * { ?s ?p "SERVICE <http://e/> { }" }',
    "single-quoted string": "SELECT * { ?s ?p 'SERVICE <http://e/> { }' }",
    "long string": 'SELECT * { ?s ?p """a\n" SERVICE <http://e/> { } """ }',
    "long single-quoted string": "SELECT * { ?s ?p '''a\n' SERVICE <http://e/> { } ''' }",
    "escaped quote": r'SELECT * { ?s ?p "a\" SERVICE <http://e/> { }" }',
    "IRI": "SELECT * { ?s <http://service/SERVICE> ?o }",
    "IRI with a query": "SELECT * { ?s <http://e/service?x> ?o FILTER(?o = <http://e/a-service?x>) }",
    "relative IRI": "SELECT * { <service> <a/service?x> <#service> }",
    "local name": "PREFIX e: <http://e/> SELECT * { ?s e:service e:SERVICE }",
    "prefix": "PREFIX service: <http://e/> SELECT * { ?s service:x service:y . GRAPH service:g { ?a ?b 1 } }",
    "variable": "SELECT ?service { ?service ?p $SERVICE }",
    "blank node": "SELECT * { _:service ?p _:SERVICE }",
    "language tag": 'SELECT * { ?s ?p "x"@en-SERVICE }',
    "comparison of strings": "SELECT * { ?s ?p ?o FILTER(?o < 'SERVICE <http://e/> {}' && ?s > ?p) }",
    "no-space comparison": "SELECT * { ?s ?p ?o FILTER(?o<?p&&?o>'service') }",
    "filter without spaces": "PREFIX e: <http://e/> SELECT * { FILTER(?x<e:service&&?y>?z) }",
    "Vietnamese": "SELECT * { ?s ?p 'dịch vụ công SERVICE <http://e/> {'@vi }",
    "class name": "PREFIX e: <http://e/> SELECT ?x { ?x a e:PublicService ; e:serviceType ?t }",
}


@pytest.mark.parametrize("query", CALLS.values(), ids=CALLS)
def test_a_call_of_another_server_is_refused(query: str) -> None:
    with pytest.raises(ServiceRefusedError):
        prepare(query, frozenset({"https://allowed.example"}))


@pytest.mark.parametrize(
    "between", ["", "#", " . ", "'x'", "FILTER(?a<?b)", "FILTER(1 < 2)", "?s ?p 'SERVICE <http://e/> {}' ."]
)
def test_a_call_is_found_where_it_stands(between: str) -> None:
    query = (
        f"PREFIX w: <https://allowed.example/>\nSELECT * {{ {between}\nSERVICE SILENT w:é {{ ?s ?p ?o }} }}"
    )
    [call] = prepare(query, frozenset({"https://allowed.example"})).calls
    assert query[call.start : call.end] == "w:é"
    assert (call.iri, call.silent) == ("https://allowed.example/é", True)


def test_a_call_that_engines_may_read_in_two_ways_is_refused() -> None:
    query = "SELECT * { VALUES (?x ?y) {(1 <;SERVICE#>\n<https://allowed.example/>)} }"
    with pytest.raises(ServiceRefusedError, match="spaces around"):
        prepare(query, frozenset({"https://allowed.example"}))


@pytest.mark.parametrize("escape", [r"\u0009", r"\u0020", r"\u007C", r"\u0040evil.example/", r"\u005C"])
def test_an_address_with_characters_that_no_iri_has_is_refused(escape: str) -> None:
    with pytest.raises(ServiceRefusedError):
        prepare(
            f"ASK {{ SERVICE <https://allowed.example{escape}> {{}} }}",
            frozenset({"https://allowed.example"}),
        )


@pytest.mark.parametrize("query", TEXTS.values(), ids=TEXTS)
def test_the_word_service_as_text_is_no_call(query: str) -> None:
    assert prepare(query).text == query


@pytest.mark.parametrize("query", TEXTS.values(), ids=TEXTS)
def test_the_queries_with_the_word_as_text_are_queries(query: str) -> None:
    pyoxigraph.Store().query(query, base_iri="http://e/")


@pytest.mark.parametrize(
    ("query", "refused"),
    [
        ("SELECT * { SERVICE <https://query.wikidata.org/sparql> { ?s ?p ?o } }", False),
        ("SELECT * { SERVICE SILENT <https://query.wikidata.org:443/sparql> { ?s ?p ?o } }", False),
        ("PREFIX w: <https://query.wikidata.org/> SELECT * { SERVICE w:sparql { ?s ?p ?o } }", False),
        ("SELECT * { SERVICE <http://query.wikidata.org/sparql> { ?s ?p ?o } }", True),
        ("SELECT * { SERVICE <https://query.wikidata.org.evil.example/> { ?s ?p ?o } }", True),
        ("SELECT * { SERVICE <https://query.wikidata.org:8443/> { ?s ?p ?o } }", True),
        ("SELECT * { SERVICE <https://query.wikidata.org@evil.example/> { ?s ?p ?o } }", True),
        ("SELECT * { SERVICE <sparql> { ?s ?p ?o } }", True),
        ("SELECT * { SERVICE ?any { ?s ?p ?o } }", True),
        (
            "SELECT * { SERVICE <https://query.wikidata.org/> { ?s ?p ?o } SERVICE <http://e/> { ?s ?p 1 } }",
            True,
        ),
        (
            "PREFIX w: <https://query.wikidata.org/> PREFIX w: <http://e/> SELECT * { SERVICE w:a { } }",
            True,
        ),
    ],
)
def test_only_the_full_origin_of_the_allow_list_may_be_called(query: str, refused: bool) -> None:
    allowed = frozenset({"https://query.wikidata.org"})
    if refused:
        with pytest.raises(ServiceRefusedError):
            prepare(query, allowed)
    else:
        assert prepare(query, allowed).text == query


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <http://a> <http://b> 1 }",
        "PREFIX e: <http://e/> # SELECT\n DELETE WHERE { ?s ?p ?o }",
        "load <http://e/>",
        "BASE <http://e/> CLEAR ALL",
        'VERSION "1.2" INSERT DATA { <http://a> <http://b> 1 }',
        "PREFIXe: <http://e/> CLEAR ALL",
        "WITH <http://g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused_as_update(update: str) -> None:
    with pytest.raises(UpdateRefusedError):
        prepare(update)


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("https://E.example/x", "https://e.example"),
        ("https://e.example:443/x", "https://e.example"),
        ("http://e.example:443/x", "http://e.example:443"),
        ("http://[::1]:80/", "http://[::1]"),
        ("ftp://e.example/", None),
        ("https://user@e.example/", None),
        ("https://e.example:port/", None),
        ("/relative", None),
    ],
)
def test_origin_of_an_iri(iri: str, expected: str | None) -> None:
    assert origin(iri) == expected
