"""Documents and sources."""

from __future__ import annotations

from typing import Final

from api.collections import conditions
from api.collections.collection import Collection, SortKey
from api.collections.columns import nested, reference, string, text
from api.collections.declarations.shared import (
    BY_LABEL,
    EDITORIAL_NOTES,
    EVIDENCE,
    JURISDICTION,
    NAMES,
    NOTES,
    OTHER_NAMES,
    SOURCES,
    by_date,
    known_by,
    province,
    words,
)
from api.collections.filters import ChoiceFilter, NodeFilter, StringFilter, TimeFilter, class_choices
from api.collections.paths import path
from api.collections.values import concepts, entities, periods, things
from graph.model.namespaces import DCTERMS, VNDX

PERIOD: Final = nested(
    "period",
    "the period, with the precision that it is given in",
    (string("start", "its begin"), string("end", "its end")),
)
ORIENTATION: Final = nested(
    "orientationPeriod",
    "the period that it only gives an orientation for",
    (string("start", "its begin"), string("end", "its end")),
)

_ISSUED: Final = (path("issueDate"), path("adoptionDate"))
_CLASSES: Final = class_choices(
    "ActionProgramme",
    "Circular",
    "Conclusion",
    "CouncilResolution",
    "Decision",
    "Decree",
    "Directive",
    "Guidance",
    "Law",
    "Notice",
    "OfficialLetter",
    "PartyResolution",
    "Plan",
    "ProgrammeDocument",
    "Regulation",
    "Resolution",
    "Scheme",
)

DOCUMENTS: Final = Collection(
    "documents",
    ("Resolutions, decisions, plans and other documents", "Nghị quyết, quyết định, kế hoạch và văn bản khác"),
    VNDX["Document"],
    (
        NAMES,
        string("number", "the number, as printed"),
        text("title", "the title"),
        reference("documentType", "the type of document", many=True),
        reference("documentClass", "what it is within the digital transformation of provinces"),
        reference("issuer", "who issued it", many=True),
        reference("signer", "who signed it", many=True),
        string("issueDate", "when it was issued"),
        string("adoptionDate", "when it was adopted"),
        string("effectiveDate", "from when on it has effect"),
        JURISDICTION,
        PERIOD,
        ORIENTATION,
        text("periodAsPrinted", "the period, as printed"),
        reference("sector", "what it is about", many=True),
        reference("implements", "the documents that it implements", many=True),
        reference("basedOn", "the documents that it is based on", many=True),
        reference("supersedes", "the documents that it supersedes", many=True),
        reference("adopts", "what it adopts", many=True),
        text("mainTargetsAsPrinted", "its main targets, as printed"),
        OTHER_NAMES,
        NOTES,
        EDITORIAL_NOTES,
        SOURCES,
        EVIDENCE,
    ),
    (
        words("names, numbers and titles", path("number"), path("title")),
        province("documents of", path("jurisdiction")),
        NodeFilter(
            "type",
            "the type of document, narrower ones included",
            (path("documentType"),),
            concepts("document-type"),
            narrower=True,
            example="ke-hoach",
        ),
        ChoiceFilter("class", "the class of document, narrower ones included", _CLASSES),
        NodeFilter(
            "documentClass",
            "what it is within the digital transformation of provinces",
            (path("documentClass"),),
            concepts("document-class"),
        ),
        NodeFilter(
            "issuer",
            "who issued it",
            (path("issuer"),),
            things("organisation"),
            example="uy-ban-thuong-vu-quoc-hoi",
        ),
        NodeFilter("signer", "who signed it", (path("signer"),), things("person")),
        NodeFilter(
            "implements",
            "the document that it implements",
            (path("implements"),),
            things("document"),
            example="749-qd-ttg-2020",
        ),
        NodeFilter(
            "period",
            "the period that it is for",
            (path("period"), path("orientationPeriod")),
            periods(),
            example="2021/2025",
        ),
        NodeFilter("sector", "what it is about", (path("sector"),), concepts("sector"), narrower=True),
        StringFilter("number", "the number, as printed", (path("number"),), example="57-NQ/TW"),
        TimeFilter("issued", "issued or adopted between", _ISSUED, _ISSUED),
    ),
    (by_date("date", *_ISSUED, single=False), BY_LABEL, SortKey("number", (path("number"),))),
    "-date",
    known_by(
        "the documents that had been issued or adopted by that day; those without a date are not among them",
        *_ISSUED,
    ),
)

_PUBLISHED: Final = (path("publishedDate"),)

SOURCES_COLLECTION: Final = Collection(
    "sources",
    ("Texts and web pages that the facts come from", "Văn bản và trang web làm nguồn"),
    VNDX["Source"],
    (
        NAMES,
        string("url", "the address of the page"),
        text("displayedTitle", "the title as the page displays it"),
        text("alternative", "further titles", (DCTERMS["alternative"],)),
        reference("publisher", "the publisher", many=True),
        string("publisherAsPrinted", "the publisher, as printed", many=True),
        reference("author", "the author", many=True),
        string("authorAsPrinted", "the author, as printed", many=True),
        string("publishedDate", "when it was published"),
        string("publishedNotBefore", "the earliest date on which it can have been published"),
        string("publishedNotAfter", "the latest one"),
        string("language", "the language", (DCTERMS["language"],), many=True),
        reference("section", "which part of a page it is", many=True),
        reference("partOfSource", "the source that it is a part of", many=True),
        reference("trust", "how far it is trusted"),
        string("textFile", "the file that holds the text"),
        string("textSha256", "the SHA-256 of the text"),
        NOTES,
        EDITORIAL_NOTES,
    ),
    (
        words("titles and publishers", path("publisherAsPrinted"), path("url")),
        ChoiceFilter(
            "class",
            "texts that were read word by word, or pages that a table names",
            class_choices("SourceText", "SourcePage"),
        ),
        NodeFilter(
            "partOfSource",
            "the source that it is a part of",
            (path("partOfSource"),),
            things("source"),
            example="003",
        ),
        NodeFilter("trust", "how far it is trusted", (path("trust"),), concepts("trust")),
        NodeFilter("section", "which part of a page it is", (path("section"),), concepts("section")),
        NodeFilter(
            "states", "what it states", (path("^statedIn"),), entities(), example="platform/c-thai-nguyen"
        ),
        StringFilter("language", "the language", ((DCTERMS["language"],),), example="vi"),
        ChoiceFilter(
            "dated",
            "whether the date of publication is known",
            {"true": conditions.has_any(_PUBLISHED), "false": conditions.has_none(_PUBLISHED)},
        ),
        TimeFilter(
            "published",
            "published between",
            (path("publishedDate"), path("publishedNotBefore")),
            (path("publishedDate"), path("publishedNotAfter")),
        ),
    ),
    (by_date("date", *_PUBLISHED), BY_LABEL),
    "-date",
    known_by(
        "the sources that had been published by that day; those without a date are not among them",
        *_PUBLISHED,
    ),
)

COLLECTIONS: Final = (DOCUMENTS, SOURCES_COLLECTION)
"""The collections of documents and sources."""
