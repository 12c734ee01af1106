"""An evidence holds only while its fragment stands in the text, letter by letter, where it says."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from graph.cli.evidence import app
from graph.problems import Problems
from graph.texts.evidence import UnitReport, check_unit
from graph.texts.evidence_node import evidence_block
from graph.texts.locate import occurrences, similar_occurrences
from graph.texts.text_files import TextFile
from graph.texts.trig import TrigUnit, parse_trig_unit

WORDS = "đã có 788 phản ánh"
TEXT = TextFile.of("900.txt", f"Chuyển đổi số\nThông qua ứng dụng {WORDS} của công dân.\n")
START = TEXT.text.index(WORDS)
END = START + len(WORDS)

HEAD = """@base <https://w3id.org/vndx/> .
@prefix vndx: <https://w3id.org/vndx/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
GRAPH <graph/source/900> {
"""
FACT = f"""<id/observation/900/x> a vndx:Observation ;
  vndx:value 788.0 ; # a comment; with "quotes" and <brackets>.
  vndx:statedIn <id/source/900> ; vndx:hasEvidence <id/evidence/900/{START}-{END}> .
"""


def source(sha256: str = TEXT.sha256) -> str:
    return f'<id/source/900> a vndx:SourceText ; vndx:textFile "900.txt" ; vndx:textSha256 "{sha256}" .\n'


def unit_of(*blocks: str) -> TrigUnit:
    problems = Problems()
    unit = parse_trig_unit("900", HEAD + "".join(blocks) + "}\n", problems)
    assert list(problems) == []
    assert unit is not None
    return unit


def report_of(*blocks: str, text: TextFile = TEXT) -> UnitReport:
    return check_unit(unit_of(*blocks), {"900.txt": text})


def messages(report: UnitReport) -> str:
    return "\n".join(str(problem) for problem in report.problems)


GOOD = (source(), FACT, evidence_block("900", WORDS, START, END))


def test_a_fragment_that_stands_where_it_says_passes() -> None:
    report = report_of(*GOOD)
    assert report.problems == ()
    assert (report.nodes, report.evidences, report.text_missing) == (1, 1, False)


def test_an_altered_fragment_fails_with_file_line_evidence_and_both_languages() -> None:
    report = report_of(source(), FACT, evidence_block("900", WORDS.replace("788", "789"), START, END))
    (problem,) = report.problems
    assert problem.file == "sources/900.trig"
    assert problem.line == 10
    assert f"id/evidence/900/{START}-{END}" in problem.en
    assert "the text has no such fragment" in problem.en
    assert "văn bản không có trích đoạn này" in problem.vi


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_shifted_offset_fails_and_says_where_the_fragment_stands(shift: int) -> None:
    fact = FACT.replace(f"{START}-{END}", f"{START + shift}-{END + shift}")
    report = report_of(source(), fact, evidence_block("900", WORDS, START + shift, END + shift))
    assert len(report.problems) == 1
    assert f"stands at {START}-{END}" in messages(report)


def test_offsets_behind_the_end_of_the_text_fail() -> None:
    fact = FACT.replace(f"{START}-{END}", f"{START + 9000}-{END + 9000}")
    report = report_of(source(), fact, evidence_block("900", WORDS, START + 9000, END + 9000))
    assert "stands ''" in messages(report)


def test_a_span_that_is_longer_than_its_fragment_fails() -> None:
    fact = FACT.replace(f"{START}-{END}", f"{START}-{END + 1}")
    report = report_of(source(), fact, evidence_block("900", WORDS, START, END + 1))
    assert f"has {len(WORDS)} characters, {START}-{END + 1} spans {len(WORDS) + 1}" in messages(report)


def test_a_changed_text_fails_by_its_hash_even_where_the_fragments_still_stand() -> None:
    changed = TextFile.of("900.txt", TEXT.text + "Thêm một dòng.\n")
    report = report_of(*GOOD, text=changed)
    assert [problem.column for problem in report.problems] == ["vndx:textSha256"]
    assert "900.txt has changed" in messages(report)


def test_a_fragment_of_160_characters_passes_and_one_more_fails() -> None:
    for length, count in ((160, 0), (161, 1)):
        text = TextFile.of("900.txt", "x" * length)
        fact = FACT.replace(f"{START}-{END}", f"0-{length}")
        block = evidence_block("900", "x" * length, 0, length)
        assert len(report_of(source(text.sha256), fact, block, text=text).problems) == count


def test_a_plain_space_does_not_pass_for_a_no_break_space() -> None:
    text = TextFile.of("900.txt", "xây dựng một\u00a0Thái Nguyên")
    fact = FACT.replace(f"{START}-{END}", "9-23")
    good = evidence_block("900", "một\u00a0Thái Nguyên"[:14], 9, 23)
    assert report_of(source(text.sha256), fact, good, text=text).problems == ()
    bad = evidence_block("900", "một Thái Nguyên"[:14], 9, 23)
    assert "\\xa0" in messages(report_of(source(text.sha256), fact, bad, text=text))


def test_a_node_without_evidence_fails() -> None:
    report = report_of(*GOOD, "<id/claim/y> a vndx:Claim ; vndx:statedIn <id/source/900> .\n")
    assert "id/claim/y: there is no evidence of it" in messages(report)


def test_a_node_that_names_an_evidence_of_another_unit_fails() -> None:
    other = FACT.replace("/900/x", "/900/y").replace(f"/900/{START}", "/901/0")
    assert "does not describe the evidence" in messages(report_of(*GOOD, other))


def test_a_node_that_does_not_name_its_source_fails() -> None:
    report = report_of(*GOOD, FACT.replace("/900/x", "/900/y").replace("vndx:statedIn <id/source/900> ;", ""))
    assert [problem.column for problem in report.problems] == ["vndx:statedIn"]


def test_an_evidence_that_no_node_has_fails() -> None:
    idle = evidence_block("900", "Chuyển đổi số", 0, 13)
    assert "id/evidence/900/0-13: no node has this evidence" in messages(report_of(*GOOD, idle))


def test_an_evidence_of_another_source_fails() -> None:
    block = evidence_block("900", WORDS, START, END).replace("<id/source/900>", "<id/source/901>")
    assert "the source must be" in messages(report_of(source(), FACT, block))


def test_an_evidence_whose_iri_is_not_made_of_its_offsets_fails() -> None:
    fact, block = FACT.replace(f"{START}-{END}", "1-2"), evidence_block("900", WORDS, START, END)
    report = report_of(source(), fact, block.replace(f"900/{START}-{END}", "900/1-2"))
    assert f"must be https://w3id.org/vndx/id/evidence/900/{START}-{END}" in messages(report)


@pytest.mark.parametrize(
    ("part", "column"),
    [
        (f'; oa:exact "{WORDS}"@vi', "oa:exact"),
        (f"; oa:start {START}", "oa:start"),
        ("a oa:TextQuoteSelector ; ", "oa:hasSelector"),
        ("a oa:TextPositionSelector ; ", "oa:hasSelector"),
    ],
)
def test_an_evidence_that_lacks_a_part_fails(part: str, column: str) -> None:
    report = report_of(source(), FACT, evidence_block("900", WORDS, START, END).replace(part, ""))
    assert column in {problem.column for problem in report.problems}


def test_a_unit_that_does_not_describe_its_source_fails() -> None:
    assert "must be described" in messages(report_of(*GOOD[1:]))


def test_without_the_text_the_unit_is_still_checked_for_what_can_be_said() -> None:
    good, idle = unit_of(*GOOD), unit_of(*GOOD, evidence_block("900", "Chuyển đổi số", 0, 13))
    assert check_unit(good, {}).problems == ()
    assert check_unit(good, {}).text_missing
    assert len(check_unit(idle, {}).problems) == 1


@given(st.text(min_size=1, max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_locate_finds_every_fragment_at_its_offset(fragment: str, before: str, after: str) -> None:
    text = TextFile.of("900.txt", before + fragment + after)
    for start in range(len(text.text)):
        for end in range(start + 1, min(start + 4, len(text.text)) + 1):
            spans = [(place.start, place.end) for place in occurrences(text, text.text[start:end])]
            assert (start, end) in spans


@pytest.mark.parametrize("typed", ["một Thái Nguyên", "MỘT THÁI NGUYÊN", "mot thai nguyen"])
def test_locate_shows_how_a_similar_fragment_stands_in_the_text(typed: str) -> None:
    text = TextFile.of("900.txt", "xây dựng\n một\u00a0Thái  Nguyên luôn bình yên")
    assert occurrences(text, typed) == []
    (place,) = similar_occurrences(text, typed)
    assert (place.exact, place.line) == ("một\u00a0Thái  Nguyên", 2)


# The command line


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Make a folder of texts and one of units, with one unit that passes."""
    texts, units = tmp_path / "texts", tmp_path / "units"
    texts.mkdir()
    units.mkdir()
    (texts / "900.txt").write_text(TEXT.text, "utf-8")
    (units / "900.trig").write_text(HEAD + "".join(GOOD) + "}\n", "utf-8")
    return texts, units


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def test_check_says_what_it_checked_and_exits_with_0(folders: tuple[Path, Path]) -> None:
    texts, units = folders
    code, output = run("check", "--texts", texts, "--sources", units)
    assert (code, output) == (0, "900: 1 nodes, 1 evidences: all as in 900.txt\n")


def test_check_exits_with_1_when_a_text_has_changed(folders: tuple[Path, Path]) -> None:
    texts, units = folders
    (texts / "900.txt").write_text("x" + TEXT.text, "utf-8")
    code, output = run("check", "--texts", texts, "--sources", units)
    assert code == 1
    assert "sources/900.trig:6 [vndx:textSha256]" in output
    assert "2 problem(s)." in output


def test_check_exits_with_1_when_a_unit_cannot_be_read(folders: tuple[Path, Path]) -> None:
    texts, units = folders
    (units / "901.trig").write_text("<a> <b> .\n", "utf-8")
    code, output = run("check", "--texts", texts, "--sources", units)
    assert code == 1
    assert "sources/901.trig:1 TriG syntax" in output


def test_check_skips_clearly_where_the_texts_are_not_there(folders: tuple[Path, Path]) -> None:
    texts, units = folders
    code, output = run("check", "--texts", texts / "nowhere", "--sources", units)
    assert code == 0
    assert "SKIPPED the comparison: 900.txt is not in" in output


def test_check_with_require_fails_where_the_texts_are_not_there(folders: tuple[Path, Path]) -> None:
    texts, units = folders
    code, output = run("check", "--texts", texts / "nowhere", "--sources", units, "--require")
    assert code == 1
    assert "900.txt is not in" in output


def test_check_of_a_unit_that_does_not_exist_is_a_usage_error(folders: tuple[Path, Path]) -> None:
    texts, units = folders
    code, output = run("check", "999", "--texts", texts, "--sources", units)
    assert code == 2
    assert "999.trig" in output


def test_locate_prints_every_occurrence_and_the_block_to_paste(folders: tuple[Path, Path]) -> None:
    texts, _ = folders
    code, output = run("locate", texts / "900.txt", "ng", "--unit", "900")
    assert code == 0
    assert output.count("(line 2)") == TEXT.text.count("ng")
    assert 'oa:exact "ng"@vi' in output


def test_locate_of_a_fragment_that_is_not_there_exits_with_1(folders: tuple[Path, Path]) -> None:
    texts, _ = folders
    code, output = run("locate", texts / "900.txt", "da co 788 phan anh")
    assert code == 1
    assert f"it stands there as {WORDS!r}" in output
