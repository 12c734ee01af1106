"""What is asked of an engine, as plain data that can be sent to another process."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from graph.query.dataset import Dataset
from graph.query.formats import GRAPH_FORMATS, SOLUTION_FORMATS, AnswerKind, Format


@dataclass(frozen=True)
class QueryRequest:
    """A SPARQL 1.1 query and how its answer is wanted.

    Attributes:
        query: the text.
        default_graphs: IRIs that make the default graph, as the Protocol's ``default-graph-uri``.
        named_graphs: IRIs of the named graphs, as ``named-graph-uri``. With neither, the default graph
            is the merge of all named graphs and FROM in the text counts; with either, both lists count,
            an empty one too, and FROM does not (SPARQL 1.1 Protocol, section 2.1.4).
        solutions: the format for SELECT and ASK, None if the client accepts none.
        graph: the format for CONSTRUCT and DESCRIBE, None if the client accepts none.
        seconds: how long the query may take, None for as long as the engine allows.
        client: who asks, for a fair share of the workers; empty for the service itself. It is no part
            of what is asked: requests of two clients may be equal.

    """

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    solutions: Format | None = SOLUTION_FORMATS[0]
    graph: Format | None = GRAPH_FORMATS[0]
    seconds: float | None = None
    client: str = field(default="", compare=False)

    @property
    def dataset(self) -> Dataset | None:
        """The dataset that the request chooses, None if it chooses none."""
        if not (self.default_graphs or self.named_graphs):
            return None
        return Dataset(self.default_graphs, self.named_graphs)

    def format_for(self, kind: AnswerKind) -> Format | None:
        """Give the format for a kind of answer."""
        return self.solutions if kind is AnswerKind.SOLUTIONS else self.graph

    def to_bytes(self) -> bytes:
        """Give what is asked as JSON; who asks is nothing that a worker needs to know."""
        fields = {
            "query": self.query,
            "default_graphs": self.default_graphs,
            "named_graphs": self.named_graphs,
            "solutions": self.solutions.name if self.solutions else None,
            "graph": self.graph.name if self.graph else None,
            "seconds": self.seconds,
        }
        return json.dumps(fields).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> QueryRequest:
        """Read what `to_bytes` gave."""
        fields = json.loads(data)
        formats = {
            "solutions": next((f for f in SOLUTION_FORMATS if f.name == fields["solutions"]), None),
            "graph": next((f for f in GRAPH_FORMATS if f.name == fields["graph"]), None),
        }
        graphs = {name: tuple(fields[name]) for name in ("default_graphs", "named_graphs")}
        return cls(**(fields | formats | graphs))
