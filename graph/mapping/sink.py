"""Where mappings write: quads of one named graph, and the line from which each subject came."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode, Quad

from graph.model.dates import PartialDate
from graph.model.namespaces import RDF, SKOS, XSD


class GraphSink:
    """Collects the quads of one named graph.

    Attributes:
        graph: the named graph that every quad goes to.
        origins: for each subject, the file and line that first stated something of it.

    """

    def __init__(self, graph: NamedNode) -> None:
        self.graph = graph
        self.origins: dict[str, tuple[str, int]] = {}
        self._quads: set[Quad] = set()

    def __len__(self) -> int:
        """Count the quads."""
        return len(self._quads)

    def __iter__(self) -> Iterator[Quad]:
        """Go through the quads, in no order."""
        return iter(self._quads)

    def origin(self, subject: NamedNode, file: str, line: int) -> None:
        """Keep where a subject comes from, for messages; the first origin stays."""
        self.origins.setdefault(subject.value, (file, line))

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """State one triple."""
        self._quads.add(Quad(subject, predicate, value, self.graph))

    def type(self, subject: NamedNode, *classes: NamedNode) -> None:
        """State the classes of a node."""
        for cls in classes:
            self.add(subject, RDF["type"], cls)

    def text(self, subject: NamedNode, predicate: NamedNode, value: str, language: str = "") -> None:
        """State a text, with its language if it has one; an empty text states nothing."""
        if value:
            self.add(subject, predicate, Literal(value, language=language) if language else Literal(value))

    def label(self, subject: NamedNode, *, vi: str = "", en: str = "") -> None:
        """State the preferred label in Vietnamese, in English, or in both."""
        self.text(subject, SKOS["prefLabel"], vi, "vi")
        self.text(subject, SKOS["prefLabel"], en, "en")

    def date(self, subject: NamedNode, predicate: NamedNode, date: PartialDate | None) -> None:
        """State a date with its precision as datatype; None states nothing."""
        if date is not None:
            self.add(subject, predicate, date.to_literal())

    def integer(self, subject: NamedNode, predicate: NamedNode, value: int) -> None:
        """State an xsd:integer."""
        self.add(subject, predicate, Literal(str(value), datatype=XSD["integer"]))

    def decimal(self, subject: NamedNode, predicate: NamedNode, value: Decimal) -> None:
        """State an xsd:decimal as a store keeps it: without exponent, trailing zeros or minus zero."""
        text = format(value.normalize() + 0, "f")
        self.add(subject, predicate, Literal(text, datatype=XSD["decimal"]))

    def uri(self, subject: NamedNode, predicate: NamedNode, value: str) -> None:
        """State a web address as xsd:anyURI, in the spelling of its source; an empty one states nothing."""
        if value:
            self.add(subject, predicate, Literal(value, datatype=XSD["anyURI"]))


def parse_decimal(text: str) -> Decimal:
    """Read a number written with a decimal point.

    Raises:
        ValueError: if it is no finite number.

    """
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is no number: write digits with a decimal point, e.g. 12.5") from error
    if not number.is_finite():
        raise ValueError(f"{text!r} is no finite number")
    return number
