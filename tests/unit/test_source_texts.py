"""The TriG units against the real source texts, and the conventions that all units keep."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph.mapping.periods import Span, state_period
from graph.mapping.sink import GraphSink
from graph.model.namespaces import CONCEPT, ID, OA, PREFIXES, RDF, SKOS, VNDX, XSD
from graph.problems import Problems
from graph.texts.evidence import check_unit
from graph.texts.text_files import TextFile, read_text_files
from graph.texts.trig import TrigUnit, read_trig_units
from graph.texts.unit_index import UnitIndex

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "graph" / "data" / "sources"
TEXTS = ROOT.parent / "shared" / "sources"

NUMBER = re.compile(r"\d(?:[\d.,/%-]*[\d%])?")
ALLOWED_DATATYPES = {
    XSD[name].value
    for name in (
        *("anyURI", "boolean", "date", "dateTime", "decimal", "gMonthDay", "gYear", "gYearMonth"),
        *("integer", "string"),
    )
} | {RDF["langString"].value}
# Lines of the texts that are furniture of the web page: their numbers are no facts of the domain.
PAGE_FURNITURE: dict[str, set[int]] = {
    "000_42a3042e8d22a4e6.txt": {8, 16},
    "001_91843ecc9dd5a2e1.txt": {4, *range(26, 33)},
    "002_e7c6c963e930f034.txt": {*range(36, 48), 53, 54, 59, 60, 65, 66, 71, 72, 77, *range(78, 87)},
    "003_452392140e0729d6.txt": {62, 63},
    "004_54a5c1a695216419.txt": set(),
}

# Numbers outside every evidence that state nothing: the view counter and the number of comments of 002.
NUMBERS_WITHOUT_A_FACT = {"002_e7c6c963e930f034.txt": [(3, "1048"), (3, "0")]}


@cache
def units() -> tuple[TrigUnit, ...]:
    problems = Problems()
    found = read_trig_units(SOURCES, problems)
    assert list(problems) == []
    return found


@cache
def real_texts() -> dict[str, TextFile]:
    return read_text_files(TEXTS)


def text_named(name: str) -> TextFile:
    """Give a real text; skip the test, and only it, where the texts are not there."""
    if name not in real_texts():
        pytest.skip(f"the source text {name} is not in {TEXTS.relative_to(ROOT.parent)}: nothing to compare")
    return real_texts()[name]


def text_file_of(unit: TrigUnit) -> str:
    (name,) = UnitIndex(unit).texts(unit.source, VNDX["textFile"])
    return name


def evidence_spans(unit: TrigUnit) -> Iterator[tuple[int, int]]:
    index = UnitIndex(unit)
    for selector in index.instances(OA["TextPositionSelector"]):
        start, end = index.integer(selector, OA["start"]), index.integer(selector, OA["end"])
        assert start is not None
        assert end is not None
        yield start, end


def covered_letters(text: str) -> bytearray:
    """Mark the letters of a text that some evidence of some unit quotes."""
    covered = bytearray(len(text_named(text).text))
    for unit in units():
        if text_file_of(unit) == text:
            for start, end in evidence_spans(unit):
                covered[start:end] = b"\x01" * (end - start)
    return covered


each_unit = pytest.mark.parametrize("unit", units(), ids=lambda unit: unit.name)
each_text = pytest.mark.parametrize("text", sorted({text_file_of(unit) for unit in units()}))


@each_unit
def test_every_fragment_stands_in_the_real_text_where_it_says(unit: TrigUnit) -> None:
    text = text_named(text_file_of(unit))
    report = check_unit(unit, {text.name: text})
    assert [str(problem) for problem in report.problems] == []
    assert report.evidences > 0


@pytest.mark.parametrize("text", sorted(PAGE_FURNITURE))
def test_every_number_of_a_text_stands_in_the_words_of_some_evidence(text: str) -> None:
    file, covered = text_named(text), covered_letters(text)
    missing = [
        (file.line_at(match.start()), match.group())
        for match in NUMBER.finditer(file.text)
        if not all(covered[match.start() : match.end()])
        and file.line_at(match.start()) not in PAGE_FURNITURE[text]
    ]
    assert missing == NUMBERS_WITHOUT_A_FACT.get(text, [])


@each_text
def test_the_evidences_of_a_text_together_are_not_the_text(text: str) -> None:
    """Facts go into the graph, with the words that carry them; the sentences stay in the text."""
    covered = covered_letters(text)
    assert sum(covered) / len(covered) < 3 / 4


@each_unit
def test_literals_have_datatypes_that_survive_a_store(unit: TrigUnit) -> None:
    found = {quad.object.datatype.value for quad in unit.quads if isinstance(quad.object, Literal)}
    assert found <= ALLOWED_DATATYPES


@each_unit
def test_figures_are_decimals_without_trailing_zeros(unit: TrigUnit) -> None:
    for quad in unit.quads:
        if quad.predicate in {VNDX["value"], VNDX["lowerBound"], VNDX["upperBound"]}:
            assert isinstance(quad.object, Literal)
            assert quad.object.datatype == XSD["decimal"], f"{quad.subject}: {quad.object}"
            assert format(Decimal(quad.object.value).normalize(), "f") == quad.object.value


@each_unit
def test_statements_have_the_name_of_their_unit_in_their_iri(unit: TrigUnit) -> None:
    index = UnitIndex(unit)
    kinds = {"Claim": "claim", "Membership": "membership", "Observation": "observation", "Target": "target"}
    kinds["DerivedObservation"] = "observation"
    for cls, kind in kinds.items():
        for node in index.instances(VNDX[cls]):
            assert node.value.startswith(ID[f"{kind}/{unit.name}/"].value)


@each_unit
def test_periods_are_stated_as_the_tables_state_them(unit: TrigUnit) -> None:
    index = UnitIndex(unit)
    for node in index.instances(VNDX["Period"]):
        ends = [index.texts(node, VNDX[end]) for end in ("start", "end")]
        sink = GraphSink(unit.graph)
        assert state_period(sink, Span(*("".join(end) for end in ends))) == node
        assert {quad for quad in unit.quads if quad.subject == node} == set(sink)


def test_a_node_has_one_preferred_label_a_language_over_all_units() -> None:
    labels: dict[tuple[NamedNode, str], set[str]] = defaultdict(set)
    for unit in units():
        for quad in unit.quads:
            if quad.predicate == SKOS["prefLabel"] and isinstance(quad.subject, NamedNode):
                assert isinstance(quad.object, Literal)
                assert quad.object.language is not None
                labels[quad.subject, quad.object.language].add(quad.object.value)
    assert {key: found for key, found in labels.items() if len(found) > 1} == {}


def test_an_indicator_is_minted_by_one_unit_only() -> None:
    minted = [node for unit in units() for node in UnitIndex(unit).instances(VNDX["Indicator"])]
    assert all(node in CONCEPT for node in minted)
    assert len(minted) == len(set(minted))


def test_the_examples_of_the_guide_for_curators_are_pieces_of_unit_002() -> None:
    guide = (ROOT / "docs" / "curators.md").read_text("utf-8")
    (unit,) = (unit for unit in units() if unit.name == "002")
    stated = {quad.triple for quad in unit.quads}
    prefixes = "@base <https://w3id.org/vndx/> .\n" + "".join(
        f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in ("oa", "skos", "vndx", "xsd")
    )
    examples = [
        block for block in re.findall(r"```turtle\n(.*?)```", guide, re.DOTALL) if "GRAPH" not in block
    ]
    shown = [set(parse(prefixes + example, RdfFormat.TURTLE)) for example in examples]
    assert len(shown) >= 4
    assert {quad.triple for quads in shown for quad in quads} <= stated
    report = check_unit(unit, {})
    assert f"002: {report.nodes} nodes, {report.evidences} evidences: all as in" in guide
