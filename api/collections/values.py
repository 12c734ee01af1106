"""What users may write as the value of a filter, and what that can mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from api.addresses import canonical_name, iri_of
from graph.model import agents, iris
from graph.model.dates import PartialDate
from graph.model.namespaces import VNDX
from graph.model.text import slug

LONGEST = 200
"""How many characters a value may have."""


def day(text: str) -> str:
    """Read a day of the calendar.

    Raises:
        ValueError: if it is none; months and years are none, as which of their days is meant is not ours
            to guess.

    """
    try:
        PartialDate.parse(text, "day")
    except ValueError as error:
        raise ValueError(f"{error}; write a day, e.g. 2025-07-01") from None
    return text


def partial_date(text: str) -> str:
    """Read a day, a month or a year.

    Raises:
        ValueError: if it is none.

    """
    PartialDate.parse(text)
    return text


def number(text: str) -> str:
    """Read a decimal number, e.g. ``79.5``.

    Raises:
        ValueError: if it is none.

    """
    whole, _, fraction = text.removeprefix("-").partition(".")
    digits = whole + fraction
    if not whole or not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"{text!r} is no number: write digits with a point for the fraction, e.g. 79.5")
    return text


@dataclass(frozen=True)
class ValueReader:
    """How the values of one filter name nodes.

    Attributes:
        hint: what may be written, for messages and the documentation.
        candidates: the nodes that a value can mean, the first one that exists is meant; raises ValueError.
        named_class: if a value may also be the name of a thing of this class, in any spelling.

    """

    hint: str
    candidates: Callable[[str], tuple[NamedNode, ...]]
    named_class: NamedNode | None = None


def concepts(scheme: str) -> ValueReader:
    """Read concepts of a scheme: by their last part, or as IRIs."""

    def candidates(text: str) -> tuple[NamedNode, ...]:
        name = _local(text)
        return (NamedNode(iri_of(name)),) if "/" in name else (iris.concept(scheme, text),)

    return ValueReader(
        f"a concept of the scheme concept/{scheme}, e.g. by the last part of its IRI", candidates
    )


def things(kind: str) -> ValueReader:
    """Read things of a kind: by the key of their IRI, by the name it was made from, or as IRIs."""

    def candidates(text: str) -> tuple[NamedNode, ...]:
        name = _local(text)
        if "/" in name:
            return (NamedNode(iri_of(name)),)
        named = iris.named(kind, text)
        return (named, agents.organisation(text)) if kind == "organisation" else (named,)

    return ValueReader(f"the IRI, or what follows {kind}/ in it", candidates)


def entities() -> ValueReader:
    """Read anything, as an IRI with or without its base."""

    def candidates(text: str) -> tuple[NamedNode, ...]:
        name = _local(text)
        if "/" not in name:
            raise ValueError("write an IRI with or without its base, e.g. platform/c-thai-nguyen")
        return (NamedNode(iri_of(name)),)

    return ValueReader("an IRI, with or without its base", candidates)


def units(named_class: str = "") -> ValueReader:
    """Read administrative units: by era and code, as IRIs, or by name where a class of them is meant."""

    def candidates(text: str) -> tuple[NamedNode, ...]:
        name = _local(text).removeprefix("unit/")
        era, _, code = name.partition("/")
        if era in iris.ERAS and code:
            return (iris.unit(era, code),)
        if text.isdigit():
            raise ValueError(
                f"codes were given again in 2025: say which one is meant, 2004/{text} or 2025/{text}"
            )
        return (NamedNode(iri_of(name)),) if "/" in name else ()

    name_too = ", or a name" if named_class else ""
    return ValueReader(
        f"era and code as in 2025/19, or the IRI{name_too}",
        candidates,
        VNDX[named_class] if named_class else None,
    )


def period(text: str) -> NamedNode:
    """Read a period: ``2022``, ``2021-06`` or, as ISO 8601 writes intervals, ``2021/2025``.

    Raises:
        ValueError: if it is none.

    """
    start, slash, end = text.partition("/")
    for date in (start, end) if slash else (start,):
        PartialDate.parse(date)
    return iris.period(start, end)


def periods() -> ValueReader:
    """Read periods."""
    return ValueReader("a year, a month, or an interval as in 2021/2025", lambda text: (period(text),))


def _local(text: str) -> str:
    """Give an IRI of ours without its base; what is no IRI stays a name."""
    return canonical_name(text) if "/" in text else slug(text)


def starts_after(first: str, last: str) -> bool:
    """Say whether a date begins after another has ended."""
    return PartialDate.parse(first).first_day() > PartialDate.parse(last).last_day()
