"""The words of sources behind what a page says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.facts import Facts, Text
from api.entity_pages.figure_words import moment_words
from api.entity_pages.naming import Namer, path_of
from graph.model.namespaces import OA, VNDX
from graph.query.lookups import Plan

_SOURCE: Final = tuple(
    VNDX[name]
    for name in (
        *("url", "publishedDate", "publishedNotBefore", "publishedNotAfter", "publisherAsPrinted"),
        *("publisher", "section", "trust"),
    )
)
_KINDS: Final = (VNDX["section"], VNDX["trust"])
_EVIDENCE: Final = (OA["hasSource"], OA["hasSelector"], VNDX["section"])
_SELECTOR: Final = (OA["exact"], OA["start"])
_UNPLACED: Final = 2**31


@dataclass(frozen=True)
class SourceView:
    """A source as it is cited.

    Attributes:
        name: its title.
        path: of its page.
        url: where it is on the web, if known.
        publisher: who published it.
        date: when, in words.
        section: which part of the page it is, empty for a main article.

    """

    name: Text
    path: str
    url: str = ""
    publisher: str = ""
    date: str = ""
    section: str = ""


@dataclass(frozen=True)
class Quotation:
    """Words of a source.

    Attributes:
        node: the evidence.
        words: as they are printed.
        path: the page of the evidence.
        source: where they stand.
        start: at which offset of the text, None if that is not known.
        section: which part of the page they are from, empty for the main article.

    """

    node: NamedNode
    words: str
    path: str
    source: SourceView
    start: int | None = None
    section: str = ""


def plan_evidence(
    facts: Facts, evidence: Iterable[NamedNode], stated_in: Iterable[NamedNode] = ()
) -> Plan[None]:
    """Plan what is needed to show evidence and sources, and take it into the facts."""
    evidence = tuple(dict.fromkeys(evidence))
    unknown = [found for found in evidence if not facts.values(found, OA["hasSource"])]
    yield from facts.read(unknown, *_EVIDENCE)
    yield from facts.read(facts.all_nodes(unknown, OA["hasSelector"]), *_SELECTOR)
    yield from facts.name(facts.all_nodes(evidence, VNDX["section"]))
    yield from plan_sources(facts, (*stated_in, *facts.all_nodes(evidence, OA["hasSource"])))


def plan_sources(facts: Facts, sources: Iterable[NamedNode]) -> Plan[None]:
    """Plan what is needed to cite sources, and take it into the facts."""
    wanted = tuple(dict.fromkeys(sources))
    yield from facts.read(wanted, *_SOURCE)
    yield from facts.name((*wanted, *facts.all_nodes(wanted, VNDX["publisher"], *_KINDS)))


def quotations(facts: Facts, namer: Namer, evidence: Iterable[NamedNode]) -> list[Quotation]:
    """Give the words of evidence: by source, in the order of the text."""
    views: dict[NamedNode, SourceView] = {}
    found = []
    for node in dict.fromkeys(evidence):
        source = facts.node(node, OA["hasSource"])
        if source is not None and source not in views:
            views[source] = source_view(facts, namer, source)
        view = views[source] if source is not None else SourceView(Text(""), "")
        found.append(_quotation(facts, namer, node, view))
    return sorted(
        (each for each in found if each.words),
        key=lambda each: (each.source.name, _UNPLACED if each.start is None else each.start),
    )


def source_view(facts: Facts, namer: Namer, source: NamedNode) -> SourceView:
    """Give a source as it is cited."""
    language = namer.language
    publisher = facts.node(source, VNDX["publisher"])
    section = facts.node(source, VNDX["section"])
    is_main = section is None or section.value.endswith("/main")
    return SourceView(
        namer.name(source),
        path_of(source.value),
        _first_url(facts, source),
        facts.value(source, VNDX["publisherAsPrinted"]) or (namer.name(publisher).text if publisher else ""),
        _published(facts, source, language),
        "" if is_main or section is None else namer.name(section).text,
    )


def sources_of(facts: Facts, namer: Namer, node: NamedNode) -> Sequence[SourceView]:
    """Give the sources that state something, without those whose words are quoted for it."""
    quoted = {s for e in facts.nodes(node, VNDX["hasEvidence"]) for s in facts.nodes(e, OA["hasSource"])}
    found = [s for s in facts.nodes(node, VNDX["statedIn"]) if s not in quoted]
    return sorted((source_view(facts, namer, source) for source in found), key=lambda view: view.name)


def _quotation(facts: Facts, namer: Namer, node: NamedNode, view: SourceView) -> Quotation:
    selectors = facts.nodes(node, OA["hasSelector"])
    words = [facts.text(selector, OA["exact"], language="vi").text for selector in selectors]
    starts = [int(start) for s in selectors if (start := facts.value(s, OA["start"])).isdigit()]
    section = facts.node(node, VNDX["section"])
    own = namer.name(section).text if section and not section.value.endswith("/main") else ""
    return Quotation(
        node,
        " … ".join(filter(None, words)),
        path_of(node.value),
        view,
        min(starts, default=None),
        own or view.section,
    )


def _published(facts: Facts, source: NamedNode, language: str) -> str:
    if date := facts.value(source, VNDX["publishedDate"]):
        return moment_words(date, language)
    first, last = (facts.value(source, VNDX[f"published{end}"]) for end in ("NotBefore", "NotAfter"))
    if not (first or last):
        return ""
    if first and last and first != last:
        between = (moment_words(first, language), moment_words(last, language))
        words = "trong khoảng {} – {}" if language == "vi" else "between {} and {}"
        return words.format(*between)
    return moment_words(first or last, language)


def _first_url(facts: Facts, source: NamedNode) -> str:
    url = facts.value(source, VNDX["url"])
    return url if url.startswith(("https://", "http://")) else ""
