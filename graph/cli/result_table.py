"""Solutions of a SELECT query as a table for people."""

from __future__ import annotations

from typing import TextIO

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple
from rich.console import Console
from rich.table import Table

from graph.model.namespaces import BASE, PREFIXES

_BY_LENGTH = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def solutions_table(solutions: QuerySolutions, output: TextIO) -> None:
    """Print solutions as a table, and how many there are; the cells are never cut off."""
    table = Table(show_edge=False, pad_edge=False)
    for variable in solutions.variables:
        table.add_column(variable.value, overflow="fold")
    for solution in solutions:
        table.add_row(*(short(solution[variable]) for variable in solutions.variables))
    console = Console(file=output, markup=False, highlight=False)
    if not console.is_terminal:
        console = Console(file=output, markup=False, highlight=False, width=10_000)
    console.print(table)
    console.print(f"({table.row_count} row{'' if table.row_count == 1 else 's'})")


def short(term: NamedNode | BlankNode | Literal | Triple | None) -> str:
    """Give a term as people read it: IRIs with a prefix where one fits, literals as their text."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        for name, iri in _BY_LENGTH:
            local = term.value.removeprefix(iri)
            if local != term.value and local:
                return f"{name}:{local}"
        return f"<{term.value.removeprefix(BASE)}>" if term.value.startswith(BASE) else f"<{term.value}>"
    if isinstance(term, Literal):
        return f"{term.value} @{term.language}" if term.language else term.value
    return str(term)
