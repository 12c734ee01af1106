"""The shapes and their fixtures: each constraint lets its valid fixture pass and refuses its invalid one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from pyshacl.graph_abstraction import DataGraph
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "shapes"
SHAPES = sorted((ROOT / "shapes").glob("*.ttl"))
VALID = sorted((FIXTURES / "valid").glob("*.ttl"))
INVALID = sorted((FIXTURES / "invalid").glob("*.ttl"))

SHAPE = Namespace("https://w3id.org/vndx/shapes#")
VNDX = Namespace("https://w3id.org/vndx/ontology#")
CONCEPT = Namespace("https://w3id.org/vndx/concept/")

COMPONENTS = {
    SH["class"]: SH.ClassConstraintComponent,
    SH.closed: SH.ClosedConstraintComponent,
    SH.datatype: SH.DatatypeConstraintComponent,
    SH.disjoint: SH.DisjointConstraintComponent,
    SH.equals: SH.EqualsConstraintComponent,
    SH.hasValue: SH.HasValueConstraintComponent,
    SH["in"]: SH.InConstraintComponent,
    SH.languageIn: SH.LanguageInConstraintComponent,
    SH.lessThan: SH.LessThanConstraintComponent,
    SH.lessThanOrEquals: SH.LessThanOrEqualsConstraintComponent,
    SH.maxCount: SH.MaxCountConstraintComponent,
    SH.maxExclusive: SH.MaxExclusiveConstraintComponent,
    SH.maxInclusive: SH.MaxInclusiveConstraintComponent,
    SH.maxLength: SH.MaxLengthConstraintComponent,
    SH.minCount: SH.MinCountConstraintComponent,
    SH.minExclusive: SH.MinExclusiveConstraintComponent,
    SH.minInclusive: SH.MinInclusiveConstraintComponent,
    SH.minLength: SH.MinLengthConstraintComponent,
    SH.node: SH.NodeConstraintComponent,
    SH.nodeKind: SH.NodeKindConstraintComponent,
    SH["not"]: SH.NotConstraintComponent,
    SH["or"]: SH.OrConstraintComponent,
    SH.pattern: SH.PatternConstraintComponent,
    SH.property: SH.PropertyConstraintComponent,
    SH.qualifiedMinCount: SH.QualifiedMinCountConstraintComponent,
    SH.sparql: SH.SPARQLConstraintComponent,
    SH.uniqueLang: SH.UniqueLangConstraintComponent,
    SH.xone: SH.XoneConstraintComponent,
    SHAPE.among: SHAPE.AmongComponent,
    SHAPE.notAfter: SHAPE.NotAfterComponent,
    SHAPE.notBefore: SHAPE.NotBeforeComponent,
}
_HEADER = re.compile(
    r"# Breaks shape:(?P<shape>\S+) \((?P<prefix>sh|shape):(?P<component>\w+)\); "
    r"otherwise it is (?P<valid>\S+\.ttl)\.\n# vi: (?P<vi>.+)\n# en: (?P<en>.+)\n"
)


@dataclass(frozen=True)
class Broken:
    """What the comment at the top of an invalid fixture says of it."""

    shape: URIRef
    component: URIRef
    valid: Path
    messages: dict[str, str]

    @classmethod
    def read(cls, path: Path) -> Broken:
        header = _HEADER.match(path.read_text("utf-8"))
        assert header, f"{path.name} does not begin with the comment that says what it breaks"
        namespace = SH if header["prefix"] == "sh" else SHAPE
        return cls(
            SHAPE[header["shape"]],
            namespace[header["component"]],
            FIXTURES / header["valid"],
            {"vi": header["vi"], "en": header["en"]},
        )


@cache
def shapes() -> Graph:
    graph = Graph()
    for path in SHAPES:
        graph.parse(path)
    return graph


@cache
def ontology() -> Graph:
    return Graph().parse(ROOT / "ontology" / "vndx.ttl")


@cache
def concepts() -> Graph:
    return Graph().parse(ROOT / "ontology" / "concepts.ttl")


@cache
def subclasses() -> Graph:
    graph = Graph()
    for triple in ontology().triples((None, RDFS.subClassOf, None)):
        graph.add(triple)
    return graph


@cache
def support() -> Graph:
    return Graph().parse(FIXTURES / "support.ttl")


def with_support(fixture: Graph) -> Graph:
    """Give a fixture together with what it needs of the support graph, directly or further on."""
    data = Graph() + subclasses() + fixture
    waiting = {term for triple in fixture for term in triple if isinstance(term, URIRef)}
    seen: set[URIRef] = set()
    while waiting:
        node = waiting.pop()
        seen.add(node)
        for triple in support().triples((node, None, None)):
            data.add(triple)
            waiting |= {term for term in triple if isinstance(term, URIRef) and term not in seen}
    return data


@cache
def shapes_for_pyshacl() -> ShapesGraph:
    return ShapesGraph(shapes())


def report_on(data: Graph) -> Graph:
    """Validate as `pyshacl.validate` does, but without reading the shapes anew each time."""
    validator = Validator(DataGraph.from_rdflib(data), shacl_graph=Graph(), options={"inplace": True})
    validator.shacl_graph = shapes_for_pyshacl()
    _, report, _ = validator.run()  # type: ignore[no-untyped-call]
    assert isinstance(report, Graph)
    return report


def results(report: Graph) -> list[Node]:
    """Give the results of a report; those nested below sh:detail are left out."""
    return list(report.objects(None, SH.result))


def targeted() -> list[URIRef]:
    """Give the shapes that are run on nodes by themselves."""
    found = set(shapes().subjects(SH.targetClass)) | set(shapes().subjects(SH.targetSubjectsOf))
    return sorted(shape for shape in found if isinstance(shape, URIRef))


def targets(shape: Node) -> set[Node]:
    return set(shapes().objects(shape, SH.targetClass))


def with_related(classes: set[Node]) -> set[Node]:
    """Give classes with their superclasses and subclasses."""
    above = {
        term for cls in classes for term in subclasses().transitive_objects(cls, RDFS.subClassOf) if term
    }
    below = {
        term for cls in classes for term in subclasses().transitive_subjects(RDFS.subClassOf, cls) if term
    }
    return classes | above | below


def own_paths(shape: Node) -> set[Node]:
    """Give the properties of the focus node that a property shape is about."""
    path = shapes().value(shape, SH.path)
    alternatives = shapes().value(path, SH.alternativePath)
    if alternatives is not None:
        return set(Collection(shapes(), alternatives))
    return {path} if isinstance(path, URIRef) else set()


def listed(subject: Node, predicate: URIRef) -> list[Node]:
    head = shapes().value(subject, predicate)
    assert head is not None, f"{subject} has no {predicate}"
    return list(Collection(shapes(), head))


CLOSED = [shape for shape in targeted() if (shape, SH.closed, Literal(True)) in shapes()]


def one_text_a_language(node: Node, predicate: URIRef) -> bool:
    texts = list(shapes().objects(node, predicate))
    tags = sorted(str(text.language) for text in texts if isinstance(text, Literal) and str(text).strip())
    return tags == ["en", "vi"]


def test_the_shapes_conform_to_the_shapes_of_shacl() -> None:
    _, report, text = pyshacl.validate(Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert isinstance(report, Graph), text


def test_no_shape_is_anonymous() -> None:
    anonymous = [
        node
        for node in set(shapes().subjects())
        if isinstance(node, BNode)
        and any((node, term, None) in shapes() for term in (*COMPONENTS, SH.path, RDF.type))
    ]
    assert anonymous == []


def test_each_shape_that_is_run_has_one_message_in_each_language() -> None:
    assert [shape for shape in targeted() if not one_text_a_language(shape, SH.message)] == []


def test_each_property_shape_that_is_run_has_a_name_and_a_description_in_each_language() -> None:
    lacking = [
        (shape, term)
        for shape in targeted()
        if (shape, RDF.type, SH.PropertyShape) in shapes()
        for term in (SH.name, SH.description)
        if not one_text_a_language(shape, term)
    ]
    assert lacking == []


def test_each_node_shape_has_a_label_in_each_language() -> None:
    node_shapes = set(shapes().subjects(RDF.type, SH.NodeShape))
    assert [shape for shape in node_shapes if not one_text_a_language(shape, RDFS.label)] == []


def test_each_value_shape_is_used() -> None:
    used = {term for _, predicate, term in shapes() if predicate not in (RDF.type, SH.path)}
    every = {*shapes().subjects(RDF.type, SH.NodeShape), *shapes().subjects(RDF.type, SH.PropertyShape)}
    assert every - used - set(targeted()) == set()


def test_no_shape_looks_further_than_the_nodes_that_its_focus_node_points_to() -> None:
    further = []
    for shape, path in shapes().subject_objects(SH.path):
        inverse = shapes().value(path, SH.inversePath)
        is_list = shapes().value(path, RDF.first) is not None
        steps = list(Collection(shapes(), path)) if is_list else [path]
        named = [step for step in steps if isinstance(step, URIRef)]
        if inverse is None and not own_paths(shape) and not (len(steps) == 2 and len(named) == 2):
            further.append(shape)
        if inverse is not None and not isinstance(inverse, URIRef):
            further.append(shape)
    assert further == []


def test_each_own_class_is_the_target_of_a_closed_shape() -> None:
    closed = set(shapes().subjects(SH.closed, Literal(True))) | {SHAPE["NamedGraph-iri"]}
    covered = {cls for shape in closed for target in targets(shape) for cls in with_related({target})}
    own = {cls for cls in ontology().subjects(RDF.type, OWL.Class) if str(cls).startswith(VNDX)}
    assert own - covered == set()


@pytest.mark.parametrize("shape", CLOSED, ids=lambda shape: shape.fragment)
def test_a_closed_shape_allows_the_properties_that_have_a_shape_and_no_other(shape: URIRef) -> None:
    classes = with_related(targets(shape))
    shaped = {
        path
        for other in targeted()
        if (other, SH.targetSubjectsOf, None) in shapes() or targets(other) & classes
        for path in own_paths(other)
    }
    assert set(listed(shape, SH.ignoredProperties)) == shaped | {RDF.type}


@pytest.mark.parametrize(
    ("scheme", "closed_lists"),
    [
        ("era", ["Unit-era"]),
        ("share", ["Transfer-share"]),
        ("transfer-kind", ["Transfer-transferKind"]),
        ("unit-type", ["UnitVersion-unitType", "Country-unitType"]),
        ("unit-type", ["Province-unitType", "District-unitType", "Commune-unitType", "Country-unitType"]),
    ],
)
def test_closed_lists_are_those_of_the_concept_schemes(scheme: str, closed_lists: list[str]) -> None:
    allowed = [concept for name in closed_lists for concept in listed(SHAPE[name], SH["in"])]
    in_scheme = set(concepts().subjects(SKOS.inScheme, CONCEPT[scheme]))
    assert set(allowed) == in_scheme
    assert len(allowed) == len(in_scheme)


def test_each_scheme_that_a_shape_asks_for_exists() -> None:
    asked = {
        value
        for shape in shapes().subjects(SH.path, SKOS.inScheme)
        for value in shapes().objects(shape, SH.hasValue)
    }
    assert asked - set(concepts().subjects(RDF.type, SKOS.ConceptScheme)) == set()


def test_the_support_graph_of_the_fixtures_conforms() -> None:
    assert results(report_on(Graph() + support() + subclasses())) == []


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_fixture_conforms(path: Path) -> None:
    report = report_on(with_support(Graph().parse(path)))
    assert results(report) == [], report.serialize(format="turtle")


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_fixture_breaks_the_shape_that_it_names_and_no_other(path: Path) -> None:
    broken = Broken.read(path)
    report = report_on(with_support(Graph().parse(path)))
    found = results(report)
    assert {report.value(result, SH.sourceShape) for result in found} == {broken.shape}
    assert broken.component in {report.value(result, SH.sourceConstraintComponent) for result in found}
    for result in found:
        messages = set(report.objects(result, SH.resultMessage))
        assert messages >= {Literal(text, lang=language) for language, text in broken.messages.items()}


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_fixture_is_named_after_its_shape_and_differs_from_a_valid_one(path: Path) -> None:
    broken = Broken.read(path)
    assert path.stem.split("--")[0] == str(broken.shape).removeprefix(SHAPE)
    assert broken.valid in VALID
    assert set(Graph().parse(path)) != set(Graph().parse(broken.valid))


def constraints() -> Iterator[tuple[URIRef, URIRef]]:
    for shape in targeted():
        for parameter, component in COMPONENTS.items():
            if (shape, parameter, None) in shapes():
                yield shape, component


def test_each_constraint_of_each_shape_has_an_invalid_fixture() -> None:
    broken = {(fixture.shape, fixture.component) for fixture in map(Broken.read, INVALID)}
    assert set(constraints()) - broken == set()


def test_each_parameter_of_a_shape_is_one_that_these_tests_know() -> None:
    not_constraints = {
        RDF.type,
        RDFS.label,
        RDFS.comment,
        SH.targetClass,
        SH.targetSubjectsOf,
        SH.path,
        SH.name,
        SH.description,
        SH.message,
        SH.severity,
        SH.ignoredProperties,
    }
    used = {term for shape in targeted() for term in shapes().predicates(shape)}
    assert used - not_constraints - set(COMPONENTS) == set()


def test_a_label_in_decomposed_unicode_is_refused() -> None:
    province = Graph().parse(FIXTURES / "valid" / "province-2004.ttl")
    composed = Literal("Bắc Kạn", lang="vi")
    decomposed = Literal(unicodedata.normalize("NFD", composed), lang="vi")
    for subject, predicate in province.subject_predicates(composed):
        if predicate == SKOS.altLabel:
            province.remove((subject, predicate, composed))
            province.add((subject, predicate, decomposed))
    report = report_on(with_support(province))
    assert [report.value(result, SH.sourceShape) for result in results(report)] == [SHAPE.altLabel]


@pytest.mark.parametrize("path", [*SHAPES, *VALID, *INVALID], ids=lambda path: path.stem)
def test_each_file_of_shapes_and_fixtures_is_in_nfc(path: Path) -> None:
    assert unicodedata.is_normalized("NFC", path.read_text("utf-8"))


def test_each_property_with_a_shape_has_a_value_in_a_valid_fixture() -> None:
    fixtures = Graph()
    for path in VALID:
        fixtures.parse(path)
    forbidden = {SHAPE["Continuation-units"], SHAPE["Abolition-createdUnit"]}
    unseen = [
        (shape, path)
        for shape in targeted()
        if shape not in forbidden
        for path in own_paths(shape)
        if (None, path, None) not in fixtures
    ]
    assert unseen == []
