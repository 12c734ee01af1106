"""Downloads: which files there are, how the list of them looks, and which part of one was asked for."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from werkzeug.http import parse_range_header

from api.discovery.description import GraphCredit
from graph.snapshots.dump_names import SUMS, graph_file
from graph.snapshots.home import Snapshot
from graph.snapshots.manifest import DumpEntry, Manifest

_TYPES = {"gz": "application/gzip", "zst": "application/zstd"}


@dataclass(frozen=True)
class Download:
    """A file that can be downloaded: where it lies, its media type, and its SHA-256 in hexadecimal."""

    path: Path
    media_type: str
    sha256: str

    @property
    def digest_header(self) -> str:
        """Give the value of Repr-Digest (RFC 9530)."""
        return f"sha-256=:{base64.b64encode(bytes.fromhex(self.sha256)).decode()}:"


def find_download(snapshot: Snapshot, manifest: Manifest, name: str) -> Download | None:
    """Give the download of a name, None if the manifest does not list it; no other file can be reached."""
    if name == SUMS and (snapshot.dumps / SUMS).is_file():
        content = (snapshot.dumps / SUMS).read_bytes()
        return Download(snapshot.dumps / SUMS, "text/plain", hashlib.sha256(content).hexdigest())
    entry = next((entry for entry in manifest.dumps if entry.file == name), None)
    if entry is None:
        return None
    return Download(snapshot.dumps / name, _TYPES[name.rpartition(".")[2]], entry.sha256)


def is_unsatisfiable(header: str | None, size: int) -> bool:
    """Say whether none of the asked byte ranges lies in a file (RFC 9110, section 15.5.17)."""
    parsed = parse_range_header(header)
    if parsed is None or parsed.units != "bytes":
        return False
    return all((start >= size) if start >= 0 else size == 0 for start, _ in parsed.ranges)


def is_range(header: str | None) -> bool:
    """Say whether a Range header is one of bytes; any other is ignored (RFC 9110, section 14.2)."""
    parsed = parse_range_header(header)
    return parsed is not None and parsed.units == "bytes"


@dataclass(frozen=True)
class OtherVersion:
    """Another snapshot whose dumps can be had."""

    id: str
    created: datetime


def listing(
    base: str,
    manifest: Manifest,
    graphs: dict[str, GraphCredit],
    others: list[OtherVersion],
    versions_at: str,
) -> dict[str, Any]:
    """Give the list of downloads as JSON.

    Args:
        base: the address of the folder, with a slash at its end.
        manifest: of the snapshot.
        graphs: what the catalogue says of named graphs, by IRI.
        others: further snapshots.
        versions_at: the address below which they are.

    """
    of_graph = {graph_file(iri): graph for iri, graph in graphs.items()}
    return {
        "snapshot": manifest.id,
        "created": manifest.created.isoformat(timespec="seconds"),
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "checksums": f"{base}{SUMS}",
        "permanent": f"{versions_at}{manifest.id}/",
        "items": [_item(base, entry, of_graph.get(entry.file)) for entry in manifest.dumps],
        "versions": [
            {
                "snapshot": other.id,
                "created": other.created.isoformat(timespec="seconds"),
                "url": f"{versions_at}{other.id}/",
            }
            for other in others
        ],
    }


def _item(base: str, entry: DumpEntry, graph: GraphCredit | None) -> dict[str, Any]:
    stem, _, packing = entry.file.rpartition(".")
    media_types = {"nq": "application/n-quads", "trig": "application/trig", "nt": "application/n-triples"}
    item: dict[str, Any] = {
        "file": entry.file,
        "url": f"{base}{entry.file}",
        "mediaType": media_types[stem.rpartition(".")[2]],
        "compression": {"gz": "gzip", "zst": "zstd"}[packing],
        "bytes": entry.bytes,
        "sha256": entry.sha256,
        "contentBytes": entry.content_bytes,
        "contentSha256": entry.content_sha256,
    }
    if graph:
        item["graph"] = {"id": graph.iri, "label": graph.titles}
        item["licence"] = graph.licence
        item["credits"] = list(graph.credits)
    return item
