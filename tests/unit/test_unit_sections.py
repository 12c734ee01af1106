"""The sections of the pages of units, from small graphs: what is shown, and what is not made up."""

from __future__ import annotations

from typing import TypeVar

from graph_reading_support import store_of
from pyoxigraph import NamedNode, Store

from api.charts.ranks import Mark
from api.entities.description import describe
from api.entities.page import plan_page
from api.entity_pages.province_documents import DocumentsContent, plan_documents
from api.entity_pages.province_ranks import RanksContent, plan_ranks
from api.entity_pages.province_targets import TargetsContent, plan_targets
from api.entity_pages.registry import plan_sections
from api.entity_pages.sections import PageSubject, SectionPlanner
from api.entity_pages.unit_history import plan_history
from api.entity_pages.unit_history_content import Fate, HistoryContent
from api.entity_pages.unit_parts import PartsContent, plan_parts
from graph.model.namespaces import ID
from graph.query.lookups import Plan, run
from graph.query.store_lookups import StoreLookups

Result = TypeVar("Result")

PROVINCE = """
<id/unit/2025/19> a vndx:Province ; skos:prefLabel "Tỉnh A"@vi ; vndx:validFrom "2025-07-01"^^xsd:date ;
  vndx:succeeds <id/unit/2004/06>, <id/unit/2004/19> .
<id/unit/2004/19> a vndx:Province ; skos:prefLabel "Tỉnh A"@vi ; vndx:validTo "2025-07-01"^^xsd:date .
<id/unit/2004/06> a vndx:Province ; skos:prefLabel "Tỉnh B"@vi ; vndx:validTo "2025-07-01"^^xsd:date .
<concept/indicator/dti> skos:prefLabel "DTI"@vi ;
  vndx:methodDocument <id/document/1726-2020>, <id/document/922-2022> .
<id/document/1726-2020> vndx:issueDate "2020-10-12"^^xsd:date ; vndx:number "1726" .
<id/document/922-2022> vndx:issueDate "2022-05-20"^^xsd:date ; vndx:number "922" .
"""


def figure(unit: str, year: str, rank: int, basis: int, more: str = "") -> str:
    node = f"<id/observation/{unit}/{year}/{rank}>"
    return (
        f"{node} a vndx:Observation ; vndx:about <id/unit/{unit}> ; vndx:indicator <concept/indicator/dti> ;"
        f" vndx:rank {rank} ; vndx:outOf {basis} ; vndx:basis <concept/basis/provinces-{basis}> ;"
        f' vndx:comparator "=" ; vndx:period <id/period/{year}> {more} .\n'
        f'<id/period/{year}> skos:prefLabel "{year}"@vi .\n'
    )


def answer(store: Store, plan: Plan[Result]) -> Result:
    return run(plan, StoreLookups(store).answer)


def subject(store: Store, unit: str) -> PageSubject:
    description = answer(store, describe(ID[f"unit/{unit}"]))
    assert description is not None
    return PageSubject(description, "vi", "")


def content(store: Store, unit: str, planner: SectionPlanner) -> object:
    section = answer(store, planner(subject(store, unit)))
    return section.content if section else None


def ranks(figures: str, unit: str = "2025/19") -> RanksContent:
    found = content(store_of(PROVINCE + figures), unit, plan_ranks)
    assert isinstance(found, RanksContent)
    return found


def test_predecessors_are_series_of_their_own_and_never_joined_with_the_province() -> None:
    found = ranks(figure("2004/19", "2023", 8, 63) + figure("2025/19", "2024", 8, 34))
    assert [member.node for member in found.scope] == [
        ID["unit/2025/19"],
        ID["unit/2004/19"],
        ID["unit/2004/06"],
    ]
    panel = found.main[0].panel
    assert panel is not None
    assert {(dot.point.series, dot.point.out_of) for dot in panel.dots} == {(0, 34), (1, 63)}
    assert not panel.strokes


def test_years_of_different_methods_are_not_joined_and_the_change_is_told() -> None:
    found = ranks("".join(figure("2004/19", str(year), 8, 63) for year in (2020, 2021, 2022)))
    panel = found.main[0].panel
    assert panel is not None
    assert len(panel.strokes) == 1
    assert [(year, document.text) for year, document in found.changes] == [(2021, "922")]


