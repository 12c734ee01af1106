"""The reference of the interface is read from its OpenAPI description, and its examples are requests."""

from __future__ import annotations

import shlex
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.reference.operations import Operation, by_tag, read_operations
from api.reference.requests import MissingValueError, address, curl
from api.reference.samples import sample
from api.reference.schema_words import bounds, choices, type_words
from api.reference.schemas import read_schemas

DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"version": "1"},
    "paths": {
        "/units/{era}/{code}": {
            "get": {
                "tags": ["Units"],
                "summary": "A unit",
                "parameters": [
                    {
                        "name": "on",
                        "in": "query",
                        "schema": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                    },
                    {"name": "q", "in": "query", "schema": {"type": "string", "examples": ["Thái Nguyên"]}},
                    {"name": "era", "in": "path", "required": True, "schema": {"enum": ["2004", "2025"]}},
                    {"name": "code", "in": "path", "required": True, "schema": {"examples": ["19"]}},
                ],
                "responses": {
                    "200": {
                        "description": "it",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/m__Unit"}}},
                    },
                    "422": {
                        "description": "of the framework",
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/HTTPValidationError"}
                            }
                        },
                    },
                },
            }
        },
        "/units": {
            "post": {
                "tags": ["Units"],
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Question"}}}
                },
                "responses": {},
            }
        },
    },
    "components": {
        "schemas": {
            "m__Unit": {
                "type": "object",
                "properties": {
                    "name": {"$ref": "#/components/schemas/Name"},
                    "entity": {"$ref": "#/components/schemas/entity.Province"},
                },
                "required": ["name"],
            },
            "Name": {"type": "object", "additionalProperties": {"type": "string"}},
            "Question": {
                "type": "object",
                "properties": {"q": {"type": "string", "examples": ["Huế"]}, "on": {"type": "string"}},
                "required": ["q"],
            },
            "entity.Province": {"type": "object"},
            "HTTPValidationError": {"type": "object"},
        }
    },
}


def operations() -> list[Operation]:
    return read_operations(DESCRIPTION)


def test_operations_are_found_by_method_and_path() -> None:
    assert [operation.name for operation in operations()] == ["get-units-era-code", "post-units"]
    assert list(by_tag(operations())) == ["Units"]


def test_parameters_of_the_path_come_first_and_null_is_no_type() -> None:
    parameters = operations()[0].parameters
    assert [parameter.name for parameter in parameters] == ["era", "code", "on", "q"]
    assert [word.text for word in parameters[2].type] == ["string"]
    assert parameters[0].choices == ("2004", "2025")


def test_answers_that_only_the_framework_would_give_are_left_out() -> None:
    assert [answer.status for answer in operations()[0].answers] == ["200"]


def test_schemas_are_those_that_operations_lead_to_but_those_of_entities() -> None:
    found = read_schemas(operations(), DESCRIPTION)
    assert [(schema.name, schema.component) for schema in found] == [
        ("Name", "Name"),
        ("Question", "Question"),
        ("Unit", "m__Unit"),
    ]
    assert [(field.name, field.required) for field in found[2].fields] == [("name", True), ("entity", False)]
    assert found[2].module == "m"


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "array", "items": {"type": "string"}}, "string[]"),
        ({"anyOf": [{"type": "integer"}, {"type": "string"}]}, "integer | string"),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "{…: string}"),
        ({"const": "graph"}, "graph"),
        ({"type": "string", "format": "iri"}, "string (iri)"),
        ({}, "any"),
    ],
)
def test_a_type_is_said_in_short_words(schema: dict[str, Any], words: str) -> None:
    assert "".join(word.text for word in type_words(schema)) == words


def test_bounds_and_choices_are_those_of_what_is_not_null() -> None:
    schema = {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 9}, {"type": "null"}]}
    assert bounds(schema) == "≥ 1, ≤ 9"
    assert choices({"type": "array", "items": {"enum": ["a", "b"]}}) == ("a", "b")


def test_a_sample_has_what_is_required_with_the_examples_of_the_fields() -> None:
    assert sample({"$ref": "#/components/schemas/Question"}, DESCRIPTION) == {"q": "Huế"}


def test_a_command_sends_an_example_of_everything_that_is_needed() -> None:
    get, post = operations()
    assert curl(get, "http://h") == "curl -G http://h/units/2004/19 --data-urlencode 'q=Thái Nguyên'"
    assert shlex.split(curl(post, "http://h")) == [
        "curl",
        "-H",
        "Content-Type: application/json",
        "--data-binary",
        '{"q": "Huế"}',
        "http://h/units",
    ]


def test_a_request_leaves_out_what_is_empty_or_unknown() -> None:
    values = {"era": ["2025"], "code": ["19"], "on": [""], "q": ["x"], "unknown": ["y"]}
    assert address(operations()[0], values) == "/units/2025/19?q=x"


def test_a_request_without_a_part_of_its_path_is_refused() -> None:
    with pytest.raises(MissingValueError, match="code"):
        address(operations()[0], {"era": ["2025"], "code": [" "]})


@given(st.text(min_size=1).filter(str.strip), st.text())
def test_a_request_asks_for_just_what_was_typed(code: str, q: str) -> None:
    found = urlsplit(f"http://h{address(operations()[0], {'era': ['2025'], 'code': [code], 'q': [q]})}")
    assert found.netloc == "h"
    assert found.path.startswith("/units/2025/")
    assert parse_qs(found.query, keep_blank_values=True).get("q", [""]) == [q if q.strip() else ""]


@given(st.text(min_size=1))
def test_a_command_is_one_word_for_each_value(example: str) -> None:
    description = {
        "paths": {
            "/x": {"get": {"parameters": [{"name": "q", "in": "query", "example": example, "schema": {}}]}}
        }
    }
    words = shlex.split(curl(read_operations(description)[0], "http://h"))
    assert words[-1] == f"q={example}"
