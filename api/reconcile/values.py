"""Property values as both versions of the wire format have them."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr

from api.reconcile.model import EntityValue, Value


class EntityModel(BaseModel):
    """A value that is an entity, e.g. one that has been reconciled before."""

    model_config = ConfigDict(frozen=True)

    id: StrictStr
    name: StrictStr | None = None


ValueModel: TypeAlias = StrictStr | StrictBool | StrictInt | StrictFloat | EntityModel
ValuesModel: TypeAlias = Annotated[
    ValueModel | list[ValueModel], Field(description="a value, or several of which any may fit")
]

LONGEST_TEXT = 500
"""Longer texts are no names: they have no candidates."""


def values_of(given: ValueModel | list[ValueModel]) -> tuple[Value, ...]:
    """Give what was sent as values."""
    return tuple(map(_value, given if isinstance(given, list) else [given]))


def texts_of(values: tuple[Value, ...]) -> tuple[str, ...]:
    """Give those values that may be names, each as it is written."""
    texts = (value.name or value.id if isinstance(value, EntityValue) else str(value) for value in values)
    return tuple(text for text in texts if text.strip() and len(text) <= LONGEST_TEXT)


def _value(given: ValueModel) -> Value:
    return EntityValue(given.id, given.name or "") if isinstance(given, EntityModel) else given
