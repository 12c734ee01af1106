"""What the pages of the vocabulary show of a term, concept or rule: names, links and queries, by language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote_plus

from markupsafe import Markup, escape

from api.collections.registry import COLLECTIONS
from api.vocabulary.kept import Terms
from api.vocabulary.names import is_own, short
from api.vocabulary.ontology import CLASS, DATATYPE, Term
from api.vocabulary.rules import SHAPES, Rule, Rules
from api.vocabulary.statements import Text
from api.vocabulary.words import Piece, Wording, cardinality, path_words
from graph.model.namespaces import CONCEPT

_COLLECTIONS: Final = {collection.cls.value: collection.name for collection in COLLECTIONS}
_ROWS: Final = 200


def uses_query(term: Term) -> str:
    """Give the query that lists what uses a term: the things of a class, the statements with a property."""
    if term.kind == CLASS:
        return f"SELECT * {{ ?thing a <{term.iri}> }} LIMIT {_ROWS}"
    if term.kind == DATATYPE:
        return f"SELECT * {{ ?term ?uses <{term.iri}> }} LIMIT {_ROWS}"
    return f"SELECT * {{ ?thing <{term.iri}> ?value }} LIMIT {_ROWS}"


def properties_query(cls: str) -> str:
    """Give the query that counts the properties that things of a class have."""
    pattern = f"?thing a <{cls}> ; ?property ?value"
    return f"SELECT ?property (COUNT(*) AS ?uses) {{ {pattern} }} GROUP BY ?property ORDER BY DESC(?uses)"


def concept_query(iri: str) -> str:
    """Give the query that lists the statements that refer to a concept."""
    return f"SELECT * {{ ?thing ?property <{iri}> }} LIMIT {_ROWS}"


def query_address(query: str) -> str:
    """Give the path that opens a query."""
    return f"/sparql?query={quote_plus(query, safe=':/?*')}"


def collection_of(cls: str) -> str:
    """Give the name of the collection of the things of a class, empty if there is none."""
    return _COLLECTIONS.get(cls, "")


def is_shared(rule: Rule) -> bool:
    """Say whether a rule is told once for all: it is for several classes, or for anything with a property."""
    return len(rule.classes) > 1 or bool(rule.subjects_of)


@dataclass(frozen=True)
class RuleRow:
    """A rule as a row of a table: path and value in HTML."""

    rule: Rule
    path: Markup
    cardinality: str
    value: Markup


class Reading:
    """Reads a vocabulary for a page in a language; what it has made of a term it makes no second time.

    Args:
        terms: the terms and rules.
        language: of the page.
        page: the path of the page, below the root.
        url: gives a path of ours as a link of the page.

    """

    def __init__(self, terms: Terms, language: str, page: str, url: Callable[[str], str]) -> None:
        self._terms = terms
        self._language = language
        self._page = page
        self._url = url
        self._shapes: Mapping[str, Rule] = {rule.iri: rule for rule in terms.rules.all}
        self._wording = Wording(language, self.label)
        self._links: dict[str, Markup] = {}

    def label(self, iri: str) -> str:
        """Give the name of a term or shape in the language, else in Vietnamese; empty if it has none."""
        ontology = self._terms.ontology
        found = ontology.terms.get(iri) or ontology.reused.get(iri) or self._shapes.get(iri)
        if found is None:
            return ""
        return found.label.get(self._language) or found.label.get("vi", "")

    def address(self, iri: str) -> str:
        """Give where a term, concept or shape is shown: a path of ours if it is ours, else its IRI."""
        if is_own(iri):
            return self._at("/ontology", short(iri))
        if iri.startswith(SHAPES):
            return self._at("/shapes", iri.removeprefix(SHAPES))
        if iri.startswith(CONCEPT.iri):
            name = iri.removeprefix(CONCEPT.iri)
            return self._url(f"/page/concept/{name}") if "/" in name else self._at("/concepts", name)
        return iri

    def link(self, iri: str) -> Markup:
        """Give a term as a link with its short name."""
        if iri not in self._links:
            self._links[iri] = _link(self.address(iri), short(iri))
        return self._links[iri]

    def links(self, iris: Iterable[str]) -> Markup:
        """Give terms as links with commas between them."""
        return Markup(", ").join(self.link(iri) for iri in iris)

    def words(self, pieces: Iterable[Piece]) -> Markup:
        """Give pieces of a sentence as HTML."""
        return Markup("").join(self._word(piece) for piece in pieces)

    def row(self, rule: Rule) -> RuleRow:
        """Give a rule in words."""
        words = cardinality(rule.least, rule.most, self._language)
        return RuleRow(rule, self.words(path_words(rule.path)), words, self.words(self._wording.values(rule)))

    def _at(self, page: str, fragment: str) -> str:
        return f"#{fragment}" if page == self._page else self._url(f"{page}#{fragment}")

    def _word(self, piece: Piece) -> Markup:
        if piece.iri:
            return _link(self.address(piece.iri), piece.text)
        return Markup("<code>{}</code>").format(piece.text) if piece.is_code else escape(piece.text)


def local(text: Text, language: str) -> str:
    """Give a text in a language; if it has none, in its first one, marked as such."""
    if language in text or not text:
        return text.get(language, "")
    tag, found = next(iter(text.items()))
    return Markup('<span lang="{}">{}</span>').format(tag, found)


def _link(address: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)


@dataclass(frozen=True)
class ClassRules:
    """The rules for the things of a class: its own, and the shared ones that hold for it too."""

    iri: str
    own: Sequence[RuleRow]
    shared: Sequence[Rule]

    @property
    def name(self) -> str:
        """The name of the class."""
        return short(self.iri)


def rules_by_class(rules: Rules, reading: Reading) -> list[ClassRules]:
    """Give the rules of each class."""
    return [
        ClassRules(
            cls,
            [reading.row(rule) for rule in found if not is_shared(rule)],
            [rule for rule in found if is_shared(rule)],
        )
        for cls, found in sorted(rules.of_class.items(), key=lambda item: short(item[0]).casefold())
    ]
