"""Requests for operations: the address with some values, and the command that sends an example."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote, urlencode

from api.reference.operations import Operation, Parameter

_ASKED_ABOUT: Final = ("q", "query", "id", "about")


class MissingValueError(ValueError):
    """A parameter of the path has no value."""


def address(operation: Operation, values: Mapping[str, Sequence[str]]) -> str:
    """Give the path and query of a request.

    Args:
        operation: what to ask for.
        values: of parameters by name; empty ones, and those of unknown names, are left out.

    Raises:
        MissingValueError: if a parameter of the path has none.

    """
    path = operation.path
    for parameter in operation.parameters:
        if parameter.place == "path":
            value = next((value for value in values.get(parameter.name, ()) if value.strip()), "")
            if not value:
                raise MissingValueError(parameter.name)
            path = path.replace(f"{{{parameter.name}}}", quote(value.strip(), safe="/"))
    pairs = [
        (parameter.name, value)
        for parameter in operation.parameters
        if parameter.place == "query"
        for value in values.get(parameter.name, ())
        if value.strip()
    ]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def curl(operation: Operation, root: str) -> str:
    """Give a command that sends an example of a request; it can be pasted into a shell.

    Args:
        operation: what to ask for.
        root: where the service is, without a slash at its end.

    """
    shown = [found for found in operation.parameters if _is_in_example(found)]
    given = {found.name: [found.example] for found in shown if found.example}
    in_query = [found for found in shown if found.place == "query" and found.example]
    is_get = operation.method == "GET"
    try:
        plain = {name: value for name, value in given.items() if not is_get or name not in _names(in_query)}
        target = root + address(operation, plain)
    except MissingValueError:
        target = root + operation.path
    parts = ["curl"] if is_get else ["curl", "-X", operation.method]
    if operation.body:
        body = next((content for content in operation.body if content.example), operation.body[0])
        parts = ["curl", "-H", shlex.quote(f"Content-Type: {body.media_type}")]
        parts += ["--data-binary", shlex.quote(body.example)] if body.example else ["--data-binary", "@-"]
    if is_get and in_query:
        parts.append("-G")
    parts.append(shlex.quote(target) if target != root else target)
    if is_get:
        parts += (f"--data-urlencode {shlex.quote(f'{p.name}={p.example}')}" for p in in_query)
    return " ".join(parts)


def _names(parameters: Sequence[Parameter]) -> set[str]:
    return {parameter.name for parameter in parameters}


def _is_in_example(parameter: Parameter) -> bool:
    """Say whether a parameter is in examples: if it has to be given, or says what is asked about."""
    return parameter.place == "path" or parameter.required or parameter.name in _ASKED_ABOUT
