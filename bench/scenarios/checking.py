"""Asking every server the same and comparing the answers, before anything is timed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import httpx

from bench.allowances import compare_with
from bench.answers import Answer, Difference, UnreadableAnswerError, read_graph, read_solutions
from bench.peers.base import Peer
from bench.queries.model import Family
from bench.scenarios.session import Say

SAMPLE: Final = 3
"""How many texts of a family are checked."""
_IDLE_SECONDS: Final = 0.5


@dataclass(frozen=True)
class Check:
    """How a server did on a family.

    Attributes:
        seconds: the slowest answer took, None if there was none.
        rows: of the first answer.
        failure: why there is no answer; such a family is not measured on this server.
        difference: how its answer differs from the reference's; it is measured all the same.
        allowances: names of the known deviations without which its answer would differ.

    """

    seconds: float | None = None
    rows: int = 0
    failure: str = ""
    difference: Difference | None = None
    allowances: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Say whether there was an answer, and the same as the reference's."""
        return not self.failure and self.difference is None


Checks = dict[tuple[str, str], Check]
"""By name of the family and name of the server."""


@dataclass(frozen=True)
class Patience:
    """How long checks may take: one answer, one of a slow server, and all of a slow server together."""

    answer: float = 30
    slow_answer: float = 10
    slow_total: float = 80


def check_answers(peers: Sequence[Peer], families: Sequence[Family], patience: Patience, say: Say) -> Checks:
    """Compare the answers of all servers with those of the reference.

    The reference is the second server where there is one (Oxigraph, by the order of the registry), so
    that VNDX is not measured against itself.

    Args:
        peers: that run.
        families: what to ask.
        patience: limits.
        say: told what differs, and once each why a server is not measured.

    """
    checks: Checks = {}
    told: set[tuple[str, str]] = set()
    reference = peers[min(1, len(peers) - 1)]
    order = [reference, *(peer for peer in peers if peer is not reference)]
    with httpx.Client() as client:
        checkers = [_Checker(client, peer, patience) for peer in order]
        for family in families:
            expected: list[Answer] = []
            for checker in checkers:
                name = checker.peer.name
                check = checker.check(family, expected)
                checks[family.name, name] = check
                if check.difference is not None:
                    say(f"  {family.name}: {name} differs from {reference.name}: {check.difference}")
                elif check.failure and (name, check.failure) not in told:
                    told.add((name, check.failure))
                    say(f"  {family.name}: {name}: {check.failure}")
    return checks


class _Checker:
    """Asks one server, and keeps count of the time that this takes."""

    def __init__(self, client: httpx.Client, peer: Peer, patience: Patience) -> None:
        self.peer = peer
        self._client = client
        self._patience = patience
        self._timeout = patience.slow_answer if peer.slow else patience.answer
        self._spent = 0.0
        self._lost = ""

    def check(self, family: Family, expected: list[Answer]) -> Check:
        """Check a family; the first server that answers fills in what is expected."""
        if self._lost:
            return Check(failure=self._lost)
        if self.peer.slow and self._spent > self._patience.slow_total:
            return Check(failure=f"not measured: its {self._patience.slow_total:g} s were used up")
        started = time.monotonic()
        try:
            return self._compare(family, expected)
        except httpx.TimeoutException:
            self._wait_until_idle(family)
            return Check(failure=f"no answer in {self._timeout:g} s")
        except httpx.HTTPStatusError as error:
            return Check(failure=f"HTTP {error.response.status_code}: {_one_line(error.response.text)}")
        except (httpx.TransportError, UnreadableAnswerError) as error:
            return Check(failure=f"{type(error).__name__}: {_one_line(str(error))}")
        finally:
            self._spent += time.monotonic() - started

    def _compare(self, family: Family, expected: list[Answer]) -> Check:
        answers: list[Answer] = []
        slowest, difference = 0.0, None
        taken: dict[str, None] = {}
        for number, text in enumerate(family.texts[: 1 if self.peer.slow else SAMPLE]):
            started = time.monotonic()
            answers.append(self._ask(family, text))
            slowest = max(slowest, time.monotonic() - started)
            if number < len(expected) and difference is None:
                known = self.peer.allowances
                difference, names = compare_with(known, text, answers[number], expected[number])
                taken |= dict.fromkeys(names)
        if not expected:
            expected += answers
        return Check(slowest, answers[0].size, "", difference, tuple(taken))

    def _ask(self, family: Family, text: str) -> Answer:
        address = self.peer.endpoint.address(text, every_graph=family.every_graph)
        headers = {"Accept": family.accept}
        response = self._client.get(address, headers=headers, timeout=self._timeout)
        response.raise_for_status()
        return read_graph(response.content) if family.graph else read_solutions(response.content, text)

    def _wait_until_idle(self, family: Family) -> None:
        """Let a server that goes on with a query that nobody waits for come to its end, within reason.

        A slow one that does not is ended: it would take a processor from the servers measured after it.
        """
        deadline = time.monotonic() + self._patience.answer
        while time.monotonic() < deadline:
            before = self.peer.process.cpu_seconds()
            time.sleep(_IDLE_SECONDS)
            if self.peer.process.cpu_seconds() - before < _IDLE_SECONDS / 5:
                return
        if self.peer.slow:
            self.peer.stop()
            self._lost = f"not measured: ended, as it still worked on {family.name}"


def _one_line(text: str) -> str:
    return " ".join(text.split())[:160]
