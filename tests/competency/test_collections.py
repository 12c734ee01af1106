"""Collections over HTTP, with the whole dataset: filters, pages, tables, points, days, and bad input."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from server_support import is_ready, run_server, wait_until

from api.collections.registry import COLLECTIONS
from api.collections.schemas import page_of
from api.collections.tables import headers
from graph.snapshots.home import SnapshotHome

NAMES = [found.name for found in COLLECTIONS]
BASE = "https://w3id.org/vndx/"

pytestmark = pytest.mark.snapshot


def get(http: httpx.Client, path: str) -> dict[str, Any]:
    answer = http.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


def total(http: httpx.Client, path: str) -> int:
    return int(get(http, f"{path}{'&' if '?' in path else '?'}limit=1&fields=id")["total"])


def labels(page: dict[str, Any]) -> list[str]:
    return [item["label"]["vi"] for item in page["items"]]


def walk(http: httpx.Client, path: str, relation: str = "next") -> Iterator[dict[str, Any]]:
    """Give all pages, following the Link header."""
    address: str | None = f"/api/v1/{path}"
    while address:
        answer = http.get(address)
        assert answer.status_code == 200, answer.text
        yield answer.json()
        address = answer.links.get(relation, {}).get("url")


@pytest.fixture(scope="module")
def remote(http: httpx.Client, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Give a client of a server that asks the first one as its engine, by SPARQL alone."""
    folder = tmp_path_factory.mktemp("remote")
    engine = f"{str(http.base_url).rstrip('/')}/sparql"
    with run_server(SnapshotHome(folder / "none"), folder / "log", engine=engine) as server:
        wait_until(lambda: is_ready(server), 30)
        with server.client() as client:
            yield client


# Known answers


def test_there_are_63_provinces_until_30_june_2025_and_34_from_then_on(http: httpx.Client) -> None:
    before = get(http, "provinces?at=2025-06-30&limit=500")
    assert before["total"] == len(before["items"]) == 63
    assert "Tỉnh Hà Tây" not in labels(before)
    assert total(http, "provinces?at=2025-07-01") == 34


def test_ha_tay_was_a_province_until_31_july_2008(http: httpx.Client) -> None:
    assert "Tỉnh Hà Tây" in labels(get(http, "provinces?at=2008-07-31&limit=500"))
    assert "Tỉnh Hà Tây" not in labels(get(http, "provinces?at=2008-08-01&limit=500"))


def test_there_are_10035_communes_until_the_reform_and_3321_after_it(http: httpx.Client) -> None:
    assert total(http, "communes?at=2025-06-30") == 10_035
    assert total(http, "communes?at=2025-07-01") == 3_321
    assert total(http, "communes?era=2025") == 3_321


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        ("2015-05-15", "huyen", "Huyện Phổ Yên"),
        ("2015-05-16", "thi-xa", "Thị xã Phổ Yên"),
        ("2022-04-09", "thi-xa", "Thị xã Phổ Yên"),
        ("2022-04-10", "thanh-pho-thuoc-tinh", "Thành phố Phổ Yên"),
    ],
)
def test_pho_yen_has_the_name_and_type_of_the_day(http: httpx.Client, day: str, kind: str, name: str) -> None:
    page = get(http, f"districts?province=2004/19&type={kind}&q=pho+yen&at={day}")
    assert labels(page) == [name]
    (item,) = page["items"]
    assert item["unitType"]["id"].endswith(f"/{kind}")
    assert item["province"]["label"]["vi"] == "Tỉnh Thái Nguyên"


def test_the_districts_of_ha_tay_were_in_it_and_then_in_ha_noi(http: httpx.Client) -> None:
    before = get(http, "districts?province=2004/28&at=2008-07-31")
    assert before["total"] == 14
    assert {item["province"]["label"]["vi"] for item in before["items"]} == {"Tỉnh Hà Tây"}
    in_ha_noi = labels(get(http, "districts?province=2004/01&at=2008-08-01&limit=500"))
    assert set(labels(before)) <= set(in_ha_noi)


