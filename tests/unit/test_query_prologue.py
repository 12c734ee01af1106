"""What is read of a query before it is evaluated: prefixes, dataset, and how deep it is nested."""

import pytest

from graph.query.dataset import Dataset
from graph.query.errors import QuerySyntaxError
from graph.query.guard import MAX_DEPTH, prepare


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
