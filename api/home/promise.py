"""The story of the home page: a target that a province set itself, and the ranks that it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.collections.solutions import solutions
from api.map.data import MapData
from api.map.figures import Cell, Edition, Figure, Measure
from graph.model.namespaces import ID
from graph.query.engine import SnapshotView

TARGET: Final = ID["target/000/nhom-15-nam-2025"].value
"""The target that is told of; its words, its document and all figures come from the graph."""

_QUERY: Final = f"""\
PREFIX vndx: <https://w3id.org/vndx/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX oa: <http://www.w3.org/ns/oa#>

SELECT DISTINCT ?unit ?name ?indicator ?rank ?deadline ?document ?number ?quote ?source ?vi ?en WHERE {{
  BIND(<{TARGET}> AS ?target)
  ?target vndx:about ?unit ; vndx:indicator ?indicator ; vndx:rank ?rank ; vndx:deadline ?deadline ;
    vndx:setBy ?document ; vndx:hasEvidence ?evidence .
  ?unit vndx:name ?name .
  ?document vndx:number ?number .
  ?evidence oa:hasSource ?source ; oa:hasSelector ?words, ?position .
  ?words oa:exact ?quote .
  ?position oa:start ?start .
  OPTIONAL {{ ?source skos:prefLabel ?vi FILTER(LANG(?vi) = "vi") }}
  OPTIONAL {{ ?source skos:prefLabel ?en FILTER(LANG(?en) = "en") }}
}}
ORDER BY ?start
"""


@dataclass(frozen=True)
class Step:
    """What is known of the rank in an edition; of the province itself, or of the one that it became."""

    edition: Edition
    unit: str
    cell: Cell | None


@dataclass(frozen=True)
class Promise:
    """A target and what came of it.

    Attributes:
        target: its IRI.
        unit: the IRI of the province that set it.
        name: of the province.
        rank: the last rank that would fulfil it.
        deadline: the year by which.
        document: the IRI of what sets it.
        number: of that document.
        quotes: the words that state it, in the order of the text.
        source: the IRI of the text.
        source_labels: its title by language.
        steps: the editions, in the order of time.

    """

    target: str
    unit: str
    name: str
    rank: int
    deadline: str
    document: str
    number: str
    quotes: Sequence[str]
    source: str
    source_labels: Mapping[str, str]
    steps: Sequence[Step]

    @property
    def outcome(self) -> Figure | None:
        """Give the newest exact rank of the province itself that is plainly stated."""
        own = [step.cell for step in self.steps if step.unit == self.unit and step.cell is not None]
        plain = [cell.figure for cell in own if cell.figure.is_exact and not cell.is_uncertain]
        return plain[-1] if plain else None


async def read_promise(view: SnapshotView, data: MapData) -> Promise | None:
    """Read the story; None if the snapshot has no such target, or no ranks to set against it.

    Raises:
        ProblemError: if the query has no answer.
        EngineUnavailableError: if the engine cannot be reached.

    """
    found = await solutions(view, _QUERY)
    layer = next(
        (
            layer
            for layer in data.layers.values()
            if found and layer.indicator == found[0]["indicator"] and layer.measure is Measure.RANK
        ),
        None,
    )
    if layer is None:
        return None
    first = found[0]
    return Promise(
        target=TARGET,
        unit=first["unit"],
        name=first["name"],
        rank=int(first["rank"]),
        deadline=first["deadline"],
        document=first["document"],
        number=first["number"],
        quotes=list(dict.fromkeys(solution["quote"] for solution in found)),
        source=first["source"],
        source_labels={language: first[language] for language in ("vi", "en") if language in first},
        steps=steps_of(layer.editions, first["unit"], data),
    )


def steps_of(editions: Sequence[Edition], unit: str, data: MapData) -> list[Step]:
    """Follow a province through the editions, to the province that it became a part of."""
    successor = next(
        (new for new, old in data.former.items() if unit in {point.iri for point in old}),
        "",
    )
    steps = []
    for edition in editions:
        names = {mark.point.iri for mark in data.drawings[edition.basis].marks}
        current = next((iri for iri in (unit, successor) if iri in names), "")
        if current:
            steps.append(Step(edition, current, edition.cells.get(current)))
    return _without_doubles(steps, unit)


def _without_doubles(steps: Sequence[Step], unit: str) -> list[Step]:
    """Leave out editions of a year without a figure where another of the same year has one."""
    known = {step.edition.year for step in steps if step.cell is not None}
    return [
        step
        for step in steps
        if step.cell is not None or (step.edition.year not in known and step.unit == unit)
    ]