def test_two_ranks_of_one_year_are_both_shown_as_disputed() -> None:
    found = ranks(figure("2004/19", "2021", 7, 63) + figure("2004/19", "2021", 15, 63))
    panel = found.main[0].panel
    assert panel is not None
    assert {(dot.point.rank, dot.point.mark) for dot in panel.dots} == {
        (7, Mark.DISPUTED),
        (15, Mark.DISPUTED),
    }


def test_a_rank_without_a_year_is_in_the_table_but_not_in_the_chart() -> None:
    yearless = figure("2004/19", "2021", 12, 63).replace("vndx:period <id/period/2021>", "vndx:hedge 'x'")
    found = ranks(yearless)
    assert found.main[0].panel is None
    assert [(rank.year, rank.rank) for rank in found.main[0].ranks] == [(None, 12)]


def test_only_an_upper_bound_is_marked_as_one() -> None:
    bound = figure("2004/19", "2022", 10, 63).replace('"="', '"<="')
    panel = ranks(bound).main[0].panel
    assert panel is not None
    assert [dot.point.mark for dot in panel.dots] == [Mark.BOUND]


def test_a_rank_comes_with_the_words_and_the_source() -> None:
    more = """; vndx:hasEvidence <id/evidence/1> ; vndx:statedIn <id/source/s>"""
    evidence = """
    <id/evidence/1> oa:hasSource <id/source/s> ; oa:hasSelector <id/evidence/1#quote> .
    <id/evidence/1#quote> oa:exact "xếp thứ 8/63"@vi .
    <id/source/s> skos:prefLabel "Bài báo"@vi ; vndx:publishedDate "2023-07-14"^^xsd:date .
    """
    (rank,) = ranks(figure("2004/19", "2022", 8, 63, more) + evidence).main[0].ranks
    (citation,) = rank.citations
    assert (citation.source.text, citation.source.path) == ("Bài báo", "/page/source/s")
    assert (list(citation.words), citation.published) == (["xếp thứ 8/63"], "2023-07-14")


def test_targets_are_no_ranks_and_stand_beside_what_was_observed() -> None:
    target = """
    <id/target/1> a vndx:Target ; vndx:about <id/unit/2004/19> ; vndx:indicator <concept/indicator/dti> ;
      vndx:rank 15 ; vndx:comparator "<=" ; vndx:deadline "2025"^^xsd:gYear ; vndx:setBy <id/document/d> .
    <id/document/d> a vndx:Document ; vndx:number "01-NQ/TU" ; skos:prefLabel "Nghị quyết"@vi .
    <id/target/2> a vndx:Target ; vndx:about <id/unit/2004/19> ; vndx:indicator <concept/indicator/other> ;
      vndx:value 90 ; vndx:comparator ">=" .
    """
    store = store_of(PROVINCE + figure("2004/19", "2022", 8, 63) + target)
    found = content(store, "2025/19", plan_targets)
    assert isinstance(found, TargetsContent)
    first, second = found.targets
    assert (first.deadline, first.quantity.rank, first.set_by.text if first.set_by else "") == (
        *("2025", "15"),
        "01-NQ/TU",
    )
    assert [(outcome.quantity.rank, outcome.time) for outcome in first.outcomes] == [("8", "2022")]
    assert not second.outcomes
    assert found.observed == 1
    of_ranks = content(store, "2025/19", plan_ranks)
    assert isinstance(of_ranks, RanksContent)
    assert [rank.rank for rank in of_ranks.main[0].ranks] == [8]


def test_documents_are_told_by_year_the_latest_first_and_those_without_a_date_last() -> None:
    documents = """
    <id/document/a> a vndx:Document ; vndx:jurisdiction <id/unit/2004/19> ; skos:prefLabel "A"@vi ;
      vndx:issueDate "2021-05-01"^^xsd:date .
    <id/document/b> a vndx:Document ; vndx:jurisdiction <id/unit/2025/19> ; skos:prefLabel "B"@vi ;
      vndx:adoptionDate "2025-11"^^xsd:gYearMonth .
    <id/document/c> a vndx:Document ; vndx:jurisdiction <id/unit/2004/06> ; skos:prefLabel "C"@vi .
    """
    found = content(store_of(PROVINCE + documents), "2025/19", plan_documents)
    assert isinstance(found, DocumentsContent)
    assert [(year.year, [(d.link.text, d.member) for d in year.documents]) for year in found.years] == [
        ("2025", [("B", 0)]),
        ("2021", [("A", 1)]),
        ("", [("C", 2)]),
    ]


