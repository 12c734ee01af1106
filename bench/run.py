"""One run: the data are taken, then the chosen scenarios follow one another."""

from __future__ import annotations

import dataclasses
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.data.dataset import Dataset, unpack
from bench.data.pinning import pin, published
from bench.peers.base import Peer
from bench.peers.oxigraph import Oxigraph
from bench.peers.registry import PEERS
from bench.peers.vndx import Vndx
from bench.queries.competency import competency_queries
from bench.queries.families import families
from bench.queries.model import Family, Group
from bench.report.abuse import print_abuse
from bench.report.document import peers_document
from bench.report.entities import print_entities
from bench.report.growth import print_growth
from bench.report.machine import describe_machine
from bench.report.matching import print_matching
from bench.report.pages import print_pages
from bench.report.peers import print_peers, verdicts_of
from bench.report.search import print_search
from bench.report.targets import OURS, Verdict, abuse_verdict
from bench.report.verdicts import print_verdicts, verdict_document
from bench.scenarios.abuse import AbusePlan, abuse
from bench.scenarios.checking import Patience
from bench.scenarios.collections import list_collections, print_collections
from bench.scenarios.entities import EntityPlan, measure_entities
from bench.scenarios.growth import GrowthPlan, grow
from bench.scenarios.linking import link_tables, print_linking
from bench.scenarios.matching import match_names
from bench.scenarios.pages import PAGES, measure_pages
from bench.scenarios.peers import Pace, compare_peers
from bench.scenarios.search import search_in_process, search_over_http
from bench.scenarios.session import Say, running
from bench.scenarios.watching import safe_limit
from graph.snapshots.home import SnapshotHome

