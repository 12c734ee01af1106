"""What is shown of the versions, changes and transfers of units."""

from __future__ import annotations

from typing import Final

from api.collections.columns import Column, label, reference, string, text
from api.collections.declarations.shared import EDITORIAL_NOTES, NAMES, NOTES

VERSION_COLUMNS: Final[tuple[Column, ...]] = (
    label("officialName", "the official name, with the type"),
    label("name", "the name without the type"),
    reference("unitType", "the type"),
    reference("partOf", "the unit that it was directly in"),
    string("validFrom", "the first day; none if it was so when the register began"),
    string("validTo", "the first day on which it was no longer so; none if it still is"),
    reference("legalBasis", "the act", many=True),
    string("clause", "the clause of the act", many=True),
    EDITORIAL_NOTES,
)
CHANGE_COLUMNS: Final[tuple[Column, ...]] = (
    NAMES,
    string("effectiveDate", "the day on which it took effect"),
    reference("legalBasis", "the act", many=True),
    string("clause", "the clause of the act", many=True),
    NOTES,
)
TRANSFER_COLUMNS: Final[tuple[Column, ...]] = (
    reference("fromUnit", "the unit that it came from"),
    reference("toUnit", "the unit that it went to"),
    reference("share", "the whole or a part"),
    reference("transferKind", "how it was done"),
    text("note", "notes", NOTES.paths[0]),
)
