"""Kinds of documents: the class, the type concept and the English word for each printed kind of act."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from graph.model import iris
from graph.model.namespaces import VNDX


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document.

    Attributes:
        class_name: the local name of its class in the ontology.
        type_slug: its concept in the scheme document-type.
        en: the English word for it, capitalised.

    """

    class_name: str
    type_slug: str
    en: str

    @property
    def node(self) -> NamedNode:
        """The class."""
        return VNDX[self.class_name]

    @property
    def type_concept(self) -> NamedNode:
        """The concept of the scheme document-type."""
        return iris.concept("document-type", self.type_slug)


_RESOLUTION: Final = "Nghị quyết"
KINDS: Final[dict[str, DocumentKind]] = {
    _RESOLUTION: DocumentKind("Resolution", "nghi-quyet", "Resolution"),
    "Quyết định": DocumentKind("Decision", "quyet-dinh", "Decision"),
    "Kế hoạch": DocumentKind("Plan", "ke-hoach", "Plan"),
    "Luật": DocumentKind("Law", "luat", "Law"),
    "Nghị định": DocumentKind("Decree", "nghi-dinh", "Decree"),
    "Thông tư": DocumentKind("Circular", "thong-tu", "Circular"),
    "Chỉ thị": DocumentKind("Directive", "chi-thi", "Directive"),
    "Kết luận": DocumentKind("Conclusion", "ket-luan", "Conclusion"),
    "Quy định": DocumentKind("Regulation", "quy-dinh", "Regulation"),
    "Quy chế": DocumentKind("Regulation", "quy-che", "Regulation"),
    "Chương trình hành động": DocumentKind("ActionProgramme", "chuong-trinh-hanh-dong", "Action Programme"),
    "Chương trình": DocumentKind("ProgrammeDocument", "chuong-trinh", "Programme"),
    "Đề án": DocumentKind("Scheme", "de-an", "Scheme"),
    "Công văn": DocumentKind("OfficialLetter", "cong-van", "Official Letter"),
    "Hướng dẫn": DocumentKind("Guidance", "huong-dan", "Guidance"),
    "Thông báo": DocumentKind("Notice", "thong-bao", "Notice"),
}
_OF_PARTY: Final = DocumentKind("PartyResolution", "nghi-quyet-cua-dang", "Resolution")
_RESOLUTIONS_BY_CLASS: Final = {
    "party_resolution": _OF_PARTY,
    "party_congress_resolution": DocumentKind("PartyResolution", "nghi-quyet-dai-hoi", "Congress Resolution"),
    "council_resolution": DocumentKind("CouncilResolution", "nghi-quyet-hdnd", "Resolution"),
}
_CENTRAL_PARTY_NUMBER: Final = re.compile(r"-NQ/TW$")

# Which printed kinds a class of provincial documents holds; the classes of "other" documents hold the rest.
_KINDS_OF_CLASSES: Final = {
    "resolution": {_RESOLUTION},
    "decision": {"Quyết định"},
    "directive": {"Chỉ thị"},
    "plan": {"Kế hoạch"},
    "programme": {"Chương trình", "Chương trình hành động"},
    "scheme": {"Đề án"},
}
DOCUMENT_CLASSES: Final = frozenset(
    {"council_resolution", "party_congress_resolution", "party_other", "pc_other"}
    | {f"{body}_{kind}" for body in ("party", "pc") for kind in _KINDS_OF_CLASSES}
)
"""The classes of provincial documents, as the table writes them: whose document, then what it is."""


def document_kind(printed: str, number: str = "", document_class: str = "") -> DocumentKind | None:
    """Give the kind of a document, or None for a kind that is not known.

    Args:
        printed: the kind as the table prints it, e.g. "Nghị quyết".
        number: as printed; ``-NQ/TW`` makes a resolution one of the Party.
        document_class: for provincial documents, one of `DOCUMENT_CLASSES`.

    """
    if printed == _RESOLUTION:
        if _CENTRAL_PARTY_NUMBER.search(number):
            return _OF_PARTY
        return _RESOLUTIONS_BY_CLASS.get(document_class, KINDS[_RESOLUTION])
    return KINDS.get(printed)


def class_holds(document_class: str, printed: str) -> bool:
    """Say whether a class of provincial documents holds documents of a printed kind."""
    kind = document_class.rpartition("_")[2]
    if kind in _KINDS_OF_CLASSES:
        return printed in _KINDS_OF_CLASSES[kind]
    return printed in KINDS and printed not in set().union(*_KINDS_OF_CLASSES.values())
