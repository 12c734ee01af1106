"""The diagrams say what the ontology says, and nothing in them lies on anything else."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from api.vocabulary.diagrams import DIAGRAMS, Diagram
from api.vocabulary.drawing import BOX_HEIGHT, BOX_WIDTH, Box, draw
from api.vocabulary.names import is_own
from api.vocabulary.ontology import Ontology, read_ontology
from api.vocabulary.statements import Statements

FILES = [Path(__file__).parents[2] / "ontology" / name for name in ("vndx.ttl", "reused_terms.ttl")]


@cache
def ontology() -> Ontology:
    return read_ontology(
        Statements(q.triple for file in FILES for q in parse(path=str(file), format=RdfFormat.TURTLE))
    )


def label(language: str, iri: str) -> str:
    found = ontology().terms.get(iri) or ontology().reused[iri]
    return found.label[language]


every_diagram = pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda diagram: diagram.name)
every_language = pytest.mark.parametrize("language", ["vi", "en"])


@every_diagram
def test_relations_are_between_classes_that_are_drawn(diagram: Diagram) -> None:
    drawn = {placed.cls for placed in diagram.classes}
    assert drawn <= set(ontology().terms)
    for relation in diagram.relations:
        assert {relation.source, relation.target} <= drawn


@every_diagram
def test_relations_fit_the_domains_and_ranges_of_the_ontology(diagram: Diagram) -> None:
    for relation in diagram.relations:
        if is_own(relation.predicate):
            term = ontology().terms[relation.predicate]
            assert not term.domain or relation.source in term.domain, relation
            assert not term.range or relation.target in term.range, relation


@every_diagram
@every_language
def test_boxes_do_not_overlap_and_lie_within(diagram: Diagram, language: str) -> None:
    drawing = draw(diagram, lambda iri: label(language, iri))
    for one, other in combinations(drawing.boxes, 2):
        assert abs(one.x - other.x) >= BOX_WIDTH or abs(one.y - other.y) >= BOX_HEIGHT
    for box in drawing.boxes:
        assert 0 <= box.x <= drawing.width - BOX_WIDTH
        assert 0 <= box.y <= drawing.height - BOX_HEIGHT


@every_diagram
@every_language
def test_names_of_arrows_lie_outside_boxes(diagram: Diagram, language: str) -> None:
    drawing = draw(diagram, lambda iri: label(language, iri))
    for arrow in drawing.arrows:
        assert arrow.label
        for baseline, _ in arrow.baselines:
            assert not any(inside(box, arrow.x, baseline - 4) for box in drawing.boxes), arrow


@every_diagram
def test_arrows_begin_and_end_at_the_edges_of_boxes(diagram: Diagram) -> None:
    drawing = draw(diagram, lambda iri: label("vi", iri))
    for arrow, relation in zip(drawing.arrows, diagram.relations, strict=True):
        if relation.source == relation.target:
            continue
        x1, y1, x2, y2 = map(float, re.findall(r"-?\d+\.\d", arrow.path))
        boxes = {box.cls: box for box in drawing.boxes}
        assert near(boxes[relation.source], x1, y1)
        assert near(boxes[relation.target], x2, y2)


def test_long_names_of_classes_are_broken_to_fit_their_boxes() -> None:
    lines = Box("c", 0, 0).baselines("biến động đơn vị hành chính")
    assert [line for _, line in lines] == ["biến động đơn vị", "hành chính"]
    assert all(0 < y < BOX_HEIGHT - 18 for y, _ in lines)


def inside(box: Box, x: float, y: float) -> bool:
    return box.x < x < box.x + BOX_WIDTH and box.y < y < box.y + BOX_HEIGHT


def near(box: Box, x: float, y: float) -> bool:
    within = box.x - 4 <= x <= box.x + BOX_WIDTH + 4 and box.y - 4 <= y <= box.y + BOX_HEIGHT + 4
    deep = box.x + 1 < x < box.x + BOX_WIDTH - 1 and box.y + 1 < y < box.y + BOX_HEIGHT - 1
    return within and not deep
