"""Resolved units as JSON: a plan that reads the names of all that they refer to in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from api.entities.json_ld import JsonLdContext
from api.units.resolve import Fate, Resolution
from api.units.resolve_messages import message
from api.units.resolve_models import UnitQuestion
from graph.matching.gazetteer import Gazetteer, Unit, Version
from graph.matching.matcher import Candidate
from graph.matching.succession import Outcome
from graph.model import iris
from graph.model.namespaces import RDF, VNDX
from graph.query.lookups import Outgoing, Plan, References

Json: TypeAlias = dict[str, Any]

_CHANGED_BY: Final = VNDX["changedBy"]
_OF_CHANGE: Final = (RDF["type"], VNDX["effectiveDate"], VNDX["legalBasis"], VNDX["clause"])
_ABOLITION: Final = VNDX["Abolition"]
_LEVELS: Final = {1: "province", 2: "district", 3: "commune"}


def resolved(
    found: Sequence[tuple[UnitQuestion, Resolution]], gazetteer: Gazetteer, context: JsonLdContext
) -> Plan[list[Json]]:
    """Plan to write resolutions, in their order."""
    abolitions = yield from _abolitions(found)
    writer = _Writer(gazetteer, abolitions)
    answers = [writer.answer(question, resolution) for question, resolution in found]
    known: list[Triple] = yield References(tuple(map(NamedNode, writer.references)))
    _fill(writer.references, known, context)
    return answers


def _abolitions(found: Iterable[tuple[UnitQuestion, Resolution]]) -> Plan[dict[str, list[Json]]]:
    """Plan to find the changes that abolished units, by unit; their references are still IRIs."""
    units = tuple(
        NamedNode(resolution.result.match.unit.iri)
        for _, resolution in found
        if resolution.destination
        and resolution.destination.fate is Fate.ABOLISHED
        and resolution.result.match
    )
    if not units:
        return {}
    changes: list[Triple] = yield Outgoing(units, (_CHANGED_BY,))
    nodes = tuple(dict.fromkeys(triple.object for triple in changes if isinstance(triple.object, NamedNode)))
    facts: defaultdict[NamedNode, defaultdict[NamedNode, list[str]]] = defaultdict(lambda: defaultdict(list))
    told: list[Triple] = yield Outgoing(nodes, _OF_CHANGE)
    for triple in told:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            facts[triple.subject][triple.predicate].append(triple.object.value)
    abolished: defaultdict[str, list[Json]] = defaultdict(list)
    for triple in changes:
        if not isinstance(triple.object, NamedNode) or not isinstance(triple.subject, NamedNode):
            continue
        of_change = facts[triple.object]
        if _ABOLITION.value in of_change[RDF["type"]]:
            abolished[triple.subject.value].append(
                {
                    "change": triple.object.value,
                    "date": next(iter(of_change[VNDX["effectiveDate"]]), None),
                    "legalBasis": sorted(of_change[VNDX["legalBasis"]]),
                    "clause": sorted(of_change[VNDX["clause"]]),
                }
            )
    return abolished


def _fill(references: dict[str, Json], known: Iterable[Triple], context: JsonLdContext) -> None:
    """Put classes and labels into references."""
    for triple in known:
        reference = references[triple.subject.value] if isinstance(triple.subject, NamedNode) else {}
        if isinstance(triple.object, NamedNode):
            reference["type"].append(context.type_name(triple.object.value))  # all share this very list
        elif isinstance(triple.object, Literal):
            reference["label"][triple.object.language or "und"] = triple.object.value
    for reference in references.values():
        reference["type"].sort()


class _Writer:
    """Writes answers whose references are filled in later: all that refer to a thing share one."""

    def __init__(self, gazetteer: Gazetteer, abolitions: dict[str, list[Json]]) -> None:
        self._gazetteer = gazetteer
        self._abolitions = abolitions
        self.references: dict[str, Json] = {}

    def answer(self, question: UnitQuestion, found: Resolution) -> Json:
        match = found.result.match
        return {
            "query": question.model_dump(include=set(UnitQuestion.model_fields), exclude_defaults=True),
            "finding": found.finding.value,
            "match": self._candidate(match, found.day) if match else None,
            "on": self._destination(match, found) if match else None,
            "candidates": [self._candidate(each, found.query.day) for each in found.result.candidates],
        }

    def _reference(self, iri: str) -> Json:
        return self.references.setdefault(iri, {"id": iri, "type": [], "label": {}})

    def _bases(self, *documents: str) -> list[Json]:
        return [self._reference(iri) for iri in documents if iri]

    def _candidate(self, found: Candidate, day: date | None) -> Json:
        features = {
            name: round(getattr(found.features, name), 4) for name in ("name", "kind", "around", "time")
        }
        return {
            "score": round(found.score, 2),
            "matched": found.matched,
            "features": features,
            "unit": self._unit(found.unit, found.version, day),
        }

    def _unit(self, unit: Unit, version: Version, day: date | None) -> Json:
        reference = self._reference(unit.iri)
        return {
            "id": unit.iri,
            "type": reference["type"],
            "label": reference["label"],
            "era": unit.era,
            "code": unit.code,
            "level": _LEVELS[unit.level],
            "officialName": version.official_name,
            "name": version.name,
            "unitType": self._reference(iris.concept("unit-type", version.kind).value),
            "validFrom": version.start.isoformat() if version.start else None,
            "validTo": version.end.isoformat() if version.end else None,
            "legalBasis": self._bases(version.legal_basis),
            "partOf": [self._reference(outer.iri) for outer, _ in self._around(version, day)],
            "address": self._address(version, day),
        }

    def _address(self, version: Version, day: date | None) -> str:
        around = (outer.official_name for _, outer in self._around(version, day))
        return ", ".join((version.official_name, *around))

    def _around(self, version: Version, day: date | None) -> Iterator[tuple[Unit, Version]]:
        """Go through what a unit lay in; without a day, at the end of its version."""
        while outer := self._gazetteer.units.get(version.parent):
            then = outer.at(day) if day and version.holds(day) else None
            overlapping = [each for each in outer.versions if each.overlaps(version)]
            version = then or (overlapping or list(outer.versions))[-1]
            yield outer, version

    def _destination(self, match: Candidate, resolution: Resolution) -> Json | None:
        found = resolution.destination
        if found is None:
            return None
        unit = match.unit
        abolitions = [
            {
                **each,
                "change": self._reference(each["change"]),
                "legalBasis": self._bases(*each["legalBasis"]),
            }
            for each in self._abolitions.get(unit.iri, ())
        ]
        units = [self._outcome(each, found.day) for each in found.outcomes]
        return {
            "date": found.day.isoformat(),
            "status": found.fate.value,
            "message": message(
                self._address(match.version, resolution.day),
                found,
                [each["unit"]["address"] for each in units],
            ),
            "units": units,
            "communes": [
                {
                    "unit": self._reference(commune.iri),
                    "becomes": [
                        {"share": each.share.value, "unit": self._reference(each.unit.iri)} for each in ends
                    ],
                }
                for commune, ends in found.communes
            ],
            "abolition": abolitions,
        }

    def _outcome(self, found: Outcome, day: date) -> Json:
        steps = [
            {
                "date": step.day.isoformat(),
                "from": self._reference(step.source),
                "to": self._reference(step.target),
                "share": step.share.value,
                "change": self._reference(step.change),
                "legalBasis": self._bases(step.legal_basis),
                "clause": step.clause or None,
            }
            for step in sorted(found.steps, key=lambda step: step.day)
        ]
        version = found.unit.at(day) or found.unit.latest
        return {
            "share": found.share.value,
            "derived": found.derived,
            "unit": self._unit(found.unit, version, day),
            "steps": steps,
        }
