"""Reading an OpenAPI description: its operations, with what each takes and gives (OpenAPI 3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.reference.samples import example_of, sample_text
from api.reference.schema_words import Word, bounds, choices, type_words

_METHODS: Final = ("get", "post", "put", "patch", "delete")
# What the framework would answer to wrong parameters; here that is 400, with a problem.
_OF_THE_FRAMEWORK: Final = "HTTPValidationError"
_NOT_IN_NAMES: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation.

    Attributes:
        name: of it.
        place: ``path``, ``query``, ``header`` or ``cookie``.
        required: whether it has to be given.
        type: in words.
        bounds: numbers that bound its values.
        choices: its values, if they are listed.
        default: what holds if it is not given, as it would be written; empty if nothing is said.
        example: as it would be written; empty without one.
        description: of it.
        repeated: whether it may be given several times.

    """

    name: str
    place: str
    required: bool
    type: Sequence[Word]
    bounds: str
    choices: Sequence[str]
    default: str
    example: str
    description: str
    repeated: bool


@dataclass(frozen=True)
class Content:
    """A media type that is taken or given: with its schema in words, and an example if there is one."""

    media_type: str
    type: Sequence[Word]
    example: str = ""


@dataclass(frozen=True)
class Answer:
    """An answer of an operation."""

    status: str
    description: str
    contents: Sequence[Content]


@dataclass(frozen=True)
class Operation:
    """An operation.

    Attributes:
        method: in upper case.
        path: with the names of its parameters in braces.
        tag: the group it belongs to.
        summary: in a few words.
        description: in more words.
        parameters: those of the path first.
        body: what may be sent, empty if nothing is.
        answers: by status.

    """

    method: str
    path: str
    tag: str
    summary: str
    description: str
    parameters: Sequence[Parameter]
    body: Sequence[Content]
    answers: Sequence[Answer]

    @property
    def name(self) -> str:
        """The fragment at which it is found, e.g. ``get-api-v1-units-era-code``."""
        return _NOT_IN_NAMES.sub("-", f"{self.method} {self.path}".lower()).strip("-") or "root"

    @property
    def can_be_tried(self) -> bool:
        """Whether a plain form can ask for it."""
        return self.method == "GET"


def read_operations(description: Mapping[str, Any]) -> list[Operation]:
    """Read the operations of a description, in its order."""
    return list(_operations(description))


def by_tag(operations: Sequence[Operation]) -> dict[str, list[Operation]]:
    """Group operations by their tags, in the order in which tags come."""
    found: dict[str, list[Operation]] = {}
    for operation in operations:
        found.setdefault(operation.tag, []).append(operation)
    return found


def _operations(description: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in description["paths"].items():
        for method, said in methods.items():
            if method in _METHODS:
                yield _operation(path, method, said, description)


def _operation(path: str, method: str, said: Mapping[str, Any], description: Mapping[str, Any]) -> Operation:
    parameters = [_parameter(found) for found in said.get("parameters", ())]
    body = said.get("requestBody", {}).get("content", {})
    return Operation(
        method=method.upper(),
        path=path,
        tag=next(iter(said.get("tags", ())), ""),
        summary=said.get("summary", ""),
        description=said.get("description", ""),
        parameters=sorted(parameters, key=lambda found: (found.place != "path", not found.required)),
        body=[_content(media_type, found, description) for media_type, found in body.items()],
        answers=list(_answers(said.get("responses", {}))),
    )


def _parameter(said: Mapping[str, Any]) -> Parameter:
    schema = said.get("schema", {})
    default = schema.get("default")
    listed = choices(schema)
    example = example_of(said)
    if example is None and listed and said.get("required"):
        example = listed[0]
    return Parameter(
        name=said["name"],
        place=said["in"],
        required=bool(said.get("required")),
        type=type_words(schema),
        bounds=bounds(schema),
        choices=listed,
        default="" if default in (None, "", []) else _written(default),
        example="" if example is None else _written(example),
        description=said.get("description") or schema.get("description", ""),
        repeated=schema.get("type") == "array",
    )


def _written(value: object) -> str:
    """Give a value as it is written in an address; of several, the first."""
    if isinstance(value, list):
        return _written(value[0]) if value else ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _content(media_type: str, said: Mapping[str, Any], description: Mapping[str, Any]) -> Content:
    schema = said.get("schema", {})
    return Content(media_type, type_words(schema), sample_text(media_type, said, description))


def _answers(responses: Mapping[str, Any]) -> Iterator[Answer]:
    for status, said in sorted(responses.items()):
        contents = [
            Content(media_type, type_words(found.get("schema", {})))
            for media_type, found in said.get("content", {}).items()
        ]
        if not any(word.schema == _OF_THE_FRAMEWORK for content in contents for word in content.type):
            yield Answer(status, said.get("description", ""), contents)
