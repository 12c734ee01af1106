"""Finding the act that a number and a date name, although numbers repeat."""

from __future__ import annotations

import pytest
from mapping_support import TABLES

from graph.mapping.legal_documents import kind_of
from graph.mapping.legal_register import LegalRegister, names_one_act
from graph.mapping.reader import Row, TableSet
from graph.model import iris
from graph.problems import Problems


def row(line: int, number: str, effective: str, issued: str = "") -> Row:
    cells = {"number": number, "title": "", "issued": issued, "effective": effective, "source": ""}
    return Row("admin/legal_documents", line, cells)


def register(*rows: tuple[str, ...]) -> LegalRegister:
    return LegalRegister(row(line, *cells) for line, cells in enumerate(rows, 2))


def test_a_number_given_anew_every_year_is_found_by_its_date() -> None:
    acts = register(("47/NQ-CP", "2009-09-24"), ("47/NQ-CP", "2010-12-08"))
    for day, year in (("2009-09-24", "2009"), ("2010-12-08", "2010")):
        act = acts.act("47/NQ-CP", day)
        assert act is not None
        assert act.iri == iris.document("47/NQ-CP", year)
    assert acts.act("47/NQ-CP", "2011-01-01") is None


def test_a_number_given_anew_every_year_is_not_found_on_another_date_even_if_it_is_the_only_one() -> None:
    assert register(("47/NQ-CP", "2009-09-24")).act("47/NQ-CP", "2013-04-04") is None


def test_rows_of_one_yearly_number_and_date_are_one_act() -> None:
    acts = list(register(("47/NQ-CP", "2013-04-04"), ("47/NQ-CP", "2013-04-04")))
    assert [(act.iri, len(act.rows)) for act in acts] == [(iris.document("47/NQ-CP", "2013"), 2)]


def test_two_acts_of_one_number_in_one_year_have_their_date_in_the_iri() -> None:
    acts = {act.iri for act in register(("07/NĐ-CP", "2009-01-07"), ("07/NĐ-CP", "2009-02-24"))}
    assert acts == {iris.document("07/NĐ-CP", "2009-01-07"), iris.document("07/NĐ-CP", "2009-02-24")}


def test_a_number_with_a_term_is_one_act_whatever_its_dates() -> None:
    acts = register(("767/NQ-UBTVQH14", "2019-09-11"), ("767/NQ-UBTVQH14", "2020-01-01"))
    for day in ("2019-09-11", "2020-01-01", "2021-05-05", ""):
        act = acts.act("767/NQ-UBTVQH14", day)
        assert act is not None
        assert act.iri == iris.document("767/NQ-UBTVQH14", "2019")


def test_the_date_of_issue_is_the_year_of_the_iri_where_it_is_known() -> None:
    (act,) = register(("1278/NQ-UBTVQH15", "2025-03-01", "2024-11-14"))
    assert act.iri == iris.document("1278/NQ-UBTVQH15", "2024")


def test_a_number_with_its_year_has_it_once_in_the_iri() -> None:
    (act,) = register(("202/2025/QH15", "2025-06-12"))
    assert act.iri == iris.document("202/2025/QH15", "")


def test_an_unknown_number_is_not_found() -> None:
    assert register(("47/NQ-CP", "2009-09-24")).act("48/NQ-CP", "2009-09-24") is None


@pytest.mark.parametrize(
    "number",
    ["932/NQ-UBTVQH13", "15/2008/QH12", "202/2025/QH15", "14/2008/NĐ-CP", "931/UBTVQH13", "176/2007NĐ-CP"],
)
def test_a_number_with_a_year_or_a_term_names_one_act(number: str) -> None:
    assert names_one_act(number)


@pytest.mark.parametrize("number", ["47/NQ-CP", "07/NĐ-CP", "1192/NQ-UBTVQH", "60-NQ/TW", "1027/CTK-CSCL"])
def test_a_number_without_year_and_term_may_name_several(number: str) -> None:
    assert not names_one_act(number)


@pytest.mark.parametrize(
    ("number", "title", "kind"),
    [
        ("932/NQ-UBTVQH13", "thành lập thị xã Phổ Yên", "Resolution"),
        ("903/NQ-NBTVQH13", "Điều chỉnh", "Resolution"),
        ("47/NQ-CP", "điều chỉnh", "Resolution"),
        ("75/2005/NĐ-CP", "Thành lập", "Decree"),
        ("28/2006/NDD-CP", "điều chỉnh", "Decree"),
        ("61/2005/NĐ/CP", "Thành lập", "Decree"),
        ("72/2025/QH15", "Luật Tổ chức chính quyền địa phương", "Law"),
        ("202/2025/QH15", "Nghị quyết về sắp xếp", "Resolution"),
        ("180/2004/QĐ-TTg", "Công nhận", "Decision"),
        ("60-NQ/TW", "Nghị quyết Hội nghị lần thứ 11", "PartyResolution"),
        ("1027/CTK-CSCL", "Công văn", "OfficialLetter"),
        ("621/TCTK-PPCĐ", "Điều chỉnh", "OfficialLetter"),
    ],
)
def test_the_number_tells_the_kind_of_an_act_misprints_included(number: str, title: str, kind: str) -> None:
    found = kind_of(number, title)
    assert found is not None
    assert found.document_class == kind


@pytest.mark.parametrize("number", ["932", "NQ", "12/TB-VPCP", ""])
def test_a_number_that_tells_no_kind_has_none(number: str) -> None:
    assert kind_of(number, "") is None


def test_no_two_acts_of_the_real_table_have_the_same_iri() -> None:
    acts = list(TableSet(TABLES, Problems()).once(LegalRegister.from_tables))
    assert len({act.iri for act in acts}) == len(acts) == 530
    assert sum(len(act.rows) for act in acts) == 535
