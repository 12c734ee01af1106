"""The mappings of administrative units on a small sound set of tables."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode
from unit_tables import ADMIN, SMALL

from graph.mapping.reader import Table, TableSet
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.model import iris
from graph.model.namespaces import DCTERMS, RDF, SKOS, VNDX, XSD
from graph.problems import Problems

PHO_YEN = iris.unit("2004", "172")
REGISTER_DAY = Literal("2025-07-01", datatype=XSD["date"])


class Union:
    """The triples of all unit graphs."""

    def __init__(self) -> None:
        tables = TableSet(SMALL, Problems())
        self.sinks = [GraphSink(mapping.graph) for mapping in ADMIN]
        for mapping, sink in zip(ADMIN, self.sinks, strict=True):
            mapping.map(tables, sink)
        self.problems = list(tables.problems)
        self.triples = {(q.subject, q.predicate, q.object) for sink in self.sinks for q in sink}

    def objects(self, subject: NamedNode, predicate: NamedNode) -> set[object]:
        return {o for s, p, o in self.triples if s == subject and p == predicate}

    def values(self, subject: NamedNode, predicate: NamedNode) -> set[str]:
        return {o.value for o in self.objects(subject, predicate) if isinstance(o, Literal | NamedNode)}


@pytest.fixture(scope="module")
def union() -> Union:
    return Union()


def test_the_small_tables_are_sound(union: Union) -> None:
    assert union.problems == []


def test_every_mapping_states_something(union: Union) -> None:
    assert all(len(sink) > 0 for sink in union.sinks)


def test_no_triple_is_stated_in_two_graphs(union: Union) -> None:
    assert sum(len(sink) for sink in union.sinks) == len(union.triples)


def test_every_label_is_stated_in_one_graph_and_once_for_a_language(union: Union) -> None:
    labels = [(s, o.language) for s, p, o in union.triples if p == SKOS["prefLabel"]]
    assert len(labels) == len(set(labels))


def test_no_alternative_label_repeats_the_preferred_one(union: Union) -> None:
    preferred = {(s, o) for s, p, o in union.triples if p == SKOS["prefLabel"]}
    assert preferred.isdisjoint((s, o) for s, p, o in union.triples if p == SKOS["altLabel"])


def test_a_district_has_its_latest_name_and_type_and_a_version_for_each_earlier_one(union: Union) -> None:
    assert union.values(PHO_YEN, SKOS["prefLabel"]) == {"Thành phố Phổ Yên", "Pho Yen City"}
    assert union.values(PHO_YEN, SKOS["altLabel"]) == {"Phổ Yên", "Huyện Phổ Yên", "Thị xã Phổ Yên"}
    assert union.values(PHO_YEN, VNDX["unitType"]) == {
        "https://w3id.org/vndx/concept/unit-type/thanh-pho-thuoc-tinh"
    }
    assert union.objects(PHO_YEN, VNDX["hasVersion"]) == {
        iris.unit_version("2004", "172", day) for day in ("", "2015-05-16", "2022-04-10")
    }


def test_a_version_has_its_span_and_its_legal_basis(union: Union) -> None:
    version = iris.unit_version("2004", "172", "2015-05-16")
    assert union.values(version, VNDX["officialName"]) == {"Thị xã Phổ Yên"}
    assert union.values(version, VNDX["validFrom"]) == {"2015-05-16"}
    assert union.values(version, VNDX["validTo"]) == {"2022-04-10"}
    assert union.objects(version, VNDX["legalBasis"]) == {iris.document("932/NQ-UBTVQH13", "2015")}


def test_a_city_below_a_centrally_run_city_has_a_type_of_its_own(union: Union) -> None:
    types = {
        day: union.values(iris.unit_version("2004", "268", day), VNDX["unitType"])
        for day in ("2007-01-11", "2008-08-01")
    }
    assert types == {
        "2007-01-11": {"https://w3id.org/vndx/concept/unit-type/thanh-pho-thuoc-tinh"},
        "2008-08-01": {
            "https://w3id.org/vndx/concept/unit-type/thanh-pho-thuoc-thanh-pho-truc-thuoc-trung-uong"
        },
    }


def test_a_province_that_ended_in_2008_is_in_the_2004_register_with_its_end(union: Union) -> None:
    ha_tay = iris.unit("2004", "28")
    assert union.values(ha_tay, SKOS["prefLabel"]) == {"Tỉnh Hà Tây"}
    assert union.values(ha_tay, VNDX["validTo"]) == {"2008-08-01"}


def test_every_unit_of_the_2004_register_ends_with_it_at_the_latest(union: Union) -> None:
    ends = {
        s: union.values(s, VNDX["validTo"])
        for s, p, o in union.triples
        if p == VNDX["era"] and o == iris.concept("era", "2004") and isinstance(s, NamedNode)
    }
    assert ends
    assert all(len(end) == 1 and max(end) <= "2025-07-01" for end in ends.values())


def test_a_unit_that_a_pre_2025_table_has_is_labelled_there_and_dated_in_the_history(union: Union) -> None:
    graphs = {
        q.predicate.value.rpartition("#")[2]: q.graph_name.value.rpartition("/")[2]
        for sink in union.sinks
        for q in sink
        if q.subject == PHO_YEN
    }
    assert graphs["prefLabel"] == graphs["partOf"] == graphs["code"] == "districts-pre2025"
    assert graphs["hasVersion"] == graphs["validTo"] == "unit-history-2004-2025"


def test_a_stale_entry_of_the_register_is_kept_and_noted(union: Union) -> None:
    version = iris.unit_version("2004", "07693", "2025-01-01")
    assert union.values(version, VNDX["validFrom"]) == union.values(version, VNDX["validTo"])
    assert any("stale code" in note for note in union.values(version, SKOS["editorialNote"]))
    assert union.values(iris.unit("2004", "07693"), VNDX["validTo"]) == {"2020-01-01"}


def test_a_merged_province_is_a_close_match_of_the_item_and_the_former_one_an_exact_match(
    union: Union,
) -> None:
    item = NamedNode("http://www.wikidata.org/entity/Q26575")
    assert item in union.objects(iris.unit("2004", "19"), SKOS["exactMatch"])
    assert item in union.objects(iris.unit("2025", "19"), SKOS["closeMatch"])
    assert not union.objects(iris.unit("2025", "19"), SKOS["exactMatch"])


def test_an_unchanged_province_is_an_exact_match_in_both_registers(union: Union) -> None:
    item = NamedNode("http://www.wikidata.org/entity/Q1858")
    assert item in union.objects(iris.unit("2004", "01"), SKOS["exactMatch"])
    assert item in union.objects(iris.unit("2025", "01"), SKOS["exactMatch"])


def test_no_unit_of_2025_has_an_iso_code(union: Union) -> None:
    coded = {s for s, p, _ in union.triples if p == VNDX["iso31662Code"]}
    assert coded == {iris.unit("2004", code) for code in ("01", "06", "19", "24", "27")}


def test_a_province_that_became_a_city_in_2026_has_two_versions_and_its_latest_name(union: Union) -> None:
    bac_ninh = iris.unit("2025", "24")
    first, second = (iris.unit_version("2025", "24", day) for day in ("2025-07-01", "2026-09-20"))
    assert union.values(bac_ninh, SKOS["prefLabel"]) == {"Thành phố Bắc Ninh", "Bac Ninh"}
    assert union.objects(bac_ninh, VNDX["hasVersion"]) == {first, second}
    assert union.values(first, VNDX["validTo"]) == union.values(second, VNDX["validFrom"])
    assert union.objects(second, VNDX["legalBasis"]) == {iris.document("39/2026/QH16", "2026")}


def test_a_commune_that_became_a_ward_has_its_english_name_made_like_the_others(union: Union) -> None:
    assert union.values(iris.unit("2025", "09313"), SKOS["prefLabel"]) == {"Phường Chi Lăng", "Chi Lang Ward"}
    assert "Xã Chi Lăng" in union.values(iris.unit("2025", "09313"), SKOS["altLabel"])


def test_a_new_commune_names_clause_basis_and_what_it_was_made_of(union: Union) -> None:
    change = iris.unit_change("2025-07-01", "05881")
    assert union.objects(change, RDF["type"]) == {VNDX["Reorganisation"]}
    assert union.objects(change, VNDX["createdUnit"]) == {iris.unit("2025", "05881")}
    assert union.objects(change, VNDX["dissolvedUnit"]) == {
        iris.unit("2004", "05881"),
        iris.unit("2004", "05887"),
    }
    assert union.objects(change, VNDX["effectiveDate"]) == {REGISTER_DAY}
    assert union.objects(change, VNDX["legalBasis"]) == {iris.document("1683/NQ-UBTVQH15", "2025")}
    assert all(clause.startswith("Điều 1 khoản ") for clause in union.values(change, VNDX["clause"]))
    transfer = iris.transfer(change, "05887")
    assert union.objects(transfer, VNDX["share"]) == {iris.concept("share", "whole")}
    assert union.objects(transfer, VNDX["fromUnit"]) == {iris.unit("2004", "05887")}
    assert union.objects(transfer, VNDX["toUnit"]) == {iris.unit("2025", "05881")}


def test_a_commune_that_gave_only_a_part_is_not_dissolved_by_the_change(union: Union) -> None:
    parts = {
        (change, former)
        for change, p, transfer in union.triples
        if p == VNDX["transfer"] and iris.concept("share", "part") in union.objects(transfer, VNDX["share"])
        for former in union.objects(transfer, VNDX["fromUnit"])
    }
    assert parts
    assert all(former not in union.objects(change, VNDX["dissolvedUnit"]) for change, former in parts)


def test_an_unchanged_unit_is_a_continuation_that_makes_and_ends_nothing(union: Union) -> None:
    for code in ("05719", "01"):
        change = iris.unit_change("2025-07-01", code)
        assert union.objects(change, RDF["type"]) == {VNDX["Continuation"]}
        assert not union.objects(change, VNDX["createdUnit"]) | union.objects(change, VNDX["dissolvedUnit"])
        assert union.objects(change, VNDX["transfer"]) == {iris.transfer(change, code)}


def test_one_abolition_ends_all_districts(union: Union) -> None:
    abolition = iris.unit_change("2025-07-01", "districts")
    assert union.objects(abolition, RDF["type"]) == {VNDX["Abolition"]}
    assert PHO_YEN in union.objects(abolition, VNDX["dissolvedUnit"])
    assert union.objects(abolition, VNDX["legalBasis"]) == {iris.document("72/2025/QH15", "")}


def test_a_disagreement_of_lists_is_a_conflict_of_claims_with_the_chosen_one_preferred(union: Union) -> None:
    conflict = iris.keyed("conflict", "unit-name", "2025", "05941")
    claims = union.objects(conflict, VNDX["conflictingStatement"])
    statements = {text for claim in claims for text in union.values(claim, VNDX["statement"])}
    (preferred,) = union.objects(conflict, VNDX["preferred"])
    assert statements == {"Xã Điềm Thụy", "Xã Điềm Thuỵ"}
    assert union.values(preferred, VNDX["statement"]) == {"Xã Điềm Thụy"}
    assert "Xã Điềm Thuỵ" in union.values(iris.unit("2025", "05941"), SKOS["altLabel"])
    assert any("placement of the tone" in note for note in union.values(conflict, SKOS["note"]))


def test_a_total_of_a_resolution_is_an_observation_derived_from_it(union: Union) -> None:
    observation = iris.keyed("observation", "so-phuong", "2025-07-01", "2025", "19")
    assert union.values(observation, VNDX["value"]) == {"1"}
    assert union.objects(observation, VNDX["about"]) == {iris.unit("2025", "19")}
    assert union.values(observation, VNDX["asOf"]) == {"2025-07-01"}


def test_an_act_known_from_the_register_alone_has_the_day_of_the_register_but_no_date_of_effect(
    union: Union,
) -> None:
    act = iris.document("932/NQ-UBTVQH13", "2015")
    assert union.values(act, VNDX["registerDate"]) == {"2015-05-16"}
    assert not union.objects(act, VNDX["effectiveDate"])


def test_an_act_that_a_policy_table_describes_is_not_labelled_again(union: Union) -> None:
    act = iris.document("202/2025/QH15", "2025")
    assert not union.objects(act, SKOS["prefLabel"]) | union.objects(act, RDF["type"])
    assert union.values(act, DCTERMS["alternative"]) == {"Nghị quyết về sắp xếp đơn vị hành chính cấp tỉnh"}


def test_each_node_of_the_tables_knows_its_line(union: Union) -> None:
    origins = {subject: place for sink in union.sinks for subject, place in sink.origins.items()}
    file, line = origins[iris.unit_version("2004", "172", "2015-05-16").value]
    assert file == "tables/admin/unit_history_2004_2025.csv"
    lines = (SMALL / "admin" / "unit_history_2004_2025.csv").read_text(encoding="utf-8").splitlines()
    assert lines[line - 1].startswith("district,172,Phổ Yên,thị xã")


class SpyTables(TableSet):
    """Tables that note which of them a mapping asks for."""

    def __init__(self) -> None:
        super().__init__(SMALL, Problems())
        self.asked: set[str] = set()

    def table(self, name: str, columns: tuple[str, ...]) -> Table:
        self.asked.add(name)
        return super().table(name, columns)


@pytest.mark.parametrize("mapping", ADMIN, ids=lambda mapping: mapping.name)
def test_a_mapping_reads_the_tables_it_names_as_inputs_and_no_others(mapping: TableMapping) -> None:
    tables = SpyTables()
    mapping.map(tables, GraphSink(mapping.graph))
    assert tables.asked == set(mapping.inputs)


def test_mappings_have_names_graphs_titles_and_credits_of_their_own() -> None:
    assert len({mapping.name for mapping in ADMIN}) == len({mapping.graph for mapping in ADMIN}) == len(ADMIN)
    assert all(mapping.title_vi and mapping.title_en and mapping.credits for mapping in ADMIN)
