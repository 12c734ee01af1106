"""The results as one JSON document."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bench.report.peers import rows_of
from bench.report.targets import OURS, throughput_ratio, time_ratio
from bench.scenarios.cells import MANY, Mode
from bench.scenarios.peers import PeersResult

FORMAT = 2
"""Raised when the document changes in a way that readers must know."""


def peers_document(result: PeersResult, names: Sequence[str]) -> dict[str, Any]:
    """Give all figures of scenario "peers": each cell with its summaries and ratios, and checks."""
    cells = []
    for mode in Mode:
        for clients in (1, MANY):
            for row in rows_of(result, mode, clients):
                others = [name for name in names if name != OURS]
                cells.append(
                    {
                        "query": row.family,
                        "group": row.group,
                        "mode": mode,
                        "clients": clients,
                        "servers": {name: plain(summary) for name, summary in row.summaries.items()},
                        "time_ratio": {name: time_ratio(row, name) for name in others},
                        "throughput_ratio": {name: throughput_ratio(row, name) for name in others},
                    }
                )
    checks = [
        {"query": family, "server": server, **plain(check)}
        for (family, server), check in result.checks.items()
    ]
    return {
        "slot_seconds": result.slot_seconds,
        "generator_ceiling": result.ceiling,
        "known_deviations": result.allowances,
        "answers": checks,
        "cells": cells,
        "queries": {family.name: family.texts[0] for family in result.families},
    }


def plain(value: Any) -> dict[str, Any]:
    """Give a dataclass as what JSON can hold."""
    fields: dict[str, Any] = dataclasses.asdict(value)
    return fields


def to_json(document: Mapping[str, object]) -> str:
    """Write a document, its format first."""
    return json.dumps({"format": FORMAT, **document}, ensure_ascii=False, indent=1) + "\n"
