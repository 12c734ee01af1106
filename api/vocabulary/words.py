"""Rules in the words of a language: how many values there are, and what each of them has to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.vocabulary.names import is_own, short
from api.vocabulary.rules import Constraint, Rule, Step
from graph.model.namespaces import CONCEPT, SH, XSD


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence.

    Attributes:
        text: of it.
        iri: the term, concept or shape that it names, to be linked to; empty if it names none.
        is_code: whether it is to be read sign by sign.

    """

    text: str
    iri: str = ""
    is_code: bool = False


Names = Callable[[str], str]
"""Gives the name of a class in the language of the page."""

_DATATYPES: Final[Mapping[str, tuple[str, str]]] = {
    "string": ("chuỗi", "string"),
    "integer": ("số nguyên", "whole number"),
    "decimal": ("số thập phân", "decimal number"),
    "boolean": ("đúng hoặc sai", "true or false"),
    "date": ("ngày", "day"),
    "dateTime": ("ngày giờ", "day and time"),
    "gYear": ("năm", "year"),
    "gYearMonth": ("tháng", "month"),
    "anyURI": ("địa chỉ web", "web address"),
    "langString": ("chữ có ghi ngôn ngữ", "text with its language"),
}
_NODE_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "IRI": ("một IRI", "an IRI"),
    "Literal": ("một giá trị", "a literal"),
    "BlankNode": ("một nút trống", "a blank node"),
    "BlankNodeOrIRI": ("một nút", "a node"),
    "IRIOrLiteral": ("một IRI hoặc giá trị", "an IRI or a literal"),
}
_BOUNDS: Final[Mapping[str, tuple[str, str]]] = {
    "minInclusive": ("từ", "at least"),
    "minExclusive": ("lớn hơn", "more than"),
    "maxInclusive": ("đến", "at most"),
    "maxExclusive": ("nhỏ hơn", "less than"),
    "minLength": ("số ký tự ít nhất", "characters, at least"),
    "maxLength": ("số ký tự nhiều nhất", "characters, at most"),
}
_COMPARED: Final[Mapping[str, tuple[str, str]]] = {
    "equals": ("bằng giá trị của", "the same as"),
    "disjoint": ("khác giá trị của", "not the same as"),
    "lessThan": ("nhỏ hơn", "less than"),
    "lessThanOrEquals": ("không lớn hơn", "not more than"),
    "notBefore": ("không sớm hơn", "not before"),
    "notAfter": ("không muộn hơn", "not after"),
    "among": ("nằm trong các giá trị của", "among the values of"),
}
_LANGUAGES: Final[Mapping[str, tuple[str, str]]] = {
    "vi": ("tiếng Việt", "Vietnamese"),
    "en": ("tiếng Anh", "English"),
}

# The pattern of all texts of one line: no combining mark, no white space at either end.
_CLEAN: Final = "^[^\u0300-\u036f\\s]([^\u0300-\u036f\\n]*[^\u0300-\u036f\\s])?$"


def cardinality(least: int, most: int | None, language: str) -> str:
    """Say how many values there have to be; empty if there may be any number."""
    if most is None:
        if least == 0:
            return ""
        return (f"ít nhất {least}", f"at least {least}")[language != "vi"]
    if most == 0:
        return ("không có", "none")[language != "vi"]
    if least == most:
        return (f"đúng {least}", f"exactly {least}")[language != "vi"]
    if least == 0:
        return (f"nhiều nhất {most}", f"at most {most}")[language != "vi"]
    return (f"từ {least} đến {most}", f"{least} to {most}")[language != "vi"]


def path_words(path: Sequence[Step]) -> list[Piece]:
    """Give a path as SPARQL writes property paths (SPARQL 1.1, section 9), its properties as links."""
    pieces: list[Piece] = []
    for step in path:
        if pieces:
            pieces.append(Piece(" / "))
        if step.inverse:
            pieces.append(Piece("^"))
        for place, iri in enumerate(step.properties):
            if place:
                pieces.append(Piece(" | "))
            pieces.append(Piece(short(iri), iri, is_code=True))
    return pieces


