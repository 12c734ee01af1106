"""The snapshot of the whole dataset: whole, sound, and in agreement with its tables."""

import csv

import pytest
from build_support import ROOT, assert_whole
from pyoxigraph import Store

from graph.model.namespaces import PREFIXES
from graph.snapshots.home import Snapshot, SnapshotHome

pytestmark = pytest.mark.snapshot
TABLES = ROOT / "graph" / "data" / "tables"


@pytest.fixture(scope="module")
def snapshot(snapshot_home: SnapshotHome) -> Snapshot:
    found = snapshot_home.current()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def store(snapshot: Snapshot) -> Store:
    return Store.read_only(str(snapshot.store))


def ask(store: Store, query: str) -> list[tuple[str, ...]]:
    """Run a query; give each row as plain strings."""
    solutions = store.query(query, prefixes=PREFIXES)
    return [tuple(str(term.value) for term in row) for row in solutions]  # type: ignore[union-attr]


def rows_of(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_everything_the_manifest_promises_is_there(snapshot: Snapshot) -> None:
    assert_whole(snapshot)


def test_nothing_breaks_a_shape(snapshot: Snapshot) -> None:
    validation = snapshot.manifest().validation
    assert validation.violations == 0
    assert validation.focus_nodes > 50_000


@pytest.mark.parametrize(
    ("cls", "era", "table"),
    [
        ("Province", "2004", "admin/provinces_pre2025"),
        ("Province", "2025", "admin/provinces_2025"),
        ("District", "2004", "admin/districts_pre2025"),
        ("Commune", "2004", "admin/communes_pre2025"),
        ("Commune", "2025", "admin/communes_2025"),
    ],
)
def test_every_unit_of_a_register_is_in_its_graph(store: Store, cls: str, era: str, table: str) -> None:
    graph = table.rpartition("/")[2].replace("_", "-")
    query = f"""SELECT ?code {{ GRAPH <https://w3id.org/vndx/graph/table/{graph}> {{
        ?unit a vndx:{cls} ; vndx:code ?code ; vndx:era <https://w3id.org/vndx/concept/era/{era}> }} }}"""
    codes = [code for (code,) in ask(store, query)]
    assert sorted(codes) == sorted(row["code"] for row in rows_of(table))


def test_every_transfer_of_the_reform_is_there(store: Store) -> None:
    graph = "<https://w3id.org/vndx/graph/table/commune-mergers>"
    ((count,),) = ask(store, f"SELECT (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?t a vndx:Transfer }} }}")
    assert int(count) == len(rows_of("admin/commune_mergers")) == 10_571


def test_52_provinces_went_into_23_and_11_went_on(store: Store) -> None:
    provinces = "?old a vndx:Province . ?new a vndx:Province ."
    query = "SELECT (COUNT(DISTINCT ?old) AS ?a) (COUNT(DISTINCT ?new) AS ?b)"
    merged = ask(store, f"{query} {{ {provinces} ?old vndx:succeededBy ?new }}")
    continued = ask(store, f"{query} {{ {provinces} ?old vndx:continuedBy ?new }}")
    assert (merged, continued) == ([("52", "23")], [("11", "11")])


def test_the_communes_of_each_province_are_as_many_as_its_resolution_says(store: Store) -> None:
    query = """SELECT ?code (COUNT(DISTINCT ?commune) AS ?n) {
        ?commune a vndx:Commune ; vndx:era <https://w3id.org/vndx/concept/era/2025> ; vndx:partOf ?province .
        ?province vndx:code ?code } GROUP BY ?code"""
    assert dict(ask(store, query)) == {
        row["province_code"]: row["total"] for row in rows_of("admin/resolution_totals")
    }


def test_nothing_inferred_is_stated_too(store: Store) -> None:
    inferred = "<https://w3id.org/vndx/graph/inferred>"
    both = f"GRAPH {inferred} {{ ?s ?p ?o }} GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != {inferred})"
    assert ask(store, f"SELECT * {{ {both} }} LIMIT 1") == []
