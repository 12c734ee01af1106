"""The commands that read: `vndx query` on a snapshot, `vndx validate` on the data and on files."""

import csv
import io
import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from build_support import COMMAND, environment, vndx
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from graph.model.namespaces import SH
from graph.snapshots.home import SnapshotHome

THAI_NGUYEN = "https://w3id.org/vndx/id/unit/2025/19"
NAMES = """SELECT ?unit ?name { ?unit a vndx:Province ; vndx:era <https://w3id.org/vndx/concept/era/2025> ;
             skos:prefLabel ?name FILTER(lang(?name) = "vi") } ORDER BY ?unit"""
LABELS = f"CONSTRUCT {{ ?s rdfs:label ?o }} {{ VALUES ?s {{ <{THAI_NGUYEN}> }} ?s rdfs:label ?o }}"


def query(home: SnapshotHome, *arguments: str) -> str:
    done = vndx("query", *arguments, "--home", home.root)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_table_for_people_has_short_names_and_the_number_of_rows(small_home: SnapshotHome) -> None:
    text = query(small_home, NAMES)
    assert "id:unit/2025/19" in text
    assert "Tỉnh Thái Nguyên @vi" in text
    assert text.splitlines()[-1] == "(3 rows)"


def test_every_form_of_solutions_has_the_same_names(small_home: SnapshotHome) -> None:
    rows = list(csv.DictReader(io.StringIO(query(small_home, NAMES, "--format", "csv"))))
    names = [row["name"] for row in rows]
    assert names[1:] == ["Tỉnh Thái Nguyên", "Thành phố Bắc Ninh"]
    document = json.loads(query(small_home, NAMES, "--format", "json"))
    assert [row["name"]["value"] for row in document["results"]["bindings"]] == names
    tree = ET.fromstring(query(small_home, NAMES, "--format", "xml"))  # noqa: S314
    assert [node.text for node in tree.iter("{http://www.w3.org/2005/sparql-results#}literal")] == names
    lines = query(small_home, NAMES, "--format", "tsv").splitlines()
    assert lines[2].split("\t") == [f"<{THAI_NGUYEN}>", '"Tỉnh Thái Nguyên"@vi']


@pytest.mark.parametrize(
    ("form", "rdf"),
    [
        ("ttl", RdfFormat.TURTLE),
        ("nt", RdfFormat.N_TRIPLES),
        ("rdf", RdfFormat.RDF_XML),
        ("jsonld", RdfFormat.JSON_LD),
        ("trig", RdfFormat.TRIG),
    ],
)
def test_every_form_of_graphs_has_the_same_triples(
    small_home: SnapshotHome, form: str, rdf: RdfFormat
) -> None:
    expected = set(parse(query(small_home, LABELS, "--format", "nt"), RdfFormat.N_TRIPLES))
    assert len(expected) == 2
    assert set(parse(query(small_home, LABELS, "--format", form).encode(), rdf)) == expected


def test_ask_says_true_or_false(small_home: SnapshotHome) -> None:
    assert query(small_home, f"ASK {{ <{THAI_NGUYEN}> a vndx:Province }}") == "true\n"
    assert query(small_home, f"ASK {{ <{THAI_NGUYEN}> a vndx:District }}") == "false\n"


def test_a_plain_pattern_sees_all_graphs_each_triple_once(small_home: SnapshotHome) -> None:
    counts = "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT *) AS ?m) { ?s ?p ?o }"
    (row,) = csv.DictReader(io.StringIO(query(small_home, counts, "--format", "csv")))
    snapshot = small_home.current()
    assert snapshot is not None
    assert row["n"] == row["m"] == str(snapshot.manifest().distinct_triples)


def test_graph_patterns_tell_the_table(small_home: SnapshotHome) -> None:
    text = query(small_home, f"SELECT DISTINCT ?g {{ GRAPH ?g {{ <{THAI_NGUYEN}> a vndx:Province }} }}")
    assert "graph:table/provinces-2025" in text


def test_a_query_comes_from_a_file_or_from_standard_input(small_home: SnapshotHome, tmp_path: Path) -> None:
    file = tmp_path / "names.rq"
    file.write_text(NAMES, "utf-8")
    expected = query(small_home, NAMES, "--format", "csv")
    assert query(small_home, "-f", str(file), "--format", "csv") == expected
    piped = subprocess.run(
        [*COMMAND, "query", "-", "--format", "csv", "--home", str(small_home.root)],
        input=NAMES,
        capture_output=True,
        text=True,
        env=environment(),
        check=True,
    )
    assert piped.stdout == expected


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("SELECT nonsense",), 1, "the query is not valid SPARQL"),
        (
            ("SELECT * {}", "--format", "ttl"),
            2,
            "ttl does not fit this query; write one of csv, tsv",
        ),
        (("DESCRIBE <a:b>", "--format", "csv"), 2, "csv does not fit this query; write one of ttl, nt"),
        (("ASK {}", "--snapshot", "0" * 16), 1, "there is no snapshot"),
        (("INSERT DATA { <a:b> <a:c> <a:d> }",), 1, "the query is not valid SPARQL"),
    ],
)
def test_a_wrong_query_says_why(
    small_home: SnapshotHome, arguments: tuple[str, ...], code: int, message: str
) -> None:
    done = vndx("query", *arguments, "--home", small_home.root)
    assert (done.returncode, message in done.stderr) == (code, True), done.stderr


