"""What the page of conflicts shows: readings side by side, grouped by what they are about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.browse.cells import page_of, period_text
from api.browse.figure_words import figure_words
from api.browse.labels import in_language
from api.conflicts.reading import Disagreement, Row
from api.pages.formatting import date_text
from api.pages.notes import says_more_than, with_dates
from graph.model.text import fold

_DATE: Final = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_FIGURES: Final = frozenset({"Observation", "Target"})
_UNITS: Final = frozenset({"AdministrativeUnit", "Province", "District", "Commune"})

KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "disagreement": (
        "Các nguồn nói khác nhau và không thể cùng đúng.",
        "The sources say different things that cannot all be right.",
    ),
    "source-error": (
        "Một nguồn in sai; cái sai được giữ nguyên và ghi chú.",
        "One source has a slip; it is kept as it is, with a note.",
    ),
    "tension": (
        "Khó cùng đúng, nhưng nguồn không đủ để kết luận.",
        "They hardly go together, but the sources do not settle it.",
    ),
    "apparent": (
        "Chỉ có vẻ mâu thuẫn: khác thời điểm, phạm vi hoặc cách đo.",
        "They only seem to disagree: another time, scope or measure.",
    ),
}
"""The kinds of conflicts in the order of the page, by the last part of their IRI, with what they mean."""

SUBJECTS: Final[Mapping[str, tuple[str, str]]] = {
    "figures": ("Số liệu, thứ hạng, mục tiêu", "Figures, ranks and targets"),
    "documents": ("Văn bản, chương trình", "Documents and programmes"),
    "platforms": ("Nền tảng số", "Platforms"),
    "events": ("Sự kiện", "Events"),
    "places": ("Địa phương", "Places"),
    "sources": ("Bản thân các nguồn", "The sources themselves"),
    "names": ("Tên đơn vị hành chính", "Names of administrative units"),
}
"""What conflicts are about, in the order of the page."""


@dataclass(frozen=True)
class Text:
    """A text, with its language if that is another than that of the page."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class SourceOf:
    """A source of a reading: its title, its page, when it was published, its address elsewhere."""

    title: Text
    page: str
    date: str
    url: str


@dataclass(frozen=True)
class Reading:
    """What one side says.

    Attributes:
        words: the figure, date or statement itself.
        page: the path of the page of the statement.
        is_preferred: whether it is kept as the better reading.
        is_derived: whether it was worked out from what sources say.
        context: what is measured, when, who says it.
        quotations: the words of the sources.
        sources: where it is stated.

    """

    words: Text
    page: str
    is_preferred: bool
    is_derived: bool
    context: Sequence[str]
    quotations: Sequence[Text]
    sources: Sequence[SourceOf]


@dataclass(frozen=True)
class ConflictEntry:
    """A conflict.

    Attributes:
        title: what disagrees.
        page: the path of its page.
        anchor: names it within the page.
        kind: the last part of the IRI of its kind.
        kind_label: what the kind is called.
        about: what it is about, each with the path of its page.
        readings: what the sides say, the preferred one first.
        notes: how the editors see it.

    """

    title: Text
    page: str
    anchor: str
    kind: str
    kind_label: str
    about: Sequence[tuple[Text, str]]
    readings: Sequence[Reading]
    notes: Sequence[Text]


def kind_of(conflict: Row) -> str:
    """Give the last part of the IRI of the kind of a conflict, empty if it has none."""
    kind = conflict["conflictKind"]
    return str(kind["id"]).rpartition("/")[2] if kind else ""


@dataclass(frozen=True)
class KindCount:
    """A kind of conflicts: its key, what it is called, what it means, how many there are."""

    key: str
    label: str
    meaning: tuple[str, str]
    count: int


def kind_counts(found: Sequence[Disagreement], language: str) -> list[KindCount]:
    """Count conflicts by kind, in the order of the page."""
    counts = Counter(kind_of(each.conflict) for each in found)
    labels = {kind_of(each.conflict): each.conflict["conflictKind"]["label"] for each in found}
    return [
        KindCount(kind, in_language(labels[kind], language)[0], meaning, counts[kind])
        for kind, meaning in KINDS.items()
        if counts[kind]
    ]


