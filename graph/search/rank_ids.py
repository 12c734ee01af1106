"""Row numbers of the index: their order is the order of priors, and they can be drawn from an IRI."""

from __future__ import annotations

import hashlib
from typing import Final

from graph.search.priors import LARGEST

_HASH_BITS: Final = 54


def row_number(prior: int, iri: str) -> int:
    """Give the number of a row: the prior turned round in 8 bits, then 54 bits of a hash of the IRI."""
    hashed = int.from_bytes(hashlib.sha256(iri.encode()).digest()[:8], "big") >> (64 - _HASH_BITS)
    return ((LARGEST - prior) << _HASH_BITS) | hashed


def prior_of(number: int) -> int:
    """Give the prior that a row number begins with."""
    return LARGEST - (number >> _HASH_BITS)
