"""The reference of an application, read from its OpenAPI description when it is first asked for."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.reference.operations import Operation, by_tag, read_operations
from api.reference.schemas import NamedSchema, read_schemas


@dataclass(frozen=True)
class Reference:
    """What an interface is made of.

    Attributes:
        operations: by the fragment at which each is found.
        tags: the operations of each group.
        schemas: that operations name.
        version: of the interface.
        digest: changes with anything in the description.

    """

    operations: Mapping[str, Operation]
    tags: Mapping[str, Sequence[Operation]]
    schemas: Sequence[NamedSchema]
    version: str
    digest: str


def read_reference(description: Mapping[str, Any]) -> Reference:
    """Read an OpenAPI description."""
    operations = read_operations(description)
    return Reference(
        {operation.name: operation for operation in operations},
        by_tag(operations),
        read_schemas(operations, description),
        description["info"]["version"],
        hashlib.sha256(json.dumps(description, sort_keys=True).encode()).hexdigest(),
    )


class ReferenceOfApplication:
    """Reads the description once; used by the event loop alone."""

    def __init__(self) -> None:
        self._reference: Reference | None = None

    async def of(self, describe: Callable[[], Mapping[str, Any]]) -> Reference:
        """Give the reference of the description that the application makes of itself.

        Making and reading it takes long enough to be done in another thread.
        """
        if self._reference is None:
            self._reference = await asyncio.to_thread(lambda: read_reference(describe()))
        return self._reference