class Wording:
    """Says rules in a language.

    Args:
        language: ``vi`` or ``en``.
        names: gives the name of a class or shape, empty if it has none.

    """

    def __init__(self, language: str, names: Names) -> None:
        self._language = language
        self._names = names

    def values(self, rule: Rule) -> list[Piece]:
        """Say what each value of a rule has to be; nothing if it may be anything."""
        return list(self._all(rule.constraints))

    def _all(self, constraints: Sequence[Constraint]) -> Iterator[Piece]:
        for place, constraint in enumerate(constraints):
            if place:
                yield Piece("; ")
            yield from self._one(constraint)

    def _one(self, constraint: Constraint) -> Iterator[Piece]:  # noqa: C901, PLR0912
        kind, values = constraint.kind, constraint.values
        match kind:
            case "datatype":
                yield self._datatype(values[0])
            case "class":
                yield Piece(self._named(values[0]), values[0])
            case "scheme":
                yield Piece(self._say("khái niệm của bảng ", "concept of the scheme "))
                yield Piece(values[0].removeprefix(CONCEPT.iri), values[0], is_code=True)
            case "nodeKind":
                yield Piece(self._say(*_NODE_KINDS[values[0].removeprefix(SH.iri)]))
            case "pattern":
                if values[0] == _CLEAN:
                    yield Piece(
                        self._say("chữ NFC, không thừa khoảng trắng", "text in NFC, no space at its ends")
                    )
                else:
                    yield Piece(self._say("theo mẫu ", "that fits "))
                    yield Piece(_readable(values[0]), is_code=True)
            case "languageIn":
                yield Piece(self._joined([self._language_name(tag) for tag in values]))
            case "uniqueLang":
                yield Piece(self._say("mỗi ngôn ngữ một lần", "once in each language"))
            case "in" | "hasValue":
                words = ("một trong ", "one of ") if kind == "in" else ("gồm ", "with ")
                yield Piece(self._say(*words))
                yield from _listed(values)
            case "shape":
                yield Piece(self._named(values[0]), values[0])
            case "or" | "xone" | "and" | "not":
                yield from self._logical(constraint)
            case _ if kind in _BOUNDS:
                yield Piece(f"{self._say(*_BOUNDS[kind])} {values[0]}")
            case _:
                yield Piece(f"{self._say(*_COMPARED[kind])} ")
                yield Piece(short(values[0]), values[0], is_code=True)

    def _logical(self, constraint: Constraint) -> Iterator[Piece]:
        if constraint.kind == "not":
            yield Piece(self._say("không phải ", "not "))
        if constraint.kind == "xone":
            yield Piece(self._say("hoặc chỉ ", "either "))
        words = self._say(" và ", " and ") if constraint.kind == "and" else self._say(" hoặc ", " or ")
        for place, part in enumerate(constraint.parts):
            if place:
                yield Piece(words)
            # The pattern of a datatype says no more than the datatype, where alternatives are told apart.
            plain = tuple(c for c in part if c.kind != "pattern") or part
            yield from self._all(plain)

    def _datatype(self, iri: str) -> Piece:
        words = _DATATYPES.get(iri.rpartition("#")[2])
        if words is None:
            return Piece(short(iri), iri if is_own(iri) else "", is_code=True)
        return Piece(f"{self._say(*words)} ({short(iri)})" if iri.startswith(XSD.iri) else self._say(*words))

    def _language_name(self, tag: str) -> str:
        words = _LANGUAGES.get(tag)
        return self._say(*words) if words else tag

    def _joined(self, words: Sequence[str]) -> str:
        *first, last = words
        return f"{', '.join(first)} {self._say('hoặc', 'or')} {last}" if first else last

    def _named(self, iri: str) -> str:
        return self._names(iri) or short(iri)

    def _say(self, vi: str, en: str) -> str:
        return vi if self._language == "vi" else en


def _listed(values: Sequence[str]) -> Iterator[Piece]:
    for place, value in enumerate(values):
        if place:
            yield Piece(", ")
        if value.startswith(CONCEPT.iri):
            yield Piece(value.removeprefix(CONCEPT.iri), value, is_code=True)
        else:
            is_iri = "://" in value
            yield Piece(short(value) if is_iri else value, value if is_iri else "", is_code=True)


def _readable(pattern: str) -> str:
    """Give a pattern with combining marks, which would join the sign before them, as escapes."""
    return "".join(f"\\u{ord(c):04x}" if 0x300 <= ord(c) <= 0x36F else c for c in pattern)
