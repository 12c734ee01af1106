"""What the tests of engine and service share: small snapshots, published as a build publishes them."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse, serialize

from graph.snapshots.home import Snapshot, SnapshotHome
from graph.snapshots.manifest import (
    MANIFEST_FORMAT,
    GraphEntry,
    Manifest,
    ValidationEntry,
    manifest_bytes,
)
from graph.snapshots.publishing import publish

SMALL_TRIG = Path(__file__).parent / "fixtures" / "service" / "small.trig"


def quads_of(path: Path = SMALL_TRIG) -> list[Quad]:
    """Read the quads of a TriG file."""
    return list(parse(path=str(path), format=RdfFormat.TRIG))


def many_quads(count: int) -> Iterable[Quad]:
    """Give so many quads of one predicate, for answers that are large."""
    lines = "".join(
        f'<http://e/s{number}> <http://e/p> "value {number}" <http://e/g> .\n' for number in range(count)
    )
    return parse(lines, RdfFormat.N_QUADS)


def publish_quads(home: SnapshotHome, quads: Iterable[Quad]) -> Snapshot:
    """Write a snapshot of these quads and make it the current one."""
    lines = serialize(list(quads), format=RdfFormat.N_QUADS)
    assert lines is not None
    snapshot_id = hashlib.sha256(lines).hexdigest()[:16]
    snapshot = Snapshot(snapshot_id, home.path_of(snapshot_id))
    if not snapshot.manifest_file.exists():
        _write(snapshot, lines)
    return publish(home, snapshot_id)


def _write(snapshot: Snapshot, lines: bytes) -> None:
    snapshot.dumps.mkdir(parents=True)
    (snapshot.dumps / "vndx.nq.gz").write_bytes(gzip.compress(lines))
    store = Store(str(snapshot.store))
    quads = list(parse(lines, RdfFormat.N_QUADS, rename_blank_nodes=False))
    merge = {Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads}
    store.bulk_extend([*quads, *merge])
    store.flush()
    graphs = tuple(
        GraphEntry(
            iri=name.value,
            triples=sum(1 for _ in store.quads_for_pattern(None, None, None, name)),
            sha256="",
        )
        for name in sorted(store.named_graphs(), key=str)
    )
    manifest = Manifest(
        format=MANIFEST_FORMAT,
        id=snapshot.id,
        content_sha256="",
        index_sha256="",
        triples=len(quads),
        distinct_triples=len(merge),
        entities=0,
        graphs=graphs,
        classes={},
        inputs=(),
        dumps=(),
        created=datetime.now(UTC),
        stages=(),
        peak_memory_bytes=0,
        size_bytes=0,
        validation=ValidationEntry(conforms=True, focus_nodes=0, violations=0, warnings=0, infos=0),
        tools={},
    )
    del store
    snapshot.manifest_file.write_bytes(manifest_bytes(manifest))
