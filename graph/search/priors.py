"""How likely it is that people look for something, before anything is known of their query.

A prior is a whole number from 0 to 255. What kind of thing it is counts most: provinces above communes,
things above what is said of them. What still exists counts more than what has ended, and what many
others refer to more than what none does.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

LARGEST: Final = 255

_DEFAULT: Final = 60
_BY_CLASS: Final = {
    "Country": 205,
    "Province": 190,
    "District": 105,
    "Commune": 95,
    "Region": 120,
    "Place": 100,
    "Document": 95,
    "Programme": 130,
    "Platform": 120,
    "Product": 100,
    "Cooperative": 100,
    "Organisation": 100,
    "Person": 95,
    "Event": 75,
    "Indicator": 90,
    "Work": 70,
    "Concept": 70,
    "ConceptScheme": 50,
    "Target": 50,
    "Claim": 45,
    "Period": 40,
    "SourceText": 45,
    "Source": 35,
    "SourcePage": 25,
    "Conflict": 20,
    "UnitChange": 15,
    "NamedGraph": 15,
    "SourceGraph": 15,
    "TableGraph": 15,
    "SystemGraph": 15,
}
_ENDED: Final = 40
_PER_DOUBLING: Final = 6
_MOST_BY_LINKS: Final = 45


def prior(classes: Iterable[str], ended: bool, links: int) -> int:
    """Give the prior of a thing.

    Args:
        classes: local names of its class and of those above that one, the nearest first.
        ended: whether it has ended, e.g. was dissolved.
        links: how many other things refer to it.

    """
    weight = next((_BY_CLASS[name] for name in classes if name in _BY_CLASS), _DEFAULT)
    by_links = min(_MOST_BY_LINKS, round(_PER_DOUBLING * math.log2(1 + links)))
    return max(0, min(LARGEST, weight + by_links - (_ENDED if ended else 0)))
