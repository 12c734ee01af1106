"""What crawlers and language models read first: robots.txt, the sitemap (sitemaps.org) and llms.txt."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from pyoxigraph import Literal, Triple

from graph.description.dcat import DESCRIPTION
from graph.model.namespaces import SCHEMA, SH, SKOS, VNDX

URLS_IN_PART: Final = 50_000
"""The most addresses that one sitemap may have (sitemaps.org protocol)."""

SITE_PAGES: Final = (
    *("/", "/map", "/browse", "/conflicts", "/sparql", "/link", "/guides"),
    *("/ontology", "/concepts", "/shapes", "/docs", "/dumps/"),
)
"""The pages that are of no entity, but for the single guides."""

_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PREFERRED: Final = (
    "province-ranks",
    "party-resolutions",
    "units-became",
    "figures-on-platform",
    "all-conflicts",
)
_SHOWN: Final = 5


def robots_txt(root: str) -> str:
    """Give robots.txt: pages and data may be read, queries and searches are not for crawlers."""
    kept_out = ("/sparql?", "/search?", "/search/", "/api/", "/reconcile/", "/validate")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in kept_out), "Allow: /", ""]
    return "\n".join([*lines, f"Sitemap: {root}/sitemap.xml", ""])


def indexed_iris(index: Path) -> list[str]:
    """Give the IRIs of all entities that have a name, sorted, from the index of a snapshot."""
    with closing(sqlite3.connect(f"file:{index}?mode=ro&immutable=1", uri=True)) as connection:
        return [iri for (iri,) in connection.execute("SELECT iri FROM entity ORDER BY iri")]


def sitemap_index(root: str, parts: int, modified: datetime) -> bytes:
    """Give the sitemap that names the parts: that of the site's own pages, then those of entities."""
    day = _time(modified)
    entries = "".join(
        f" <sitemap><loc>{escape(root)}/sitemap-{part}.xml</loc><lastmod>{day}</lastmod></sitemap>\n"
        for part in ("pages", *range(1, parts + 1))
    )
    return f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n{entries}</sitemapindex>\n'.encode()


def sitemap_part(pages: Iterable[str], modified: datetime) -> bytes:
    """Give a part of the sitemap with the addresses of some pages."""
    day = _time(modified)
    entries = "".join(f" <url><loc>{escape(page)}</loc><lastmod>{day}</lastmod></url>\n" for page in pages)
    return f'{_HEAD}<urlset xmlns="{_NAMESPACE}">\n{entries}</urlset>\n'.encode()


def parts_of(count: int) -> int:
    """Give how many parts a sitemap of so many pages has, one at least."""
    return max(1, -(-count // URLS_IN_PART))


@dataclass(frozen=True)
class Example:
    """An example query: the name of its file, what it asks in English and in Vietnamese, its text."""

    name: str
    question: str
    question_vi: str
    text: str


def read_examples(triples: Iterable[Triple]) -> list[Example]:
    """Read the example queries from the triples of their graph, sorted by name."""
    texts: dict[str, dict[str, str]] = {}
    for triple in triples:
        value = triple.object
        if not isinstance(value, Literal):
            continue
        fields = texts.setdefault(str(triple.subject)[1:-1].rpartition("/")[2], {})
        if triple.predicate in (SH["select"], SH["ask"], SH["construct"], SH["describe"]):
            fields["text"] = value.value
        elif triple.predicate == SKOS["prefLabel"]:
            fields[value.language or ""] = value.value
        elif triple.predicate == SCHEMA["keywords"]:
            fields["category"] = value.value
    return [
        Example(name, fields.get("en", name), fields.get("vi", name), fields["text"])
        for name, fields in sorted(texts.items())
        if "text" in fields
    ]


def shown_examples(examples: Sequence[Example]) -> list[Example]:
    """Choose five: those that show most of the graph, then the shortest."""
    by_name = {example.name: example for example in examples}
    chosen = [by_name[name] for name in _PREFERRED if name in by_name]
    others = sorted((e for e in examples if e not in chosen), key=lambda e: (len(e.text), e.name))
    return [*chosen, *others][:_SHOWN]


@dataclass(frozen=True)
class ServiceSummary:
    """What llms.txt says of the snapshot: its id, its triples, how many entities there are of each class."""

    snapshot: str
    triples: int | None
    classes: Mapping[str, int]


def llms_txt(root: str, summary: ServiceSummary, examples: Sequence[Example]) -> str:
    """Give llms.txt: what this is, where things are, and queries that work."""
    counts = ", ".join(f"{name} {number:,}" for name, number in _largest(summary.classes))
    size = f"{summary.triples:,} triples" if summary.triples is not None else "size unknown"
    lines = [
        "# VNDX",
        "",
        f"> {DESCRIPTION['en']}",
        "",
        f"Snapshot {summary.snapshot or 'unknown'}: {size}."
        + (f" Entities by class: {counts}." if counts else ""),
        "Licence: CC BY 4.0. Labels are in Vietnamese (`vi`) and mostly in English (`en`).",
        "Figures are tied to the source that states them; sources that disagree are both kept.",
        "Administrative units are dated: an official code means nothing without its register era",
        "(2004 until 2025-06-30, 2025 since 2025-07-01).",
        "",
        "## Where things are",
        "",
        f"- [SPARQL 1.1 endpoint]({root}/sparql): read-only; the default graph merges the named graphs",
        f"- [Classes, properties, prefixes, examples (VoID)]({root}/.well-known/void)",
        f"- [Catalogue (DCAT 3)]({root}/catalog) and [dumps]({root}/dumps/)",
        f"- [Ontology]({root}/ontology) and the [description of the HTTP interface]({root}/openapi.json)",
        f"- [Guide for developers]({root}/guides/developers), [SPARQL by examples]({root}/guides/queries)",
        f"- Entities: `{root}/id/X` leads to `/page/X` (HTML) and `/data/X.json` (.jsonld .ttl .nt .rdf)",
        f"- Words of the sources behind a thing: `{root}/api/v1/evidence?about=IRI`",
        "",
        "## Queries that work",
        "",
    ]
    for example in examples:
        lines += [
            f"{example.question} ({example.question_vi})",
            "",
            "```sparql",
            example.text.strip(),
            "```",
            "",
        ]
    return "\n".join(lines)


def _largest(classes: Mapping[str, int]) -> list[tuple[str, int]]:
    """Give the own classes that people ask for, the largest first."""
    asked = (
        *("Province", "District", "Commune", "Document", "PartyResolution", "Programme", "Platform"),
        *("Event", "Organisation", "Person", "Indicator", "Observation", "Target", "Source", "Evidence"),
    )
    found = [(name, classes[VNDX[name].value]) for name in asked if VNDX[name].value in classes]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _time(value: datetime) -> str:
    return value.isoformat(timespec="seconds")
