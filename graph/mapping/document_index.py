"""Which document a printed number means: numbers repeat between years, provinces and issuers.

Pure look-ups over the rows of the two document tables. Others build on:

    index = policy_documents(tables)                        # DocumentIndex, made once for one TableSet
    index.find("05-NQ/TU", province="Bình Định", by=date)   # the node, or None: then keep the literal
    index.by_id("57-nq-tw-2024")                            # the node of a table's doc_id, or None
    node in index                                           # True: the policy tables label this document

Who labels a document: the policy tables. Another table that has the same act (202/2025/QH15 in
``admin/legal_documents``) gets the same IRI from `document_node` and states no second preferred label.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.reader import Row, TableSet
from graph.model import agents, iris
from graph.model.agent_lists import split_bodies
from graph.model.dates import PartialDate
from graph.model.namespaces import ID
from graph.model.text import fold

NATIONAL_TABLE: Final = "policy/national_documents"
PROVINCIAL_TABLE: Final = "policy/provincial_documents"
NATIONAL_COLUMNS: Final = (
    "doc_id",
    "number",
    "type",
    "issuer",
    "issue_date",
    "issue_date_precision",
    "effective_date",
    "effective_date_precision",
    "title",
    "period",
    "supersedes",
    "implements",
    "source_url",
    "source_title",
    "quote",
    "more_sources",
)
PROVINCIAL_COLUMNS: Final = (
    "doc_id",
    "province",
    "province_system",
    "doc_class",
    "number",
    "type",
    "issuer",
    "issue_date",
    "issue_date_precision",
    "title",
    "period",
    "main_targets",
    "implements",
    "source_url",
    "source_title",
    "quote",
    "more_sources",
)

_LEADING_ZEROS: Final = re.compile(r"^0+(?=\d)")
# A number with a sign of what and whose it is; a bare "83" is no key.
_FULL_NUMBER: Final = re.compile(r"^\d+[a-z]?(?:-\d{4})?(?:-[a-z][a-z0-9]*)+$")


def number_key(number: str) -> str:
    """Give the form in which two spellings of a document number are equal.

    ``03-NQ/TU`` and ``03/NQ-TU`` are equal, so are ``6/QĐ-TTg`` and ``06/QĐ-TTg``; an empty or unreadable
    number gives an empty key.
    """
    return _LEADING_ZEROS.sub("", agents.name_key(number))


def document_node(doc_id: str, number: str, issued: str, province: str = "", key: str = "") -> NamedNode:
    """Give the IRI of a document.

    Args:
        doc_id: the table's own identifier: the key where the document has no number.
        number: as printed; the key with year and province.
        issued: the issue date in any precision, or empty; only its year counts.
        province: the province of a provincial document; empty or "Việt Nam" for a national one.
        key: overrides all of these (the optional ``key`` column of a table).

    """
    if key:
        return ID[f"document/{key}"]
    if not number_key(number):
        return ID[f"document/{agents.name_key(doc_id)}"]
    return iris.document(number, issued[:4], "" if agents.is_national(province) else province)


@dataclass(frozen=True)
class KnownDocument:
    """What the index knows of a document.

    Attributes:
        node: its IRI.
        doc_id: its identifier in its table.
        number: as printed; empty for a document without one.
        province: of a provincial document; empty for a national one.
        issued: the issue date; None when not seen.
        issuers: the canonical names of the issuing bodies.
        title: as printed; empty when not seen.

    """

    node: NamedNode
    doc_id: str
    number: str
    province: str
    issued: PartialDate | None
    issuers: tuple[str, ...] = ()
    title: str = ""


class DocumentIndex:
    """Finds the node of a document from its printed number and the context in which it is printed."""

    def __init__(self, documents: Iterable[KnownDocument]) -> None:
        self._by_id: dict[str, KnownDocument] = {}
        self._by_number: dict[tuple[str, str], list[KnownDocument]] = defaultdict(list)
        self._by_scope: dict[str, list[KnownDocument]] = defaultdict(list)
        self._nodes: set[str] = set()
        for document in documents:
            self._by_id.setdefault(document.doc_id, document)
            self._by_number[number_key(document.number), _scope(document.province)].append(document)
            self._by_scope[_scope(document.province)].append(document)
            self._nodes.add(document.node.value)

    def __contains__(self, node: NamedNode) -> bool:
        """Say whether a document node is one of the index."""
        return node.value in self._nodes

    def by_id(self, doc_id: str) -> NamedNode | None:
        """Give the node of a table's ``doc_id``, or None when no row has it."""
        document = self._by_id.get(doc_id)
        return document.node if document else None

    def find(
        self,
        number: str,
        *,
        province: str = "",
        issuer: str = "",
        issued: PartialDate | None = None,
        by: PartialDate | None = None,
    ) -> NamedNode | None:
        """Give the one document that a printed number means, or None when none or several fit.

        Args:
            number: as printed, with the sign of its kind and issuer (``05-NQ/TU``); a bare number such as
                ``83`` needs ``issuer`` and ``issued``, else it fits none.
            province: whose document cites it; its own documents come before national ones.
            issuer: the issuing body, where the context names it.
            issued: the issue date, where the context gives it: only documents of that date fit.
            by: the date of the citing document: later documents do not fit.

        """
        key = number_key(number)
        if not key or not (_FULL_NUMBER.fullmatch(key) or (issuer and issued)):
            return None
        for scope in dict.fromkeys((_scope(province), "")):
            fitting = [
                document
                for document in self._by_number.get((key, scope), ())
                if _fits_issuer(document, issuer, province) and _fits_dates(document, issued, by)
            ]
            nodes = {document.node.value for document in fitting}
            if nodes:
                return fitting[0].node if len(nodes) == 1 else None
        return None

    def titled(self, beginning: str, *, province: str = "", issuer: str = "") -> NamedNode | None:
        """Give the one document without a number whose title begins with some words, or None.

        Args:
            beginning: the title, or its first words where the context cuts it.
            province: whose document it is.
            issuer: the issuing body, where the context names it.

        """
        fitting = [
            document.node
            for document in self._by_scope.get(_scope(province), ())
            if not document.number
            and beginning
            and fold(document.title).startswith(fold(beginning))
            and _fits_issuer(document, issuer, province)
        ]
        return fitting[0] if len(fitting) == 1 else None


