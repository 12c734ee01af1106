"""Organisations, people, their roles, and products."""

from __future__ import annotations

from typing import Final

from api.collections.collection import Collection, Order, SortKey
from api.collections.columns import integer, nested, reference, string, text
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
from api.collections.filters import ChoiceFilter, NodeFilter, NumberFilter, TimeFilter, class_choices
from api.collections.paths import path
from api.collections.values import entities, things
from graph.model.namespaces import VNDX

ORGANISATIONS: Final = Collection(
    "organisations",
    ("Organisations", "Tổ chức"),
    VNDX["Organisation"],
    (
        NAMES,
        JURISDICTION,
        reference("parentOrganisation", "the organisation that it belongs to", many=True),
        OTHER_NAMES,
        NOTES,
        EDITORIAL_NOTES,
        SOURCES,
        EVIDENCE,
    ),
    (
        words("names"),
        province("organisations of", path("jurisdiction")),
        NodeFilter(
            "parent",
            "the organisation that it belongs to",
            (path("parentOrganisation"),),
            things("organisation"),
        ),
        ChoiceFilter("class", "the class of organisation", class_choices("Cooperative")),
    ),
    (BY_LABEL,),
    "label",
)

_ROLES: Final = nested(
    "roles",
    "roles in which the person was seen, each with the days on which that was; when they began or ended "
    "the sources do not say",
    (
        text("role", "the role, as printed"),
        reference("organisation", "in which organisation"),
        string("attestedOn", "when", many=True),
        reference("statedIn", "the sources that say so", many=True),
    ),
    path("^member"),
    known_by=path("attestedOn"),
)
_ATTESTED: Final = (path("^member", "attestedOn"),)

PEOPLE: Final = Collection(
    "people",
    ("People", "Người"),
    VNDX["Person"],
    (NAMES, JURISDICTION, _ROLES, OTHER_NAMES, NOTES, EDITORIAL_NOTES, SOURCES, EVIDENCE),
    (
        words("names"),
        province("people of", path("jurisdiction")),
        NodeFilter(
            "organisation",
            "an organisation in which the person had a role",
            (path("^member", "organisation"),),
            things("organisation"),
            example="tinh-uy-thai-nguyen",
        ),
        TimeFilter("seen", "seen in a role between", _ATTESTED, _ATTESTED),
    ),
    (BY_LABEL,),
    "label",
    known_by("the people who had been seen in a role by that day", *_ATTESTED),
)

_SEEN: Final = (path("attestedOn"),)

MEMBERSHIPS: Final = Collection(
    "memberships",
    ("Roles of people in organisations", "Chức vụ của người trong tổ chức"),
    VNDX["Membership"],
    (
        reference("member", "who"),
        text("role", "the role, as printed"),
        reference("organisation", "in which organisation"),
        reference(
            "jurisdiction",
            "the unit that the organisation is of",
            path("organisation", "jurisdiction"),
            many=True,
        ),
        string("attestedOn", "when the person was seen in the role; no term of office", many=True),
        NOTES,
        EDITORIAL_NOTES,
        SOURCES,
        EVIDENCE,
    ),
    (
        words("roles", path("role")),
        province(
            "roles in organisations of", path("organisation", "jurisdiction"), path("member", "jurisdiction")
        ),
        NodeFilter("member", "who", (path("member"),), things("person")),
        NodeFilter("organisation", "in which organisation", (path("organisation"),), things("organisation")),
        TimeFilter("seen", "seen between", _SEEN, _SEEN),
    ),
    (by_date("date", *_SEEN, single=False),),
    "-date",
    known_by(
        "the roles in which people had been seen by that day, the latest first if sorted by -date", *_SEEN
    ),
)

PRODUCTS: Final = Collection(
    "products",
    ("Products", "Sản phẩm"),
    VNDX["Product"],
    (
        NAMES,
        reference("producer", "who makes it", many=True),
        integer("ocopStars", "how many OCOP stars it has"),
        reference("madeIn", "where it is made", many=True),
        reference("soldOn", "the platforms that it is sold on", many=True),
        OTHER_NAMES,
        NOTES,
        EDITORIAL_NOTES,
        SOURCES,
        EVIDENCE,
    ),
    (
        words("names"),
        province("products made in", path("madeIn")),
        NodeFilter("producer", "who makes it", (path("producer"),), entities()),
        NodeFilter(
            "soldOn",
            "the platform that it is sold on",
            (path("soldOn"),),
            things("platform"),
            example="postmart",
        ),
        NumberFilter("ocopStars", "the number of OCOP stars", (path("ocopStars"),)),
    ),
    (BY_LABEL, SortKey("ocopStars", (path("ocopStars"),), Order.NUMBER)),
    "label",
)

COLLECTIONS: Final = (ORGANISATIONS, PEOPLE, MEMBERSHIPS, PRODUCTS)
"""The collections of agents and what they make."""
