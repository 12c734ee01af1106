"""What is to be validated: which shapes on which nodes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Assignment = Mapping[str, Sequence[str]]
"""For each shape, the nodes that it is to be run on; both as N-Triples terms."""
