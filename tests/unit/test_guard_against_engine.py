"""What the guard lets through, judged by the engine itself: no call but to the gateway."""

import socket
from collections.abc import Iterator
from contextlib import suppress

import pyoxigraph
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.query.errors import QuerySyntaxError, ServiceRefusedError, UpdateRefusedError
from graph.query.guard import prepare
from graph.query.service_rewriting import rewrite

PROLOGUE = [
    *("PREFIX e: <http://127.0.0.2:65530/>", "PREFIX : <http://127.0.0.2:65530/>", "VERSION '1.2'"),
    *("PREFIX e: <http://127.0.0.1:65530/>", "PREFIXe: <http://127.0.0.1:65530/>", 'VERSION"1"', "#\n"),
    *("PREFIX:<http://127.0.0.1:65530/>", "BASE <http://127.0.0.2:65530/>", "BASE<http://127.0.0.1:65530/>"),
    *("PREFIX SILENTe: <http://127.0.0.2:65530/>", "PREFIX SERVICE: <http://127.0.0.2:65530/>"),
    *("PREFIX e: <http://127.0.0.2:65530\\u0040127.0.0.1:65530/>", "PREFIX e: <//127.0.0.1:65530/>"),
]


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
