"""Programmes, platforms and events."""

from __future__ import annotations

from typing import Final

from api.collections import conditions
from api.collections.collection import Collection
from api.collections.columns import reference, string, text
from api.collections.declarations.documents import ORIENTATION, PERIOD
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
    going_on,
    known_by,
    province,
    words,
)
from api.collections.filters import ChoiceFilter, NodeFilter, TimeFilter
from api.collections.paths import path
from api.collections.values import concepts, entities, things
from graph.model.namespaces import VNDX

_PERIOD_START: Final = (path("period", "start"), path("orientationPeriod", "start"))
_PERIOD_END: Final = (path("period", "end"), path("orientationPeriod", "end"))

PROGRAMMES: Final = Collection(
    "programmes",
    ("Programmes, projects and initiatives", "Chương trình, dự án, mô hình"),
    VNDX["Programme"],
    (
        NAMES,
        reference("programmeKind", "the kind", many=True),
        JURISDICTION,
        PERIOD,
        ORIENTATION,
        reference("adoptedBy", "the documents that adopt it", many=True),
        reference("operator", "who runs it", many=True),
        reference("partner", "who takes part", many=True),
        reference("pilotedIn", "where it was tried first", many=True),
        reference("pillar", "its pillars of digital transformation", many=True),
        reference("sector", "what it is about", many=True),
        OTHER_NAMES,
        NOTES,
        EDITORIAL_NOTES,
        SOURCES,
        EVIDENCE,
    ),
    (
        words("names"),
        province("programmes of, or first tried in,", path("jurisdiction"), path("pilotedIn")),
        NodeFilter(
            "kind", "the kind", (path("programmeKind"),), concepts("programme-kind"), example="programme"
        ),
        NodeFilter("operator", "who runs it", (path("operator"),), things("organisation")),
        NodeFilter("pillar", "the pillar of digital transformation", (path("pillar"),), concepts("pillar")),
        NodeFilter("sector", "what it is about", (path("sector"),), concepts("sector"), narrower=True),
        TimeFilter("period", "whose period has a day between", _PERIOD_START, _PERIOD_END),
    ),
    (BY_LABEL, by_date("period", *_PERIOD_START, *_PERIOD_END, single=False)),
    "label",
    going_on(
        "the programmes whose period holds that day; those without a period are not among them",
        _PERIOD_START,
        _PERIOD_END,
    ),
)

_LAUNCHED: Final = (path("launchDate"), path("launchedAt", "startDate"))
_HAS_OPERATOR: Final = (path("operator"),)

PLATFORMS: Final = Collection(
    "platforms",
    ("Platforms, apps, portals and operations centres", "Nền tảng, ứng dụng, cổng và trung tâm điều hành"),
    VNDX["Platform"],
    (
        NAMES,
        reference("platformKind", "the kind", many=True),
        reference("coverage", "the province or other unit that it serves", many=True),
        reference("operator", "who runs it", many=True),
        reference("operatorBasis", "how the source says who runs it"),
        reference("developer", "who made it", many=True),
        string("launchDate", "when it was launched", many=True),
        reference("launchedAt", "the event at which it was launched", many=True),
        string("website", "its address", many=True),
        text("usersAsPrinted", "how many use it, as printed"),
        string("usersAsOf", "when that was so"),
        reference("pilotedIn", "where it was tried first", many=True),
        reference("partOfPlatform", "the platform that it is a part of", many=True),
        reference("hasComponent", "its parts", many=True),
        reference("servesProgramme", "what it puts into effect", many=True),
        reference("sector", "what it is about", many=True),
        OTHER_NAMES,
        NOTES,
        EDITORIAL_NOTES,
        SOURCES,
        EVIDENCE,
    ),
    (
        words("names"),
        province("platforms for, or first tried in,", path("coverage"), path("pilotedIn")),
        NodeFilter(
            "kind",
            "the kind, narrower ones included",
            (path("platformKind"),),
            concepts("platform-kind"),
            narrower=True,
            example="ioc",
        ),
        NodeFilter(
            "operator", "who runs it", _HAS_OPERATOR, things("organisation"), example="tap-doan-viettel"
        ),
        NodeFilter("developer", "who made it", (path("developer"),), things("organisation")),
        NodeFilter(
            "partOfPlatform",
            "the platform that it is a part of",
            (path("partOfPlatform"),),
            things("platform"),
        ),
        NodeFilter("sector", "what it is about", (path("sector"),), concepts("sector"), narrower=True),
        TimeFilter("launched", "launched between", _LAUNCHED, _LAUNCHED),
    ),
    (BY_LABEL, by_date("date", *_LAUNCHED, single=False)),
    "label",
    known_by(
        "the platforms that had been launched by that day; those without a date are not among them",
        *_LAUNCHED,
    ),
)

_START: Final = (path("startDate"), path("period", "start"))
_END: Final = (path("endDate"), path("period", "end"))
_DATED: Final = (path("startDate"), path("period", "end"))

EVENTS: Final = Collection(
    "events",
    ("Launches, conferences, trainings and other events", "Lễ ra mắt, hội nghị, tập huấn và sự kiện khác"),
    VNDX["Event"],
    (
        NAMES,
        reference("eventKind", "the kind", many=True),
        string("startDate", "when it began"),
        string("endDate", "when it ended, if that was later"),
        string("recursOn", "the day of the year on which it comes again"),
        reference("dateBasis", "what the date says"),
        PERIOD,
        JURISDICTION,
        reference("place", "where it was", many=True),
        text("placeAsPrinted", "where it was, as printed"),
        reference("organiser", "who organised it", many=True),
        reference("participant", "who took part", many=True),
        text("participantsAsPrinted", "who took part, as printed"),
        reference("launches", "what it launched", many=True),
        reference("partOfEvent", "the event that it was a part of", many=True),
        NOTES,
        EDITORIAL_NOTES,
        SOURCES,
        EVIDENCE,
    ),
    (
        words("names and places", path("placeAsPrinted")),
        province("events of or in", path("jurisdiction"), path("place")),
        NodeFilter(
            "kind",
            "the kind, narrower ones included",
            (path("eventKind"),),
            concepts("event-kind"),
            narrower=True,
            example="launch",
        ),
        NodeFilter("organiser", "who organised it", (path("organiser"),), entities()),
        NodeFilter("participant", "who took part", (path("participant"),), entities()),
        NodeFilter(
            "launches", "what it launched", (path("launches"),), entities(), example="platform/c-thai-nguyen"
        ),
        NodeFilter(
            "dateBasis", "what the date says", (path("dateBasis"),), concepts("date-basis"), example="event"
        ),
        ChoiceFilter(
            "dated",
            "whether a date is known",
            {"true": conditions.has_any(_DATED), "false": conditions.has_none(_DATED)},
        ),
        TimeFilter("time", "that had a day between", _START, (*_END, path("startDate"))),
    ),
    (by_date("date", path("startDate")), BY_LABEL),
    "-date",
    going_on("the events that went on on that day", _START, (*_END, path("startDate"))),
)

COLLECTIONS: Final = (PROGRAMMES, PLATFORMS, EVENTS)
"""The collections of what is done."""
