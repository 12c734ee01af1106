"""Reading TriG units: one file for one text unit, with the line on which each subject starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from graph.model import iris
from graph.model.namespaces import BASE
from graph.model.text import is_nfc
from graph.model.turtle_lines import subject_lines
from graph.problems import Problems


@dataclass(frozen=True)
class TrigUnit:
    """The facts of one text unit.

    Attributes:
        name: the unit's name, as in ``002-side``.
        file: the file as problems name it, ``sources/002-side.trig``.
        graph: the named graph of all its quads, ``graph/source/002-side``.
        source: the source text that it models, ``id/source/002-side``.
        quads: what it states.
        lines: for the IRI of each subject, the 1-based line on which its first block starts.

    """

    name: str
    file: str
    graph: NamedNode
    source: NamedNode
    quads: tuple[Quad, ...]
    lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, node: NamedNode) -> int:
        """Give the line on which the first block of a subject starts, 0 for what is no subject."""
        return self.lines.get(node.value, 0)


def read_trig_units(folder: Path, problems: Problems) -> tuple[TrigUnit, ...]:
    """Read every ``*.trig`` of a folder, in the order of their names; see `read_trig_unit`."""
    units = (
        read_trig_unit(path, problems) for path in sorted(folder.glob("*.trig"), key=lambda path: path.stem)
    )
    return tuple(unit for unit in units if unit is not None)


def read_trig_unit(path: Path, problems: Problems) -> TrigUnit | None:
    """Read one TriG unit.

    Args:
        path: the file; its stem names the unit and with it the named graph that every quad must be in.
        problems: where bad encoding, text that is not NFC, a syntax error, a blank node or a quad
            outside the unit's graph is reported.

    Returns:
        The unit, or None when the file could not be read at all.

    """
    file = f"sources/{path.name}"
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        problems.report(
            file, 0, "", vi=f"tệp không phải UTF-8: {error}", en=f"the file is not UTF-8: {error}"
        )
        return None
    return parse_trig_unit(path.stem, text, problems)


def parse_trig_unit(name: str, text: str, problems: Problems) -> TrigUnit | None:
    """Read a TriG unit from its text; see `read_trig_unit`."""
    file = f"sources/{name}.trig"
    for number, line in enumerate(text.split("\n"), start=1):
        if not is_nfc(line):
            problems.report(
                file,
                number,
                "",
                vi="chữ không ở dạng chuẩn NFC; hãy lưu tệp ở dạng NFC",
                en="the text is not in Unicode NFC; save the file in NFC",
            )
    try:
        quads = tuple(parse(text.encode(), RdfFormat.TRIG, base_iri=BASE))
    except SyntaxError as error:
        problems.report(
            file, error.lineno or 0, "", vi=f"lỗi cú pháp TriG: {error.msg}", en=f"TriG syntax: {error.msg}"
        )
        return None
    unit = TrigUnit(
        name=name,
        file=file,
        graph=iris.graph("source", name),
        source=iris.keyed("source", name),
        quads=quads,
        lines=subject_lines(text),
    )
    _report_form(unit, problems)
    return unit


def _report_form(unit: TrigUnit, problems: Problems) -> None:
    """Report quads outside the unit's graph, and blank nodes: the data has none (DESIGN section 8)."""
    for quad in unit.quads:
        line = unit.line_of(quad.subject) if isinstance(quad.subject, NamedNode) else 0
        if quad.graph_name != unit.graph:
            problems.report(
                unit.file,
                line,
                "",
                vi=f"{quad.subject} nằm ngoài đồ thị {unit.graph}",
                en=f"{quad.subject} is stated outside the graph {unit.graph}",
            )
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            problems.report(
                unit.file,
                line,
                str(quad.predicate),
                vi=f"có nút trống ở {quad.subject}; hãy đặt IRI",
                en=f"there is a blank node at {quad.subject}; give it an IRI",
            )
