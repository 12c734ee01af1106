"""Units of the source texts: one TriG file fills one named graph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.build.inputs import InputFile, Inputs
from graph.build.units import Content, GraphDescription, GraphKind, UnitPlan, unit_key
from graph.cache import code_digest
from graph.mapping.table_mapping import CC_BY_4_0
from graph.model import iris, ntriples
from graph.problems import Problems
from graph.texts.trig import read_trig_unit

_GRAPH_PACKAGE = Path(__file__).parents[1]
_CODE = ("model", "texts")


def source_plans(inputs: Inputs) -> list[UnitPlan]:
    """Give the units of the TriG files."""
    code = code_digest(_GRAPH_PACKAGE / part for part in _CODE)
    return [
        UnitPlan(
            name=file.name,
            description=_description(file),
            key=unit_key("source", file.name, code, [file.sha256]),
            make=_maker(file.path),
        )
        for file in inputs.sources
    ]


def _description(file: InputFile) -> GraphDescription:
    name = file.path.stem
    return GraphDescription(
        graph=iris.graph("source", name).value,
        kind=GraphKind.SOURCE,
        title_vi=f"Dữ kiện trong văn bản nguồn {name}",
        title_en=f"What the source text {name} states",
        licence=CC_BY_4_0,
        files=(file.name,),
        source=iris.keyed("source", name).value,
    )


def _maker(path: Path) -> Callable[[Problems], Content]:
    def make(problems: Problems) -> Content:
        unit = read_trig_unit(path, problems)
        if unit is None:
            return Content(b"")
        inside = [quad for quad in unit.quads if quad.graph_name == unit.graph]
        origins = {subject: (unit.file, line) for subject, line in unit.lines.items()}
        return Content(ntriples.canonical_graph(inside, unit.graph.value), origins)

    return make
