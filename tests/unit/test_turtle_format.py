"""The format of Turtle files: one form for one graph, and nothing lost."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from graph.vocabulary.turtle_format import format_turtle, main

SHAPE = """\
# Shapes of units.
# Two lines.

@prefix ex: <http://example.org/#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
ex:s sh:property [ sh:path ex:b ; sh:minCount 1 ], [ sh:path ex:a ; sh:in ( "x # y" <http://e/#y> ) ] .
ex:a ex:b "tỉnh"@vi, 2.50 .
"""


def test_formatting_twice_changes_nothing_more() -> None:
    once = format_turtle(SHAPE)
    assert format_turtle(once) == once


def test_formatting_keeps_the_graph() -> None:
    assert isomorphic(Graph().parse(data=format_turtle(SHAPE)), Graph().parse(data=SHAPE))


def test_formatting_keeps_the_comment_at_the_top() -> None:
    assert format_turtle(SHAPE).startswith("# Shapes of units.\n# Two lines.\n\nPREFIX ex:")


@pytest.mark.parametrize("seed", range(5))
def test_the_form_does_not_depend_on_the_order_of_statements(seed: int) -> None:
    graph = Graph(bind_namespaces="none").parse(data=SHAPE)
    lines = graph.serialize(format="nt").splitlines()
    random.Random(seed).shuffle(lines)  # noqa: S311 - a shuffle, no secret
    comments, prefixes = SHAPE.split("\n\n", maxsplit=1)[0], "".join(SHAPE.splitlines(keepends=True)[3:5])
    assert format_turtle(f"{comments}\n\n{prefixes}" + "\n".join(lines)) == format_turtle(SHAPE)


def test_a_comment_further_down_is_refused_with_its_line() -> None:
    with pytest.raises(ValueError, match="line 3: a comment inside the file would be lost"):
        format_turtle("@prefix ex: <http://example.org/#> .\nex:a ex:b 1 .\nex:a ex:b 2 . # two\n")


def test_no_turtle_is_refused() -> None:
    with pytest.raises(ValueError, match="not Turtle"):
        format_turtle("ex:a ex:b 1 .")


def test_check_names_the_file_that_is_not_formatted_and_leaves_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "shape.ttl"
    path.write_text(SHAPE, encoding="utf-8")
    assert main(["--check", str(path)]) == 1
    assert "shape.ttl: not formatted" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == SHAPE


def test_formatting_a_file_rewrites_it_once(tmp_path: Path) -> None:
    path = tmp_path / "shape.ttl"
    path.write_text(SHAPE, encoding="utf-8")
    assert main([str(path)]) == 0
    assert main(["--check", str(path)]) == 0
