"""Scenario "peers": the same queries on all servers, cold and repeated, with one client and with many."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bench.load.ceiling import requests_a_second
from bench.load.driver import LoadGenerator
from bench.peers.base import Peer
from bench.queries.competency import mixed
from bench.queries.model import Family, Group
from bench.scenarios.cells import MANY, Cell, Mode, Runs, measure
from bench.scenarios.checking import Checks, Patience, check_answers
from bench.scenarios.session import Say, Session
from bench.timings import Summary

_SLOW_SERVER: Final = 3.0
"""Families that take a slow server longer than so many seconds are measured by their check alone."""
_BRIEF: Final = 0.1
"""Families that take longer are asked by many clients in the first round only."""
_WARMING: Final = 1.0
"""Seconds for which the texts of repeated requests may be asked beforehand."""


@dataclass(frozen=True)
class Pace:
    """How much time the measuring takes.

    Attributes:
        seconds: for checks and rounds; no round is begun that would probably end later, but for the first.
        rounds: how often each cell has its turn at most, so that drift of the machine hits all alike.
        slot: for how many seconds requests of a cell are started on a server in a round.
        crowd: what takes a server longer than so many seconds is not asked of it by many clients at once.
        patience: how long checks may take.

    """

    seconds: float = 330
    rounds: int = 3
    slot: float = 0.25
    crowd: float = 0.4
    patience: Patience = field(default_factory=Patience)


@dataclass
class PeersResult:
    """What the scenario gives.

    Attributes:
        checks: whether answers agree.
        summaries: of each cell on each server by name.
        ceiling: requests a second of the load generator by itself, by number of clients.
        rounds: how often cells had their turn.
        slot_seconds: how long a slot was.
        allowances: reasons of the known deviations of these servers, by name.

    """

    families: tuple[Family, ...]
    checks: Checks
    summaries: dict[tuple[Cell, str], Summary]
    ceiling: dict[int, float]
    rounds: int
    slot_seconds: float
    allowances: dict[str, str]


def compare_peers(
    session: Session, families: Sequence[Family], competency: Sequence[Family], pace: Pace, say: Say
) -> PeersResult:
    """Check the answers, then measure.

    Args:
        session: the servers that run.
        families: the query set.
        competency: the competency queries; all that VNDX and the reference answer make the mix.
        pace: how much time it takes.
        say: told what is going on.

    """
    peers = session.peers
    begun = time.monotonic()
    say("comparing answers")
    asked = [*families, *competency]
    checks = check_answers(peers, asked, pace.patience, say)
    usual = [peer for peer in peers if not peer.slow]
    answered = [query for query in competency if all(not checks[query.name, p.name].failure for p in usual)]
    if answered:
        mix = mixed(tuple(answered))
        families = [*families, mix]
        checks |= check_answers(usual, [mix], pace.patience, say)
    longest = {query.name: _longest(query, usual, checks) for query in families}
    turns = [*_cells(families, longest), *(Cell(query, Mode.COLD, 1) for query in competency)]
    with LoadGenerator() as generator:
        ceiling = {clients: requests_a_second(generator, clients, 0.5) for clients in (1, MANY)}
        measuring = _Measuring(generator, peers, checks, pace)
        for number in range(1, pace.rounds + 1):
            chosen = turns if number == 1 else [cell for cell in turns if _comes_again(cell, longest)]
            started = time.monotonic()
            say(f"{started - begun:.0f} s: round {number} of at most {pace.rounds}, {len(chosen)} cells")
            measuring.round(_order(chosen, number))
            ended = time.monotonic()
            if ended + (ended - started) > begun + pace.seconds:
                break
    summaries = {key: found.summary() for key, found in measuring.runs.items()}
    known = {allowance.name: allowance.reason for peer in peers for allowance in peer.allowances}
    return PeersResult((*families, *competency), checks, summaries, ceiling, number, pace.slot, known)


def measured(result: PeersResult, family: Family, mode: Mode, clients: int) -> Mapping[str, Summary]:
    """Give the summaries of one cell, by name of the server."""
    return {
        name: summary
        for (cell, name), summary in result.summaries.items()
        if cell.family == family and cell.mode is mode and cell.clients == clients
    }


def _longest(family: Family, peers: Sequence[Peer], checks: Checks) -> float:
    """Give the seconds of the slowest answer to a family."""
    return max((checks[family.name, peer.name].seconds or 0 for peer in peers), default=0)


def _cells(families: Sequence[Family], longest: Mapping[str, float]) -> Iterator[Cell]:
    for family in families:
        seconds = longest[family.name]
        whole = family.group is Group.COMPETENCY
        texts = max(1, min(32, int(_WARMING / max(seconds, 0.001))))
        for mode in Mode:
            # Queries of a mix have cells of their own for one client.
            for clients in (MANY,) if whole else (1, MANY):
                yield Cell(family, mode, clients, texts, whole)


def _comes_again(cell: Cell, longest: Mapping[str, float]) -> bool:
    return cell.clients == 1 or longest[cell.family.name] <= _BRIEF


def _order(cells: Sequence[Cell], number: int) -> list[Cell]:
    ordered = list(cells)
    random.Random(number).shuffle(ordered)  # noqa: S311
    return ordered


class _Measuring:
    """Runs cells on all servers in turn, each time another one first."""

    def __init__(self, generator: LoadGenerator, peers: Sequence[Peer], checks: Checks, pace: Pace) -> None:
        self._generator = generator
        self._peers = peers
        self._checks = checks
        self._pace = pace
        self.runs: dict[tuple[Cell, str], Runs] = {}

    def round(self, cells: Sequence[Cell]) -> None:
        for turn, cell in enumerate(cells):
            first = turn % len(self._peers)
            for peer in (*self._peers[first:], *self._peers[:first]):
                if self._takes_part(peer, cell):
                    runs = self.runs.setdefault((cell, peer.name), Runs())
                    measure(self._generator, peer, cell, self._pace.slot, runs)

    def _takes_part(self, peer: Peer, cell: Cell) -> bool:
        check = self._checks.get((cell.family.name, peer.name))
        if check is None or check.failure or not peer.process.alive:
            return False
        if not peer.slow:
            return cell.clients == 1 or cell.whole or (check.seconds or 0) <= self._pace.crowd
        only_once = cell.mode is not Mode.COLD or cell.clients > 1 or cell.family.group is Group.COMPETENCY
        return not only_once and (check.seconds or 0) < _SLOW_SERVER
