"""What a validation run read beyond its own focus nodes, so that its results can be kept and trusted.

A run may be reused when everything that it read still reads the same. That holds whatever the shapes
look at: nothing needs to be known of property paths or of the queries in SPARQL constraints.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict

from graph.validation.statements import Statements


class Reads(BaseModel):
    """Reads, as N-Triples terms, each list sorted.

    Attributes:
        values: by predicate, the subjects whose values were read.
        blocks: the subjects of which everything was read.
        inverse: by predicate, the objects whose subjects were read.
        scans: the predicates of which all triples were read; "" stands for all triples.

    """

    model_config = ConfigDict(frozen=True)

    values: dict[str, list[str]]
    blocks: list[str]
    inverse: dict[str, list[str]]
    scans: list[str]

    def digest(self, statements: Statements) -> str:
        """Give a hash of what these reads give."""
        digest = hashlib.sha256()
        for predicate, subjects in self.values.items():
            for subject in subjects:
                digest.update(statements.lines(subject, predicate) or b"-")
        for subject in self.blocks:
            digest.update(statements.block(subject) or b"-")
        for predicate, objects in self.inverse.items():
            for value in objects:
                digest.update(f"{' '.join(statements.subjects(predicate, value))}\n".encode())
        for predicate in self.scans:
            if not predicate:
                digest.update(statements.text)
            for pair in statements.pairs(predicate) if predicate else ():
                digest.update(" ".join(pair).encode())
        return digest.hexdigest()


@dataclass
class Trace:
    """Collects the reads of one run."""

    values: dict[str, set[str]] = field(default_factory=dict)
    blocks: set[str] = field(default_factory=set)
    inverse: dict[str, set[str]] = field(default_factory=dict)
    scans: set[str] = field(default_factory=set)

    def reads(self) -> Reads:
        """Give what was collected, sorted."""
        return Reads(
            values={key: sorted(self.values[key]) for key in sorted(self.values)},
            blocks=sorted(self.blocks),
            inverse={key: sorted(self.inverse[key]) for key in sorted(self.inverse)},
            scans=sorted(self.scans),
        )
