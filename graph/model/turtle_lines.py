"""On which line of a Turtle or TriG text each subject first stands, for messages that name a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

from graph.model.namespaces import BASE

# Tokens of TriG (RDF 1.1 TriG, section 4.5) as far as needed to see where a statement begins.
_TOKENS: Final = re.compile(
    r"""
    (?P<skipped> \s+ | \#[^\n]* )
  | (?P<string> \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
              | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' )
  | (?P<iri> <[^<>"{}|^`\\\s]*> )
  | (?P<brace> [{}] )
  | (?P<word> (?:\\.|[^\s<>"'{}\[\]();,.\#\\])+ (?: \.+ (?:\\.|[^\s<>"'{}\[\]();,.\#\\])+ )* )
  | (?P<stop> \. )
  | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)


def subject_lines(text: str) -> dict[str, int]:
    """Give, for the IRI of each subject of a well-formed text, the 1-based line of its first block."""
    lines: dict[str, int] = {}
    for subject, line in _subjects(text):
        lines.setdefault(subject, line)
    return lines


def _subjects(text: str) -> Iterator[tuple[str, int]]:
    """Go through the subjects of a well-formed TriG text: what follows a brace or a full stop."""
    base = BASE
    prefixes: dict[str, str] = {}
    directive: list[str] | None = None
    at_start = True
    line = 1
    for match in _TOKENS.finditer(text):
        kind, token = match.lastgroup, match.group()
        here, line = line, line + token.count("\n")
        if kind == "skipped":
            continue
        if directive is not None:
            directive.append(token)
            name = directive[0].lstrip("@").lower()
            if kind == "iri" and name == "base":
                base = urljoin(base, token[1:-1])
            elif kind == "iri" and name == "prefix":
                prefixes[directive[1].removesuffix(":")] = urljoin(base, token[1:-1])
            if kind in {"iri", "word"} and not (name == "prefix" and kind == "word"):
                # "@prefix" and "@base" end with a full stop, their SPARQL forms and GRAPH do not.
                at_start, directive = not directive[0].startswith("@"), None
        elif at_start and kind == "word" and token.lstrip("@").lower() in {"base", "prefix", "graph"}:
            directive = [token]
        elif kind in {"brace", "stop"}:
            at_start = True
        elif at_start:
            at_start = False
            if kind == "iri":
                yield urljoin(base, token[1:-1]), here
            elif kind == "word" and ":" in token:
                prefix, _, local = token.partition(":")
                yield prefixes.get(prefix, "") + local.replace("\\", ""), here