def test_a_province_of_which_nothing_is_known_has_no_sections() -> None:
    store = store_of('<id/unit/2025/19> a vndx:Province ; skos:prefLabel "Tỉnh A"@vi .')
    assert answer(store, plan_sections(subject(store, "2025/19"))) == []


SPLIT = """
<id/unit/2004/a> a vndx:Commune ; skos:prefLabel "Xã A"@vi ; vndx:changedBy <id/change/x>, <id/change/y> ;
  vndx:hasVersion <id/unit/2004/a/version/initial> ; vndx:validTo "2025-07-01"^^xsd:date .
<id/unit/2004/a/version/initial> vndx:officialName "Xã A"@vi ; vndx:validTo "2025-07-01"^^xsd:date .
"""


def half(key: str) -> str:
    return f"""
    <id/unit/2025/{key}> a vndx:Commune ; skos:prefLabel "Phường {key}"@vi ;
      vndx:changedBy <id/change/{key}> ;
      vndx:partOf <id/unit/2025/19> ; vndx:hasVersion <id/unit/2025/{key}/version/2025-07-01> .
    <id/unit/2025/{key}/version/2025-07-01> vndx:officialName "Phường {key}"@vi ;
      vndx:validFrom "2025-07-01"^^xsd:date .
    <id/change/{key}> a vndx:Reorganisation ; vndx:effectiveDate "2025-07-01"^^xsd:date ;
      vndx:legalBasis <id/document/act> ; vndx:clause "Điều 1 khoản 2" ;
      vndx:transfer <id/change/{key}/from/a> .
    <id/change/{key}/from/a> vndx:fromUnit <id/unit/2004/a> ; vndx:toUnit <id/unit/2025/{key}> ;
      vndx:share <concept/share/part> .
    <id/document/act> a vndx:Document ; vndx:number "1683/NQ" ; skos:prefLabel "Nghị quyết"@vi .
    """


def history(store: Store, unit: str) -> HistoryContent:
    found = content(store, unit, plan_history)
    assert isinstance(found, HistoryContent)
    return found


def test_a_commune_that_was_split_leads_to_its_successors() -> None:
    found = history(store_of(PROVINCE + SPLIT + half("x") + half("y")), "2004/a")
    assert found.today is not None
    assert found.today.fate is Fate.PARTS
    assert [(unit.link.path, unit.whole) for unit in found.today.units] == [
        ("/page/unit/2025/x", False),
        ("/page/unit/2025/y", False),
    ]
    assert [(step.kind, step.before[0].text, step.after[0].text) for step in found.steps] == [
        ("part", "Xã A", "Phường x"),
        ("part", "Xã A", "Phường y"),
    ]
    assert [(act.link.text, act.clause) for act in found.steps[0].acts] == [("1683/NQ", "Điều 1 khoản 2")]
    assert found.drawing is not None
    assert {state.name for state in found.drawing.states} == {"Xã A", "Phường x", "Phường y"}


def test_a_unit_and_its_own_parts_are_one_row_of_the_table() -> None:
    district = """
    <id/unit/2004/d> a vndx:District ; skos:prefLabel "Huyện D"@vi ; vndx:validTo "2025-07-01"^^xsd:date ;
      vndx:hasVersion <id/unit/2004/d/version/initial> .
    <id/unit/2004/d/version/initial> vndx:officialName "Huyện D"@vi ; vndx:validTo "2025-07-01"^^xsd:date .
    """
    communes = "".join(
        f"""
    <id/unit/2004/{key}> a vndx:Commune ; skos:prefLabel "Xã {key}"@vi ;
      vndx:hasVersion <id/unit/2004/{key}/version/initial> .
    <id/unit/2004/{key}/version/initial> vndx:officialName "Xã {key}"@vi ; vndx:partOf <id/unit/2004/d> ;
      vndx:versionOf <id/unit/2004/{key}> ; vndx:validTo "2025-07-01"^^xsd:date .
    """
        for key in "pq"
    )
    (step,) = history(store_of(district + communes), "2004/d").steps
    assert (step.kind, [link.text for link in step.after]) == ("contains", ["Xã p", "Xã q"])


