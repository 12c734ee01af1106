"""Expressions of FTS5 (https://www.sqlite.org/fts5.html, section 3) for what a query asks for.

Words are folded letters and digits; they stand in quotation marks, so that none is an operator.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.search.abbreviations import Phrase
from graph.search.reading import Slot


def all_of(slots: Sequence[Slot], *, open_end: bool = False, names_only: bool = False) -> str:
    """Give the expression for things that have all slots, each in one of its forms.

    Args:
        slots: what is asked for; at least one.
        open_end: whether the last word may be the beginning of a longer one.
        names_only: whether words of what a thing belongs to do not count.

    """
    last = len(slots) - 1
    parts = (_any_form(slot.forms, open_end and at == last) for at, slot in enumerate(slots))
    expression = " AND ".join(parts)
    return f"name : ({expression})" if names_only else expression


def either(expressions: Iterable[str], *, names_only: bool = False) -> str:
    """Give the expression for things that match at least one of some expressions."""
    expression = " OR ".join(f"({one})" for one in expressions)
    return f"name : ({expression})" if names_only else expression


def _any_form(forms: Iterable[Phrase], open_end: bool) -> str:
    star = " *" if open_end else ""
    return "(" + " OR ".join(f'"{" ".join(form)}"{star}' for form in forms) + ")"
