"""Dumps: ordinary gzip files that depend on the graphs alone."""

import gzip
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
import zstandard
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from graph.build.dumps import DumpBase, DumpWriter, blocks
from graph.cache import ContentCache
from graph.model import ntriples
from graph.model.namespaces import GRAPH, VNDX
from graph.snapshots.dump_names import graph_file

A, B = GRAPH["table/a"].value, GRAPH["ontology"].value


def unzstd(content: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompressobj().decompress(content)


def graphs(name: str = "Đắk Lắk") -> dict[str, bytes]:
    node = NamedNode("https://w3id.org/vndx/id/unit/2004/66")
    return {
        A: ntriples.canonical([Triple(node, VNDX["name"], Literal(name, language="vi"))]),
        B: b"<https://e.org/a> <https://e.org/b> _:ontology-c14n0 .\n",
        GRAPH["empty"].value: b"",
    }


def write(
    folder: Path, texts: dict[str, bytes], cache: ContentCache, base: DumpBase | None = None
) -> dict[str, bytes]:
    folder.mkdir()
    entries = DumpWriter(texts, cache, base).write(folder)
    for entry in entries:
        path = folder / entry.file
        content = path.read_bytes()
        assert entry.sha256 == hashlib.sha256(content).hexdigest()
        assert entry.bytes == len(content)
        plain = unzstd(content) if path.suffix == ".zst" else gzip.decompress(content)
        assert entry.content_bytes == len(plain)
        assert entry.content_sha256 == hashlib.sha256(plain).hexdigest()
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_both_dumps_hold_the_same_quads(tmp_path: Path) -> None:
    files = write(tmp_path / "dumps", graphs(), ContentCache(None))

    def quads(name: str, form: RdfFormat) -> set[Quad]:
        return set(parse(gzip.decompress(files[name]), form, rename_blank_nodes=False))

    nquads = quads("vndx.nq.gz", RdfFormat.N_QUADS)
    assert len(nquads) == 2
    assert quads("vndx.trig.gz", RdfFormat.TRIG) == nquads


def test_dumps_are_the_same_with_and_without_what_was_kept(tmp_path: Path) -> None:
    cache = ContentCache(tmp_path / "cache")
    cold = write(tmp_path / "cold", graphs(), cache)
    warm = write(tmp_path / "warm", graphs(), cache)
    without = write(tmp_path / "without", graphs(), ContentCache(None))
    assert cold == warm == without


def test_a_changed_graph_changes_the_dumps(tmp_path: Path) -> None:
    cache = ContentCache(tmp_path / "cache")
    one = write(tmp_path / "one", graphs(), cache)
    two = write(tmp_path / "two", graphs("Đắk Nông"), cache)
    assert one["vndx.nq.gz"] != two["vndx.nq.gz"]


def test_dumps_say_neither_when_nor_where_they_were_made(tmp_path: Path) -> None:
    files = write(tmp_path / "dumps", graphs(), ContentCache(None))
    for name in ("vndx.nq.gz", "vndx.trig.gz"):
        assert files[name][:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


@pytest.mark.skipif(not shutil.which("gzip") or not shutil.which("sha256sum"), reason="needs gzip, sha256sum")
def test_the_tools_that_people_have_read_them(tmp_path: Path) -> None:
    write(tmp_path / "dumps", graphs(), ContentCache(None))
    folder = tmp_path / "dumps"
    subprocess.run(["gzip", "-t", "vndx.nq.gz", "vndx.trig.gz"], cwd=folder, check=True)
    subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, check=True, capture_output=True)


def test_a_change_in_one_place_leaves_the_other_blocks_as_they_are() -> None:
    names = [f"https://e.org/{number:06}" for number in range(60_000)]
    lines = [f'<{name}> <https://e.org/p> "text" .\n'.encode() for name in names]
    before = list(blocks(b"".join(lines)))
    after = list(blocks(b"".join(lines[:30_000] + lines[30_001:])))
    assert b"".join(before) == b"".join(lines)
    assert len(before) > 5
    assert len(set(after) - set(before)) <= 2


def test_zstandard_and_gzip_hold_the_same_bytes(tmp_path: Path) -> None:
    files = write(tmp_path / "dumps", graphs(), ContentCache(None))
    for name in ("vndx.nq", "vndx.trig"):
        assert unzstd(files[f"{name}.zst"]) == gzip.decompress(files[f"{name}.gz"])


def test_each_graph_has_a_file_of_its_own_triples(tmp_path: Path) -> None:
    texts = graphs()
    files = write(tmp_path / "dumps", texts, ContentCache(None))
    assert graph_file(A) == "graphs/table/a.nt.gz"
    for graph, text in texts.items():
        assert gzip.decompress(files[graph_file(graph)]) == text


def test_the_file_of_a_graph_that_did_not_change_is_the_one_of_before(tmp_path: Path) -> None:
    before = tmp_path / "before"
    before.mkdir()
    entries = {entry.file: entry for entry in DumpWriter(graphs(), ContentCache(None)).write(before)}
    base = DumpBase(before, {B: entries[graph_file(B)]})
    changed = graphs("Đắk Nông")
    after = write(tmp_path / "after", changed, ContentCache(None), base)
    assert after == write(tmp_path / "anew", changed, ContentCache(None))
    assert (tmp_path / "after" / graph_file(B)).samefile(before / graph_file(B))
    assert not (tmp_path / "after" / graph_file(A)).samefile(before / graph_file(A))


def test_a_graph_of_another_owner_has_no_file() -> None:
    with pytest.raises(ValueError, match="no named graph of ours"):
        graph_file("https://e.org/graph")
