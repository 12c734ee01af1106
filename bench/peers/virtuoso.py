"""Virtuoso open source (Debian: ``virtuoso-opensource-7-bin``): a column store in C, the fast one."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import ClassVar, Final

import httpx
import psutil

from bench.allowances import Allowance, booleans_as_numbers, graphs_of_its_own, rows_for_each_way
from bench.data.dataset import Dataset
from bench.peers.base import Peer
from bench.peers.process import ServerFailedError, ServerProcess, free_port

_MERGE_GRAPH: Final = "https://w3id.org/vndx/graph/merge"
_OWN_GRAPHS: Final = frozenset(
    {
        "http://localuriqaserver/sparql",
        "http://www.openlinksw.com/schemas/virtrdf#",
        "http://www.w3.org/ns/ldp#",
    }
)
_SERVER: Final = "virtuoso-t"
_CLIENT: Final = "isql-vt"
_BUFFER_BYTES: Final = 8700  # a page of 8 KiB and what is kept about it
_LOAD_SECONDS: Final = 3600

_INI: Final = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
ServerThreads = 40
CheckpointInterval = 0
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = {folders}
[HTTPServer]
ServerPort = 127.0.0.1:{http_port}
ServerThreads = 40
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryCostEstimationTime = 1000000
"""


class Virtuoso(Peer):
    """A Virtuoso with a database of its own.

    It has no stored default graph, and its union of all graphs counts a triple that stands in two graphs
    twice. So the merge is a named graph too, which requests name as the default graph; queries with GRAPH
    name the others, or ``?g`` would find the merge.
    """

    name: ClassVar[str] = "Virtuoso"
    default_graph: ClassVar[str] = _MERGE_GRAPH
    allowances: ClassVar[tuple[Allowance, ...]] = (
        booleans_as_numbers(),
        rows_for_each_way(),
        graphs_of_its_own(_OWN_GRAPHS | {_MERGE_GRAPH}),
    )

    def __init__(self, dataset: Dataset, folder: Path) -> None:
        super().__init__(dataset, folder)
        self.endpoint = dataclasses.replace(self.endpoint, named_graphs=dataset.graphs())
        self._sql_port = free_port()

    @classmethod
    def unavailable(cls) -> str:
        """Look for the server and its SQL client."""
        missing = [name for name in (_SERVER, _CLIENT) if shutil.which(name) is None]
        return f"{' and '.join(missing)} not installed (Debian: virtuoso-opensource-7-bin)" if missing else ""

    @classmethod
    def version(cls) -> str:
        """Ask the binary."""
        done = subprocess.run([_SERVER, "-?"], capture_output=True, text=True, check=False)
        found = re.search(r"Version (\S+)", done.stdout + done.stderr)
        return found[1] if found else "unknown"

    def load(self) -> None:
        """Write the settings; data can only be loaded through the running server."""
        buffers = min(psutil.virtual_memory().total // 6, 4 << 30) // _BUFFER_BYTES
        (self.folder / "virtuoso.ini").write_text(
            _INI.format(
                sql_port=self._sql_port,
                http_port=self.endpoint.port,
                buffers=buffers,
                dirty=buffers * 3 // 4,
                folders=self.dataset.quads.parent,
            ),
            "utf-8",
        )

    def launch(self) -> ServerProcess:
        """Start the server."""
        command = [_SERVER, "+foreground", "+configfile", "virtuoso.ini"]
        return ServerProcess(command, log=self.folder / "log", folder=self.folder)

    def wait(self) -> None:
        """Wait until it answers, then load; the time of loading is counted apart.

        Raises:
            ServerFailedError: if it does not come up, or did not load every triple.

        """
        super().wait()
        started = time.monotonic()
        for file in (self.dataset.quads, self.dataset.merge):
            self._sql(f"ld_dir('{file.parent}', '{file.name}', '{_MERGE_GRAPH}')")
        self._sql("rdf_loader_run()")
        self._sql("checkpoint")
        self.load_seconds = time.monotonic() - started
        problem = self._sql("select 'failed:' || ll_error from DB.DBA.LOAD_LIST where ll_error is not null")
        if "failed:" in problem:
            raise ServerFailedError(f"loading failed: {problem[problem.index('failed:') :][:300]}")
        self._count(self.dataset.triple_count)

    def _count(self, expected: int) -> None:
        query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
        headers = {"Accept": "application/sparql-results+json"}
        response = httpx.get(self.endpoint.address(query), headers=headers, timeout=_LOAD_SECONDS)
        found = int(response.json()["results"]["bindings"][0]["n"]["value"])
        if found != expected:
            raise ServerFailedError(f"loading left {found:,} triples, not {expected:,}")

    def _sql(self, statement: str) -> str:
        # The user and password of a fresh database; it listens on loopback and is gone after the run.
        command = [_CLIENT, f"127.0.0.1:{self._sql_port}", "dba", "dba", f"exec={statement};"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_LOAD_SECONDS)
        if done.returncode != 0 or "*** Error" in done.stdout + done.stderr:
            raise ServerFailedError(f"{statement}: {(done.stderr or done.stdout)[-300:]}")
        return done.stdout
