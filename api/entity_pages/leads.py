"""The line below the name of a thing that says what it is."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal

from api.entity_pages.facts import Text
from api.entity_pages.figure_words import FIGURE_CLASSES, moment_words
from api.entity_pages.sections import PageSubject
from graph.model.namespaces import SKOS, VNDX

# One of each line is told, the first that the thing has.
_LINES: Final = (
    ("unitType", "documentType", "platformKind", "programmeKind", "eventKind", "claimKind", "conflictKind"),
    ("issuer", "operator", "organiser", "parentOrganisation", "producer"),
    ("jurisdiction", "coverage", "place", "partOf", "madeIn"),
    ("issueDate", "adoptionDate", "startDate", "launchDate", "period", "publishedDate", "effectiveDate"),
)


def lead_of(subject: PageSubject) -> Text:
    """Give the definition of a concept, else what a thing is, whose, where and when; empty for figures."""
    facts, node, language = subject.facts, subject.node, subject.language
    if definition := facts.text(node, SKOS["definition"]):
        return definition
    if facts.has_class(node, *FIGURE_CLASSES):
        return Text("")
    title = facts.text(node, VNDX["title"])
    if title and title.text not in subject.namer.name(node).text:
        return title
    parts = []
    for names in _LINES:
        value = next((v for name in names for v in facts.values(node, VNDX[name])), None)
        if isinstance(value, Literal):
            parts.append(moment_words(value.value, language))
        elif value is not None:
            parts.append(subject.namer.name(value).text)  # type: ignore[arg-type]
    told = " · ".join(parts)
    return Text(told[:1].upper() + told[1:])
