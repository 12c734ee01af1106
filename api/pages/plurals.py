"""Units of measure in the plural, in English."""

from __future__ import annotations

from typing import Final

# The English labels of units are in the singular; these have a plural of their own, or none.
_PLURALS: Final = {
    "person": "people",
    "dong": "dong",
    "country": "countries",
    "unit or body": "units or bodies",
    "branch of industry": "branches of industry",
    "work of journalism": "works of journalism",
    "criterion": "criteria",
    "installation or use": "installations or uses",
    "database or system": "databases or systems",
    "place in a ranking": "places",
    "case": "cases",
}


def plural(label: str) -> str:
    """Give the plural of the English label of a unit of measure."""
    if label in _PLURALS:
        return _PLURALS[label]
    if label.endswith("s") or "," in label or "per" in label.split() or label.startswith("percent "):
        return label
    head, preposition, rest = label.partition(" of ")
    many = f"{head[:-1]}ies" if head.endswith("y") and head[-2:-1] not in "aeiou" else f"{head}s"
    return f"{many}{preposition}{rest}"
