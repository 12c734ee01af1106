"""Units of a build: what is kept, what is made again, and what a mapping may read."""

import os
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from graph.build.assemble import plan_units
from graph.build.inputs import Project, collect
from graph.build.table_units import UndeclaredTableError, table_plans
from graph.build.units import realise
from graph.build.vocabulary_units import vocabulary_plans
from graph.cache import CACHE_FORMAT, ContentCache
from graph.mapping.reader import TableSet
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.model import iris
from graph.model.namespaces import VNDX
from graph.problems import Problems

COLUMNS = ("code", "name")


def count_rows(tables: TableSet) -> int:
    return len(tables.table("one", COLUMNS))


def map_rows(tables: TableSet, sink: GraphSink) -> None:
    for row in tables.table("one", COLUMNS):
        if not row["code"].isdigit():
            tables.problems.report("tables/one.csv", row.line, "code", vi="mã sai", en="bad code")
            continue
        node = NamedNode(f"https://example.org/{row['code']}")
        sink.origin(node, "tables/one.csv", row.line)
        sink.label(node, vi=row["name"])


def map_count(tables: TableSet, sink: GraphSink) -> None:
    sink.integer(NamedNode("https://example.org/count"), VNDX["code"], tables.once(count_rows))


def mapping(name: str, function: object = map_rows, inputs: tuple[str, ...] = ("one",)) -> TableMapping:
    return TableMapping(name, iris.graph("table", name), inputs, function, "bảng", "table")  # type: ignore[arg-type]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "data" / "tables").mkdir(parents=True)
    (tmp_path / "data" / "sources").mkdir()
    (tmp_path / "shapes").mkdir()
    (tmp_path / "ontology").mkdir()
    (tmp_path / "data" / "tables" / "one.csv").write_text("code,name\n1,Một\n2,Hai\n", "utf-8")
    return Project(tmp_path / "data", tmp_path / "ontology", tmp_path / "shapes")


@pytest.fixture
def cache(tmp_path: Path) -> ContentCache:
    return ContentCache(tmp_path / "cache")


def run(
    project: Project, cache: ContentCache, *mappings: TableMapping
) -> list[tuple[bytes, bool, list[str]]]:
    """Make the units of mappings; give of each the triples, whether they were kept, and the problems."""
    made = []
    for plan in table_plans(project, collect(project, Problems()), mappings):
        problems = Problems()
        unit, kept = realise(plan, cache, problems)
        made.append((unit.triples, kept, [problem.en for problem in problems]))
    return made


def test_an_unchanged_table_is_not_mapped_again(project: Project, cache: ContentCache) -> None:
    ((first, kept_first, _),) = run(project, cache, mapping("one"))
    ((second, kept_second, _),) = run(project, cache, mapping("one"))
    assert (kept_first, kept_second) == (False, True)
    assert first == second
    assert first.count(b"\n") == 2


def test_kept_units_know_their_lines(project: Project, cache: ContentCache) -> None:
    for expected in (False, True):
        (plan,) = table_plans(project, collect(project, Problems()), [mapping("one")])
        unit, kept = realise(plan, cache, Problems())
        assert kept is expected
        assert unit.content.origins["https://example.org/2"] == ("tables/one.csv", 3)


def test_a_changed_table_is_mapped_again(project: Project, cache: ContentCache) -> None:
    run(project, cache, mapping("one"))
    (project.tables / "one.csv").write_text("code,name\n1,Một\n", "utf-8")
    ((triples, kept, _),) = run(project, cache, mapping("one"))
    assert not kept
    assert triples.count(b"\n") == 1


def test_a_changed_concept_scheme_makes_all_tables_be_mapped_again(
    project: Project, cache: ContentCache
) -> None:
    run(project, cache, mapping("one"))
    (project.ontology / "concepts.ttl").write_text("<a> <b> <c> .", "utf-8")
    assert [kept for _, kept, _ in run(project, cache, mapping("one"))] == [False]


def test_a_unit_with_problems_is_never_kept(project: Project, cache: ContentCache) -> None:
    (project.tables / "one.csv").write_text("code,name\nx,Một\n2,Hai\n", "utf-8")
    for _ in range(2):
        ((_, kept, problems),) = run(project, cache, mapping("one"))
        assert not kept
        assert problems == ["bad code"]


def test_what_is_wrong_in_a_shared_table_is_known_to_every_mapping(
    project: Project, cache: ContentCache
) -> None:
    (project.tables / "one.csv").write_text("code,name\n1\n2,Hai\n", "utf-8")
    one, two, three = run(project, cache, mapping("one"), mapping("two"), mapping("three", map_count))
    expected = ["the row has 1 cells, 2 are needed"]
    assert one[2] == two[2] == three[2] == expected
    assert [kept for _, kept, _ in run(project, cache, mapping("two"), mapping("three", map_count))] == [
        False,
        False,
    ]


@pytest.mark.parametrize("function", [map_rows, map_count])
def test_a_mapping_that_reads_an_undeclared_table_is_refused(
    project: Project, cache: ContentCache, function: object
) -> None:
    with pytest.raises(UndeclaredTableError, match="'two' reads one: add it to its inputs"):
        run(project, cache, mapping("one", map_count), mapping("two", function, inputs=("other",)))


def test_two_units_may_not_fill_one_graph(project: Project) -> None:
    with pytest.raises(ValueError, match="both fill the graph"):
        plan_units(project, collect(project, Problems()), [mapping("one"), mapping("one")])


def test_folders_that_are_not_there_are_reported(tmp_path: Path) -> None:
    problems = Problems()
    collect(Project(tmp_path / "data", tmp_path / "ontology", tmp_path / "shapes"), problems)
    assert [problem.file for problem in problems] == ["ontology", "shapes", "sources", "tables"]


def test_a_syntax_error_in_a_turtle_file_names_its_line(project: Project) -> None:
    (project.shapes / "bad.ttl").write_text("<a> <b> <c> .\n<a> <b> ;;; <c>\n", "utf-8")
    (project.shapes / "good.ttl").write_text("<a> <b> <d> .\n", "utf-8")
    problems = Problems()
    for plan in vocabulary_plans(collect(project, problems)):
        plan.make(problems)
    ((file, line),) = [(problem.file, problem.line) for problem in problems]
    assert (file, line) == ("shapes/bad.ttl", 2)


def test_blank_nodes_of_shapes_keep_their_names_when_other_files_change(project: Project) -> None:
    (project.shapes / "a.ttl").write_text("<a> <b> [ <c> 1 ] .", "utf-8")
    *_, shapes = vocabulary_plans(collect(project, Problems()))
    triples = shapes.make(Problems()).triples
    assert b"_:shapes-c14n0" in triples


def test_the_cache_forgets_what_was_used_longest_ago(tmp_path: Path) -> None:
    cache = ContentCache(tmp_path)
    for number, key in enumerate(("k1", "k2", "k3")):
        cache.put("kind", key, b"x" * 100)
        os.utime(tmp_path / CACHE_FORMAT / "kind" / key[:2] / key, (number, number))
    assert cache.get("kind", "k1") == b"x" * 100
    assert cache.trim(limit=250) == 1
    assert [cache.get("kind", key) is None for key in ("k1", "k2", "k3")] == [False, True, False]


def test_no_cache_keeps_nothing() -> None:
    cache = ContentCache(None)
    cache.put("kind", "key", b"x")
    assert cache.get("kind", "key") is None
    assert cache.trim() == 0
