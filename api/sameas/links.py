"""What identifiers are of, and what else that is known by: a plan over the links of the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from api.collections.schemas import Reference
from api.entities.json_ld import JsonLdContext
from api.sameas.identifiers import Identifier, System, gso, identifier_of
from api.sameas.models import IdentifierModel, SameAsAnswer, SameThing, Status, Strength
from graph.model.namespaces import CONCEPT, RDF, RDFS, SKOS, VNDX
from graph.query.lookups import Incoming, Outgoing, Plan, References

_STRENGTHS: Final = {SKOS["exactMatch"]: Strength.EXACT, SKOS["closeMatch"]: Strength.CLOSE}
_CODES: Final = {
    VNDX["iso31662Code"]: System.ISO_3166_2,
    VNDX["hascCode"]: System.HASC,
    VNDX["fipsCode"]: System.FIPS,
}
_LABEL: Final = RDFS["label"]
_OF_UNITS: Final = (VNDX["code"], VNDX["era"], VNDX["validFrom"], VNDX["validTo"])
_FACTS: Final = (RDF["type"], _LABEL, *_STRENGTHS, *_CODES, *_OF_UNITS)
_ORDER: Final = tuple(Strength)
_FORMS: Final = (
    "Q26575, geonames:1905497, r1902967, wof:85680605, VN-69, VN.TY, VM85, gso:2004:19, unit/2025/19"
)
_MESSAGES: Final = {
    Status.KNOWN: ("Đồ thị này biết định danh {id}.", "{id} is known here."),
    Status.UNKNOWN: (
        "Ở đây không có gì liên kết với {id}; điều đó không có nghĩa là định danh này sai.",
        "Nothing here is linked to {id}; that does not mean that it is wrong.",
    ),
    Status.UNREADABLE: (
        f"Không rõ {{id}} thuộc hệ thống nào: hãy ghi như {_FORMS}.",
        f"It is not clear of which system {{id}} is: write it as one of {_FORMS}.",
    ),
}

UnitsByCode: TypeAlias = Callable[[str], Iterable[str]]
_Things: TypeAlias = dict[str, Strength]


def same_as(
    asked: Sequence[tuple[str, Identifier | None]], units_by_code: UnitsByCode, context: JsonLdContext
) -> Plan[list[SameAsAnswer]]:
    """Plan to find what identifiers are of.

    Args:
        asked: each identifier as it was given, and as it was read, None if it could not be.
        units_by_code: gives the IRIs of the units with a code of ISO 3166-2, HASC or FIPS.
        context: how classes are named.

    """
    things: list[_Things] = []
    for _, identifier in asked:
        things.append((yield from _things(identifier, units_by_code)) if identifier else {})
    nodes = tuple(NamedNode(iri) for iri in dict.fromkeys(iri for found in things for iri in found))
    facts = _Facts((yield Outgoing(nodes, _FACTS)), (yield References(nodes)), context)
    return [
        _answer(text, identifier, [facts.thing(iri, found[iri]) for iri in found if facts.is_known(iri)])
        for (text, identifier), found in zip(asked, things, strict=True)
    ]


def _things(identifier: Identifier, units_by_code: UnitsByCode) -> Plan[_Things]:
    """Plan to find the IRIs of our things that an identifier is of, the strongest link first."""
    if identifier.system in _CODES.values():
        return dict.fromkeys(units_by_code(identifier.id), Strength.EXACT)
    if identifier.system is System.GSO:
        return dict.fromkeys(identifier.iris, Strength.EXACT if identifier.iri else Strength.SAME_CODE)
    found: _Things = {}
    if identifier.system is System.VNDX:
        found = dict.fromkeys(identifier.iris, Strength.EXACT)
    for iri in identifier.iris:
        incoming: list[Triple] = yield Incoming(NamedNode(iri))
        links = [
            (_STRENGTHS[triple.predicate], triple.subject.value)
            for triple in incoming
            if triple.predicate in _STRENGTHS and isinstance(triple.subject, NamedNode)
        ]
        for strength, subject in sorted(links, key=lambda link: (_ORDER.index(link[0]), link[1])):
            found.setdefault(subject, strength)
    return found


class _Facts:
    """What is known of things."""

    def __init__(self, facts: Sequence[Triple], references: Iterable[Triple], context: JsonLdContext) -> None:
        self._facts: defaultdict[str, defaultdict[NamedNode, list[str]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for triple in facts:
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
                self._facts[triple.subject.value][triple.predicate].append(triple.object.value)
        self._references: dict[str, Reference] = {}
        labels = [triple for triple in facts if triple.predicate == _LABEL]  # terms have no other
        for triple in (*labels, *references):
            if isinstance(triple.subject, NamedNode):
                self._refer(triple.subject.value, triple.object, context)

    def _refer(self, iri: str, value: object, context: JsonLdContext) -> None:
        reference = self._references.setdefault(iri, Reference(id=iri, type=[], label={}))
        if isinstance(value, NamedNode):
            reference.type = sorted({*reference.type, context.type_name(value.value)})
        elif isinstance(value, Literal):
            reference.label = {**reference.label, value.language or "und": value.value}

    def is_known(self, iri: str) -> bool:
        return iri in self._references or iri in self._facts

    def thing(self, iri: str, strength: Strength) -> SameThing:
        facts = self._facts[iri]
        return SameThing(
            entity=self._references.get(iri) or Reference(id=iri),
            validFrom=min(facts[VNDX["validFrom"]], default=None),
            validTo=max(facts[VNDX["validTo"]], default=None),
            strength=strength,
            identifiers=[*_codes(iri, facts), *_links(facts)],
        )


def _codes(iri: str, facts: Mapping[NamedNode, list[str]]) -> list[IdentifierModel]:
    """Give our own identifier and the codes of a thing."""
    found = [identifier_of(iri)]
    eras = [era.removeprefix(f"{CONCEPT.iri}era/") for era in facts[VNDX["era"]]]
    found += [gso(era, code) for era in eras for code in sorted(facts[VNDX["code"]])]
    found += [Identifier(system, code) for term, system in _CODES.items() for code in sorted(facts[term])]
    return [_model(each, Strength.EXACT) for each in found]


def _links(facts: Mapping[NamedNode, list[str]]) -> list[IdentifierModel]:
    return [
        _model(identifier_of(iri), strength)
        for term, strength in _STRENGTHS.items()
        for iri in sorted(facts[term])
    ]


def _model(identifier: Identifier, strength: Strength) -> IdentifierModel:
    iri = None if identifier.system is System.GSO else identifier.iri
    return IdentifierModel(system=identifier.system, id=identifier.id, iri=iri, strength=strength)


def _answer(text: str, identifier: Identifier | None, things: list[SameThing]) -> SameAsAnswer:
    known = Status.KNOWN if things else Status.UNKNOWN
    status = known if identifier else Status.UNREADABLE
    vietnamese, english = _MESSAGES[status]
    return SameAsAnswer(
        id=text,
        system=identifier.system if identifier else None,
        iri=identifier.iri if identifier else None,
        status=status,
        message={"vi": vietnamese.format(id=text), "en": english.format(id=text)},
        things=things,
    )