def test_communes_are_in_the_province_of_the_day_through_their_district(http: httpx.Client) -> None:
    of_ha_tay = total(http, "communes?province=2004/28&at=2008-07-31")
    assert of_ha_tay > 250
    assert total(http, "communes?province=2004/28&at=2008-08-01") == 0
    assert total(http, "communes?province=2004/01&at=2008-08-01") > of_ha_tay


def test_a_province_may_be_given_by_name_in_any_spelling(http: httpx.Client) -> None:
    wanted = total(http, "communes?province=2025/19&era=2025")
    assert wanted > 50
    for spelling in ("Thái Nguyên", "thai-nguyen", "THAI NGUYEN", "unit/2025/19", BASE + "id/unit/2025/19"):
        assert total(http, f"communes?province={quote(spelling)}&era=2025") == wanted


def test_predecessors_bring_what_was_of_the_former_provinces(http: httpx.Client) -> None:
    alone = total(http, "documents?province=2025/19")
    former = total(http, "documents?province=2025/19&predecessors=true")
    parts = total(http, "documents?province=2025/19&province=2004/19&province=2004/06")
    assert alone < former == parts


def test_the_resolution_57_is_found_by_its_number(http: httpx.Client) -> None:
    page = get(http, "documents?number=57-NQ/TW")
    assert [item["id"] for item in page["items"]] == [BASE + "id/document/57-nq-tw-2024"]
    assert page["items"][0]["issueDate"] == "2024-12-22"


def test_c_thai_nguyen_is_found_among_the_platforms_without_its_marks(http: httpx.Client) -> None:
    page = get(http, "platforms?q=c-thai%20nguyen&province=2004/19")
    assert BASE + "id/platform/c-thai-nguyen" in [item["id"] for item in page["items"]]


def test_narrower_types_of_documents_count(http: httpx.Client) -> None:
    of_the_party = total(http, "documents?type=nghi-quyet-cua-dang")
    assert of_the_party >= total(http, "documents?type=nghi-quyet-dai-hoi") > 0
    assert total(http, "documents?type=nghi-quyet") > of_the_party
    several = total(http, "documents?type=nghi-dinh&type=luat")
    assert several == total(http, "documents?type=nghi-dinh") + total(http, "documents?type=luat")


# Every collection


