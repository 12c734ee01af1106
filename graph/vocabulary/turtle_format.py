"""The one format of committed Turtle files: sorted, one value a line, the same on every machine.

``python -m graph.vocabulary.turtle_format FILE ...`` formats files, ``--check`` only says which are not
formatted. The form is rdflib's long Turtle of the canonicalised graph, so that blank nodes keep their
order whatever order the file had them in.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from rdflib import Graph
from rdflib.compare import isomorphic

# A string, an IRI, an escaped "#" or a comment (Turtle 1.1, section 6): the first three hide a "#".
_TOKEN = re.compile(
    r'"""(?:\\.|"{0,2}[^"\\])*"""'
    r"|'''(?:\\.|'{0,2}[^'\\])*'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'(?:\\.|[^'\\\n])*'"
    r"|<[^<>\s]*>"
    r"|\\#"
    r"|#[^\n]*",
    re.DOTALL,
)
_HEADER = re.compile(r"(?:#[^\n]*\n)+\n?")


def format_turtle(text: str) -> str:
    """Give a Turtle document in the committed form; formatting twice changes nothing more.

    Comment lines at the top of the file are kept.

    Raises:
        ValueError: if the text is no Turtle, or has a comment further down, which would be lost:
            say it in the data (``rdfs:comment``, ``skos:editorialNote``) or at the top of the file.

    """
    header = _header(text)
    stray = _first_comment(text, len(header))
    if stray:
        raise ValueError(
            f"line {stray}: a comment inside the file would be lost: put it at the top of the file"
        )
    graph = _parse(text)
    body = graph.serialize(format="longturtle", canon=True)
    lines = "\n".join(line.rstrip() for line in body.strip().splitlines())
    formatted = f"{header.rstrip()}\n\n{lines}\n" if header else f"{lines}\n"
    if not isomorphic(_parse(formatted), graph):
        raise ValueError(
            "formatting would change the graph: is there a text with spaces at the end of a line?"
        )
    return formatted


def _parse(text: str) -> Graph:
    graph = Graph(bind_namespaces="none")
    try:
        return graph.parse(data=text, format="turtle")
    except Exception as error:  # rdflib's parser raises several unrelated types
        raise ValueError(f"not Turtle: {error}") from error


def _header(text: str) -> str:
    match = _HEADER.match(text)
    return match.group() if match else ""


def _first_comment(text: str, start: int) -> int:
    """Give the line of the first comment behind ``start``, 0 if there is none."""
    for token in _TOKEN.finditer(text, start):
        if token.group().startswith("#"):
            return text.count("\n", 0, token.start()) + 1
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Format or check files from the command line; give 0 when all of them are in the committed form."""
    parser = argparse.ArgumentParser(
        prog="turtle_format", description="Put Turtle files into the committed form."
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a .ttl file")
    parser.add_argument(
        "--check", action="store_true", help="change nothing, fail if a file is not formatted"
    )
    options = parser.parse_args(arguments)
    failed = False
    for path in options.files:
        before = path.read_text(encoding="utf-8")
        try:
            after = format_turtle(before)
        except ValueError as error:
            sys.stderr.write(f"{path}: {error}\n")
            failed = True
            continue
        if after == before:
            continue
        if options.check:
            sys.stderr.write(f"{path}: not formatted; run python -m graph.vocabulary.turtle_format {path}\n")
            failed = True
        else:
            path.write_text(after, encoding="utf-8")
            sys.stdout.write(f"{path}: formatted\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
