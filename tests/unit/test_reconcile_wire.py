"""Queries and answers of reconciliation: what each version of the specification takes and refuses."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from api.problems import ProblemError
from api.reconcile import answers_0_2, answers_1_0, wire_0_2, wire_1_0
from api.reconcile.extending import DateValue, Reference, Setting, TextValue
from api.reconcile.model import Condition, EntityValue, Quantifier, Query, TypeRule
from api.reconcile.reading_requests import checked, form_of, json_of, within

NAME = {"matchType": "name", "propertyValue": "Thái Nguyên"}


def old(**query: Any) -> Query:
    return wire_0_2.BATCH.validate_python({"q0": query})["q0"].to_query()


def new(*conditions: dict[str, Any], **more: Any) -> Query:
    batch = {"queries": [{"conditions": list(conditions), **more}]}
    return wire_1_0.BATCH.validate_python(batch).queries[0].to_query()


def test_query_of_0_2_with_everything() -> None:
    query = old(
        query="Tân Lập",
        type=["Commune", "District"],
        type_strict="all",
        limit=3,
        properties=[
            {"pid": "partOf", "v": {"id": "id/unit/2004/19", "name": "Thái Nguyên"}},
            {"pid": "code", "v": ["05464", 5464, 5464.0, True]},
        ],
    )
    assert query == Query(
        texts=("Tân Lập",),
        types=("Commune", "District"),
        rule=TypeRule.ALL,
        conditions=(
            Condition("partOf", (EntityValue("id/unit/2004/19", "Thái Nguyên"),)),
            Condition("code", ("05464", 5464, 5464.0, True)),
        ),
        limit=3,
    )


def test_query_of_0_2_may_have_only_properties_or_a_single_type() -> None:
    assert old(properties=[{"pid": "code", "v": "19"}]).texts == ()
    assert old(query="x", type="Province").types == ("Province",)
    assert old(query="x", type="").types == ()


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"properties": []},
        {"query": None},
        {"query": 1},
        {"query": "x", "type": 1},
        {"query": "x", "type": [1]},
        {"query": "x", "limit": "many"},
        {"query": "x", "limit": -1},
        {"query": "x", "limit": float("inf")},
        {"query": "x", "type_strict": "none"},
        {"query": "x", "properties": {"pid": "code", "v": "1"}},
        {"query": "x", "properties": [{"v": "1"}]},
        {"query": "x", "properties": [{"pid": "code", "v": {"name": "no id"}}]},
        {"query": "x", "properties": [{"pid": "code", "v": None}]},
        {"query": "x", "lang": "vi"},
    ],
)
def test_query_that_0_2_does_not_know_is_refused(query: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        old(**query)


def test_query_of_the_draft_with_everything() -> None:
    query = new(
        NAME,
        {
            "matchType": "property",
            "propertyId": "partOf",
            "propertyValue": ["Hà Giang", {"id": "id/unit/2004/02"}],
            "required": True,
            "matchQuantifier": "none",
            "matchQualifier": "ExactMatch",
            "lang": "vi",
        },
        type="Commune",
        limit=5,
        lang="vi",
        dir="ltr",
    )
    values = ("Hà Giang", EntityValue("id/unit/2004/02"))
    assert query.texts == ("Thái Nguyên",)
    assert query.conditions == (Condition("partOf", values, Quantifier.NONE, required=True),)
    assert (query.types, query.limit) == (("Commune",), 5)


def test_draft_takes_the_older_names_of_members_too() -> None:
    older = new({"matchType": "name", "v": "x"}, {"matchType": "property", "pid": "code", "v": 1})
    newer = new(
        {"matchType": "name", "propertyValue": "x"},
        {"matchType": "property", "propertyId": "code", "propertyValue": 1},
    )
    assert older == newer


def test_draft_takes_a_query_without_a_name() -> None:
    assert new({"matchType": "property", "propertyId": "code", "propertyValue": "19"}).texts == ()


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        {"queries": [{}]},
        {"queries": [{"conditions": []}]},
        {"queries": [{"props": [NAME]}]},
        {"queries": [{"conditions": [{"propertyValue": "x"}]}]},
        {"queries": [{"conditions": [{"matchType": "name"}]}]},
        {"queries": [{"conditions": [{"matchType": "other", "propertyValue": "x"}]}]},
        {"queries": [{"conditions": [{"matchType": "property", "propertyValue": "x"}]}]},
        {"queries": [{"conditions": [NAME], "type": ["Province", "Commune"]}]},
        {"queries": [{"conditions": [NAME | {"matchQuantifier": "most"}]}]},
        {"queries": [{"conditions": [NAME], "unknown": 1}]},
    ],
)
def test_batch_that_the_draft_does_not_know_is_refused(content: object) -> None:
    with pytest.raises(ValidationError):
        wire_1_0.BATCH.validate_python(content)


def test_text_that_is_too_long_for_a_name_has_no_candidates_and_is_no_error() -> None:
    assert old(query="x" * 501).texts == ()


def test_limit_is_bounded() -> None:
    assert old(query="x", limit=10_000).limit == 50


CANDIDATE = {
    "id": "id/unit/2025/19",
    "name": "Tỉnh Thái Nguyên",
    "type": [{"id": "Province", "name": "tỉnh"}],
    "score": 98.0,
    "match": True,
    "features": [{"id": "name", "value": 1.0}],
}
NAMED_FEATURES = {"features": [{"id": "name", "name": "tên", "value": 1.0}]}


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in CANDIDATE.items() if key != name}


def test_results_of_each_version_are_valid_in_it() -> None:
    answers_0_2.ResultBatch.model_validate({"q0": {"result": [CANDIDATE]}, "q1": {"result": []}})
    answers_1_0.ResultBatch.model_validate(
        {"results": [{"candidates": [CANDIDATE | NAMED_FEATURES]}, {"candidates": []}]}
    )


@pytest.mark.parametrize(
    ("model", "content"),
    [
        (answers_0_2.ResultBatch, {"q0": {}}),
        (answers_0_2.ResultBatch, {"q0": {"result": [without("score")]}}),
        (answers_0_2.ResultBatch, {"q0": {"result": [CANDIDATE | {"score": 101}]}}),
        (answers_0_2.ResultBatch, {"q0": {"result": [CANDIDATE | {"type": ["Province"]}]}}),
        (answers_1_0.ResultBatch, [{"candidates": []}]),
        (answers_1_0.ResultBatch, {"results": [{"candidates": [without("id") | NAMED_FEATURES]}]}),
        (answers_1_0.ResultBatch, {"results": [{"candidates": [CANDIDATE]}]}),
        (answers_0_2.View, {"url": "https://vndx.example/page/{id}"}),
        (answers_1_0.View, {"url": "https://vndx.example/page/"}),
        (answers_1_0.Proposals, {"type": "Province"}),
        (answers_0_2.DateCell, {"date": "2020-12-31"}),
        (answers_0_2.DateCell, {"date": "2020-13-31T00:00:00Z"}),
    ],
)
def test_answers_that_the_specification_refuses_are_refused(model: type[BaseModel], content: object) -> None:
    with pytest.raises(ValidationError):
        model.model_validate(content)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (Reference("id/unit/2025/19", "Thái Nguyên"), {"id": "id/unit/2025/19", "name": "Thái Nguyên"}),
        (TextValue("2025"), {"str": "2025"}),
        (TextValue("Thái Nguyên", "vi"), {"str": "Thái Nguyên"}),
        (DateValue("2020-12-31T00:00:00Z"), {"date": "2020-12-31T00:00:00Z"}),
        (7, {"int": 7}),
        (7.5, {"float": 7.5}),
    ],
)
def test_each_kind_of_value_is_written_as_its_own(cell: Any, written: dict[str, Any]) -> None:
    assert wire_0_2.cell_of(cell) == written


@pytest.mark.parametrize(
    ("settings", "limit"),
    [
        ({}, 0),
        ({"limit": 2}, 2),
        ({"limit": "3"}, 3),
        ({"limit": "x"}, 0),
        ({"limit": -1}, 0),
        ({"limit": float("inf")}, 0),
    ],
)
def test_setting_of_a_property_that_is_no_number_counts_as_none(settings: dict[str, Any], limit: int) -> None:
    assert wire_0_2.ExtendPropertyModel(id="code", settings=settings).to_setting() == Setting("code", limit)


def test_problem_says_where_in_the_batch_it_is() -> None:
    with pytest.raises(ProblemError) as raised:
        checked(wire_0_2.BATCH, {"hàng 1": {"query": "x", "limit": "y"}}, "queries")
    assert raised.value.members["errors"][0]["parameter"] == "queries.hàng 1.limit"


def test_form_is_decoded_once() -> None:
    assert form_of(b"queries=%7B%7D&x=100%2525+a") == {"queries": "{}", "x": "100%25 a"}


@pytest.mark.parametrize("text", ["{", "", "[" * 100_000, b"\xff", '{"\\ud800": 1}'])
def test_what_is_no_json_is_a_bad_request(text: str | bytes) -> None:
    with pytest.raises(ProblemError) as raised:
        json_of(text, "queries")
    assert raised.value.slug == "bad-request"


def test_more_than_the_limit_is_too_large() -> None:
    within(50, 50, "queries")
    with pytest.raises(ProblemError) as raised:
        within(51, 50, "queries")
    assert raised.value.slug == "too-large"