def policy_documents(tables: TableSet) -> DocumentIndex:
    """Give the index of all documents of the two policy tables.

    A row whose date is wrong counts as undated here: the mapping of its table reports it.
    """
    return DocumentIndex(
        [known_document(row) for row in tables.table(NATIONAL_TABLE, NATIONAL_COLUMNS)]
        + [known_document(row) for row in tables.table(PROVINCIAL_TABLE, PROVINCIAL_COLUMNS)]
    )


def known_document(row: Row) -> KnownDocument:
    """Give what the index keeps of a row of a document table."""
    province = row.cells.get("province", "").strip()
    try:
        issued = PartialDate(row["issue_date"]) if row["issue_date"] else None
    except ValueError:
        issued = None
    return KnownDocument(
        node=document_node(
            row["doc_id"],
            row["number"],
            issued.text if issued else "",
            province,
            row.cells.get("key", "").strip(),
        ),
        doc_id=row["doc_id"],
        number=row["number"],
        province="" if agents.is_national(province) else province,
        issued=issued,
        issuers=tuple(agents.canonical_name(name, province) for name in split_bodies(row["issuer"])),
        title=row["title"],
    )


def _scope(province: str) -> str:
    """Give the key of a province, empty for the whole country."""
    return "" if agents.is_national(province) else agents.name_key(province)


def _fits_issuer(document: KnownDocument, issuer: str, province: str) -> bool:
    """Say whether a document can be of an issuer; an unknown issuer fits."""
    if not issuer or not document.issuers:
        return True
    name = agents.name_key(agents.canonical_name(issuer, province))
    return name in {agents.name_key(known) for known in document.issuers}


def _fits_dates(document: KnownDocument, issued: PartialDate | None, by: PartialDate | None) -> bool:
    """Say whether a document's issue date agrees with the context; an unknown date fits."""
    own = document.issued
    if own is None:
        return True
    if issued and (own.first_day() > issued.last_day() or own.last_day() < issued.first_day()):
        return False
    return by is None or own.first_day() <= by.last_day()
