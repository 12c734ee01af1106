"""``vndx query``: SPARQL on the current snapshot, without a server."""

from __future__ import annotations

import sys
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from graph.cli.options import EXIT_DATA, Home, fail, home_of, machine_errors
from graph.cli.result_table import solutions_table
from graph.model.namespaces import BASE, PREFIXES

app = typer.Typer()


class Format(StrEnum):
    """Forms of an answer."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TTL = "ttl"
    NT = "nt"
    TRIG = "trig"
    RDF = "rdf"
    JSONLD = "jsonld"


_RESULTS = {
    Format.CSV: QueryResultsFormat.CSV,
    Format.TSV: QueryResultsFormat.TSV,
    Format.JSON: QueryResultsFormat.JSON,
    Format.XML: QueryResultsFormat.XML,
}
_GRAPHS = {
    Format.TTL: RdfFormat.TURTLE,
    Format.NT: RdfFormat.N_TRIPLES,
    Format.TRIG: RdfFormat.TRIG,
    Format.RDF: RdfFormat.RDF_XML,
    Format.JSONLD: RdfFormat.JSON_LD,
}


@app.command("query")
def query_command(
    query: Annotated[
        str | None, typer.Argument(help="The query; - reads it from standard input.", show_default=False)
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", "-f", help="A file with the query.", exists=True, dir_okay=False),
    ] = None,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="Default: a table for SELECT, true or false for ASK, Turtle for CONSTRUCT and DESCRIBE.",
            show_default=False,
        ),
    ] = None,
    home: Home = None,
    snapshot: Annotated[
        str | None, typer.Option(help="Ask this snapshot, not the current one.", show_default=False)
    ] = None,
) -> None:
    """Run a SPARQL 1.1 query on the current snapshot, without a server.

    A plain pattern sees all data; GRAPH ?g { ... } tells which table or text states it. The prefixes
    vndx:, id:, concept:, graph:, skos:, rdfs:, prov:, oa: ... are declared already.

    \b
    Examples:
      vndx query 'SELECT ?name { ?p a vndx:Province ; vndx:era <https://w3id.org/vndx/concept/era/2025> ;
                                 skos:prefLabel ?name FILTER(lang(?name) = "vi") } ORDER BY ?name'
      vndx query 'ASK { <https://w3id.org/vndx/id/platform/c-thai-nguyen> a vndx:Platform }'
      vndx query -f questions.rq --format csv > answers.csv
      vndx query 'DESCRIBE <https://w3id.org/vndx/id/unit/2025/19>' --format ttl
    """  # noqa: D301
    text = _text(query, file)
    place = home_of(home)
    with machine_errors(place):
        found = place.get(snapshot) if snapshot else place.current()
        if found is None:
            raise fail(f"nothing is published in {place.root}; run `vndx build` first", EXIT_DATA)
        store = Store.read_only(str(found.store))
        try:
            answer = store.query(text, base_iri=BASE, prefixes=PREFIXES)
        except SyntaxError as error:
            raise fail(f"the query is not valid SPARQL: {error.msg}", EXIT_DATA) from error
        _print(answer, form)


def _text(query: str | None, file: Path | None) -> str:
    if (query is None) == (file is None):
        raise typer.BadParameter("give a query, or a file with one: vndx query 'SELECT ...' or -f file.rq")
    if file is not None:
        return file.read_text("utf-8")
    return sys.stdin.read() if query == "-" else query or ""


def _print(answer: QuerySolutions | QueryBoolean | QueryTriples, form: Format | None) -> None:
    if isinstance(answer, QueryTriples):
        chosen = form or Format.TTL
        if chosen not in _GRAPHS:
            raise _unfit(chosen, _GRAPHS)
        serialize(answer, sys.stdout.buffer, format=_GRAPHS[chosen], prefixes=PREFIXES)
    elif form in _RESULTS:
        answer.serialize(sys.stdout.buffer, format=_RESULTS[form])
    elif form not in {None, Format.TABLE}:
        raise _unfit(form or Format.TABLE, _RESULTS)
    elif isinstance(answer, QueryBoolean):
        typer.echo("true" if answer else "false")
    else:
        solutions_table(answer, sys.stdout)
    sys.stdout.flush()


def _unfit(chosen: Format, fitting: Collection[Format]) -> typer.BadParameter:
    return typer.BadParameter(f"{chosen.value} does not fit this query; write one of {', '.join(fitting)}")
