"""RDF files that somebody wants validated: read in any serialization, with the lines of their subjects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse

from graph.model import ntriples
from graph.model.namespaces import BASE
from graph.model.turtle_lines import subject_lines
from graph.problems import Problems

SUFFIXES = ".ttl .trig .nt .nq .rdf .jsonld"
_WITH_LINES = frozenset({RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS})


@dataclass(frozen=True)
class GivenFiles:
    """What some files state, as sorted N-Triples, and where each subject stands."""

    triples: bytes
    origins: dict[str, tuple[str, int]]

    def subjects(self) -> frozenset[str]:
        """Give the subjects, as N-Triples terms."""
        return frozenset(subject for subject, _, _ in ntriples.split(self.triples))


def read_rdf_files(paths: Iterable[Path], problems: Problems) -> GivenFiles:
    """Read RDF files; their named graphs are merged.

    Args:
        paths: the files; the suffix says the serialization.
        problems: where an unknown suffix, bad encoding or a syntax error is reported, with its line.

    """
    texts: list[bytes] = []
    origins: dict[str, tuple[str, int]] = {}
    for number, path in enumerate(paths, start=1):
        rdf_format = RdfFormat.from_extension(path.suffix.removeprefix("."))
        if rdf_format is None:
            known = ".ttl .trig .nt .nq .rdf .jsonld"
            problems.report(
                str(path), 0, "", vi=f"đuôi tệp phải là {known}", en=f"the suffix must be one of {known}"
            )
            continue
        triples = _parse(path, rdf_format, problems)
        # Two files may use one label for two blank nodes.
        texts.append(ntriples.canonical_with_blank_nodes(triples, f"file{number}-"))
        if triples and rdf_format in _WITH_LINES:
            lines = subject_lines(path.read_text("utf-8"))
            origins.update({subject: (str(path), line) for subject, line in lines.items()})
    return GivenFiles(ntriples.joined(ntriples.lines_of(b"".join(texts))), origins)


def _parse(path: Path, rdf_format: RdfFormat, problems: Problems) -> list[Triple]:
    try:
        return [quad.triple for quad in parse(path.read_bytes(), rdf_format, base_iri=BASE)]
    except SyntaxError as error:
        line = error.lineno or 0
        problems.report(str(path), line, "", vi=f"lỗi cú pháp: {error.msg}", en=f"syntax: {error.msg}")
        return []