_DEADLINE = 30
"""Seconds that VNDX gives a query by default; Oxigraph gets the same limit where it is abused."""
_QUICK_COMPETENCY = 6


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line; None stands for the default of the scenario."""

    scenarios: tuple[str, ...]
    peers: tuple[str, ...]
    home: SnapshotHome
    quick: bool = False
    only: str = ""
    seconds: float | None = None
    abuse_seconds: float | None = None
    factors: tuple[int, ...] | None = None
    memory_limit: int | None = None


def run(options: Options, folder: Path, results: Console, say: Say) -> tuple[dict[str, Any], bool]:
    """Run scenarios.

    Args:
        options: what to run.
        folder: for temporary files.
        results: where tables are printed.
        say: told what is going on.

    Returns:
        All figures, and whether every answer of VNDX was there and right.

    """
    machine = describe_machine()
    if machine["busy"]:
        say(f"the machine is busy (load {machine['load_average']}): figures will be worse than they could be")
    snapshot = published(options.home)
    home = pin(snapshot, folder / "home")
    dataset = unpack(home, snapshot.id, folder / "data")
    say(f"snapshot {snapshot.id}: {dataset.quad_count:,} quads, {dataset.triple_count:,} triples")
    document: dict[str, Any] = {
        "machine": machine,
        "snapshot": snapshot.id,
        "quads": dataset.quad_count,
        "triples": dataset.triple_count,
    }
    stage = _Stage(options, dataset, folder, results, say)
    known = {
        "peers": stage.peers,
        "abuse": stage.abuse,
        "growth": stage.growth,
        "search": stage.search,
        "collections": stage.collections,
        "matching": stage.matching,
        "link": stage.link,
        "entities": stage.entities,
        "pages": stage.pages,
    }
    for scenario in options.scenarios:
        say(f"scenario {scenario}")
        started = time.monotonic()
        document[scenario] = known[scenario]()
        document[scenario]["seconds"] = round(time.monotonic() - started)
    document["targets"] = [verdict_document(verdict) for verdict in stage.verdicts]
    document["machine_after"] = describe_machine()
    if stage.verdicts:
        print_verdicts(results, stage.verdicts)
    results.print(_headline(document), highlight=False, soft_wrap=True)
    return document, document.get("peers", {}).get("all_answers_right", True)


@dataclass(frozen=True)
class _Stage:
    """What scenarios share; each is a method that prints and gives figures, and adds verdicts."""

    options: Options
    dataset: Dataset
    folder: Path
    results: Console
    say: Say
    verdicts: list[Verdict] = field(default_factory=list)

    def peers(self) -> dict[str, Any]:
        skipped: dict[str, str] = {}
        chosen = self._available(skipped)
        self.say(f"starting {', '.join(peer.name for peer in chosen)}")
        with running(chosen, self.say) as session:
            servers = {
                peer.name: {**peer.settings(), "memory_bytes": peer.process.memory_bytes()}
                for peer in session.peers
            }
            asked, competency, pace = self._families(), self._competency(), self._pace()
            result = compare_peers(session, asked, competency, pace, self.say)
        names = [peer.name for peer in session.peers]
        print_peers(self.results, result, names)
        self.verdicts.extend(verdicts_of(result))
        right = all(check.agrees for (_, name), check in result.checks.items() if name == Vndx.name)
        return {
            "servers": servers,
            "skipped": skipped | session.skipped,
            "all_answers_right": right,
            **peers_document(result, names),
        }

    def abuse(self) -> dict[str, Any]:
        quick = self.options.quick
        plan = AbusePlan(quiet=3, abuse=10, after=8) if quick else AbusePlan()
        plan = dataclasses.replace(
            plan,
            abuse=self.options.abuse_seconds or plan.abuse,
            memory_limit=self.options.memory_limit or min(plan.memory_limit, safe_limit()),
        )
        every = families(self.dataset.constants())
        cheap = [family for family in every if family.group in {Group.POINT, Group.STAR}]
        place = self.folder / "abuse"
        chosen: list[Peer] = [Vndx(self.dataset, place / "vndx")]
        if "oxigraph" in self.options.peers and not Oxigraph.unavailable():
            chosen.append(Oxigraph(self.dataset, place / "oxigraph", timeout_seconds=_DEADLINE))
        found = {}
        for peer in chosen:  # one at a time: abuse of one must not be felt by the other
            with running([peer], self.say) as session:
                for started in session.peers:
                    found[started.name] = abuse(started, cheap, plan, self.say)
        print_abuse(self.results, found, plan)
        if OURS in found:
            quiet, abused = found[OURS].quiet, found[OURS].abuse
            self.verdicts.append(abuse_verdict(quiet.p99, abused.p99, sum(abused.failures.values())))
        return {
            "plan": dataclasses.asdict(plan),
            "servers": {name: dataclasses.asdict(result) for name, result in found.items()},
        }

    def growth(self) -> dict[str, Any]:
        plan = GrowthPlan((1, 2), seconds=0.3) if self.options.quick else GrowthPlan()
        plan = dataclasses.replace(
            plan,
            factors=self.options.factors or plan.factors,
            memory_limit=self.options.memory_limit or safe_limit(),
        )
        sizes = grow(self.dataset, self._families(), plan, self.folder / "growth", self.say)
        print_growth(self.results, sizes)
        return {"plan": dataclasses.asdict(plan), "sizes": [dataclasses.asdict(size) for size in sizes]}

    def search(self) -> dict[str, Any]:
        rounds = 2 if self.options.quick else 5
        peer = Vndx(self.dataset, self.folder / "search")
        snapshot = self.dataset.home.get(self.dataset.snapshot_id)
        found = search_in_process(snapshot.index, rounds)
        with running([peer], self.say) as session:
            for started in session.peers:
                found += search_over_http(f"http://{started.endpoint.host}:{started.endpoint.port}", rounds)
        print_search(self.results, found)
        return {"rounds": rounds, "figures": [dataclasses.asdict(figures) for figures in found]}

    def collections(self) -> dict[str, Any]:
        with running([Vndx(self.dataset, self.folder / "collections")], self.say) as session:
            found = [list_collections(peer, self.say) for peer in session.peers]
        for measured in found:
            print_collections(self.results, measured)
        return {"lists": [dataclasses.asdict(each) for measured in found for each in measured]}

    def matching(self) -> dict[str, Any]:
        found = match_names(self.dataset.home.get(self.dataset.snapshot_id).gazetteer)
        print_matching(self.results, found)
        return found.document()

    def entities(self) -> dict[str, Any]:
        plan = EntityPlan(entities=5, repeats=5) if self.options.quick else EntityPlan()
        with running([Vndx(self.dataset, self.folder / "entities")], self.say) as session:
            found = [
                figures
                for peer in session.peers
                for figures in measure_entities(peer.endpoint, self.dataset, plan, self.say)
            ]
        print_entities(self.results, found)
        return {
            "plan": dataclasses.asdict(plan),
            "sizes": [dataclasses.asdict(figures) for figures in found],
        }

    def pages(self) -> dict[str, Any]:
        repeats = 5 if self.options.quick else 20
        with running([Vndx(self.dataset, self.folder / "pages")], self.say) as session:
            found = [
                figures
                for peer in session.peers
                for figures in measure_pages(peer.endpoint, PAGES, repeats, self.say)
            ]
        print_pages(self.results, found)
        return {"repeats": repeats, "pages": [dataclasses.asdict(figures) for figures in found]}

    def link(self) -> dict[str, Any]:
        rows = 5_000 if self.options.quick else 100_000
        home = self.dataset.home
        gazetteer = home.get(self.dataset.snapshot_id).gazetteer
        found = link_tables(home, gazetteer, rows, self.folder / "link")
        print_linking(self.results, found)
        return {"figures": [dataclasses.asdict(figures) for figures in found]}

    def _available(self, skipped: dict[str, str]) -> list[Peer]:
        chosen: list[Peer] = []
        for name in ("vndx", *self.options.peers):
            kind = PEERS[name]
            reason = kind.unavailable()
            if reason:
                skipped[kind.name] = reason
                self.say(f"{kind.name}: skipped, {reason}")
            else:
                chosen.append(kind(self.dataset, self.folder / "peers" / name))
        return chosen

    def _families(self) -> list[Family]:
        return [family for family in families(self.dataset.constants()) if self.options.only in family.name]

    def _competency(self) -> list[Family]:
        found = [query for query in competency_queries() if self.options.only in query.name]
        return found[:_QUICK_COMPETENCY] if self.options.quick else found

    def _pace(self) -> Pace:
        trial = Pace(rounds=1, slot=0.1, crowd=0.2, patience=Patience(5, 3, slow_total=15))
        pace = trial if self.options.quick else Pace()
        return dataclasses.replace(pace, seconds=self.options.seconds or pace.seconds)


def _headline(document: dict[str, Any]) -> str:
    before, after = document["machine"], document["machine_after"]
    busy = " BUSY MACHINE: not for comparison." if before["busy"] else ""
    return (
        f"{before['time']}, {before['cores']} cores, load {before['load_average']} before and "
        f"{after['load_average']} after, snapshot {document['snapshot']}, {document['quads']:,} quads.{busy}"
    )
