"""Claims and conflicts: who says what, and where sources disagree."""

from __future__ import annotations

from typing import Final

from api.collections.collection import Collection
from api.collections.columns import reference, string, text
from api.collections.declarations.shared import (
    BY_LABEL,
    EDITORIAL_NOTES,
    EVIDENCE,
    NAMES,
    NOTES,
    SOURCES,
    by_date,
    province,
    words,
)
from api.collections.filters import NodeFilter
from api.collections.paths import path
from api.collections.values import concepts, entities, things
from graph.model.namespaces import VNDX

CLAIMS: Final = Collection(
    "claims",
    ("Statements of somebody: firsts, quotations, evaluations", "Nhận định, phát biểu, đánh giá"),
    VNDX["Claim"],
    (
        NAMES,
        text("statement", "what is said, at most 160 characters"),
        reference("claimKind", "the kind", many=True),
        reference("claimant", "who says it", many=True),
        reference("about", "what it is about", many=True),
        reference("occasion", "where it was said", many=True),
        reference("status", "stated, derived, disputed or doubtful"),
        reference("conflictsWith", "what contradicts it", many=True),
        SOURCES,
        string("sourceDate", "when the source was published", path("statedIn", "publishedDate"), many=True),
        EVIDENCE,
        NOTES,
        EDITORIAL_NOTES,
    ),
    (
        words("names and statements", path("statement")),
        province(
            "claims about, or about something of,",
            path("about"),
            path("about", "jurisdiction"),
            path("about", "coverage"),
        ),
        NodeFilter(
            "kind", "the kind", (path("claimKind"),), concepts("claim-kind"), narrower=True, example="first"
        ),
        NodeFilter("about", "what it is about", (path("about"),), entities(), example="unit/2004/19"),
        NodeFilter("claimant", "who says it", (path("claimant"),), entities()),
        NodeFilter(
            "status",
            "stated, derived, disputed or doubtful",
            (path("status"),),
            concepts("status"),
            example="disputed",
        ),
        NodeFilter("source", "the source", (path("statedIn"),), things("source"), example="002"),
    ),
    (BY_LABEL, by_date("date", path("statedIn", "publishedDate"), single=False)),
)

CONFLICTS: Final = Collection(
    "conflicts",
    ("Where sources disagree", "Chỗ các nguồn không thống nhất"),
    VNDX["Conflict"],
    (
        NAMES,
        reference("conflictKind", "the kind"),
        reference("about", "what it is about", many=True),
        reference("conflictingStatement", "the statements that disagree", many=True),
        reference("preferred", "the one that is kept as the better reading", many=True),
        NOTES,
        EDITORIAL_NOTES,
    ),
    (
        words("names and notes", NOTES.paths[0]),
        province(
            "conflicts about, or about something of,",
            path("about"),
            path("about", "jurisdiction"),
            path("about", "coverage"),
        ),
        NodeFilter(
            "kind",
            "the kind",
            (path("conflictKind"),),
            concepts("conflict-kind"),
            narrower=True,
            example="disagreement",
        ),
        NodeFilter("about", "what it is about", (path("about"),), entities()),
        NodeFilter("statement", "one of the statements", (path("conflictingStatement"),), entities()),
    ),
    (BY_LABEL,),
    "label",
)

COLLECTIONS: Final = (CLAIMS, CONFLICTS)
"""The collections of statements."""
