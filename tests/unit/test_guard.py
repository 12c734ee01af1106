"""The guard finds every SERVICE that an engine would call, and none that is only text."""

import pyoxigraph
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.query.dataset import Dataset
from graph.query.errors import QuerySyntaxError, ServiceRefusedError, UpdateRefusedError
from graph.query.guard import MAX_DEPTH, origin, prepare
from graph.query.lexer import LexicalError, TokenKind, tokens, unescape_codepoints

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
        prepare(query)


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
        "WITH <http://g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused_as_update(update: str) -> None:
    with pytest.raises(UpdateRefusedError):
        prepare(update)


def test_prefixes_of_the_prologue_are_read() -> None:
    query = (
        "BASE <http://b/> # PREFIX no: <http://no/>\nPREFIX e: <http://e/> prefix : <http://d/> SELECT * {}"
    )
    assert prepare(query).prefixes == {"e": "http://e/", "": "http://d/"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * FROM <http://e/> { }", Dataset(("http://e/",), ())),
        ("select * from named <http://e/> { }", Dataset((), ("http://e/",))),
        (
            "PREFIX g: <http://g/> BASE <http://b/> SELECT * FROM g:a FROM <b> FROM NAMED <http://e/> {}",
            Dataset(("http://g/a", "http://b/b"), ("http://e/",)),
        ),
        ("CONSTRUCT { ?s ?p ?o } FROM <http://e/> WHERE { ?s ?p ?o }", Dataset(("http://e/",), ())),
        ("DESCRIBE <http://e/from>", None),
        ('SELECT * { ?from ?p "FROM <http://e/>" } # FROM', None),
        ("PREFIX from: <http://e/> SELECT ?from { ?from from:from ?x }", None),
    ],
)
def test_the_dataset_clauses_are_read(query: str, expected: Dataset | None) -> None:
    assert prepare(query).dataset == expected


def test_a_graph_behind_from_with_an_undeclared_prefix_is_a_syntax_error() -> None:
    with pytest.raises(QuerySyntaxError, match="behind FROM"):
        prepare("SELECT * FROM no:such {}")


def test_codepoint_escapes_outside_strings_are_replaced() -> None:
    assert prepare(r"\u0053ELECT ?x { ?x a ?\u0079 }").text == "SELECT ?x { ?x a ?y }"


def test_codepoint_escapes_in_strings_are_left_to_the_engine() -> None:
    query = r'SELECT ("\u0022" AS ?x) {}'
    assert prepare(query).text == query


def test_deep_nesting_is_a_syntax_error_with_its_place() -> None:
    depth = MAX_DEPTH + 1
    with pytest.raises(QuerySyntaxError) as raised:
        prepare("SELECT * " + "{" * depth + "}" * depth)
    assert (raised.value.line, raised.value.column) == (1, len("SELECT * ") + depth)


def test_many_shallow_brackets_are_no_deep_nesting() -> None:
    query = "SELECT * { VALUES (?x) { " + "(1) " * (MAX_DEPTH * 3) + "} }"
    assert prepare(query).text == query


def test_brackets_in_strings_do_not_count() -> None:
    query = f'SELECT ("{"(" * (MAX_DEPTH + 9)}" AS ?x) {{}}'
    assert prepare(query).text == query


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


def test_tokens_of_each_kind() -> None:
    text = "<a> 'b' _:c d:e ?f @en-GB 1.5e3 .5 WORD {"
    assert [token.kind for token in tokens(text)] == [
        TokenKind.IRI,
        TokenKind.STRING,
        TokenKind.BLANK_NODE,
        TokenKind.PREFIXED_NAME,
        TokenKind.VARIABLE,
        TokenKind.LANGUAGE_TAG,
        TokenKind.NUMBER,
        TokenKind.NUMBER,
        TokenKind.WORD,
        TokenKind.PUNCTUATION,
    ]


def test_an_unclosed_string_is_a_lexical_error_at_its_quotation_mark() -> None:
    with pytest.raises(LexicalError) as raised:
        list(tokens('SELECT "abc'))
    assert raised.value.position == 7


FRAGMENTS = st.sampled_from(
    [
        *(
            "SERVICE",
            "service",
            "SILENT",
            "<http://127.0.0.1:65530/>",
            "e:x",
            ":x",
            "?v",
            "SERVICE:x",
            "true",
        ),
        *(
            "{",
            "}",
            "(",
            ")",
            "<",
            ">",
            "<<",
            "<<(",
            ")>>",
            "#",
            "\n",
            " ",
            " ",
            "'",
            '"',
            '"""',
            "'''",
            "\\",
        ),
        *("?a ?b ?c", "?a ?b 1", "FILTER(?a<?b)", "FILTER(?a<'x>')", "OPTIONAL", "GRAPH ?g", ".", ";", ","),
        *(
            "{?s ?p ?o}",
            "FILTER",
            "BIND(1 AS ?z)",
            "VALUES ?x {1}",
            "@en",
            "_:b",
            "1",
            "1.",
            "1e5",
            "'a'",
            '"b"',
        ),
        *("\\u0053", "\\'", "\\u0022", "?s<http://e/p>", "e:", "#>\n", "/", "-", "!", "||", "^", "~", "[]"),
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.lists(FRAGMENTS, min_size=1, max_size=9).map("".join))
@example("?a ?b ?c FILTER(?a<?b)SERVICE#>\n<http://127.0.0.1:65530/>{?s ?p ?o}")
def test_what_the_guard_lets_through_oxigraph_does_not_call(middle: str) -> None:
    """Oxigraph is the judge: it connects to a closed port, or says that the service is unbound."""
    query = (
        "PREFIX e: <http://127.0.0.1:65530/> PREFIX : <http://127.0.0.1:65530/> SELECT * { " + middle + "\n}"
    )
    try:
        prepared = prepare(query).text
    except (ServiceRefusedError, QuerySyntaxError):
        return
    store = pyoxigraph.Store()
    quad = pyoxigraph.Quad(*[pyoxigraph.NamedNode("http://e/p")] * 3, pyoxigraph.NamedNode("http://e/g"))
    store.add(quad)
    try:
        answer = store.query(prepared, base_iri="http://e/", use_default_graph_as_union=True)
        list(answer) if isinstance(answer, pyoxigraph.QuerySolutions) else None
    except SyntaxError:
        return
    except (OSError, RuntimeError) as error:
        pytest.fail(f"the engine called a server: {error} in {query}")


@given(st.text(max_size=60))
def test_telling_tokens_apart_loses_no_character(text: str) -> None:
    try:
        found = list(tokens(text))
    except LexicalError as error:
        quotation_mark = text[error.position]
        if quotation_mark not in "\"'":
            pytest.fail(f"{error.position} is no quotation mark")
        return
    end = 0
    for token in found:
        between = text[end : token.start]
        assert all(
            line.lstrip(" \t").startswith("#") or not line.strip(" \t") for line in between.splitlines()
        )
        assert text[token.start : token.end] == token.text
        end = token.end


@given(st.text(max_size=40))
def test_unescaping_text_without_escapes_changes_nothing(text: str) -> None:
    if "\\" not in text:
        assert unescape_codepoints(text) == text