FACTS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vndx: <https://w3id.org/vndx/ontology#> .
<https://w3id.org/vndx/id/platform/mau> a vndx:Platform ;
  skos:prefLabel "Nền tảng mẫu"@vi ;
  vndx:platformKind <https://w3id.org/vndx/concept/platform-kind/citizen-app> ;
  vndx:coverage <https://w3id.org/vndx/id/unit/2025/19> ;
  vndx:statedIn <https://w3id.org/vndx/id/source/sample> ;
  vndx:hasEvidence <https://w3id.org/vndx/id/evidence/sample/0-15> .
"""


def validate(data: Path, tmp_path: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return vndx("validate", *arguments, "--data", data, "--home", tmp_path / "home")


def test_the_whole_data_is_validated_without_a_build(data: Path, tmp_path: Path) -> None:
    done = validate(data, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "node(s) validated: 0 Violation" in done.stderr
    assert not (tmp_path / "home" / "snapshots").exists()


def test_a_file_that_fits_into_the_data_conforms(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "facts.ttl"
    file.write_text(FACTS, "utf-8")
    done = validate(data, tmp_path, file)
    assert done.returncode == 0, done.stderr
    assert "1 node(s) validated: 0 Violation" in done.stderr


def test_a_file_that_breaks_shapes_is_reported_as_text_json_and_turtle(data: Path, tmp_path: Path) -> None:
    file, report = tmp_path / "facts.ttl", tmp_path / "report.ttl"
    file.write_text(
        FACTS.replace("id/unit/2025/19", "id/unit/2025/99").replace("citizen-app", "nonsense"), "utf-8"
    )
    done = validate(data, tmp_path, file, "--output", report)
    assert done.returncode == 1
    assert f"{file}:4: id:platform/mau vndx:coverage = id:unit/2025/99" in done.stderr
    document = json.loads(validate(data, tmp_path, file, "--json").stdout)
    assert {(result["file"], result["line"]) for result in document["results"]} == {(str(file), 4)}
    quads = set(parse(report.read_bytes(), RdfFormat.TURTLE))
    results = {quad.object for quad in quads if quad.predicate == SH["result"]}
    assert len(results) == len(document["results"]) > 1
    assert all(isinstance(result, NamedNode) for result in results)
    focus = NamedNode("https://w3id.org/vndx/id/platform/mau")
    assert {quad.object for quad in quads if quad.predicate == SH["focusNode"]} == {focus}
    assert _conforms(quads) == {"false"}


def _conforms(quads: set[Quad]) -> set[str]:
    return {quad.object.value for quad in quads if quad.predicate == SH["conforms"]}  # type: ignore[union-attr]


@pytest.mark.parametrize("suffix", [".nt", ".jsonld", ".rdf", ".trig", ".nq"])
def test_files_of_any_serialization_are_read(data: Path, tmp_path: Path, suffix: str) -> None:
    rdf = RdfFormat.from_extension(suffix[1:])
    assert rdf is not None
    triples = [quad.triple for quad in parse(FACTS, RdfFormat.TURTLE)]
    file = tmp_path / f"facts{suffix}"
    file.write_bytes(serialize(triples, format=rdf) or b"")
    done = validate(data, tmp_path, file)
    assert (done.returncode, "1 node(s) validated" in done.stderr) == (0, True), done.stderr


def test_a_syntax_error_names_file_and_line_and_an_unknown_suffix_what_would_be_right(
    data: Path, tmp_path: Path
) -> None:
    bad, strange = tmp_path / "bad.ttl", tmp_path / "facts.csv"
    bad.write_text(FACTS + "\n<a> <b> ;;", "utf-8")
    strange.write_text(FACTS, "utf-8")
    done = validate(data, tmp_path, bad, strange)
    assert done.returncode == 1
    assert f"{bad}:11 syntax:" in done.stderr
    assert f"{strange} the suffix must be one of .ttl" in done.stderr


def test_progress_is_plain_lines_in_a_pipe_and_results_go_to_standard_output(
    data: Path, tmp_path: Path
) -> None:
    done = vndx("build", "--data", data, "--home", tmp_path / "home", "--json")
    assert "\x1b" not in done.stderr
    assert "\r" not in done.stderr
    assert json.loads(done.stdout)["published"] is True
