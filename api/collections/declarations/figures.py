"""Indicators, observations and targets."""

from __future__ import annotations

from typing import Final

from api.collections import conditions
from api.collections.collection import Collection, Order, SortKey
from api.collections.columns import Column, decimal, integer, key, reference, string, text
from api.collections.declarations.shared import (
    BY_LABEL,
    EDITORIAL_NOTES,
    EVIDENCE,
    NAMES,
    NOTES,
    OTHER_NAMES,
    SOURCES,
    by_date,
    going_on,
    province,
    words,
)
from api.collections.filters import ChoiceFilter, NodeFilter, NumberFilter, TimeFilter
from api.collections.paths import LABEL, path
from api.collections.values import concepts, entities, periods, things
from graph.model.namespaces import SKOS, VNDX

_MEASURES: Final = {name: conditions.has_any((path(name),)) for name in ("value", "rank", "grade")}

INDICATORS: Final = Collection(
    "indicators",
    ("Indicators", "Chỉ số, chỉ tiêu"),
    VNDX["Indicator"],
    (
        NAMES,
        text("definition", "what it measures", (SKOS["definition"],)),
        reference("broader", "the indicator that it is a part of", (SKOS["broader"],), many=True),
        reference("methodDocument", "the documents that say how it is measured", many=True),
        reference("pillar", "the pillar of digital transformation", many=True),
        OTHER_NAMES,
        NOTES,
    ),
    (
        words("names and definitions", (SKOS["definition"],)),
        NodeFilter(
            "broader",
            "the indicator that it is a part of",
            ((SKOS["broader"],),),
            concepts("indicator"),
            narrower=True,
            example="dti",
        ),
        NodeFilter("pillar", "the pillar of digital transformation", (path("pillar"),), concepts("pillar")),
        ChoiceFilter(
            "measured",
            "whether there are observations of it",
            {
                "true": conditions.has_any((path("^indicator"),)),
                "false": conditions.has_none((path("^indicator"),)),
            },
        ),
    ),
    (BY_LABEL,),
    "label",
)

PROVINCE: Final = reference(
    "province",
    "the province, or the one in which the unit or platform is that the figure is about",
    path("about"),
    path("about", "partOfTransitive"),
    path("jurisdiction"),
    path("jurisdiction", "partOfTransitive"),
    path("about", "coverage"),
    of_class="Province",
)

_WHAT: Final[tuple[Column, ...]] = (
    reference("indicator", "what is measured"),
    reference("about", "what the figure is about", many=True),
    string("aboutCode", "the official code of the unit that it is about", path("about", "code")),
    key("aboutEra", "the register that the code is of: 2004 or 2025", path("about", "era")),
    PROVINCE,
)
_FIGURE: Final[tuple[Column, ...]] = (
    decimal("value", "the value, if the figure is one"),
    integer("rank", "the rank, if the figure is one"),
    string("comparator", "how the figure compares: =, >, >=, <, <=, ~ (about), range"),
    decimal("lowerBound", "the lower bound of a range"),
    decimal("upperBound", "the upper bound of a range"),
    reference("unitOfMeasure", "the unit of measure"),
)
_WORDING: Final[tuple[Column, ...]] = (
    text("hedge", "the words that weaken the figure, as printed"),
    string("valueAsPrinted", "the figure, as printed", many=True),
    text("denominator", "what a percentage is of"),
)
_FILTERS: Final = (
    NodeFilter("indicator", "what is measured", (path("indicator"),), concepts("indicator"), example="dti"),
    NodeFilter("about", "what the figure is about", (path("about"),), entities(), example="unit/2004/19"),
    province("figures of", path("about"), path("jurisdiction"), path("about", "coverage")),
    NodeFilter(
        "unitOfMeasure",
        "the unit of measure, narrower ones included",
        (path("unitOfMeasure"),),
        concepts("unit-of-measure"),
        narrower=True,
        example="percent",
    ),
    NodeFilter(
        "status",
        "stated, derived, disputed or doubtful",
        (path("status"),),
        concepts("status"),
        example="stated",
    ),
    NodeFilter("source", "the source", (path("statedIn"),), things("source"), example="002"),
    NumberFilter("value", "the value", (path("value"),)),
    NumberFilter("rank", "the rank", (path("rank"),)),
)
_SORTS: Final = (
    SortKey("value", (path("value"),), Order.NUMBER),
    SortKey("rank", (path("rank"),), Order.NUMBER),
    SortKey("indicator", (path("indicator", LABEL),), Order.LABEL),
)