@pytest.mark.parametrize("found", COLLECTIONS, ids=NAMES)
def test_every_item_fits_the_schema_and_comes_once(http: httpx.Client, found: Any) -> None:
    model = page_of(found)
    bound = "&era=2025&province=2025/19" if found.name in ("units", "communes") else ""
    seen: list[str] = []
    pages = 0
    for page in walk(http, f"{found.name}?limit=250{bound}"):
        model.model_validate(page)
        seen += [item["id"] for item in page["items"]]
        pages += 1
    assert len(seen) == len(set(seen)) == page["total"] > 0
    assert pages == -(-len(seen) // 250)


@pytest.mark.parametrize("found", COLLECTIONS, ids=NAMES)
def test_every_collection_is_the_same_as_csv_flat_json_and_ndjson(http: httpx.Client, found: Any) -> None:
    answer = http.get(f"/api/v1/{found.name}.csv?limit=60")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    table = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    flat = get(http, f"{found.name}?limit=60&flat=true")
    assert list(table[0]) == list(flat["items"][0]) == headers(found.columns)
    as_text = [
        {name: "" if cell is None else str(cell) for name, cell in item.items()} for item in flat["items"]
    ]
    assert table == as_text
    lines = http.get(f"/api/v1/{found.name}?limit=60", headers={"Accept": "application/x-ndjson"}).text
    assert [json.loads(line)["id"] for line in lines.splitlines()] == [item["id"] for item in flat["items"]]
    assert int(answer.headers["x-total-count"]) == flat["total"]


@pytest.mark.parametrize("found", COLLECTIONS, ids=NAMES)
def test_every_order_of_every_collection_works_both_ways(http: httpx.Client, found: Any) -> None:
    for sort in found.sort_names:
        first = get(http, f"{found.name}?limit=5&fields=id&sort={sort}")
        assert len(first["items"]) == min(5, first["total"]), sort


def test_every_example_of_the_documentation_works(http: httpx.Client) -> None:
    paths = http.get("/openapi.json").json()["paths"]
    tried = 0
    for path, operations in paths.items():
        if path.removeprefix("/api/v1/") not in NAMES:
            continue
        for parameter in operations["get"]["parameters"]:
            for example in parameter.get("examples") or parameter["schema"].get("examples") or []:
                values = example if isinstance(example, list) else [example]
                query = [(parameter["name"], value) for value in values]
                answer = http.get(path, params=[*query, ("limit", "2")])
                assert answer.status_code == 200, f"{path} {query}: {answer.text}"
                tried += 1
    assert tried > 100


@pytest.mark.parametrize("name", ["observations", "documents", "platforms", "people", "conflicts"])
def test_going_back_from_the_last_page_leads_to_the_first(http: httpx.Client, name: str) -> None:
    forward = list(
        walk(http, f"{name}?limit=41&fields=label" if name != "observations" else f"{name}?limit=400")
    )
    last = f"{name}?limit={forward[-1]['limit']}"
    address = forward[-2]["next"].partition("?")[2]
    backward = list(walk(http, f"{name}?{address}", "prev"))
    assert [page["items"] for page in backward] == [page["items"] for page in forward[::-1]], last
    assert backward[-1]["previous"] is None


def test_the_list_of_collections_says_what_each_takes(http: httpx.Client) -> None:
    listed = http.get("/api/v1").json()["collections"]
    assert [each["name"] for each in listed] == NAMES
    for each in listed:
        assert total(http, each["name"]) > 0
        assert {"limit", "cursor", "sort", "fields"} <= set(each["parameters"])


@pytest.mark.parametrize(
    "path",
    [
        "documents?q=so&sort=-date&limit=20",
        "communes?province=2004/19&at=2020-01-01&limit=20",
        "observations.csv?indicator=dti&limit=100",
        "people?at=2022-01-01&fields=roles",
        "units/2004/763/successors",
        "documents?issuer=nobody",
    ],
)
def test_another_engine_gives_the_same_lists(http: httpx.Client, remote: httpx.Client, path: str) -> None:
    here, there = http.get(f"/api/v1/{path}"), remote.get(f"/api/v1/{path}")
    assert here.status_code == there.status_code
    snapshot = re.compile(r'"snapshot": "\w*"')
    assert snapshot.sub("", here.text) == snapshot.sub("", there.text)


# Observations as a table


def test_observations_are_one_row_a_figure_with_what_a_data_frame_needs(http: httpx.Client) -> None:
    answer = http.get(
        "/api/v1/observations.csv?indicator=dti&period=2022&province=2004/19&measure=rank&quoted=false"
    )
    (row,) = csv.DictReader(io.StringIO(answer.text, newline=""))
    assert (row["aboutCode"], row["aboutEra"], row["aboutLabel"]) == ("19", "2004", "Tỉnh Thái Nguyên")
    assert (row["periodStart"], row["periodEnd"]) == ("2022", "2022")
    assert (row["rank"], row["outOf"], row["value"], row["comparator"]) == ("8", "63", "", "=")
    assert row["indicatorLabel"] == "chỉ số đánh giá chuyển đổi số cấp tỉnh"
    assert row["statusLabel"]
    english = http.get("/api/v1/observations.csv?indicator=dti&period=2022&lang=en&limit=1")
    assert "Digital Transformation Index of provinces" in english.text


def test_all_observations_come_in_one_table(http: httpx.Client) -> None:
    table = list(
        csv.DictReader(io.StringIO(http.get("/api/v1/observations.csv?limit=5000").text, newline=""))
    )
    assert len(table) == total(http, "observations") > 1_400
    for row in table:
        assert sum(bool(row[name]) for name in ("value", "rank", "grade", "lowerBound")) == 1
        assert not row["evidenceWords"] or row["evidenceSource"]


# Formats


def test_units_with_points_are_geojson(http: httpx.Client) -> None:
    answer = http.get("/api/v1/provinces?era=2025&limit=500", headers={"Accept": "application/geo+json"})
    assert answer.headers["content-type"] == "application/geo+json"
    content = answer.json()
    assert content["numberMatched"] == content["numberReturned"] == 34
    for feature in content["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert 102 < longitude < 115
        assert 6 < latitude < 24
    assert http.get("/api/v1/provinces.geojson?era=2025&limit=500").json() == content


def test_a_page_has_a_tag_that_saves_sending_it_again(http: httpx.Client) -> None:
    first = http.get("/api/v1/platforms?limit=3")
    assert first.headers["vary"].startswith("Accept")
    again = http.get("/api/v1/platforms?limit=3", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = http.get("/api/v1/platforms?limit=4", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200
    head = http.head("/api/v1/platforms?limit=3")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", first.headers["etag"])


def test_only_the_fields_that_are_asked_for_come(http: httpx.Client) -> None:
    page = get(http, "documents?fields=number,issueDate&limit=2")
    assert all(set(item) == {"id", "type", "number", "issueDate"} for item in page["items"])


def test_text_of_users_is_never_part_of_a_query(http: httpx.Client) -> None:
    for hostile in ('"} SELECT * { ?s ?p ?o', "\\", 'a" ) } #', "🙂 x", "\x00x", "?id", "x\ny"):
        assert get(http, f"documents?number={quote(hostile)}")["total"] == 0
        assert get(http, f"documents?q={quote('zzz ' + hostile)}")["total"] == 0


# Bad input


@pytest.mark.parametrize(
    ("path", "parameter", "says"),
    [
        ("documents?colour=red", "colour", "there is no such parameter"),
        ("documents?from=2021-13", "from", "no date of the calendar"),
        ("documents?from=last%20year", "from", "write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("documents?from=2022&to=2021", "issued", "later than"),
        ("documents?at=2021", "at", "write a day"),
        ("documents?at=2021-02-30", "at", "no date of the calendar"),
        ("documents?cursor=xyz", "cursor", "next and previous"),
        ("documents?limit=many", "limit", "valid integer"),
        ("documents?limit=0", "limit", "greater than or equal to 1"),
        ("documents?limit=501", "limit", "at most 500 as json"),
        ("documents.csv?limit=5001", "limit", "less than or equal to 5000"),
        ("documents?sort=colour", "sort", "'date'"),
        ("documents?fields=numbr", "fields", "did you mean number?"),
        ("documents?format=xls", "format", "'csv'"),
        ("documents?lang=fr", "lang", "'vi' or 'en'"),
        ("documents?type=brief", "type", "nothing is known of 'brief'"),
        ("documents?issuer=nobody", "issuer", "nothing is known of 'nobody'"),
        ("documents?province=19", "province", "2004/19 or 2025/19"),
        ("documents?province=2025/99", "province", "nothing is known of '2025/99'"),
        ("documents?province=1999/19", "province", "nothing is known"),
        ("documents?province=Atlantis", "province", "nothing is known of 'Atlantis'"),
        ("documents?q=%2E%2E", "q", "no letter or digit"),
        ("documents?q=" + "x" * 201, "q", "at most 200 characters"),
        ("documents?" + "&".join(["number=1"] * 51), "number", "at most 50 items"),
        ("observations?minValue=much", "minValue", "write digits"),
        ("observations?period=soon", "period", "no date"),
        ("observations?measure=colour", "measure", "'rank'"),
        ("units?level=Village", "level", "'Commune'"),
        ("organisations?at=2020-01-01", "at", "there is no such parameter"),
    ],
)
def test_bad_input_is_a_400_that_says_what_would_be_right(
    http: httpx.Client, path: str, parameter: str, says: str
) -> None:
    answer = http.get(f"/api/v1/{path}")
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    (error,) = answer.json()["errors"]
    assert error["in"] == "query"
    assert re.match(rf"{parameter}\b", error["parameter"])
    assert says in error["detail"]


def test_a_cursor_goes_on_only_in_the_order_that_it_is_of(http: httpx.Client) -> None:
    following = get(http, "documents?limit=1&sort=label")["next"]
    answer = http.get(following.replace("sort=label", "sort=number"))
    assert answer.status_code == 400
    assert "begin at the first page" in answer.json()["detail"]


def test_a_format_that_there_is_not_is_a_404_or_406(http: httpx.Client) -> None:
    unknown = http.get("/api/v1/documents.xls")
    assert unknown.status_code == 404
    assert "documents.csv" in unknown.json()["detail"]
    assert http.get("/api/v1/documents.geojson").status_code == 404
    refused = http.get("/api/v1/documents", headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert "text/csv" in refused.json()["available"]
