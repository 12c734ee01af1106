"""What a unit is on another day is told in one word, with the units that hold it and their share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from matching_support import BEFORE, REFORM, TODAY, iri, small_gazetteer

from api.units.resolve import Fate, Finding, Resolution, resolve
from api.units.resolve_messages import message
from graph.matching.gazetteer import Gazetteer, Share, Unit, Version
from graph.matching.matcher import UnitMatcher, UnitQuery
from graph.matching.succession import outcomes, outcomes_by_communes

GAZETTEER = small_gazetteer()
MATCHER = UnitMatcher(GAZETTEER, TODAY)


def resolved(text: str, day: date | None = None, on: date = TODAY) -> Resolution:
    return resolve(MATCHER, UnitQuery(text, day=day), on)


@pytest.mark.parametrize(
    ("text", "day", "on", "fate", "expected"),
    [
        ("Phổ Yên", date(2016, 1, 1), date(2017, 1, 1), Fate.SAME, {"2004/172": Share.WHOLE}),
        ("Phổ Yên", date(2016, 1, 1), date(2023, 1, 1), Fate.CHANGED, {"2004/172": Share.WHOLE}),
        ("Tỉnh Bắc Kạn", BEFORE, TODAY, Fate.MERGED, {"2025/19": Share.WHOLE}),
        ("Thượng Nung", BEFORE, TODAY, Fate.SPLIT, {"2025/05719": Share.PART, "2025/05716": Share.PART}),
        (
            "Huyện Võ Nhai",
            BEFORE,
            TODAY,
            Fate.ABOLISHED,
            {"2025/05719": Share.PART, "2025/05716": Share.PART},
        ),
        ("Tỉnh Thái Nguyên", TODAY, BEFORE, Fate.FORMED, {"2004/19": Share.WHOLE, "2004/06": Share.WHOLE}),
        ("Tỉnh Yên Bái", BEFORE, TODAY, Fate.ABOLISHED, {}),
    ],
)
def test_a_unit_is_followed_to_a_day(
    text: str, day: date, on: date, fate: Fate, expected: dict[str, Share]
) -> None:
    found = resolved(text, day, on).destination
    assert found is not None
    assert found.fate is fate
    assert {each.unit.iri: each.share for each in found.outcomes} == {
        iri(key): share for key, share in expected.items()
    }


def test_an_abolished_district_keeps_the_communes_that_lay_in_it_at_last() -> None:
    found = resolved("Huyện Võ Nhai", BEFORE).destination
    assert found is not None
    assert {unit.iri for unit, _ in found.communes} == {iri("2004/05719"), iri("2004/05728")}


def test_several_units_of_one_name_are_ambiguous_and_no_name_gives_nothing() -> None:
    assert resolved("phường Tân Lập").finding is Finding.AMBIGUOUS
    assert resolved("xã Sảng Mộc, tỉnh Yên Bái").finding is Finding.UNSURE
    assert resolved("zzzz").finding is Finding.NOTHING


@pytest.mark.parametrize("fate", Fate)
def test_every_fate_has_a_sentence_in_both_languages(fate: Fate) -> None:
    found = resolved("Tỉnh Bắc Kạn", BEFORE).destination
    assert found is not None
    said = message("Tỉnh Bắc Kạn", replace(found, fate=fate), ["Tỉnh Thái Nguyên"])
    assert set(said) == {"vi", "en"}
    assert all("Tỉnh Bắc Kạn" in text and "2026-11-21" in text for text in said.values())


def test_where_no_act_is_known_communes_tell_where_their_unit_went() -> None:
    """As of Hà Tây: its communes lay in Hà Nội from its end on."""
    end = date(2008, 8, 1)
    old, new = iri("2004/28"), iri("2004/01")
    ended = Version("Hà Tây", "Tỉnh Hà Tây", "tinh", "", None, end)
    still = Version("Hà Nội", "Thành phố Hà Nội", "thanh-pho-truc-thuoc-trung-uong", "", None, None)
    moved = (
        Version("Mỗ Lao", "Xã Mỗ Lao", "xa", old, None, end),
        Version("Mỗ Lao", "Xã Mỗ Lao", "xa", new, end, None),
    )
    units = (
        Unit(old, "2004", "28", 1, (ended,), "Tỉnh Hà Tây"),
        Unit(new, "2004", "01", 1, (still,), "Thành phố Hà Nội"),
        Unit(iri("2004/09550"), "2004", "09550", 3, moved, "Xã Mỗ Lao"),
    )
    gazetteer = Gazetteer({unit.iri: unit for unit in units})
    assert outcomes(gazetteer, units[0], REFORM) == ()
    (found,) = outcomes_by_communes(gazetteer, units[0], REFORM)
    assert (found.unit.iri, found.share, found.derived) == (new, Share.WHOLE, True)
    assert outcomes_by_communes(gazetteer, units[0], date(2008, 7, 31)) == ()
