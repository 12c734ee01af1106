"""The unit of the examples: the documented queries, published in a named graph of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pyoxigraph import Triple

from graph.build.inputs import InputFile, Inputs
from graph.build.units import Content, GraphDescription, GraphKind, UnitPlan, unit_key
from graph.cache import code_digest
from graph.examples.query_file import read_query
from graph.examples.query_triples import query_iri, query_triples
from graph.mapping.table_mapping import CC_BY_4_0
from graph.model import ntriples
from graph.model.namespaces import GRAPH
from graph.problems import Problems

EXAMPLES = GRAPH["examples"]

_GRAPH_PACKAGE = Path(__file__).parents[1]
_CODE = ("model", "examples")


def example_plans(inputs: Inputs) -> list[UnitPlan]:
    """Give the unit of the query files."""
    files = inputs.queries
    code = code_digest(_GRAPH_PACKAGE / part for part in _CODE)
    return [
        UnitPlan(
            name="examples",
            description=GraphDescription(
                graph=EXAMPLES.value,
                kind=GraphKind.SYSTEM,
                title_vi="Các truy vấn mẫu của VNDX",
                title_en="The example queries of VNDX",
                licence=CC_BY_4_0,
                files=tuple(file.name for file in files),
            ),
            key=unit_key("examples", "examples", code, [f"{file.name} {file.sha256}" for file in files]),
            make=_maker(files),
        )
    ]


def _maker(files: Sequence[InputFile]) -> Callable[[Problems], Content]:
    def make(problems: Problems) -> Content:
        triples: list[Triple] = []
        origins: dict[str, tuple[str, int]] = {}
        for file in files:
            query = read_query(file.name, file.path.stem, file.path.read_text("utf-8"), problems)
            if query:
                triples += query_triples(query)
                origins[query_iri(query.name).value] = (file.name, 1)
        return Content(ntriples.canonical(triples), origins)

    return make
