"""The gazetteer as a file of a snapshot: compact JSON, read in a moment where a graph would take seconds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from graph.matching.gazetteer import Gazetteer, Share, Succession, Unit, Version
from graph.model.namespaces import ID

GAZETTEER_FORMAT: Final = 1
"""Goes up with each change of what is in the file or how it is made."""


def gazetteer_bytes(gazetteer: Gazetteer) -> bytes:
    """Give the content of the file: UTF-8, the same for the same gazetteer."""
    content = {
        "format": GAZETTEER_FORMAT,
        "units": [_unit_row(unit) for unit in gazetteer.units.values()],
        "successions": [_succession_row(succession) for succession in gazetteer.successions],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read_gazetteer(path: Path) -> Gazetteer:
    """Read the file.

    Raises:
        OSError: if it cannot be read.
        ValueError: if it is no gazetteer of this format.

    """
    content = json.loads(path.read_bytes())
    if not isinstance(content, dict) or content.get("format") != GAZETTEER_FORMAT:
        raise ValueError(f"{path.name} is no gazetteer of format {GAZETTEER_FORMAT}")
    units = (_unit(row) for row in content["units"])
    return Gazetteer({unit.iri: unit for unit in units}, tuple(map(_succession, content["successions"])))


def _unit_row(unit: Unit) -> list[Any]:
    versions = [
        [
            v.name,
            v.official_name,
            v.kind,
            _local(v.parent),
            _text(v.start),
            _text(v.end),
            _local(v.legal_basis),
        ]
        for v in unit.versions
    ]
    names = (unit.label_vi, unit.label_en, unit.aliases, unit.identifiers)
    return [_local(unit.iri), unit.era, unit.code, unit.level, versions, *names]


def _unit(row: Iterable[Any]) -> Unit:
    local, era, code, level, versions, label_vi, label_en, aliases, identifiers = row
    read = tuple(
        Version(name, official, kind, _iri(parent), _day(start), _day(end), _iri(basis))
        for name, official, kind, parent, start, end, basis in versions
    )
    return Unit(_iri(local), era, code, level, read, label_vi, label_en, tuple(aliases), tuple(identifiers))


def _succession_row(succession: Succession) -> list[Any]:
    nodes = (succession.source, succession.target)
    details = (succession.share.value, _text(succession.day), _local(succession.change), succession.continues)
    return [*map(_local, nodes), *details, _local(succession.legal_basis), succession.clause]


def _succession(row: Iterable[Any]) -> Succession:
    source, target, share, day, change, continues, basis, clause = row
    return Succession(
        _iri(source),
        _iri(target),
        Share(share),
        date.fromisoformat(day),
        _iri(change),
        continues,
        _iri(basis),
        clause,
    )


def _local(iri: str) -> str:
    return iri.removeprefix(ID.iri)


def _iri(local: str) -> str:
    return ID.iri + local if local else ""


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