_START: Final = (path("period", "start"), path("asOf"))
_END: Final = (path("period", "end"), path("asOf"))

OBSERVATIONS: Final = Collection(
    "observations",
    ("Figures: values, ranks and grades that were measured", "Số liệu: giá trị, thứ hạng, xếp loại"),
    VNDX["Observation"],
    (
        *_WHAT,
        reference("jurisdiction", "where the figure holds, if it is about something else", many=True),
        string("periodStart", "where the period begins that it is about", path("period", "start")),
        string("periodEnd", "where that ends", path("period", "end")),
        string("asOf", "the date for which it holds"),
        *_FIGURE[:2],
        string("grade", "the grade, if the figure is one"),
        *_FIGURE[2:],
        integer("outOf", "how many were ranked"),
        reference("basis", "how many provinces there were: 63 or 34"),
        reference("status", "stated, derived, disputed or doubtful"),
        *_WORDING,
        string("derivation", "how it was derived, if it was", many=True),
        integer("sourceCount", "how many sources say so"),
        reference("conflictsWith", "what contradicts it", many=True),
        SOURCES,
        string("sourceDate", "when the source was published", path("statedIn", "publishedDate"), many=True),
        string("sourceUrl", "the address of the source", path("statedIn", "url"), many=True),
        EVIDENCE,
        NOTES,
        EDITORIAL_NOTES,
    ),
    (
        words(
            "indicators, things and words of the figure",
            path("indicator", LABEL),
            path("about", LABEL),
            path("valueAsPrinted"),
        ),
        *_FILTERS,
        ChoiceFilter("measure", "what the figure is", _MEASURES),
        NodeFilter("period", "the period that it is about", (path("period"),), periods(), example="2022"),
        NodeFilter(
            "basis",
            "how many provinces there were",
            (path("basis"),),
            concepts("basis"),
            example="provinces-63",
        ),
        ChoiceFilter(
            "quoted",
            "whether the words of the source are given",
            {
                "true": conditions.has_any((path("hasEvidence"),)),
                "false": conditions.has_none((path("hasEvidence"),)),
            },
        ),
        ChoiceFilter(
            "disputed",
            "whether something contradicts it",
            {
                "true": conditions.has_any((path("conflictsWith"),)),
                "false": conditions.has_none((path("conflictsWith"),)),
            },
        ),
        TimeFilter("time", "whose period or date has a day between", _START, _END),
    ),
    (by_date("date", *_END, single=False), *_SORTS),
    at=going_on("the figures whose period or date holds that day", _START, _END),
)

_DEADLINE: Final = (path("deadline"),)

TARGETS: Final = Collection(
    "targets",
    ("Targets that documents set", "Mục tiêu, chỉ tiêu của văn bản"),
    VNDX["Target"],
    (
        NAMES,
        *_WHAT,
        *_FIGURE,
        string("deadline", "by when"),
        reference("setBy", "the documents that set it", many=True),
        string("setByAsPrinted", "who or what sets it, as printed", many=True),
        *_WORDING,
        reference("status", "stated, derived, disputed or doubtful"),
        reference("conflictsWith", "what contradicts it", many=True),
        SOURCES,
        EVIDENCE,
        NOTES,
        EDITORIAL_NOTES,
    ),
    (
        words("names and indicators", path("indicator", LABEL), path("setByAsPrinted")),
        *_FILTERS,
        NodeFilter(
            "setBy",
            "the document that sets it",
            (path("setBy"),),
            things("document"),
            example="01-nq-tu-thai-nguyen-2020",
        ),
        TimeFilter("deadline", "whose deadline has a day between", _DEADLINE, _DEADLINE),
    ),
    (by_date("date", *_DEADLINE), *_SORTS, BY_LABEL),
    "date",
)

COLLECTIONS: Final = (INDICATORS, OBSERVATIONS, TARGETS)
"""The collections of figures."""
