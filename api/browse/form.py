"""The form by which a page of a collection is narrowed, and what has been chosen in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from api.browse.column_titles import COLUMN_TITLES, Title
from api.browse.filter_titles import FILTER_TITLES, filter_title, sort_title
from api.browse.labels import Labels, in_language
from api.browse.options import FilterOptions, Option
from api.browse.parameters import Asked, Pair
from api.browse.presentation import VIRTUAL_COLUMNS, Presentation
from api.collections.collection import Collection
from api.collections.filters import (
    ChoiceFilter,
    Filter,
    NodeFilter,
    NumberFilter,
    StringFilter,
    TextFilter,
    TimeFilter,
)

_CHECKS: Final = frozenset({"predecessors"})


@dataclass(frozen=True)
class Field:
    """A field of the form.

    Attributes:
        kind: ``text``, ``select``, ``number``, ``period``, ``day`` or ``check``.
        name: of the parameter; of a pair the first one.
        title: what it is called.
        value: what it holds.
        other_name: of a pair the second parameter.
        other_value: what that holds.
        options: of a select.
        hint: an example of what to write.

    """

    kind: str
    name: str
    title: Title
    value: str = ""
    other_name: str = ""
    other_value: str = ""
    options: Sequence[Option] = ()
    hint: str = ""

    @property
    def groups(self) -> list[tuple[Labels, list[Option]]]:
        """The options in groups, each with its name by language; without one where there are no groups."""
        return [(group, list(options)) for group, options in groupby(self.options, lambda each: each.group)]


@dataclass(frozen=True)
class Choice:
    """Something to choose: a value, what it is called, whether it is chosen."""

    value: str
    title: Title
    chosen: bool


@dataclass(frozen=True)
class Active:
    """A filter that narrows the page now.

    Attributes:
        title: of the filter.
        text: its value; empty where the title says all.
        rest: the parameters without it.

    """

    title: str
    text: str
    rest: tuple[Pair, ...]


@dataclass(frozen=True)
class Form:
    """The form.

    Attributes:
        main: the fields that are always in sight.
        more: the others.
        is_more_used: whether one of the others holds something.
        sorts: the orders.
        columns: the columns.
        kept: the parameters that no field holds but that are to stay.

    """

    main: Sequence[Field]
    more: Sequence[Field]
    is_more_used: bool
    sorts: Sequence[Choice]
    columns: Sequence[Choice]
    kept: Sequence[Pair] = field(default=())


def make_form(
    collection: Collection,
    presentation: Presentation,
    asked: Asked,
    options: FilterOptions,
    shown: Sequence[str],
) -> Form:
    """Lay out the form of a page.

    Args:
        collection: of the page.
        presentation: how it is shown.
        asked: what was asked for.
        options: the values that its filters can have.
        shown: the names of the columns of the table.

    """
    values = _first_values(asked.pairs)
    fields = {
        each.name: made
        for each in collection.filters
        if (made := _field(each, values, options.get(each.name, ()))) is not None
    }
    if collection.at is not None:
        fields["at"] = Field("day", "at", FILTER_TITLES["at"], values.get("at", ""))
    if any(each.name == "province" for each in collection.filters):
        fields["predecessors"] = Field(
            "check", "predecessors", FILTER_TITLES["predecessors"], values.get("predecessors", "")
        )
    first = list(presentation.filters)
    if "province" in values and "province" in first:  # then it has to be seen whether former ones count too
        first.insert(first.index("province") + 1, "predecessors")
    main = [fields.pop(name) for name in first if name in fields]
    more = list(fields.values())
    held = {name for each in (*main, *more) for name in (each.name, each.other_name)}
    return Form(
        main,
        more,
        any(each.value or each.other_value for each in more),
        [Choice(name, sort_title(name), asked.given["sort"] == name) for name in collection.sort_names],
        [Choice(name, COLUMN_TITLES[name], name in shown) for name in _all_columns(collection, presentation)],
        _kept(asked, held),
    )


def shown_columns(collection: Collection, presentation: Presentation, asked: Asked) -> tuple[str, ...]:
    """Give the columns that the table shows: those that are asked for, else the usual ones."""
    known = _all_columns(collection, presentation)
    wanted = tuple(name for name in known if name in asked.fields)
    if not wanted:
        return presentation.columns
    return wanted if presentation.subject in wanted else (presentation.subject, *wanted)


def active_filters(
    asked: Asked, options: FilterOptions, names: Mapping[Pair, Labels], language: str
) -> list[Active]:
    """Give what narrows the page now.

    Args:
        asked: what was asked for.
        options: the values that filters can have.
        names: what values that are no options are called.
        language: of the page.

    """
    found = []
    for name, value in asked.filters:
        labels = next(
            (option.label for option in options.get(name, ()) if option.value == value),
            names.get((name, value), {}),
        )
        vietnamese, english = _title(name)
        found.append(
            Active(
                vietnamese if language == "vi" else english,
                "" if name in _CHECKS else in_language(labels, language)[0] or value,
                asked.without("cursor", pair=(name, value)),
            )
        )
    return found


def _title(name: str) -> Title:
    """Give what a parameter is called: the bounds of numbers have no title of their own."""
    for prefix, sign in (("min", "≥"), ("max", "≤")):
        bare = name.removeprefix(prefix)
        if bare != name and bare[:1].isupper():
            vietnamese, english = filter_title(bare[0].lower() + bare[1:])
            return f"{vietnamese} {sign}", f"{english} {sign}"
    return filter_title(name)


def _all_columns(collection: Collection, presentation: Presentation) -> list[str]:
    """Give the columns that can be shown: those of pages alone stand where their first part is."""
    names: list[str] = []
    for column in collection.columns:
        made = next(
            (
                name
                for name, parts in VIRTUAL_COLUMNS.items()
                if name in presentation.columns and column.name == parts[0]
            ),
            "",
        )
        names += [made, column.name] if made else [column.name]
    return names


def _field(each: Filter, values: Mapping[str, str], options: Sequence[Option]) -> Field | None:
    title = filter_title(each.name)
    value = values.get(each.name, "")
    if isinstance(each, NodeFilter | ChoiceFilter):
        # What has too many values to choose from is reached by links, and stays as a hidden value.
        known = any(option.value == value for option in options)
        return (
            Field("select", each.name, title, value, options=options)
            if options and (known or not value)
            else None
        )
    if isinstance(each, TextFilter | StringFilter):
        hint = each.example if isinstance(each, StringFilter) else ""
        return Field("text", each.name, title, value, hint=hint)
    if isinstance(each, TimeFilter):
        return Field("period", "from", title, values.get("from", ""), "to", values.get("to", ""), hint="2022")
    if isinstance(each, NumberFilter):
        least, most = each.parameters()
        return Field("number", least, title, values.get(least, ""), most, values.get(most, ""))
    return None


def _first_values(pairs: Iterable[Pair]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, value in pairs:
        values.setdefault(name, value)
    return values


def _kept(asked: Asked, held: set[str]) -> list[Pair]:
    """Give what no field holds, and further values of what one field holds."""
    kept, seen = [], set[str]()
    for name, value in asked.filters:
        if name not in held or name in seen:
            kept.append((name, value))
        seen.add(name)
    return kept