def by_subject(
    found: Iterable[Disagreement], language: str, kind: str = ""
) -> list[tuple[str, list[ConflictEntry]]]:
    """Group conflicts by what they are about; within a group the real ones come first.

    Args:
        found: the conflicts.
        language: of the page.
        kind: only conflicts of this kind, if it is not empty.

    """
    groups: dict[str, list[ConflictEntry]] = {subject: [] for subject in SUBJECTS}
    for each in found:
        if not kind or kind_of(each.conflict) == kind:
            groups[subject_of(each)].append(entry_of(each, language))
    order = list(KINDS)
    for entries in groups.values():
        entries.sort(key=lambda entry: (order.index(entry.kind), fold(entry.title.text)))
    return [(subject, entries) for subject, entries in groups.items() if entries]


def subject_of(found: Disagreement) -> str:
    """Say what a conflict is about: a key of `SUBJECTS`."""
    types = {name for each in found.conflict["about"] for name in each["type"]}
    stated = {name for row in found.statements for name in row["type"]}
    if stated & _FIGURES or "Indicator" in types:
        return "figures"
    if types & _UNITS:
        is_naming = all(
            str(kind["id"]).endswith("/naming") for row in found.statements for kind in row["claimKind"]
        )
        return "names" if is_naming else "places"
    for subject, classes in _CLASSES.items():
        if types & classes:
            return subject
    return "sources"


_CLASSES: Final[Mapping[str, frozenset[str]]] = {
    "documents": frozenset({"Document", "Programme"}),
    "platforms": frozenset({"Platform"}),
    "events": frozenset({"Event"}),
}


def entry_of(found: Disagreement, language: str) -> ConflictEntry:
    """Give what the page shows of a conflict."""
    conflict = found.conflict
    preferred = {each["id"] for each in conflict["preferred"]}
    readings = [_reading(row, language, preferred) for row in found.statements]
    kind = conflict["conflictKind"]
    addresses = {source.url for reading in readings for source in reading.sources}
    notes = [*_texts(conflict["note"], language), *_texts(conflict["editorialNote"], language)]
    return ConflictEntry(
        _label(conflict, language),
        page_of(conflict["id"]),
        str(conflict["id"]).partition("/conflict/")[2].replace("/", "-"),
        kind_of(conflict),
        in_language(kind["label"], language)[0] if kind else "",
        [(_label(each, language), page_of(each["id"])) for each in conflict["about"]],
        sorted(readings, key=lambda reading: not reading.is_preferred),
        [note for note in notes if says_more_than(note.text, addresses)],
    )


def _reading(row: Row, language: str, preferred: set[str]) -> Reading:
    evidence = [Text(*in_language(each["words"], language)) for each in row["evidence"]]
    return Reading(
        _words(row, language),
        page_of(row["id"]),
        row["id"] in preferred,
        "DerivedObservation" in row["type"],
        _context(row, language),
        list(dict.fromkeys(evidence)),
        [_source(each, language) for each in row["sources"]],
    )


def _words(row: Row, language: str) -> Text:
    if figure := figure_words(row, language):
        return Text(figure)
    for text in _texts(row["statement"], language):
        written = with_dates(text.text, text.language or language)
        return Text(written, "" if _DATE.fullmatch(text.text) else text.language)
    return _label(row, language)


def _context(row: Row, language: str) -> list[str]:
    """Say what a figure measures, of when it is, and who says a claim."""
    said = []
    if row["indicator"]:
        said.append(in_language(row["indicator"]["label"], language)[0])
    time = period_text(row["periodStart"], row["periodEnd"], language) or date_text(
        row["asOf"] or "", language
    )
    if time:
        said.append(time)
    if row["deadline"]:
        deadline = date_text(row["deadline"], language)
        said.append(f"thời hạn {deadline}" if language == "vi" else f"by {deadline}")
    said += [in_language(each["label"], language)[0] for each in row["claimant"]]
    return [text for text in said if text]


def _source(node: Mapping[str, Any], language: str) -> SourceOf:
    title, other = in_language(node["label"], language)
    return SourceOf(
        Text(title or node["id"].rpartition("/")[2], other),
        page_of(node["id"]),
        date_text(node["publishedDate"] or "", language),
        node["url"] or "",
    )


def _label(node: Mapping[str, Any], language: str) -> Text:
    text, other = in_language(node["label"], language)
    return Text(text or str(node["id"]).rpartition("/")[2], other)


def _texts(by_language: Mapping[str, Sequence[str]], language: str) -> list[Text]:
    """Give the texts of a language, those of another if there are none."""
    for tag in (language, "vi", *by_language):
        if texts := by_language.get(tag):
            return [Text(text, tag if tag != language else "") for text in texts]
    return []