def test_a_unit_of_today_shows_what_it_came_from() -> None:
    found = history(store_of(PROVINCE + SPLIT + half("x")), "2025/x")
    assert found.today is None
    assert [step.before[0].path for step in found.steps] == ["/page/unit/2004/a"]


def test_what_became_of_a_unit_is_said_to_be_unknown_if_it_is() -> None:
    found = history(store_of(SPLIT.replace(", <id/change/y>", "") + RENAMED), "2004/a")
    assert found.today is not None
    assert found.today.fate is Fate.UNKNOWN
    assert not found.today.units


RENAMED = """
<id/unit/2004/a> vndx:hasVersion <id/unit/2004/a/version/2010-01-01> .
<id/unit/2004/a/version/2010-01-01> vndx:officialName "Phường A"@vi ; vndx:validFrom "2010-01-01"^^xsd:date ;
  vndx:validTo "2025-07-01"^^xsd:date .
"""


def test_a_unit_to_which_nothing_happened_has_no_history() -> None:
    store = store_of('<id/unit/2025/x> a vndx:Commune ; skos:prefLabel "Xã X"@vi .')
    assert content(store, "2025/x", plan_history) is None


def test_communes_are_grouped_by_type_and_counted() -> None:
    parts = "".join(
        f"<id/unit/2025/19> vndx:hasPart <id/unit/2025/{key}> . <id/unit/2025/{key}> a vndx:Commune ;"
        f' skos:prefLabel "{name}"@vi ; vndx:unitType <concept/unit-type/{kind}> .\n'
        for key, name, kind in (
            *(("1", "Xã Đồng Hỷ", "xa"), ("2", "Xã Ba Bể", "xa")),
            ("3", "Phường Bách Quang", "phuong"),
        )
    )
    found = content(store_of(PROVINCE + parts), "2025/19", plan_parts)
    assert isinstance(found, PartsContent)
    assert found.communes == 3
    assert [[part.link.text for part in group.parts] for group in found.groups] == [
        ["Phường Bách Quang"],
        ["Xã Ba Bể", "Xã Đồng Hỷ"],
    ]


def test_communes_that_ended_before_their_district_are_told_apart() -> None:
    parts = """
    <id/unit/2004/d> a vndx:District ; skos:prefLabel "Huyện D"@vi ; vndx:validTo "2025-07-01"^^xsd:date ;
      vndx:hasPart <id/unit/2004/1>, <id/unit/2004/2> .
    <id/unit/2004/1> a vndx:Commune ; skos:prefLabel "Xã Một"@vi ; vndx:unitType <concept/unit-type/xa> ;
      vndx:validTo "2025-07-01"^^xsd:date .
    <id/unit/2004/2> a vndx:Commune ; skos:prefLabel "Xã Hai"@vi ; vndx:unitType <concept/unit-type/xa> ;
      vndx:validTo "2020-01-01"^^xsd:date .
    """
    found = content(store_of(parts), "2004/d", plan_parts)
    assert isinstance(found, PartsContent)
    (group,) = found.groups
    assert [part.link.text for part in group.parts] == ["Xã Một"]
    assert [(part.link.text, part.last_day) for part in group.former] == [("Xã Hai", "2019-12-31")]


def test_a_plan_that_several_sections_need_is_run_once() -> None:
    runs: list[NamedNode] = []

    def plan(asked: PageSubject) -> Plan[int]:
        runs.append(asked.description.node)
        return len(runs)
        yield  # what makes this a plan

    def twice(asked: PageSubject) -> Plan[tuple[int, int]]:
        return (yield from asked.once(plan)), (yield from asked.once(plan))

    store = store_of(PROVINCE)
    assert answer(store, twice(subject(store, "2025/19"))) == (1, 1)


def test_one_rank_that_two_sources_state_is_one_outcome_that_leads_to_both() -> None:
    target = """
    <id/target/1> a vndx:Target ; vndx:about <id/unit/2004/19> ; vndx:indicator <concept/indicator/dti> ;
      vndx:rank 15 ; vndx:comparator "<=" ; vndx:deadline "2025"^^xsd:gYear .
    <id/observation/again> a vndx:Observation ; vndx:about <id/unit/2004/19> ; vndx:rank 8 ; vndx:outOf 63 ;
      vndx:indicator <concept/indicator/dti> ; vndx:period <id/period/2022> .
    """
    found = content(store_of(PROVINCE + figure("2004/19", "2022", 8, 63) + target), "2004/19", plan_targets)
    assert isinstance(found, TargetsContent)
    (outcome,) = found.targets[0].outcomes
    assert [link.path for link in outcome.links] == [
        "/page/observation/2004/19/2022/8",
        "/page/observation/again",
    ]


