"""Validation in chunks: targets, traces, and results that do not depend on how the work is divided."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from pyshacl.shapes_graph import ShapesGraph
from validation_support import as_plain, plain_run, rdflib_graph

from graph.cache import ContentCache
from graph.model import ntriples
from graph.model.namespaces import PREFIXES
from graph.progress import Silent, Stage
from graph.validation.chunks import divide
from graph.validation.gate import Gate
from graph.validation.results import Report, Severity, ShapesError
from graph.validation.statements import Statements
from graph.validation.targets import read_targets, shapes_of_nodes

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + "PREFIX : <https://e.org/>\n"

SHAPES = """
:Prefixes sh:declare [ sh:prefix "e" ; sh:namespace "https://e.org/"^^xsd:anyURI ] .
:Unit a sh:NodeShape ; sh:targetClass :Unit ;
  sh:property :Unit-name ;
  sh:property [ sh:path :partOf ; sh:class :Unit ; sh:message "cha phải là đơn vị"@vi, "no unit"@en ] ;
  sh:property [ sh:path [ sh:inversePath :partOf ] ; sh:maxCount 2 ; sh:message "too many parts"@en ] ;
  sh:property [ sh:path ( :partOf :name ) ; sh:nodeKind sh:Literal ; sh:message "name above"@en ] .
:Unit-name a sh:PropertyShape ; sh:path :name ; sh:minCount 1 ; sh:datatype xsd:string ;
  sh:message "thiếu tên"@vi, "name missing"@en .
:Dated a sh:NodeShape ; sh:targetSubjectsOf :from ; sh:severity sh:Warning ;
  sh:property [ sh:path :from ; sh:lessThan :to ; sh:severity sh:Warning ; sh:message "order"@en ] .
:Named a sh:NodeShape ; sh:targetObjectsOf :seat ; sh:node :HasName ; sh:message "seat"@en .
:HasName a sh:NodeShape ; sh:property :Unit-name .
:Only a sh:NodeShape ; sh:targetNode :special ; sh:nodeKind sh:Literal ; sh:message "special"@en .
:Same a sh:NodeShape ; sh:targetClass :Unit ; sh:sparql [
  sh:prefixes :Prefixes ;
  sh:message "cùng mã với {?other}"@vi, "same code as {?other}"@en ;
  sh:select "SELECT $this ?other WHERE { $this e:code ?c . ?other e:code ?c . FILTER(?other != $this) }" ] .
