"""The facts of a thing as a page shows them: in groups, in order, with dates and numbers written out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from api.entity_pages.evidence import Quotation
from api.entity_pages.facts import Facts, Text
from api.entity_pages.figure_words import moment_words
from api.entity_pages.naming import Namer, path_of, short_iri
from api.entity_pages.properties import (
    FOREIGN_LABELS,
    GROUPS,
    group_of,
    is_named,
    is_own,
    local_name,
    order_of,
)
from api.pages.formatting import language_name, number_text
from api.pages.languages import language_of_words
from graph.model.namespaces import DCTERMS, RDFS, VNDX, XSD
from graph.query.lookups import Node

_EVIDENCE: Final = VNDX["hasEvidence"]
_LANGUAGE: Final = DCTERMS["language"]
_ANY_URI: Final = XSD["anyURI"]
_DATES: Final = frozenset(XSD[name] for name in ("date", "dateTime", "gYear", "gYearMonth"))
_NUMBERS: Final = frozenset(XSD[name] for name in ("integer", "decimal", "double"))
# Numbers that are names: grouping their digits would spoil them.
_PLAIN_NUMBERS: Final = frozenset({VNDX["code"]})
_LONG: Final = 80
_MOST_VALUES: Final = 12
_MOST_LONG: Final = 4
_MANY_LETTERS: Final = 300


@dataclass(frozen=True)
class Value:
    """One value on a page.

    Attributes:
        text: what is read.
        path: the page of the node below the root of the service.
        href: the address of something elsewhere.
        detail: what is said of a part of the entity, e.g. of a version of a unit.

    """

    text: Text
    path: str = ""
    href: str = ""
    detail: Sequence[Fact] = ()


@dataclass(frozen=True)
class Fact:
    """A property with its values.

    Attributes:
        name: the last part of the IRI of the property.
        label: of the property.
        values: in order.
        term: the page of the property.
        evidence: the words of sources that attest just this property.

    """

    name: str
    label: str
    values: Sequence[Value]
    term: str = ""
    evidence: Sequence[Quotation] = ()

    @property
    def shown(self) -> Sequence[Value]:
        """The values that are seen at once."""
        letters = sum(len(value.text.text) for value in self.values)
        most = _MOST_VALUES if letters <= _MANY_LETTERS else _MOST_LONG
        return self.values if len(self.values) <= most + 2 else self.values[:most]

    @property
    def folded(self) -> Sequence[Value]:
        """The values that open on demand."""
        return self.values[len(self.shown) :]


@dataclass(frozen=True)
class Group:
    """Facts that belong together."""

    name: str
    title: tuple[str, str]
    facts: Sequence[Fact]


class FactWriter:
    """Writes what is said of a thing.

    Args:
        facts: with the labels of properties and of the things that are referred to.
        namer: gives names.
        words: the words of evidence, by its node.

    """

    def __init__(
        self, facts: Facts, namer: Namer, words: Mapping[NamedNode, Quotation] = MappingProxyType({})
    ) -> None:
        self._facts = facts
        self._namer = namer
        self._words = words
        self._language = namer.language

    def groups(self, node: NamedNode, left_out: Collection[NamedNode]) -> list[Group]:
        """Give the facts of a thing by group.

        Args:
            node: the thing.
            left_out: properties that are shown elsewhere on the page.

        """
        by_group: dict[str, list[Fact]] = {name: [] for name in GROUPS}
        for predicate in self._shown(node):
            if predicate not in left_out:
                is_link = bool(self._facts.nodes(node, predicate))
                by_group[group_of(predicate, is_link=is_link)].append(
                    self._fact(node, predicate, frozenset({node}))
                )
        return [Group(name, GROUPS[name][0], facts) for name, facts in by_group.items() if facts]

    def value(self, value: object, predicate: NamedNode, above: frozenset[Node] = frozenset()) -> Value:
        """Write one value of a property; parts of the things above come with what is said of them."""
        if isinstance(value, Literal):
            return self._literal(value, predicate)
        if not isinstance(value, NamedNode | BlankNode):
            return Value(Text(str(value)))
        is_part = isinstance(value, BlankNode) or any(_is_below(value, upper) for upper in above)
        detail = self._detail(value, above | {value}) if is_part and value not in above else []
        if isinstance(value, BlankNode):
            return Value(Text(""), detail=detail)
        path = path_of(value.value)
        href = "" if path else _web(value.value)
        name = Text(_short_address(href)) if href else self._namer.name(value)
        return Value(name, path, href, detail)

    def label(self, predicate: NamedNode) -> str:
        """Give what a property is called, with a capital."""
        named = self._facts.text(predicate, RDFS["label"]).text
        if predicate in FOREIGN_LABELS:
            named = FOREIGN_LABELS[predicate][self._language != "vi"]
        named = named or short_iri(predicate.value)
        return named[:1].upper() + named[1:] if ":" not in named else named

    def _shown(self, node: Node) -> list[NamedNode]:
        """Give the properties to show: not those that only say again what an own one says."""
        facts = self._facts
        own = {
            value
            for predicate in facts.predicates(node)
            if is_own(predicate)
            for value in facts.values(node, predicate)
        }
        found = [
            predicate
            for predicate in facts.predicates(node)
            if not is_named(predicate)
            and predicate != _EVIDENCE
            and facts.values(node, predicate) != [node]
            and (is_own(predicate) or not own.issuperset(facts.values(node, predicate)))
        ]
        return sorted(found, key=order_of)

    def _fact(self, node: Node, predicate: NamedNode, above: frozenset[Node]) -> Fact:
        values = self._facts.values(node, predicate)
        if any(isinstance(value, Literal) and value.language for value in values):
            tags = {value.language for value in values if isinstance(value, Literal)}
            tag = self._language if self._language in tags else "vi"
            values = [v for v in values if not isinstance(v, Literal) or v.language in (tag, None)] or values
        written = [self.value(value, predicate, above) for value in values]
        return Fact(
            local_name(predicate),
            self.label(predicate),
            sorted(written, key=lambda value: value.text.text),
            path_of(predicate.value),
            self._attesting(node, predicate),
        )

    def _attesting(self, node: Node, predicate: NamedNode) -> list[Quotation]:
        facts = self._facts
        found = (e for e in facts.nodes(node, _EVIDENCE) if predicate in facts.nodes(e, VNDX["attests"]))
        return [self._words[evidence] for evidence in found if evidence in self._words]

    def _detail(self, node: Node, above: frozenset[Node]) -> list[Fact]:
        return [
            self._fact(node, predicate, above)
            for predicate in self._shown(node)
            if not above.intersection(self._facts.nodes(node, predicate))
        ]

    def _literal(self, value: Literal, predicate: NamedNode) -> Value:
        text = value.value
        language = value.language or ""
        if language:
            return Value(Text(text, language if language != self._language else ""))
        if predicate == _LANGUAGE:
            return Value(Text(language_name(text, self._language)))
        if value.datatype == _ANY_URI:
            return Value(Text(_short_address(text)), href=_web(text))
        written = _LITERALS.get(value.datatype, _as_it_is)(text, predicate, self._language)
        own = language_of_words(text) if written == text else ""
        return Value(Text(written, own if own != self._language else ""))


def _date(text: str, _: NamedNode, language: str) -> str:
    return moment_words(text, language)


def _plain_or_grouped(text: str, predicate: NamedNode, language: str) -> str:
    return text if predicate in _PLAIN_NUMBERS else number_text(text, language)


def _boolean(text: str, _: NamedNode, language: str) -> str:
    words = {"vi": {"true": "có", "false": "không"}, "en": {"true": "yes", "false": "no"}}
    return words[language].get(text, text)


def _as_it_is(text: str, _: NamedNode, __: str) -> str:
    return text


_LITERALS: Final[dict[NamedNode, Callable[[str, NamedNode, str], str]]] = {
    **dict.fromkeys(_DATES, _date),
    **dict.fromkeys(_NUMBERS, _plain_or_grouped),
    XSD["boolean"]: _boolean,
}


def _is_below(value: NamedNode, upper: Node) -> bool:
    return isinstance(upper, NamedNode) and value.value.startswith((upper.value + "#", upper.value + "/"))


def _web(iri: str) -> str:
    return iri if iri.startswith(("https://", "http://")) else ""


def _short_address(address: str) -> str:
    bare = address.partition("://")[2].rstrip("/") or address
    return bare if len(bare) <= _LONG else f"{bare[:_LONG]}…"
