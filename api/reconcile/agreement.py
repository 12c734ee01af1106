"""Whether an entity has what a condition says, as far as that is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz

from api.reconcile.facts import Facts, Object
from api.reconcile.ids import entity_iri, term_iri
from api.reconcile.model import Condition, EntityValue, Quantifier, Value
from api.reconcile.reading import read_day, read_year, text_of
from api.reconcile.units import YEAR
from graph.model.namespaces import VNDX, XSD
from graph.search.reading import read
from graph.search.words import key

DATES: Final = tuple(
    VNDX[name].value
    for name in ("issueDate", "adoptionDate", "registerDate", "launchDate", "startDate", "effectiveDate")
)
"""Where the year of a thing is looked for, in this order."""

_PROPERTIES: Final = {
    YEAR: DATES,
    "partOf": (VNDX["partOf"].value, VNDX["partOfTransitive"].value),
    "issuer": (VNDX["issuer"].value, VNDX["issuerAsPrinted"].value, VNDX["jurisdiction"].value),
}
_ALIKE: Final = 88.0
_TIMES: Final = frozenset(XSD[name].value for name in ("date", "gYear", "gYearMonth"))
_NUMBERS: Final = frozenset(
    XSD[name].value for name in ("integer", "decimal", "double", "float", "nonNegativeInteger")
)


def properties_of(condition: Condition) -> tuple[str, ...]:
    """Give the IRIs of the properties that a condition is about."""
    return _PROPERTIES.get(condition.property) or (term_iri(condition.property),)


def agrees(condition: Condition, iri: str, facts: Facts) -> bool | None:
    """Say whether an entity has what a condition says; None if nothing is known of it.

    Args:
        condition: what it should have.
        iri: of the entity.
        facts: of it.

    """
    nodes = list(_nodes(condition, iri, facts))
    if not nodes or not condition.values:
        return None
    found = (any(_is(value, node, condition.property, facts) for node in nodes) for value in condition.values)
    match condition.quantifier:
        case Quantifier.ALL:
            return all(found)
        case Quantifier.NONE:
            return not any(found)
        case _:
            return any(found)


def _nodes(condition: Condition, iri: str, facts: Facts) -> Iterable[Object]:
    properties = properties_of(condition)
    if condition.property == YEAR:  # an effective date says nothing where the date of issue is known
        first = next((prop for prop in properties if facts.of(iri, prop)), "")
        return facts.of(iri, first)
    return [node for prop in properties for node in facts.of(iri, prop)]


def _is(value: Value, node: Object, name: str, facts: Facts) -> bool:
    if isinstance(node, NamedNode):
        return _is_entity(value, node, facts)
    return isinstance(node, Literal) and _is_literal(value, node, name)


def _is_literal(value: Value, node: Literal, name: str) -> bool:
    text = text_of(value)
    if name == YEAR:
        return node.value[:4] == str(read_year(value) or text)
    if node.datatype.value in _NUMBERS:
        return _number(text) is not None and _number(text) == _number(node.value)
    if node.datatype.value in _TIMES:
        day = read_day(value)
        return _is_within(day.isoformat() if day else text, node.value)
    return _alike(text, (node.value,))


def _is_within(given: str, date: str) -> bool:
    """Say whether one of two dates is the other, or a day in it."""
    return given == date or date.startswith(f"{given}-") or given.startswith(f"{date}-")


def _is_entity(value: Value, node: NamedNode, facts: Facts) -> bool:
    if isinstance(value, EntityValue):
        if (entity_iri(value.id) or value.id) == node.value:
            return True
        return bool(value.name) and entity_iri(value.id) is None and _named(value.name, node, facts)
    text = text_of(value)
    return entity_iri(text) == node.value or text == node.value or _named(text, node, facts)


def _named(text: str, node: NamedNode, facts: Facts) -> bool:
    names = tuple(facts.names.get(node.value, {}).values())
    last = node.value.rpartition("/")[2].rpartition("#")[2]
    return _alike(text, (*names, last.replace("-", " ")))


def _alike(text: str, names: Sequence[str]) -> bool:
    """Say whether a text names the same as one of some names: without marks, written out, or a part of it."""
    asked = read(text).readings
    for name in map(key, names):
        words = set(name.split())
        for reading in asked:
            if not reading:
                continue
            if set(reading.split()) <= words or fuzz.ratio(reading, name) >= _ALIKE:
                return True
    return False


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
