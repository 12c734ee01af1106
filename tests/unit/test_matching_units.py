"""Names, codes and addresses of some date find their unit, and the unit finds what became of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matching_support import BEFORE, REFORM, TODAY, iri, small_gazetteer

from graph.matching.gazetteer import Share
from graph.matching.matcher import MatchResult, UnitMatcher, UnitQuery
from graph.matching.segment_reader import Segment, SegmentReader
from graph.matching.succession import communes_of, origins, outcomes

GAZETTEER = small_gazetteer()
MATCHER = UnitMatcher(GAZETTEER, TODAY)


def match(text: str, **more: object) -> MatchResult:
    return MATCHER.match(UnitQuery(text, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Thái Nguyên", None, "2025/19"),
        ("Thái Nguyên", BEFORE, "2004/19"),
        ("Thai Nguyen Province", BEFORE, "2004/19"),
        ("TP. Thái Nguyên", None, "2004/164"),
        ("TP.HCM", None, "2025/79"),
        ("Saigon", None, "2025/79"),
        ("BRVT", None, "2004/77"),
        ("BR-VT", None, "2004/77"),
        ("Đắc Lắc", None, "2004/66"),
        ("Tinh Gia", None, "2004/407"),
        ("Q.1, TPHCM", None, "2004/760"),
        ("Phổ Yên", None, "2004/172"),
        ("Sảng Mộc, Võ Nhai, Thái Nguyên", None, "2004/05719"),
        ("Thái Nguyên, Võ Nhai, Sảng Mộc", None, "2004/05719"),
        ("xã Sảng Mộc, tỉnh Thái Nguyên", None, "2025/05719"),
        ("Thôn 3, xã Sảng Mộc, huyện Võ Nhai", None, "2004/05719"),
        ("Xã Sảng Mộcc, huyện Võ Nhai, tỉnh Thái Nguyên", None, "2004/05719"),
        ("Tân Lập, Thái Nguyên", BEFORE, "2004/05467"),
        ("VN-69", None, "2004/19"),
        ("5728", None, "2004/05728"),
        ("Sảng Mộc (huyện Võ Nhai)", None, "2004/05719"),
        ("Bà Rịa - Vũng Tầu", None, "2004/77"),
        ("Bà Rịa - Vũng Tu", None, "2004/77"),
        ("Thủ đô Hồ Chí Minh", None, "2025/79"),
    ],
)
def test_a_text_is_matched_to_its_unit(text: str, day: date | None, expected: str) -> None:
    found = match(text, day=day)
    assert found.match is not None, [(c.unit.iri, c.score) for c in found.candidates]
    assert found.match.unit.iri == iri(expected)


@pytest.mark.parametrize("text", ["Tân Lập", "phuong Tan Lap"])
def test_several_units_of_one_name_are_reported_and_none_is_guessed(text: str) -> None:
    found = match(text)
    assert len(found.candidates) >= 2
    assert found.match is None


def test_a_code_that_was_given_anew_is_no_match_without_a_date() -> None:
    assert match("15").match is None
    assert {c.unit.label_vi for c in match("15").candidates} == {"Tỉnh Yên Bái", "Tỉnh Lào Cai"}
    assert match("15", day=BEFORE).candidates[0].unit.label_vi == "Tỉnh Yên Bái"
    assert match("15", era="2025").candidates[0].unit.label_vi == "Tỉnh Lào Cai"


def test_a_parent_of_another_column_decides_like_one_in_the_text() -> None:
    assert match("Tân Lập", within=("Bắc Kạn",)).candidates[0].unit.iri == iri("2004/01999")


def test_a_wrong_parent_keeps_a_candidate_from_being_matched() -> None:
    found = match("xã Sảng Mộc, tỉnh Yên Bái")
    assert found.candidates[0].unit.label_vi == "Xã Sảng Mộc"
    assert found.match is None


def test_levels_and_limit_are_kept() -> None:
    assert {c.unit.level for c in match("Thái Nguyên", levels=frozenset({2})).candidates} == {2}
    assert len(match("Thái Nguyên", limit=1).candidates) == 1


def test_the_version_of_the_day_is_given() -> None:
    found = match("Phổ Yên", day=date(2018, 1, 1)).candidates[0]
    assert found.version.official_name == "Thị xã Phổ Yên"


def test_a_former_type_is_found_with_a_lower_score() -> None:
    assert (
        match("huyện Phổ Yên", day=BEFORE).candidates[0].score
        < match("TP Phổ Yên", day=BEFORE).candidates[0].score
    )


def test_what_is_not_known_has_no_candidates() -> None:
    assert match("Atlantis").candidates == ()
    assert match("").candidates == ()


@given(st.text(max_size=60))
def test_any_text_is_answered_with_scores_from_0_to_100_in_order(text: str) -> None:
    scores = [c.score for c in match(text).candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)


def test_a_whole_unit_leads_to_its_one_successor() -> None:
    (found,) = outcomes(GAZETTEER, GAZETTEER.units[iri("2004/05719")], REFORM)
    assert (found.unit.iri, found.share) == (iri("2025/05719"), Share.WHOLE)
    assert [step.day for step in found.steps] == [REFORM]


def test_a_split_unit_leads_to_all_successors_in_part() -> None:
    found = outcomes(GAZETTEER, GAZETTEER.units[iri("2004/05728")], TODAY)
    assert {(o.unit.iri, o.share) for o in found} == {
        (iri("2025/05719"), Share.PART),
        (iri("2025/05716"), Share.PART),
    }


def test_a_unit_that_is_still_there_is_its_own_outcome() -> None:
    (found,) = outcomes(GAZETTEER, GAZETTEER.units[iri("2025/19")], TODAY)
    assert (found.unit.iri, found.share, found.steps) == (iri("2025/19"), Share.WHOLE, ())


def test_an_abolished_district_has_no_successor_but_communes() -> None:
    district = GAZETTEER.units[iri("2004/170")]
    assert outcomes(GAZETTEER, district, TODAY) == ()
    assert {unit.iri for unit in communes_of(GAZETTEER, district, BEFORE)} == {
        iri("2004/05719"),
        iri("2004/05728"),
    }


def test_origins_go_back_to_all_that_a_unit_was_made_of() -> None:
    found = origins(GAZETTEER, GAZETTEER.units[iri("2025/19")], BEFORE)
    assert {o.unit.label_vi for o in found} == {"Tỉnh Thái Nguyên", "Tỉnh Bắc Kạn"}


def test_each_part_is_looked_up_once_however_many_candidates_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    look_up = SegmentReader.read_alike

    def counted(self: SegmentReader, part: str, *arguments: object, **more: object) -> Segment:
        asked.append(part)
        return look_up(self, part, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(SegmentReader, "read_alike", counted)
    text = ", ".join(["Tân Lập", "Tân Lạp", "Thái Nguyen"] * 10)
    match(text)
    assert sorted(asked) == sorted({"Tân Lập", "Tân Lạp", "Thái Nguyen", text})


def test_what_is_too_long_for_an_address_means_no_unit() -> None:
    assert match("Thái Nguyên" + " " * 1_000).candidates == ()
    assert match("Thái Nguyên", within=("x" * 1_000,)).candidates == ()
