"""Contradictions: two claims, each with its page, linked by a conflict about what they are about."""

from __future__ import annotations

from pathlib import Path

import pytest
from mapping_support import Mapped, assert_reported, folder_with, row_of, rows_of

from graph.mapping import conflicts
from graph.model import iris
from graph.model.namespaces import ID, SKOS, VNDX

(CONFLICTS,) = conflicts.MAPPINGS
RESOLUTION_57 = ID["conflict/57-nq-tw-issue-date"]


@pytest.fixture(scope="module")
def mapped() -> Mapped:
    return Mapped(CONFLICTS)


def test_every_row_is_one_conflict_of_two_claims(mapped: Mapped) -> None:
    assert mapped.problems == []
    assert mapped.count(VNDX["Conflict"]) == len(rows_of("policy/contradictions")) == 32
    assert mapped.count(VNDX["Claim"]) == 64
    assert len({q.subject for q in mapped.sink if q.predicate == VNDX["statedIn"]}) == 64


def test_a_conflict_is_about_its_document_and_prefers_the_reading_that_was_kept(mapped: Mapped) -> None:
    assert mapped.one(RESOLUTION_57, VNDX["about"]) == ID["document/57-nq-tw-2024"].value
    assert mapped.one(RESOLUTION_57, VNDX["preferred"]) == f"{ID['claim/57-nq-tw-issue-date/b'].value}"
    claim = ID["claim/57-nq-tw-issue-date/b"]
    assert mapped.one(claim, VNDX["statement"]) == "2024-12-22"
    page = row_of("policy/contradictions", subject="57-NQ/TW issue date")["source_b"]
    assert mapped.one(claim, VNDX["statedIn"]) == iris.source_page(page).value
    assert "kept 2024-12-22" in mapped.one(RESOLUTION_57, SKOS["note"])


def test_an_english_subject_has_labels_in_both_languages(mapped: Mapped) -> None:
    assert mapped.objects(RESOLUTION_57, SKOS["prefLabel"]) == {
        "Ngày ban hành 57-NQ/TW",
        "57-NQ/TW issue date",
    }


def test_same_page_means_the_page_of_the_other_claim(mapped: Mapped) -> None:
    row = row_of("policy/contradictions", source_b="same page")
    first, second = (iris.keyed("claim", row["subject"], side) for side in "ab")
    assert mapped.one(first, VNDX["statedIn"]) == mapped.one(second, VNDX["statedIn"])


def test_an_unresolved_conflict_prefers_nothing(mapped: Mapped) -> None:
    assert mapped.objects(ID["conflict/6074-btttt-cdsqg-issue-date"], VNDX["preferred"]) == set()


def test_readings_that_only_seem_to_differ_are_not_disputed(mapped: Mapped) -> None:
    apparent = mapped.subjects(VNDX["conflictKind"], iris.concept("conflict-kind", "apparent"))
    assert ID["conflict/vneid-launch-date"] in apparent
    for conflict in apparent:
        for claim in {
            q.object
            for q in mapped.sink
            if q.subject == conflict and q.predicate == VNDX["conflictingStatement"]
        }:
            assert mapped.one(claim, VNDX["status"]) == iris.concept("status", "stated").value


@pytest.mark.parametrize(
    ("subject", "about"),
    [
        ("Hue-S quy mô người dùng 2025", "platform/hue-hue-s"),
        ("Khánh Hòa DTI rank", "unit/2025/56"),
        ("01-NQ/TU Thái Nguyên issue date", "document/01-nq-tu-thai-nguyen-2020"),
    ],
)
def test_subjects_resolve_to_platforms_units_and_documents(mapped: Mapped, subject: str, about: str) -> None:
    assert mapped.one(iris.named("conflict", subject), VNDX["about"]) == ID[about].value


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"subject": ""}, "subject"),
        ({"kind": "quarrel"}, "kind"),
        ({"preferred": "c"}, "preferred"),
        ({"claim_a": ""}, "claim_a"),
        ({"claim_b": "a" * 161}, "claim_b"),
        ({"source_a": "same page"}, "source_a"),
        ({"source_b": "truongchinhtri.haiduong.org.vn"}, "source_b"),
        ({"about": "document/no-such-document"}, "about"),
        ({"about": "platform/c-nowhere"}, "about"),
        ({"about": "event/never"}, "about"),
        ({"about": "province/2025/Hà Giang"}, "about"),
        ({"about": "province/Hà Giang"}, "about"),
        ({"about": "indicator/luck"}, "about"),
        ({"about": "page/same page"}, "about"),
        ({"about": "VNeID"}, "about"),
    ],
)
def test_a_bad_contradiction_is_reported_and_left_out(
    tmp_path: Path, cells: dict[str, str], column: str
) -> None:
    good, other = rows_of("policy/contradictions")[:2]
    mapped = Mapped(CONFLICTS, folder_with(tmp_path, "policy/contradictions", good, {**other, **cells}))
    assert_reported(mapped.problems, "policy/contradictions", 3, column)
    assert mapped.count(VNDX["Conflict"]) == 1


def test_two_contradictions_on_one_subject_are_reported(tmp_path: Path) -> None:
    row = rows_of("policy/contradictions")[0]
    mapped = Mapped(CONFLICTS, folder_with(tmp_path, "policy/contradictions", row, row))
    assert_reported(mapped.problems, "policy/contradictions", 3, "subject")
