"""Units of the vocabulary: the ontology, the concept schemes and the shapes, from their Turtle files."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pyoxigraph import RdfFormat, Triple, parse

from graph.build.inputs import InputFile, Inputs
from graph.build.units import Content, GraphDescription, GraphKind, UnitPlan, unit_key
from graph.cache import code_digest
from graph.mapping.table_mapping import CC_BY_4_0
from graph.model import ntriples
from graph.model.namespaces import BASE, GRAPH
from graph.model.turtle_lines import subject_lines
from graph.problems import Problems

ONTOLOGY = GRAPH["ontology"]
CONCEPTS = GRAPH["concepts"]
SHAPES = GRAPH["shapes"]

_CONCEPT_FILES = "ontology/concepts"


def vocabulary_plans(inputs: Inputs) -> list[UnitPlan]:
    """Give the units of the ontology, of the concepts (``ontology/concepts*.ttl``) and of the shapes."""
    concepts = [file for file in inputs.ontology if file.name.startswith(_CONCEPT_FILES)]
    ontology = [file for file in inputs.ontology if file not in concepts]
    return [
        _plan("ontology", ONTOLOGY.value, "Bản thể học VNDX", "The VNDX ontology", ontology),
        _plan("concepts", CONCEPTS.value, "Các bảng khái niệm VNDX", "The VNDX concept schemes", concepts),
        _plan("shapes", SHAPES.value, "Các ràng buộc SHACL của VNDX", "The VNDX SHACL shapes", inputs.shapes),
    ]


def _plan(name: str, graph: str, title_vi: str, title_en: str, files: Sequence[InputFile]) -> UnitPlan:
    return UnitPlan(
        name=name,
        description=GraphDescription(
            graph=graph,
            kind=GraphKind.SYSTEM,
            title_vi=title_vi,
            title_en=title_en,
            licence=CC_BY_4_0,
            files=tuple(file.name for file in files),
        ),
        key=unit_key("vocabulary", name, code_digest([]), [file.sha256 for file in files]),
        make=_maker(name, files),
    )


def _maker(name: str, files: Sequence[InputFile]) -> Callable[[Problems], Content]:
    def make(problems: Problems) -> Content:
        triples: list[Triple] = []
        origins: dict[str, tuple[str, int]] = {}
        for file in files:
            stated = _read(file, problems)
            triples += stated
            for subject, line in subject_lines(file.path.read_text("utf-8")).items() if stated else ():
                origins.setdefault(subject, (file.name, line))
        return Content(ntriples.canonical_with_blank_nodes(triples, f"{name}-"), origins)

    return make


def _read(file: InputFile, problems: Problems) -> list[Triple]:
    try:
        content = file.path.read_bytes()
        return [quad.triple for quad in parse(content, RdfFormat.TURTLE, base_iri=BASE)]
    except SyntaxError as error:
        line = error.lineno or 0
        problems.report(
            file.name, line, "", vi=f"lỗi cú pháp Turtle: {error.msg}", en=f"Turtle syntax: {error.msg}"
        )
        return []
