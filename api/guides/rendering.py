"""From the Markdown of a guide to the HTML of its page (CommonMark, with tables as GitHub has them)."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count, pairwise
from typing import Any, Final
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from graph.model.text import slug

LOCAL: Final = "http://localhost:8000"
"""The service in the examples; pages name the one that they come from."""

_SPARQL: Final = "sparql"


@dataclass(frozen=True)
class Words:
    """What stands beside code and tables, in the language of the page."""

    copy: str
    copied: str
    open_in_editor: str
    table: str


WORDS: Final = {
    "vi": Words("Chép", "Đã chép", "Mở trong trình soạn thảo", "Bảng"),
    "en": Words("Copy", "Copied", "Open in the editor", "Table"),
}


@dataclass(frozen=True)
class ParsedGuide:
    """A guide that has been read.

    Attributes:
        title: its first heading.
        summary: its first paragraph, as text.
        sections: its second-level headings, each with its id.
        body: what comes after the summary.

    """

    title: str
    summary: str
    sections: tuple[tuple[str, str], ...]
    body: tuple[Token, ...]


def parse_guide(text: str) -> ParsedGuide:
    """Read a guide.

    Raises:
        ValueError: if it does not begin with a title and a paragraph.

    """
    tokens = _parser().parse(text)
    kinds = [token.type for token in tokens[:6]]
    if kinds != ["heading_open", "inline", "heading_close", "paragraph_open", "inline", "paragraph_close"]:
        raise ValueError("a guide begins with its title and a paragraph")
    sections = []
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h2":
            opening.attrSet("id", slug(inline.content))
            sections.append((slug(inline.content), inline.content))
    return ParsedGuide(tokens[1].content, tokens[4].content, tuple(sections), tuple(tokens[6:]))


def guide_html(guide: ParsedGuide, link: Callable[[str], str], service: str, words: Words) -> str:
    """Write the body of a guide.

    Args:
        guide: the guide.
        link: gives the address of a path of ours.
        service: where the service is, without a slash at its end.
        words: in the language of the page.

    """
    markdown = _parser()
    rules = {
        "fence": _fence(link, service, words),
        "code_inline": _code(service),
        "link_open": _link(link),
        "table_open": _table(words),
        "table_close": lambda *_: "</table>\n</div>\n",
        "th_open": lambda *_: '<th scope="col">',
    }
    markdown.renderer.rules |= rules  # type: ignore[attr-defined]
    return str(markdown.renderer.render(list(guide.body), markdown.options, {}))


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


_Rule = Callable[[Sequence[Token], int, OptionsDict, MutableMapping[str, Any]], str]


def _fence(link: Callable[[str], str], service: str, words: Words) -> _Rule:
    """Give what writes code: with a button that copies it, queries with a link to the editor."""

    def write(tokens: Sequence[Token], at: int, *_: object) -> str:
        language = tokens[at].info.strip()
        code = tokens[at].content.replace(LOCAL, service)
        shown = escape(code)
        editor = ""
        if language == _SPARQL:
            address = escape(link(f"/sparql?query={quote(code)}"))
            editor = f'<p class="code-actions"><a href="{address}">{escape(words.open_in_editor)}</a></p>\n'
        return (
            f'<div class="code-block">\n<pre tabindex="0"><code class="language-{escape(language)}">{shown}'
            f'</code></pre>\n<button type="button" class="quiet" hidden data-copy="{shown}" '
            f'data-copied="{escape(words.copied)}">{escape(words.copy)}</button>\n{editor}</div>\n'
        )

    return write


def _table(words: Words) -> _Rule:
    """Give what begins a table, which may be wider than the screen; each has a name of its own."""
    numbers = count(1)

    def write(*_: object) -> str:
        name = f"{words.table} {next(numbers)}"
        return f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(name)}">\n<table>\n'

    return write


def _code(service: str) -> _Rule:
    def write(tokens: Sequence[Token], at: int, *_: object) -> str:
        return f"<code>{escape(tokens[at].content.replace(LOCAL, service))}</code>"

    return write


def _link(link: Callable[[str], str]) -> _Rule:
    """Give what writes links: those to paths of ours go where the service is."""

    def write(tokens: Sequence[Token], at: int, *_: object) -> str:
        address = str(tokens[at].attrGet("href") or "")
        return f'<a href="{escape(link(address) if address.startswith("/") else address)}">'

    return write
