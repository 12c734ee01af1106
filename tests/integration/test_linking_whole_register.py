"""Every unit of the register before 1 July 2025, linked by its address, leads to what the tables say."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from build_support import ROOT

from graph.linking.csv_form import find_form
from graph.linking.options import LinkOptions
from graph.linking.tables import LinkedTable
from graph.linking.unit_links import UnitLinker
from graph.matching.gazetteer_file import read_gazetteer
from graph.matching.matcher import UnitMatcher
from graph.snapshots.home import SnapshotHome

pytestmark = pytest.mark.snapshot

TABLES = ROOT / "graph" / "data" / "tables" / "admin"
LAST_DAY, TODAY = date(2025, 6, 30), date(2026, 11, 21)
Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PROVINCES = {row["code"]: row for row in rows_of(TABLES / "provinces_pre2025.csv")}
DISTRICTS = {row["code"]: row for row in rows_of(TABLES / "districts_pre2025.csv")}
COMMUNES = {row["code"]: row for row in rows_of(TABLES / "communes_pre2025.csv")}


@pytest.fixture(scope="module")
def linker(snapshot_home: SnapshotHome) -> UnitLinker:
    snapshot = snapshot_home.current()
    assert snapshot is not None
    return UnitLinker(UnitMatcher(read_gazetteer(snapshot.gazetteer), TODAY), TODAY)


def linked(linker: UnitLinker, addresses: list[tuple[str, ...]]) -> list[Row]:
    """Link addresses whose first part is the code that is expected."""
    written = io.StringIO()
    csv.writer(written).writerows([("expected", "name", "district", "province"), *addresses])
    file = io.BytesIO(written.getvalue().encode())
    options = LinkOptions("name", ("district", "province"), day=LAST_DAY)
    rows = LinkedTable(file, find_form(file), options, linker).rows()
    found = list(csv.DictReader(io.StringIO("".join(row.text for row in rows), newline="")))
    assert len(found) == len(addresses)
    return found


def of_the_right_unit(row: Row) -> bool:
    return (row["vndx_matched"], row["vndx_era"], row["vndx_code"]) == ("true", "2004", row["expected"])


def test_all_10035_communes_lead_to_their_successors_whole_or_in_part(linker: UnitLinker) -> None:
    expected: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows_of(TABLES / "commune_mergers.csv"):
        expected[row["old_commune_code"]].add((row["new_commune_code"], row["share"]))
    addresses = []
    for code, row in COMMUNES.items():
        district = DISTRICTS[row["parent_district_code"]]
        province = PROVINCES[district["parent_province_code"]]
        addresses.append((code, row["full_name_vi"], district["full_name_vi"], province["full_name_vi"]))
    assert len(addresses) == 10_035
    wrong = []
    for row in linked(linker, addresses):
        codes, shares = (row[f"vndx_current_{name}"].split(" | ") for name in ("code", "share"))
        if not of_the_right_unit(row) or set(zip(codes, shares, strict=True)) != expected[row["expected"]]:
            wrong.append(row)
    assert wrong == []


def test_all_696_districts_lead_to_the_units_that_hold_their_communes(linker: UnitLinker) -> None:
    expected: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows_of(TABLES / "commune_mergers.csv"):
        old = row["old_commune_code"]  # of a district itself where it had no communes, as Côn Đảo
        district = old if old in DISTRICTS else COMMUNES[old]["parent_district_code"]
        expected[district].add(row["new_commune_code"])
    addresses = [
        (code, row["full_name_vi"], "", PROVINCES[row["parent_province_code"]]["full_name_vi"])
        for code, row in DISTRICTS.items()
    ]
    assert len(addresses) == 696
    wrong = [
        row
        for row in linked(linker, addresses)
        if not of_the_right_unit(row)
        or (
            expected[row["expected"]]
            and set(row["vndx_current_code"].split(" | ")) != expected[row["expected"]]
        )
    ]
    assert wrong == []


def test_all_63_provinces_lead_to_their_successor(linker: UnitLinker) -> None:
    expected = {row["old_code"]: row["new_code"] for row in rows_of(TABLES / "province_mergers.csv")}
    addresses = [(code, row["full_name_vi"], "", "") for code, row in PROVINCES.items()]
    assert len(addresses) == 63
    wrong = [
        row
        for row in linked(linker, addresses)
        if not of_the_right_unit(row) or row["vndx_current_code"] != expected[row["expected"]]
    ]
    assert wrong == []