def test_targets_with_an_outcome_are_seen_at_once_and_all_others_can_be_unfolded() -> None:
    targets = "".join(
        f"<id/target/{n}> a vndx:Target ; vndx:about <id/unit/2004/19> ; vndx:value {n} ;"
        f" vndx:indicator <concept/indicator/i{n}> .\n"
        for n in range(8)
    )
    measured = (
        "<id/observation/o> a vndx:Observation ; vndx:about <id/unit/2004/19> ; vndx:value 3 ;"
        " vndx:indicator <concept/indicator/i7> ."
    )
    found = content(store_of(PROVINCE + targets + measured), "2004/19", plan_targets)
    assert isinstance(found, TargetsContent)
    assert [row.quantity.value for row in found.first] == ["7"]
    assert len(found.others) == 7
    found = content(store_of(PROVINCE + targets), "2004/19", plan_targets)
    assert isinstance(found, TargetsContent)
    assert (len(found.first), len(found.others)) == (5, 3)


def test_labels_of_concepts_begin_a_row_with_a_capital_letter() -> None:
    data = '<concept/indicator/pci> skos:prefLabel "chỉ số năng lực cạnh tranh"@vi .\n' + figure(
        "2004/19", "2022", 8, 63
    ).replace("indicator/dti", "indicator/pci")
    found = content(store_of(PROVINCE + data), "2004/19", plan_ranks)
    assert isinstance(found, RanksContent)
    assert [index.link.text for index in found.others] == ["Chỉ số năng lực cạnh tranh"]


def test_what_the_sections_of_a_unit_show_is_told_nowhere_else_on_its_page() -> None:
    data = """
    <id/unit/2004/x> a vndx:Commune ; skos:prefLabel "Xã X"@vi ; vndx:validTo "2025-07-01"^^xsd:date ;
      vndx:nameAscii "X" ; vndx:succeededBy <id/unit/2025/y> ; vndx:changedBy <id/change/1> ;
      vndx:hasVersion <id/unit/2004/x/version/initial> .
    <id/unit/2004/x/version/initial> vndx:officialName "Xã X"@vi ; vndx:versionOf <id/unit/2004/x> ;
      vndx:validTo "2025-07-01"^^xsd:date .
    <id/unit/2025/y> a vndx:Commune ; skos:prefLabel "Xã Y"@vi ; vndx:succeeds <id/unit/2004/x> .
    <id/change/1> a vndx:UnitChange ; vndx:effectiveDate "2025-07-01"^^xsd:date ; skos:prefLabel "Nhập"@vi ;
      vndx:transfer <id/transfer/1> ; vndx:dissolvedUnit <id/unit/2004/x> .
    <id/transfer/1> a vndx:Transfer ; vndx:fromUnit <id/unit/2004/x> ; vndx:toUnit <id/unit/2025/y> ;
      vndx:share <concept/share/whole> .
    <id/claim/1> a vndx:Claim ; vndx:about <id/unit/2004/x> ; skos:prefLabel "Một nhận định"@vi .
    """
    page = answer(store_of(data), plan_page(ID["unit/2004/x"], "vi", "", ""))
    assert page is not None
    assert [section.name for section in page.sections] == ["history"]
    assert [fact.name for group in page.groups for fact in group.facts] == ["nameAscii"]
    assert [group.key for group in page.incoming] == ["about"]


def test_figures_that_a_section_shows_are_not_listed_among_the_links_again() -> None:
    other = (
        "<id/observation/o> a vndx:Observation ; vndx:about <id/unit/2004/19> ; vndx:value 3 ;"
        " vndx:indicator <concept/indicator/i> ."
    )
    store = store_of(PROVINCE + figure("2004/19", "2022", 8, 63) + other)
    page = answer(store, plan_page(ID["unit/2004/19"], "vi", "", ""))
    assert page is not None
    (figures,) = (group for group in page.incoming if group.key == "about")
    assert [link.path for link in figures.shown] == ["/page/observation/o"]
