"""Batches of reconciliation as clients send them: every form, every bound, from pages of any origin."""

from __future__ import annotations

import json

import httpx
import pytest
from reconciliation_support import NEW, OLD, ORIGIN, OpenRefine, named

pytestmark = pytest.mark.snapshot


def test_batch_keys_may_be_any_string(refine: OpenRefine) -> None:
    keys = ["", "queries", "extend", "dòng số 1", "a/b?c=d&e", "__proto__", "q\u0000"]
    results = refine.reconcile(**{key: {"query": "Hà Nội", "limit": 1} for key in keys})
    assert {found[0]["id"] for found in results.values()} == {"id/unit/2025/01"}


def test_form_json_and_get_give_the_same(refine: OpenRefine) -> None:
    batch = {"q0": {"query": "Phường Bến Nghé, Quận 1, TP.HCM"}, "q1": {"query": "VNeID"}}
    by_form = refine.post("queries", batch)
    for answer in (
        refine.http.post(OLD, json=batch),
        refine.http.post(OLD, json={"queries": batch}),
        refine.http.get(OLD, params={"queries": json.dumps(batch)}),
        refine.http.get(f"{OLD}/", params={"queries": json.dumps(batch), "callback": "ignored"}),
    ):
        assert answer.json() == by_form


def test_queries_of_a_batch_do_not_influence_each_other(refine: OpenRefine) -> None:
    asked = ["Xã Tân Lập", "TP.HCM", "57-NQ/TW", "Sổ tay đảng viên", "Hòa Bình"]
    together = refine.reconcile(**{str(at): {"query": text} for at, text in enumerate(asked)})
    for at, text in enumerate(asked):
        assert refine.reconcile(q0={"query": text})["q0"] == together[str(at)]


def test_batch_of_as_many_as_advertised_is_answered_and_one_more_is_413(refine: OpenRefine) -> None:
    size = refine.manifest.batchSize
    batch = {f"q{at}": {"query": f"Phường {at}"} for at in range(size + 1)}
    del batch["q0"]
    assert len(refine.post("queries", batch)) == size
    batch["q0"] = {"query": "Phường 0"}
    for answer in (
        refine.http.post(OLD, data={"queries": json.dumps(batch)}),
        refine.http.post(f"{NEW}/match", json={"queries": [named("Hà Nội")] * (size + 1)}),
    ):
        assert answer.status_code == 413
        assert answer.json()["limit"] == size


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ({"q0": {}}, "queries.q0"),
        ({"q0": {"query": 5}}, "queries.q0.query"),
        ({"q0": {"query": "x", "type_strict": "maybe"}}, "queries.q0.type_strict"),
        ({"q0": {"query": "x", "limit": 0}}, "queries.q0.limit"),
        ({"q0": {"query": "x", "unknown": 1}}, "queries.q0.unknown"),
        ({"q0": {"query": "x", "properties": [{"pid": "code"}]}}, "queries.q0.properties.0.v"),
        ([], "queries"),
    ],
)
def test_batch_that_is_not_as_specified_is_400_and_says_where(
    refine: OpenRefine, content: object, where: str
) -> None:
    answer = refine.http.post(OLD, data={"queries": json.dumps(content)})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert where in [found["parameter"] for found in answer.json()["errors"]]


def test_bodies_that_cannot_be_read_are_400_and_others_415(refine: OpenRefine) -> None:
    assert refine.http.post(OLD, data={"queries": "{"}).status_code == 400
    assert refine.http.post(OLD, data={"nothing": "1"}).status_code == 400
    assert refine.http.post(OLD, content=b"<x/>", headers={"Content-Type": "text/xml"}).status_code == 415
    assert refine.http.post(f"{NEW}/match", data={"queries": "[]"}).status_code == 415
    assert (
        refine.http.post(
            f"{NEW}/match", content=b"{", headers={"Content-Type": "application/json"}
        ).status_code
        == 400
    )


@pytest.mark.parametrize(
    "path",
    [
        OLD,
        f"{OLD}/suggest/entity",
        f"{OLD}/preview",
        NEW,
        f"{NEW}/match",
        f"{NEW}/extend",
        f"{NEW}/extend/propose",
    ],
)
def test_every_route_answers_a_preflight(http: httpx.Client, path: str) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    answer = http.options(path, headers=ORIGIN | asked)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-headers"] == "content-type"
