"""The evidence of a table row: the page that states it, the words that say it, and further pages.

Rows of the policy and index tables name a page (``source_url``), quote a fragment of it (``quote``) and may
list further pages that say the same (``more_sources``). Every mapping states them through this module, so
that one page and one quotation are one node whichever table prints them (Web Annotation, 4.1 and 4.2.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.reader import Row, file_of
from graph.mapping.sink import GraphSink
from graph.model import iris
from graph.model.language import language_of
from graph.model.namespaces import OA, VNDX
from graph.problems import Problems

MAX_QUOTE: Final = 160
"""The longest fragment of a source that the graph may hold, in characters."""

_ADDRESS: Final = re.compile(r"https?://\S+")
_BETWEEN_ADDRESSES: Final = re.compile(r"[\s;]+(?=https?://)")


def source_addresses(row: Row) -> list[str]:
    """Give the addresses of all pages that a row names, the one with the quotation first."""
    more = _BETWEEN_ADDRESSES.split(row.cells.get("more_sources", "").strip())
    return [address for address in (row["source_url"], *more) if address]


def has_sound_evidence(row: Row, problems: Problems) -> bool:
    """Say whether a row has a source page and a quotation that may be published; report what is wrong.

    Wrong are: no ``source_url``, an address that is not http or https, no ``quote``, and a quote of more
    than `MAX_QUOTE` characters.
    """
    faults = list(_faults(row))
    for column, vi, en in faults:
        problems.report(file_of(row.table), row.line, column, vi=vi, en=en)
    return not faults


def state_evidence(sink: GraphSink, subject: NamedNode, row: Row) -> NamedNode:
    """State where a row has its facts from: evidence with the quotation, and every page that says so.

    Args:
        sink: the graph to write to.
        subject: the node that the row is about.
        row: a row for which `has_sound_evidence` holds.

    Returns:
        the IRI of the evidence; the same page and words always give the same one.

    """
    for address in source_addresses(row):
        sink.add(subject, VNDX["statedIn"], iris.source_page(address))
    page = iris.source_page(row["source_url"])
    evidence = iris.evidence(page.value, row["quote"])
    selector = NamedNode(f"{evidence.value}#quote")
    sink.add(subject, VNDX["hasEvidence"], evidence)
    sink.type(evidence, VNDX["Evidence"])
    sink.add(evidence, OA["hasSource"], page)
    sink.add(evidence, OA["hasSelector"], selector)
    sink.type(selector, OA["TextQuoteSelector"])
    sink.text(selector, OA["exact"], row["quote"], language_of(row["quote"]))
    sink.origin(evidence, file_of(row.table), row.line)
    return evidence


def _faults(row: Row) -> Iterator[tuple[str, str, str]]:
    """Give the column of each fault in a row's evidence, and what is wrong in Vietnamese and in English."""
    if not row["source_url"]:
        yield "source_url", "thiếu địa chỉ trang nguồn", "the address of the source page is missing"
    for address in source_addresses(row):
        if not _ADDRESS.fullmatch(address):
            column = "source_url" if address == row["source_url"] else "more_sources"
            yield column, f"{address!r} không phải địa chỉ http(s)", f"{address!r} is no http(s) address"
    length = len(row["quote"])
    if not length:
        yield "quote", "thiếu trích dẫn làm bằng chứng", "the quotation is missing"
    elif length > MAX_QUOTE:
        yield (
            "quote",
            f"trích dẫn dài {length} ký tự, tối đa {MAX_QUOTE}",
            f"the quotation has {length} characters, at most {MAX_QUOTE} are allowed",
        )
