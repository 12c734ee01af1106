"""The unit mappings on the real tables: the counts that the data promises, proved on the quads."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from mapping_support import TABLES, rows_of
from pyoxigraph import Literal, NamedNode
from unit_tables import ADMIN

from graph.mapping.reader import TableSet
from graph.mapping.sink import GraphSink
from graph.model import iris
from graph.model.namespaces import RDF, SKOS, VNDX
from graph.problems import Problems

LAST_DAY = "2025-06-30"
REFORM_DAY = "2025-07-01"
TYPE = "https://w3id.org/vndx/concept/unit-type/"


class Graph:
    """The triples of all unit graphs, indexed by predicate."""

    def __init__(self) -> None:
        tables = TableSet(TABLES, Problems())
        self.stated = 0
        self.by_predicate: dict[NamedNode, dict[NamedNode, list]] = defaultdict(lambda: defaultdict(list))
        triples = set()
        for mapping in ADMIN:
            sink = GraphSink(mapping.graph)
            mapping.map(tables, sink)
            self.stated += len(sink)
            for quad in sink:
                triples.add((quad.subject, quad.predicate, quad.object))
        for subject, predicate, value in triples:
            self.by_predicate[predicate][subject].append(value)
        self.merged = len(triples)
        self.problems = list(tables.problems)

    def of_class(self, name: str) -> set[NamedNode]:
        return {s for s, values in self.by_predicate[RDF["type"]].items() if VNDX[name] in values}

    def one(self, subject: NamedNode, name: str) -> str:
        """Give the only value of a property, empty if it has none."""
        values = self.by_predicate[VNDX[name]].get(subject, [])
        assert len(values) <= 1, (subject, name, values)
        return values[0].value if values else ""

    def all(self, subject: NamedNode, name: str) -> set[NamedNode]:
        return set(self.by_predicate[VNDX[name]].get(subject, []))

    def units(self, level: str, era: str) -> set[NamedNode]:
        return {unit for unit in self.of_class(level) if self.one(unit, "era").endswith(f"/{era}")}

    def in_force(self, level: str, era: str, day: str) -> set[NamedNode]:
        return {unit for unit in self.units(level, era) if self.holds(unit, day)}

    def holds(self, node: NamedNode, day: str) -> bool:
        start, end = self.one(node, "validFrom"), self.one(node, "validTo")
        return start <= day and (not end or day < end)

    def version_on(self, unit: NamedNode, day: str) -> NamedNode:
        (version,) = (v for v in self.all(unit, "hasVersion") if self.holds(v, day))
        return version


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph()


def test_the_real_tables_are_sound(graph: Graph) -> None:
    assert [str(problem) for problem in graph.problems] == []


def test_no_triple_is_stated_in_two_graphs(graph: Graph) -> None:
    assert graph.stated == graph.merged


def test_no_unit_has_two_labels_of_one_language(graph: Graph) -> None:
    labels = graph.by_predicate[SKOS["prefLabel"]]
    assert all(len({v.language for v in values}) == len(values) for values in labels.values())


@pytest.mark.parametrize(
    ("level", "era", "day", "number"),
    [
        ("Province", "2004", LAST_DAY, 63),
        ("Province", "2025", REFORM_DAY, 34),
        ("Province", "2004", "2008-07-31", 64),
        ("District", "2004", LAST_DAY, 696),
        ("Commune", "2004", LAST_DAY, 10_035),
        ("Commune", "2025", REFORM_DAY, 3_321),
        ("Province", "2004", REFORM_DAY, 0),
    ],
)
def test_as_many_units_are_in_force_as_the_registers_count(
    graph: Graph, level: str, era: str, day: str, number: int
) -> None:
    assert len(graph.in_force(level, era, day)) == number


@pytest.mark.parametrize(("level", "number"), [("Province", 64), ("District", 716), ("Commune", 11_205)])
def test_every_unit_of_the_history_is_a_unit_of_the_2004_register(
    graph: Graph, level: str, number: int
) -> None:
    assert len(graph.units(level, "2004")) == number


def test_every_interval_of_the_history_is_a_version(graph: Graph) -> None:
    versions = [v for v in graph.of_class("UnitVersion") if "/unit/2004/" in v.value]
    assert len(versions) == 14_189
    assert len([v for v in versions if graph.one(v, "validFrom") == graph.one(v, "validTo")]) == 12


def test_every_unit_of_2025_has_a_version_and_the_25_changed_ones_two(graph: Graph) -> None:
    counts = Counter(
        len(graph.all(unit, "hasVersion"))
        for level in ("Province", "Commune")
        for unit in graph.units(level, "2025")
    )
    assert counts == {1: 3_330, 2: 25}


def test_on_every_day_of_its_span_a_unit_has_at_most_one_version(graph: Graph) -> None:
    for unit in graph.of_class("District"):
        versions = graph.all(unit, "hasVersion")
        for version in versions:
            day = graph.one(version, "validFrom")
            assert len([v for v in versions if graph.holds(v, day)]) == 1


def test_52_provinces_became_23_and_11_were_left_unchanged(graph: Graph) -> None:
    changes = {iris.unit_change(REFORM_DAY, row["code"]) for row in rows_of("admin/provinces_2025")}
    merged, kept = changes & graph.of_class("Reorganisation"), changes & graph.of_class("Continuation")
    assert (len(merged), len(kept)) == (23, 11)
    assert sum(len(graph.all(change, "dissolvedUnit")) for change in merged) == 52


def test_10_571_transfers_of_communes_lead_to_3_321_units_of_which_127_are_unchanged(graph: Graph) -> None:
    communes = [t for t in graph.of_class("Transfer") if graph.one(t, "toUnit")[-6] == "/"]
    assert len(communes) == 10_571
    assert len({graph.one(t, "toUnit") for t in communes}) == 3_321
    shares = Counter(graph.one(t, "share").rpartition("/")[2] for t in communes)
    assert shares == {"whole": 9_599, "part": 972}
    kinds = Counter(graph.one(t, "transferKind").rpartition("/")[2] for t in communes)
    assert kinds["unchanged"] == 127
    assert len([t for t in communes if graph.one(t, "fromUnit")[-4] == "/"]) == 5


def test_every_transfer_joins_units_that_exist_on_either_side_of_the_reform(graph: Graph) -> None:
    before = {
        unit.value
        for level in ("Province", "District", "Commune")
        for unit in graph.in_force(level, "2004", LAST_DAY)
    }
    after = {
        unit.value for level in ("Province", "Commune") for unit in graph.in_force(level, "2025", REFORM_DAY)
    }
    transfers = graph.of_class("Transfer")
    assert {graph.one(t, "fromUnit") for t in transfers} <= before
    assert {graph.one(t, "toUnit") for t in transfers} == after


def test_one_abolition_ends_696_districts(graph: Graph) -> None:
    (abolition,) = graph.of_class("Abolition")
    assert graph.all(abolition, "dissolvedUnit") == graph.in_force("District", "2004", LAST_DAY)


def test_the_communes_of_each_province_add_up_to_what_its_resolution_states(graph: Graph) -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for unit in graph.units("Commune", "2025"):
        version = graph.version_on(unit, REFORM_DAY)
        province = graph.one(version, "partOf")[-2:]
        counted[province, graph.one(version, "unitType").removeprefix(TYPE)] += 1
        counted[province, "total"] += 1
    for row in rows_of("admin/resolution_totals"):
        for column, kind in (("total", "total"), ("phuong", "phuong"), ("xa", "xa"), ("dac_khu", "dac-khu")):
            assert counted[row["province_code"], kind] == int(row[column])


@pytest.mark.parametrize(
    ("level", "day", "types"),
    [
        ("Province", REFORM_DAY, {"tinh": 28, "thanh-pho-truc-thuoc-trung-uong": 6}),
        ("Province", "2026-11-01", {"tinh": 25, "thanh-pho-truc-thuoc-trung-uong": 9}),
        ("Commune", REFORM_DAY, {"phuong": 687, "xa": 2_621, "dac-khu": 13}),
        ("Commune", "2026-11-01", {"phuong": 709, "xa": 2_599, "dac-khu": 13}),
    ],
)
def test_the_types_of_2025_and_of_november_2026_are_those_of_the_registers(
    graph: Graph, level: str, day: str, types: dict[str, int]
) -> None:
    found = Counter(
        graph.one(graph.version_on(unit, day), "unitType").removeprefix(TYPE)
        for unit in graph.units(level, "2025")
    )
    assert found == types


def test_a_unit_has_the_type_and_parent_of_its_latest_version(graph: Graph) -> None:
    for level in ("Province", "District", "Commune"):
        for unit in graph.of_class(level):
            held = [
                v
                for v in graph.all(unit, "hasVersion")
                if graph.one(v, "validFrom") != graph.one(v, "validTo") or not graph.one(v, "validTo")
            ]
            latest = max(held, key=lambda v: graph.one(v, "validFrom"))
            assert graph.one(unit, "unitType") == graph.one(latest, "unitType"), unit
            assert graph.one(unit, "partOf") == graph.one(latest, "partOf"), unit


def test_every_parent_and_every_legal_basis_exists(graph: Graph) -> None:
    units = {
        unit.value
        for level in ("Country", "Province", "District", "Commune")
        for unit in graph.of_class(level)
    }
    parents = {v.value for values in graph.by_predicate[VNDX["partOf"]].values() for v in values}
    assert parents <= units
    acts = set(graph.by_predicate[VNDX["number"]]) | {iris.document("202/2025/QH15", "2025")}
    basis = {v for values in graph.by_predicate[VNDX["legalBasis"]].values() for v in values}
    assert basis <= acts


def test_the_535_rows_of_legal_documents_are_530_acts(graph: Graph) -> None:
    described_elsewhere = 1
    assert len(graph.by_predicate[VNDX["number"]]) + described_elsewhere == 530


def test_pho_yen_was_a_district_a_town_and_a_city(graph: Graph) -> None:
    pho_yen = iris.unit("2004", "172")
    found = {
        day: (graph.one(version, "officialName"), {b.value for b in graph.all(version, "legalBasis")})
        for day in ("2015-05-15", "2016-01-01", "2022-08-15")
        for version in [graph.version_on(pho_yen, day)]
    }
    assert found == {
        "2015-05-15": ("Huyện Phổ Yên", set()),
        "2016-01-01": ("Thị xã Phổ Yên", {iris.document("932/NQ-UBTVQH13", "2015").value}),
        "2022-08-15": ("Thành phố Phổ Yên", {iris.document("469/NQ-UBTVQH15", "2022").value}),
    }
    assert graph.one(pho_yen, "validTo") == REFORM_DAY


def test_all_literals_are_in_datatypes_that_a_store_keeps(graph: Graph) -> None:
    kept = {"date", "decimal", "integer", "string", "langString", "anyURI"}
    found = {
        value.datatype.value.rpartition("#")[2]
        for subjects in graph.by_predicate.values()
        for values in subjects.values()
        for value in values
        if isinstance(value, Literal)
    }
    assert found <= kept


def test_a_change_with_two_acts_has_both_as_its_legal_basis(graph: Graph) -> None:
    hue = iris.unit("2004", "46")
    version = graph.version_on(hue, "2025-01-01")
    assert graph.one(version, "officialName") == "Thành phố Huế"
    assert graph.all(version, "legalBasis") == {
        iris.document("175/2024/QH15", ""),
        iris.document("1314/NQ-UBTVQH15", "2025"),
    }
    assert graph.one(graph.version_on(hue, "2024-12-31"), "officialName") == "Tỉnh Thừa Thiên Huế"


def test_versions_that_come_from_a_change_of_codes_alone_say_so(graph: Graph) -> None:
    noted = {
        version.value.rpartition("/unit/2004/")[2]
        for version, notes in graph.by_predicate[SKOS["editorialNote"]].items()
        if any("re-assigned codes" in note.value for note in notes)
    }
    assert noted == {f"{code}/version/2015-08-31" for code in ("447", "449", "850", "851", "936", "937")}
