"""The guard finds every SERVICE that an engine would call, and none that is only text."""

import re
import socket
from collections.abc import Iterator
from contextlib import suppress

import pyoxigraph
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.query.dataset import Dataset
from graph.query.errors import QuerySyntaxError, ServiceRefusedError, UpdateRefusedError
from graph.query.guard import MAX_DEPTH, prepare
from graph.query.lexer import MAX_NAME, LexicalError, TokenKind, tokens, unescape_codepoints
from graph.query.service_addresses import origin
from graph.query.service_rewriting import rewrite

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
        (
            "VERSION '1.2' BASE <http://b/> PREFIXg: <x/> SELECT * FROM g:a FROM <b> {}",
            Dataset(("http://b/x/a", "http://b/b"), ()),
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


PROLOGUE = [
    *("PREFIX e: <http://127.0.0.2:65530/>", "PREFIX : <http://127.0.0.2:65530/>", "VERSION '1.2'"),
    *("PREFIX e: <http://127.0.0.1:65530/>", "PREFIXe: <http://127.0.0.1:65530/>", 'VERSION"1"', "#\n"),
    *("PREFIX:<http://127.0.0.1:65530/>", "BASE <http://127.0.0.2:65530/>", "BASE<http://127.0.0.1:65530/>"),
    *("PREFIX SILENTe: <http://127.0.0.2:65530/>", "PREFIX SERVICE: <http://127.0.0.2:65530/>"),
    *("PREFIX e: <http://127.0.0.2:65530\\u0040127.0.0.1:65530/>", "PREFIX e: <//127.0.0.1:65530/>"),
]


@pytest.mark.parametrize("name", ["a" * MAX_NAME, "a." * (MAX_NAME // 2), "9" * MAX_NAME, "ạ" * MAX_NAME])
def test_a_name_may_be_long_but_not_endless(name: str) -> None:
    """Reading `a.a.a...` takes quadratic time: every part of it may start a prefixed name."""
    assert next(iter(tokens(name))).start == 0
    with pytest.raises(LexicalError, match="longer than 1000"):
        list(tokens(f"{name}x.x"))


FRAGMENTS = st.sampled_from(
    [
        *(
            "SERVICE",
            "service",
            "SILENT",
            "<http://127.0.0.1:65530/>",
            "<http://127.0.0.2:65530/>",
            "SILENTe:x",
            "LATERAL {",
            "{| ?q 1 |}",
            "~ ?r ",
            "<<( ?a ?b 1 )>>",
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


ALLOWED = "http://127.0.0.2:65530"
GATEWAY = "http://127.0.0.3:65530/secret/"


@pytest.fixture(scope="module")
def trap() -> Iterator[socket.socket]:
    """An address that no query may make the engine call."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener


@settings(max_examples=500, deadline=None)
@given(
    st.lists(st.sampled_from(PROLOGUE), max_size=4).map(" ".join),
    st.lists(FRAGMENTS, min_size=1, max_size=7).map("".join),
)
@example(
    'PREFIX e: <http://127.0.0.2:65530/> VERSION "1" PREFIX e: <http://127.0.0.1:65530/>', "SERVICE e:x{}"
)
@example("PREFIX e: <http://127.0.0.2:65530/> PREFIXe: <http://127.0.0.1:65530/>", "SERVICE e:x{}")
def test_a_rewritten_query_calls_the_gateway_only(trap: socket.socket, prologue: str, middle: str) -> None:
    """Oxigraph is the judge again: nobody is at the gateway, and whoever else is called hears it."""
    text = f"{prologue} SELECT * {{ {middle}\n}}"
    text = text.replace("127.0.0.1:65530", f"127.0.0.1:{trap.getsockname()[1]}")
    try:
        prepared = prepare(text, frozenset({ALLOWED}))
        addresses = [f"{GATEWAY}{number}" for number in range(len(prepared.calls))]
        query = rewrite(prepared.text, prepared.calls, addresses).text
        calls = prepare(query, frozenset({"http://127.0.0.3:65530"})).calls
    except (ServiceRefusedError, QuerySyntaxError, UpdateRefusedError):
        return
    assert [call.iri for call in calls] == addresses
    with suppress(SyntaxError, OSError, RuntimeError):
        list(pyoxigraph.Store().query(query, base_iri="http://e/"))
    with pytest.raises(BlockingIOError):
        trap.accept()


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
        lines = re.split(r"[\r\n]", text[end : token.start])
        assert all(not line.strip(" \t") or line.lstrip(" \t").startswith("#") for line in lines)
        assert text[token.start : token.end] == token.text
        end = token.end


@given(st.text(max_size=40))
def test_unescaping_text_without_escapes_changes_nothing(text: str) -> None:
    if "\\" not in text:
        assert unescape_codepoints(text) == text
