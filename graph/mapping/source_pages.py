"""The web pages that the tables cite: one node for one address, whichever tables name it.

A page's own facts (title, publisher, date, language) live in `graph/register/source-pages` only; the other
mappings point to it by `iris.source_page`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from graph.mapping.evidence import source_addresses
from graph.mapping.reader import Row, TableSet, file_of
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.model import iris
from graph.model.dates import PartialDate
from graph.model.language import ENGLISH, VIETNAMESE, language_of
from graph.model.namespaces import DCTERMS, SKOS, VNDX
from graph.problems import Problems

REGISTER: Final = "dti/source_pages"
_POLICY: Final = tuple(
    f"policy/{name}"
    for name in (
        "national_documents",
        "provincial_documents",
        "platforms",
        "platform_metrics",
        "events",
        "targets",
        "organisations_people",
    )
)
_INDICES: Final = ("dti/dti", "dti/other_indices", "dti/dti_derived")
_CONFLICTS: Final = "policy/contradictions"

_REGISTER_COLUMNS: Final = ("source_url", "title", "publisher", "published_date", "language", "title_basis")
_POLICY_COLUMNS: Final = (
    "source_url",
    "source_title",
    "published_date",
    "published_date_precision",
    "quote",
    "more_sources",
)
_ADDRESS: Final = re.compile(r"https?://\S+")
_ADDRESS_IN_TEXT: Final = re.compile(r"https?://[^\s,;)]+")
_LANGUAGES: Final = frozenset({"vi", "en", "hi", "km"})
SAME_PAGE: Final = "same page"
"""In contradictions.csv: the second claim stands on the page of the first."""


@dataclass(frozen=True)
class Title:
    """A title of a page; ``made`` when it is not printed but was made from the address or the text."""

    text: str
    made: bool = False

    def rank(self) -> tuple[bool, int, str]:
        """Give the key by which the most complete printed title is the greatest."""
        return (not self.made, len(self.text), self.text)


@dataclass
class Page:
    """What the tables say of one page, gathered row by row."""

    address: str
    file: str
    line: int
    titles: set[Title] = field(default_factory=set)
    publishers: set[str] = field(default_factory=set)
    quotes: list[str] = field(default_factory=list)
    language: str = ""
    published: PartialDate | None = None

    def date_it(self, date: PartialDate) -> bool:
        """Take a date of publication, the more precise one kept; say whether it agrees with the one known."""
        known = self.published
        if known is None or date.text.startswith(known.text):
            self.published = date
            return True
        return known.text.startswith(date.text)

    def language_of_text(self) -> str:
        """Give the language that a table states, or else the one in which the page is quoted."""
        return self.language or (language_of(" ".join(self.quotes)) if self.quotes else "")


def addresses_in_note(note: str) -> list[str]:
    """Give the addresses that a ``source_note`` names as further sources, behind ``also:``."""
    _, also, addresses = note.partition("also:")
    return _ADDRESS_IN_TEXT.findall(addresses) if also else []


def pages_of_conflict(row: Row) -> tuple[str, str]:
    """Give the addresses behind both claims of a row of contradictions.csv."""
    first, second = row["source_a"], row["source_b"]
    return first, first if second == SAME_PAGE else second


def map_source_pages(tables: TableSet, sink: GraphSink) -> None:
    """Map every page that the index and policy tables cite to a source node."""
    for page in collect_pages(tables).values():
        _state(page, sink)


def collect_pages(tables: TableSet) -> dict[str, Page]:
    """Gather what all tables say of their pages, by address, in the order of tables and rows."""
    pages: dict[str, Page] = {}
    for row in tables.table(REGISTER, _REGISTER_COLUMNS):
        _take_register_row(row, pages, tables.problems)
    for name in _POLICY:
        for row in tables.table(name, _POLICY_COLUMNS):
            _take_policy_row(row, pages, tables.problems)
    for name in _INDICES:
        for row in tables.table(name, ("source_url", "source_note")):
            for address in (row["source_url"], *addresses_in_note(row["source_note"])):
                _page(pages, address, row)
    for row in tables.table(_CONFLICTS, ("source_a", "source_b", "title_b")):
        for address in pages_of_conflict(row):
            _page(pages, address, row)
        page = _page(pages, pages_of_conflict(row)[1], row)
        if page and row["title_b"]:
            page.titles.add(Title(row["title_b"]))
    return pages


def _page(pages: dict[str, Page], address: str, row: Row) -> Page | None:
    """Give the page of an address, new or known; None for what is no address (its own mapping reports it)."""
    if not _ADDRESS.fullmatch(address):
        return None
    return pages.setdefault(address, Page(address, file_of(row.table), row.line))


def _take_register_row(row: Row, pages: dict[str, Page], problems: Problems) -> None:
    """Take what dti/source_pages.csv says of a page."""
    address, language = row["source_url"], row["language"]
    if not _ADDRESS.fullmatch(address):
        _report(
            problems,
            row,
            "source_url",
            f"{address!r} không phải địa chỉ http(s)",
            f"{address!r} is no http(s) address",
        )
        return
    if address in pages:
        _report(
            problems, row, "source_url", "địa chỉ đã có ở dòng trên", "the address stands on a line above too"
        )
        return
    if language not in _LANGUAGES:
        known = ", ".join(sorted(_LANGUAGES))
        _report(
            problems,
            row,
            "language",
            f"ngôn ngữ {language!r} không rõ; dùng một trong {known}",
            f"the language {language!r} is unknown; write one of {known}",
        )
        return
    page = Page(address, file_of(row.table), row.line, language=language)
    pages[address] = page
    page.titles.add(Title(row["title"], made=row["title_basis"].startswith("made")))
    page.publishers.add(row["publisher"])
    _take_date(row, "", page, problems)


def _take_policy_row(row: Row, pages: dict[str, Page], problems: Problems) -> None:
    """Take what a row of a policy table says of its page, and the addresses of its further pages."""
    for address in source_addresses(row):
        _page(pages, address, row)
    page = _page(pages, row["source_url"], row)
    if page is None:
        return
    if row["source_title"]:
        page.titles.add(Title(row["source_title"]))
    if row["quote"]:
        page.quotes.append(row["quote"])
    _take_date(row, row["published_date_precision"], page, problems)


def _take_date(row: Row, precision: str, page: Page, problems: Problems) -> None:
    """Take the date of publication of a row; report one that is no date or contradicts an earlier row."""
    text = row["published_date"]
    if not text:
        return
    try:
        date = PartialDate.parse(text, precision)
    except ValueError as error:
        _report(
            problems,
            row,
            "published_date",
            f"ngày đăng không hợp lệ: {text!r}; viết YYYY, YYYY-MM hoặc YYYY-MM-DD, đúng với độ chính xác",
            str(error),
        )
        return
    if not page.date_it(date):
        known = page.published.text if page.published else ""
        _report(
            problems,
            row,
            "published_date",
            f"trang này đã ghi ngày {known!r} ở dòng khác, nay là {text!r}",
            f"another row dates this page {known!r}, this one {text!r}",
        )


def _state(page: Page, sink: GraphSink) -> None:
    """State a page: its most complete title as label, the others as alternatives, and its other facts."""
    node = iris.source_page(page.address)
    sink.origin(node, page.file, page.line)
    sink.type(node, VNDX["SourcePage"])
    sink.uri(node, VNDX["url"], page.address)
    titles = sorted(page.titles, key=Title.rank, reverse=True)
    preferred: dict[str, str] = {}
    for title in titles:
        language = language_of(title.text)
        if language in {VIETNAMESE, ENGLISH} and language not in preferred:
            preferred[language] = title.text
        else:
            sink.text(node, DCTERMS["alternative"], title.text, language)
    # Every node has a Vietnamese label; it names the page by its foreign title, or else by its site.
    site = urlsplit(page.address).hostname or page.address
    named = titles[0].text if titles else site
    english = "" if titles else f"Source page: {site}"
    sink.label(
        node, vi=preferred.get(VIETNAMESE, f"Trang nguồn: {named}"), en=preferred.get(ENGLISH, english)
    )
    if titles and titles[0].made:
        sink.text(
            node,
            SKOS["editorialNote"],
            "Tiêu đề được đặt theo địa chỉ hoặc nội dung; đoạn trích không in tiêu đề.",
            "vi",
        )
        sink.text(
            node,
            SKOS["editorialNote"],
            "The title was made from the address or the text; the excerpt prints none.",
            "en",
        )
    for publisher in page.publishers:
        sink.text(node, VNDX["publisherAsPrinted"], publisher)
    sink.date(node, VNDX["publishedDate"], page.published)
    sink.text(node, DCTERMS["language"], page.language_of_text())


def _report(problems: Problems, row: Row, column: str, vi: str, en: str) -> None:
    """Report a problem of one cell."""
    problems.report(file_of(row.table), row.line, column, vi=vi, en=en)


def inputs() -> Iterator[str]:
    """Give the names of all tables that cite pages."""
    yield REGISTER
    yield from _POLICY
    yield from _INDICES
    yield _CONFLICTS


MAPPINGS: Final[tuple[TableMapping, ...]] = (
    TableMapping(
        name="register/source-pages",
        graph=iris.graph("register", "source-pages"),
        inputs=tuple(inputs()),
        map=map_source_pages,
        title_vi="Các trang nguồn mà các bảng trích dẫn",
        title_en="The web pages that the tables cite",
    ),
)
