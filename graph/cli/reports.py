"""Printing problems and validation reports for people, and as JSON."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Sequence

import typer

from graph.model.namespaces import BASE, PREFIXES
from graph.problems import Problem
from graph.validation.report import report_json
from graph.validation.results import Report, Result

_IRI = re.compile(r"<[^>]*>")
_PREFIXES = sorted(
    [*((f"{name}:", iri) for name, iri in PREFIXES.items()), ("shape:", f"{BASE}shapes#")],
    key=lambda item: -len(item[1]),
)


def print_problems(problems: Sequence[Problem], *, as_json: bool) -> None:
    """Print all problems of input files: lines on standard error, or JSON on standard output."""
    if as_json:
        found = [dataclasses.asdict(problem) for problem in problems]
        typer.echo(json.dumps({"problems": found}, ensure_ascii=False, indent=1))
        return
    for problem in problems:
        typer.echo(str(problem), err=True)


def print_report(report: Report, *, as_json: bool) -> None:
    """Print a validation report: lines on standard error, or JSON on standard output."""
    if as_json:
        typer.echo(report_json(report).decode(), nl=False)
        return
    for text in grouped(report.results):
        typer.echo(text, err=True)


def grouped(results: Iterable[Result]) -> Iterator[str]:
    """Give results as text, those that break one constraint in one way under one heading."""
    groups: dict[tuple[object, ...], list[Result]] = {}
    for result in results:
        key = (result.severity, result.shape, result.component, result.messages)
        groups.setdefault(key, []).append(result)
    for group in groups.values():
        yield _heading(group[0])
        yield from (_line(result) for result in group)
        yield ""


def _heading(result: Result) -> str:
    component = result.component.rpartition("#")[2].removesuffix(">").removesuffix("ConstraintComponent")
    texts = dict.fromkeys(filter(None, (result.message("en"), result.message("vi"))))
    return "\n".join((f"{result.severity.value}: {short(result.shape)} ({component})", *texts))


def _line(result: Result) -> str:
    place = f"{result.file}:{result.line}: " if result.file else ""
    path = f" {_IRI.sub(_shortened, result.path)}" if result.path else ""
    value = f" = {short(result.value)}" if result.value and result.value != result.focus else ""
    return f"    {place}{short(result.focus)}{path}{value}"


def short(term: str) -> str:
    """Give an N-Triples term as people read it: an IRI with a prefix where one fits."""
    if not term.startswith("<"):
        return term
    for prefix, iri in _PREFIXES:
        if term.startswith(iri, 1):
            return prefix + term[len(iri) + 1 : -1]
    return term


def _shortened(match: re.Match[str]) -> str:
    return short(match[0])
