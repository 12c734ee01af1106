"""SERVICE is refused before anything is called."""

from __future__ import annotations

import socket

import httpx
import pytest
from answer_support import problem


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <{server}> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <{server}> { ?s ?p ?o } }",
        "PREFIX : <{server}> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { ?a ?b ?c FILTER(?a<?b)SERVICE#>\n<{server}>{?s ?p ?o} }",
        "SELECT * { VALUES ?x { <{server}> } SERVICE ?x { ?s ?p ?o } }",
    ],
)
def test_service_is_403_and_no_connection_is_made(http: httpx.Client, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        problem(
            http.post("/sparql", data={"query": query.replace("{server}", address)}), 403, "service-refused"
        )
        with pytest.raises(TimeoutError):
            listener.accept()


def test_the_word_service_in_a_string_is_no_call(http: httpx.Client) -> None:
    response = http.get("/sparql", params={"query": 'ASK { FILTER(STRLEN("SERVICE <http://e/> {}") > 0) }'})
    assert response.json()["boolean"] is True
