"""Names of units as people write them, over the whole dataset: the test set, and all units of the tables."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from bench.matching.cases import DISTORTED, LAST_OLD_DAY, make_cases, read_cases
from bench.matching.registers import Place, read_registers, rows
from bench.scenarios.matching import (
    PRECISION,
    RECALL_BARE,
    RECALL_IN_PROVINCE,
    TODAY,
    MatchingFigures,
    all_cases,
    answer_cases,
)
from graph.matching.gazetteer import Share, Unit
from graph.matching.gazetteer_file import read_gazetteer
from graph.matching.matcher import UnitMatcher, UnitQuery
from graph.matching.succession import communes_of, outcomes
from graph.model.namespaces import ID
from graph.snapshots.home import SnapshotHome

pytestmark = pytest.mark.snapshot

DAY = date.fromisoformat(LAST_OLD_DAY)
OLD = read_registers().old


@pytest.fixture(scope="module")
def matcher(snapshot_home: SnapshotHome) -> UnitMatcher:
    current = snapshot_home.current()
    assert current is not None
    return UnitMatcher(read_gazetteer(current.gazetteer), TODAY)


def find(matcher: UnitMatcher, place: Place) -> Unit:
    """Find a unit by its full address and the last day of its register."""
    address = ", ".join(part.full_name for part in place.chain)
    found = matcher.match(UnitQuery(address, day=DAY)).match
    assert found is not None, address
    assert key(found.unit) == place.key, address
    return found.unit


def key(unit: Unit) -> str:
    return unit.iri.removeprefix(ID["unit/"].value)


def successors(matcher: UnitMatcher, unit: Unit) -> dict[str, str]:
    return {key(found.unit): found.share.value for found in outcomes(matcher.gazetteer, unit, TODAY)}


def shares_in_table() -> dict[str, dict[str, str]]:
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in rows("commune_mergers.csv"):
        found[f"2004/{row['old_commune_code']}"][f"2025/{row['new_commune_code']}"] = row["share"]
    return found


def test_the_test_set_is_what_the_tables_give() -> None:
    assert read_cases(DISTORTED) == make_cases(read_registers()), (
        "write it anew with: python -m bench.matching.cases > tests/fixtures/matching/distorted.csv"
    )


def test_the_bounds_of_recall_and_precision_hold(matcher: UnitMatcher) -> None:
    cases = all_cases()
    assert len({(case.text, case.within, case.date, case.level) for case in cases}) >= 600
    figures = MatchingFigures(answer_cases(matcher, cases), len(cases), 1)
    assert figures.recall("address") >= RECALL_IN_PROVINCE, figures.misses
    assert figures.recall("bare") >= RECALL_BARE, figures.misses
    assert figures.precision >= PRECISION, figures.misses
    matched = sum(answer.match == answer.case.expected for answer in figures.answers if answer.case.expected)
    assert matched >= 0.9 * len(cases), "precision is worth little where little is matched"


def test_every_old_commune_leads_from_its_address_to_its_successors(matcher: UnitMatcher) -> None:
    table = shares_in_table()
    communes = [place for place in OLD if place.level == 3]
    assert len(communes) == 10_035
    expected = {place.key: table[place.key] for place in communes}
    assert {place.key: successors(matcher, find(matcher, place)) for place in communes} == expected


def test_every_old_province_leads_to_its_successor(matcher: UnitMatcher) -> None:
    expected = {
        f"2004/{row['old_code']}": {f"2025/{row['new_code']}": Share.WHOLE.value}
        for row in rows("province_mergers.csv")
    }
    provinces = [place for place in OLD if place.level == 1]
    assert len(provinces) == len(expected) == 63
    assert {place.key: successors(matcher, find(matcher, place)) for place in provinces} == expected


def test_every_old_district_leads_to_what_its_communes_became(matcher: UnitMatcher) -> None:
    expected = shares_in_table()
    inside: defaultdict[str, set[str]] = defaultdict(set)
    for place in OLD:
        if place.level == 3:
            inside[place.around[0].key].add(place.key)
    districts = [place for place in OLD if place.level == 2]
    assert len(districts) == 696
    assert sum(place.key in expected for place in districts) == 5
    for place in districts:
        unit = find(matcher, place)
        # Districts were abolished; five, which had no communes, became one themselves.
        assert successors(matcher, unit) == expected.get(place.key, {})
        communes = communes_of(matcher.gazetteer, unit, DAY)
        assert {key(commune) for commune in communes} == inside[place.key], place.full_name
        for commune in communes:
            assert successors(matcher, commune) == expected[key(commune)]
