"""The JSON Schemas: up to date, of every class with a closed shape, and refusing what is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from graph.vocabulary.files import SCHEMAS
from graph.vocabulary.json_schema import main
from graph.vocabulary.json_schema_parts import CONTEXT_IRI

ID = "https://w3id.org/vndx/id/"


def committed() -> dict[str, Any]:
    found = json.loads(SCHEMAS.read_bytes())
    assert isinstance(found, dict)
    return found


def errors(name: str, document: dict[str, Any]) -> list[str]:
    validator = Draft202012Validator({**committed(), "$ref": f"#/$defs/{name}"})
    return ["/".join(map(str, error.instance_path)) for error in validator.iter_errors(document)]


def observation(**changes: Any) -> dict[str, Any]:
    document = {
        "@context": CONTEXT_IRI,
        "id": f"{ID}observation/x",
        "type": ["Observation"],
        "about": [{"id": f"{ID}platform/c-thai-nguyen"}],
        "comparator": ">",
        "indicator": {
            "id": "https://w3id.org/vndx/concept/indicator/installs",
            "label": {"vi": "lượt cài đặt"},
        },
        "status": {"id": "https://w3id.org/vndx/concept/status/stated"},
        "value": "207963.5",
        "asOf": {"@value": "2022-08", "type": "xsd:gYearMonth"},
        "incoming": {"conflictsWith": {"count": 1, "url": "/api/v1/incoming?x"}},
    }
    document |= changes
    return {key: value for key, value in document.items() if value is not None}


def test_the_committed_schemas_are_up_to_date() -> None:
    assert main(["--check"]) == 0


def test_the_document_is_a_valid_schema_in_which_every_reference_leads_somewhere() -> None:
    document = committed()
    Draft202012Validator(document)
    references = {found.partition('"')[0] for found in json.dumps(document).split("#/$defs/")[1:]}
    assert references <= set(document["$defs"])
    assert {"Province", "Platform", "Observation", "Evidence", "Entity"} <= set(document["$defs"])


def test_a_document_of_the_class_fits() -> None:
    assert errors("Observation", observation()) == []
    assert errors("Entity", observation()) == []


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"value": 207963.5}, "value"),
        ({"value": "many"}, "value"),
        ({"comparator": "about"}, "comparator"),
        ({"about": {"id": f"{ID}platform/c-thai-nguyen"}}, "about"),
        ({"indicator": "installs"}, "indicator"),
        ({"rank": "1"}, "rank"),
        ({"population": 1}, ""),
        ({"indicator": None}, ""),
        ({"type": ["Target"]}, "type"),
        ({"@context": "https://example.org/"}, "@context"),
        ({"incoming": {"about": {"count": 0, "url": "/"}}}, "incoming/about/count"),
    ],
    ids=str,
)
def test_a_document_with_something_wrong_does_not_fit(changes: dict[str, Any], place: str) -> None:
    assert errors("Observation", observation(**changes)) == [place]