"""

DATA = """
:Ward rdfs:subClassOf :Unit .
:a a :Unit ; :name "A" ; :code "1" .
:b a :Ward ; :name "B" ; :partOf :a ; :code "2" .
:c a :Ward ; :partOf :a, :nowhere ; :code "2" .
:d a :Unit ; :name "05"^^xsd:integer ; :partOf :a ; :from "2021"^^xsd:gYear ; :to "2020"^^xsd:gYear .
:e :seat :f, "a literal" . :f :name "F" .
"""


def text(turtle: str) -> bytes:
    return ntriples.canonical_with_blank_nodes(
        (quad.triple for quad in parse(HEAD + turtle, RdfFormat.TURTLE)), "t-"
    )


def validate(data: str, cache: ContentCache, shapes: str = SHAPES, workers: int = 1) -> tuple[Report, Stage]:
    stage = Stage(Silent())
    return Gate(text(shapes), cache, workers).validate(Statements.of(text(data)), stage), stage


def found(report: Report) -> set[tuple[str, str, str]]:
    """Give focus node, constraint and message of each result, in short."""
    return {
        (
            result.focus.removeprefix("<https://e.org/").removesuffix(">"),
            result.component.rpartition("#")[2].removesuffix("ConstraintComponent>"),
            result.message("en"),
        )
        for result in report.results
    }


@pytest.fixture
def cache(tmp_path: Path) -> ContentCache:
    return ContentCache(tmp_path / "cache")


def test_every_kind_of_constraint_gives_what_a_plain_run_gives(cache: ContentCache) -> None:
    report, _ = validate(DATA, cache)
    assert as_plain(report.results) == plain_run(text(DATA), text(SHAPES))
    assert found(report) == {
        ("a", "MaxCount", "too many parts"),
        ("b", "SPARQL", "same code as https://e.org/c"),
        ("c", "Class", "no unit"),
        ("c", "MinCount", "name missing"),
        ("c", "SPARQL", "same code as https://e.org/b"),
        ("d", "Datatype", "name missing"),
        ("d", "LessThan", "order"),
        ("special", "NodeKind", "special"),
        ('"a literal"', "Node", "seat"),
    }


def test_messages_of_queries_keep_their_language_and_their_values(cache: ContentCache) -> None:
    report, _ = validate(DATA, cache)
    (result,) = [r for r in report.results if "SPARQL" in r.component and r.focus == "<https://e.org/b>"]
    assert result.message("vi") == "cùng mã với https://e.org/c"
    assert result.message("en") == "same code as https://e.org/c"


def test_an_anonymous_shape_is_named_by_the_one_that_it_belongs_to(cache: ContentCache) -> None:
    report, _ = validate(DATA, cache)
    (result,) = [r for r in report.results if "Class" in r.component]
    assert result.shape == "<https://e.org/Unit>"
    assert result.value == "<https://e.org/nowhere>"


def test_only_violations_stop_publication(cache: ContentCache) -> None:
    shapes = SHAPES.replace("sh:targetNode :special", "sh:targetSubjectsOf :absent")
    report, _ = validate(':d :from "2021"^^xsd:gYear ; :to "2020"^^xsd:gYear .', cache, shapes)
    assert (report.count(Severity.WARNING), report.count(Severity.VIOLATION)) == (1, 0)
    assert report.publishable
    assert not validate(DATA, cache)[0].publishable


def test_lexical_forms_are_those_of_the_data(cache: ContentCache) -> None:
    report, _ = validate(DATA, cache)
    (result,) = [r for r in report.results if "Datatype" in r.component]
    assert result.value == '"05"^^<http://www.w3.org/2001/XMLSchema#integer>'


def test_the_second_time_nothing_is_run_again(cache: ContentCache) -> None:
    first, _ = validate(DATA, cache)
    second, stage = validate(DATA, cache)
    assert first == second
    assert stage.cached == stage.parts > 0


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(":a a :Unit", ":a a :Thing"),
        lambda data: data + ":g :partOf :a .",
        lambda data: data + ':far :code "2" .',
        lambda data: data.replace(":Ward rdfs:subClassOf :Unit .", ""),
        lambda data: data.replace(':f :name "F"', ':f :other "F"'),
        lambda data: data + ":nowhere a :Ward .",
        lambda data: data.replace(':name "A"', ":name :node"),
        lambda data: data + ":new a :Unit .",
    ],
)
def test_whatever_changes_kept_results_never_differ_from_a_fresh_run(
    cache: ContentCache, change: object
) -> None:
    validate(DATA, cache)
    changed = change(DATA)  # type: ignore[operator]
    report, _ = validate(changed, cache)
    assert as_plain(report.results) == plain_run(text(changed), text(SHAPES))


def test_changed_shapes_make_everything_be_run_again(cache: ContentCache) -> None:
    validate(DATA, cache)
    report, stage = validate(DATA, cache, SHAPES.replace("sh:maxCount 2", "sh:maxCount 9"))
    assert stage.cached == 0
    assert "too many parts" not in [r.message("en") for r in report.results]


def test_worker_processes_give_the_same_report(cache: ContentCache) -> None:
    many = DATA + "".join(f':n{number} a :Unit ; :code "{number % 2500}" .\n' for number in range(6000))
    alone, _ = validate(many, ContentCache(None), workers=1)
    together, stage = validate(many, ContentCache(None), workers=2)
    assert stage.parts > 4
    assert alone == together
    assert alone.focus_nodes == 6000 + 7


def test_nodes_stay_in_their_chunks_when_others_come_and_go() -> None:
    nodes = {f"<https://e.org/{number:05}>": ("<s>",) for number in range(20_000)}
    before = {chunk.shapes_of for chunk in divide(nodes)}
    del nodes["<https://e.org/00777>"]
    nodes["<https://e.org/09999x>"] = ("<s>",)
    after = {chunk.shapes_of for chunk in divide(nodes)}
    assert len(before) > 10
    assert len(after - before) <= 2
    assert sum(map(len, after)) == 20_000


def test_targets_are_those_that_pyshacl_finds() -> None:
    data, shapes = text(DATA), text(SHAPES + ":Ward a sh:NodeShape , rdfs:Class .")
    ours: dict[str, set[str]] = {}
    for node, names in shapes_of_nodes(read_targets(shapes), Statements.of(data)).items():
        for name in names:
            ours.setdefault(name, set()).add(node)
    theirs = {
        f"<{shape.node}>": {node.n3() for node in shape.focus_nodes(rdflib_graph(data))}
        for shape in ShapesGraph(rdflib_graph(shapes)).shapes
    }
    assert ours == {name: nodes for name, nodes in theirs.items() if nodes}


@pytest.mark.parametrize(
    "shapes",
    [
        ":S a sh:NodeShape ; sh:targetClass :Unit ; sh:property [ sh:path :name, :code ] .",
        ":S a sh:NodeShape ; sh:targetClass :Unit ; sh:sparql [ sh:select 'SELECT nonsense' ] .",
        ":S a sh:NodeShape ; sh:targetClass :Unit ; sh:pattern '(' .",
    ],
)
def test_shapes_that_cannot_be_run_are_an_error_of_their_own(cache: ContentCache, shapes: str) -> None:
    with pytest.raises(ShapesError, match="pySHACL"):
        validate(DATA, cache, shapes)


def test_statements_give_blocks_and_inverses_of_tricky_texts() -> None:
    statements = Statements.of(text(':a :p " <https://e.org/q> <x> ." ; :q :b . :ab :q :b . :a-b :p "x" .'))
    q, b = "<https://e.org/q>", "<https://e.org/b>"
    assert list(statements.pairs(q)) == [("<https://e.org/a>", b), ("<https://e.org/ab>", b)]
    assert statements.subjects(q, b) == ["<https://e.org/a>", "<https://e.org/ab>"]
    assert statements.block("<https://e.org/a>").count(b"\n") == 2
    assert statements.block("<https://e.org/none>") == b""
    assert len(statements.places) == 3
    assert Statements.of(b"").places == {}
