"""Events: every row, with kind, date of its precision, place, who organised and attended, and evidence."""

from __future__ import annotations

from pathlib import Path

import pytest
from mapping_support import Mapped, assert_reported, folder_with, row_of, rows_of
from pyoxigraph import NamedNode

from graph.mapping import events
from graph.model import iris
from graph.model.namespaces import ID, VNDX

(EVENTS,) = events.MAPPINGS


@pytest.fixture(scope="module")
def mapped() -> Mapped:
    return Mapped(EVENTS)


def event(beginning: str) -> NamedNode:
    (event_id,) = (
        row["event_id"] for row in rows_of("policy/events") if row["event_id"].startswith(beginning)
    )
    return ID[f"event/{event_id}"]


def test_every_row_is_one_event_with_kind_basis_and_evidence(mapped: Mapped) -> None:
    assert mapped.problems == []
    assert mapped.count(VNDX["Event"]) == len(rows_of("policy/events")) == 194
    for predicate in ("eventKind", "dateBasis", "hasEvidence", "jurisdiction"):
        assert len({q.subject for q in mapped.sink if q.predicate == VNDX[predicate]}) == 194
        assert mapped.functional(VNDX[predicate])


@pytest.mark.parametrize(
    ("beginning", "date", "datatype"),
    [
        ("2020-10-01-quang-nam", "2020-10-01", "date"),
        ("2021-04-binh-phuoc", "2021-04", "gYearMonth"),
        ("2024-ha-giang", "2024", "gYear"),
    ],
)
def test_a_date_keeps_its_precision(mapped: Mapped, beginning: str, date: str, datatype: str) -> None:
    literal = mapped.literal(event(beginning), VNDX["startDate"])
    assert (literal.value, literal.datatype.value.rpartition("#")[2]) == (date, datatype)


def test_an_annual_day_recurs_and_has_no_date(mapped: Mapped) -> None:
    day = ID["event/ngay-chuyen-doi-so-tinh-thai-nguyen"]  # the key that the source texts use
    recurs = mapped.literal(day, VNDX["recursOn"])
    assert (recurs.value, recurs.datatype.value.rpartition("#")[2]) == ("--12-31", "gMonthDay")
    assert mapped.one(day, VNDX["dateBasis"]) == iris.concept("date-basis", "annual-day").value
    assert mapped.objects(day, VNDX["startDate"]) == set()


def test_organisers_are_bodies_units_and_those_in_the_chair(mapped: Mapped) -> None:
    meeting = event("2021-03-03-ben-tre")
    assert mapped.objects(meeting, VNDX["organiser"]) == {
        ID["organisation/ban-chi-dao-chuyen-doi-so-tinh-ben-tre"].value
    }
    assert mapped.objects(meeting, VNDX["ledBy"]) == {
        ID["person/phan-van-mai-ben-tre"].value,
        ID["person/tran-ngoc-tam-ben-tre"].value,
    }
    assert mapped.one(event("2026-03-13-thai-nguyen"), VNDX["organiser"]) == iris.unit("2025", "19").value


def test_a_list_of_names_is_people_and_a_crowd_stays_as_printed(mapped: Mapped) -> None:
    launch = event("2020-10-01-quang-nam")
    assert len(mapped.objects(launch, VNDX["participant"])) == 4
    assert mapped.objects(launch, VNDX["participantsAsPrinted"]) == set()
    crowd = event("2023-hau-giang")
    assert mapped.objects(crowd, VNDX["participant"]) == set()
    assert mapped.one(crowd, VNDX["participantsAsPrinted"]) == "hơn 5.240 người"


@pytest.mark.parametrize(
    ("beginning", "unit"),
    [
        ("2021-12-15-quang-nam", ("2004", "515")),
        ("2021-04-20-gia-lai", ("2004", "622")),
        ("2023-07-12-viet-nam", ("2004", "01")),
        ("2025-07-01-viet-nam", ("2025", "01")),
        ("2022-08-18-thua-thien-hue", ("2004", "474")),
        ("2025-09-24-an-giang", ("2025", "31078")),
        ("nd-ninh-binh-bo-tt-tt", ("2004", "01")),
        ("2020-12-21-ba-ria", ("2004", "747")),
    ],
)
def test_a_place_that_is_exactly_a_unit_is_that_unit_then(
    mapped: Mapped, beginning: str, unit: tuple[str, str]
) -> None:
    assert mapped.one(event(beginning), VNDX["place"]) == iris.unit(*unit).value


@pytest.mark.parametrize("beginning", ["2020-08-27-viet-nam", "2022-11-21-soc-trang", "2019-12-09-viet-nam"])
def test_any_other_place_stays_as_printed(mapped: Mapped, beginning: str) -> None:
    assert mapped.objects(event(beginning), VNDX["placeAsPrinted"])
    assert mapped.objects(event(beginning), VNDX["place"]) == set()


def test_a_launch_and_its_platform_know_each_other(mapped: Mapped) -> None:
    launch, platform = event("2024-06-28-ha-noi"), ID["platform/ha-noi-ihanoi"]
    assert mapped.one(launch, VNDX["launches"]) == platform.value
    assert mapped.one(platform, VNDX["launchedAt"]) == launch.value


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"event_id": ""}, "event_id"),
        ({"name": ""}, "name"),
        ({"kind": "earthquake"}, "kind"),
        ({"province": "Thái Nguyen Thượng"}, "province"),
        ({"date": "2025-13-01"}, "date"),
        ({"date_precision": "month"}, "date"),
        ({"date_basis": "rumour"}, "date_basis"),
        ({"date_basis": "unknown"}, "date_basis"),
        ({"date": "", "date_precision": ""}, "date_basis"),
        ({"date": "", "date_precision": "", "date_basis": "annual_day"}, "recurrence"),
        ({"recurrence": "10-10"}, "recurrence"),
        ({"recurrence": "--02-30"}, "recurrence"),
        ({"launches": "c-nowhere"}, "launches"),
        ({"quote": "a" * 161}, "quote"),
    ],
)
def test_a_bad_event_is_reported_and_left_out(tmp_path: Path, cells: dict[str, str], column: str) -> None:
    good = row_of(
        "policy/events",
        event_id="2020-09-09-binh-phuoc-khai-truong-trung-tam-dieu-hanh-thong-minh-ioc-tinh-binh-phuoc",
    )
    other = row_of("policy/events", date="2025-12-24")
    mapped = Mapped(EVENTS, folder_with(tmp_path, "policy/events", good, {**other, **cells}))
    assert_reported(mapped.problems, "policy/events", 3, column)
    assert mapped.count(VNDX["Event"]) == 1


@pytest.mark.parametrize("column", ["event_id", "key"])
def test_two_events_with_one_identifier_are_reported(tmp_path: Path, column: str) -> None:
    first, second = ({**row, "key": row["event_id"]} for row in rows_of("policy/events")[:2])
    second[column] = first[column]
    mapped = Mapped(EVENTS, folder_with(tmp_path, "policy/events", first, second))
    assert_reported(mapped.problems, "policy/events", 3, column)
