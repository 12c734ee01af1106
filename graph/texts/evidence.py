"""The check that the fragments of a text unit stand in its text, letter by letter, where it says.

An evidence (W3C Web Annotation, ``oa:SpecificResource``) has one source text and two selectors: the words
(``oa:TextQuoteSelector``, section 4.2.4) and where they stand (``oa:TextPositionSelector``, section 4.2.5,
0-based code points of the whole file in NFC, end exclusive). Its IRI is made of its unit and its offsets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from graph.model.namespaces import OA, VNDX
from graph.model.text import is_nfc
from graph.problems import Problem, Problems
from graph.texts.coverage import check_coverage
from graph.texts.evidence_node import evidence_iri
from graph.texts.locate import occurrences
from graph.texts.text_files import TextFile
from graph.texts.trig import TrigUnit
from graph.texts.unit_index import UnitIndex, shown

MAX_FRAGMENT: Final = 160


@dataclass(frozen=True)
class UnitReport:
    """What the check of one unit found.

    Attributes:
        unit: the unit's name.
        text_file: the file that its source names, empty if it names none.
        nodes: how many nodes have at least one evidence.
        evidences: how many evidences the unit has.
        text_missing: the text file was not among the texts, so fragments were not compared with it.
        problems: what is wrong.

    """

    unit: str
    text_file: str
    nodes: int
    evidences: int
    text_missing: bool
    problems: tuple[Problem, ...]


def check_unit(unit: TrigUnit, texts: Mapping[str, TextFile]) -> UnitReport:
    """Check every evidence of a unit, and that no node of it lacks one.

    Args:
        unit: the TriG unit.
        texts: the source texts by file name. If the unit's text is not among them, everything that
            can be said without it is still checked.

    """
    index = UnitIndex(unit)
    problems = Problems()
    name, text = _source_text(index, texts, problems)
    evidences = index.instances(VNDX["Evidence"])
    for evidence in evidences:
        _EvidenceCheck(index, evidence, problems).run(text)
    nodes = check_coverage(index, evidences, problems)
    return UnitReport(
        unit=unit.name,
        text_file=name,
        nodes=nodes,
        evidences=len(evidences),
        text_missing=bool(name) and name not in texts,
        problems=tuple(problems),
    )


def _source_text(
    index: UnitIndex, texts: Mapping[str, TextFile], problems: Problems
) -> tuple[str, TextFile | None]:
    """Give the name and the text of the file that the unit's source names, its hash checked."""
    unit = index.unit
    line = unit.line_of(unit.source)
    names = index.texts(unit.source, VNDX["textFile"])
    digests = index.texts(unit.source, VNDX["textSha256"])
    if unit.source not in index.instances(VNDX["SourceText"]) or len(names) != 1 or len(digests) != 1:
        problems.report(
            unit.file,
            line,
            "vndx:SourceText",
            vi=f"cần mô tả nguồn {unit.source.value}: vndx:SourceText, "
            "một vndx:textFile, một vndx:textSha256",
            en=f"the source {unit.source.value} must be described: vndx:SourceText, "
            "one vndx:textFile, one vndx:textSha256",
        )
    name = names[0] if names else ""
    text = texts.get(name)
    if text is not None and digests and digests[0] != text.sha256:
        problems.report(
            unit.file,
            line,
            "vndx:textSha256",
            vi=f"văn bản {name} đã thay đổi: SHA-256 là {text.sha256}, không phải {digests[0]}",
            en=f"the text {name} has changed: its SHA-256 is {text.sha256}, not {digests[0]}",
        )
    return name, text


class _EvidenceCheck:
    """The check of one evidence: its source, its words, its offsets, and the words against the text."""

    def __init__(self, index: UnitIndex, evidence: NamedNode, problems: Problems) -> None:
        self._index = index
        self._unit = index.unit
        self._evidence = evidence
        self._problems = problems

    def run(self, text: TextFile | None) -> None:
        """Report what is wrong; without the text, the words are not compared with it."""
        sources = self._index.values(self._evidence, OA["hasSource"])
        if sources != [self._unit.source]:
            self._report(
                "oa:hasSource",
                vi=f"nguồn phải là {self._unit.source.value}, không phải {shown(sources)}",
                en=f"the source must be {self._unit.source.value}, not {shown(sources)}",
            )
        exact = self._exact()
        offsets = self._offsets()
        if exact and offsets is not None:
            self._compare(exact, *offsets, text)

    def _exact(self) -> str:
        """Give the words, their form checked; empty if there are none to go on with."""
        selector = self._selector("TextQuoteSelector")
        if selector is None:
            return ""
        values = self._index.values(selector, OA["exact"])
        exact = values[0].value if len(values) == 1 and isinstance(values[0], Literal) else ""
        if not exact:
            self._report(
                "oa:exact",
                vi=f"cần đúng một oa:exact không rỗng, có: {shown(values)}",
                en=f"exactly one oa:exact that is not empty is needed, there is: {shown(values)}",
            )
        if len(exact) > MAX_FRAGMENT:
            self._report(
                "oa:exact",
                vi=f"trích đoạn dài {len(exact)} ký tự, nhiều nhất {MAX_FRAGMENT}",
                en=f"the fragment has {len(exact)} characters, at most {MAX_FRAGMENT} are allowed",
            )
        if exact != exact.strip() or not is_nfc(exact):
            self._report(
                "oa:exact",
                vi=f"trích đoạn {exact!r} phải ở dạng NFC, không có khoảng trắng ở đầu và cuối",
                en=f"the fragment {exact!r} must be in NFC, with no white space at its ends",
            )
        return exact

    def _offsets(self) -> tuple[int, int] | None:
        """Give start and end, or None if they are not two integers in order; check the IRI made of them."""
        selector = self._selector("TextPositionSelector")
        if selector is None:
            return None
        start = self._index.integer(selector, OA["start"])
        end = self._index.integer(selector, OA["end"])
        if start is None or end is None or not 0 <= start < end:
            given = ", ".join(shown(self._index.values(selector, OA[name])) for name in ("start", "end"))
            self._report(
                "oa:start",
                vi=f"oa:start và oa:end ({given}) phải là hai xsd:integer, 0 <= start < end",
                en=f"oa:start and oa:end ({given}) must be one xsd:integer each, 0 <= start < end",
            )
            return None
        expected = evidence_iri(self._unit.name, start, end)
        if self._evidence != expected:
            self._report(
                "oa:hasSelector",
                vi=f"IRI của bằng chứng tại {start}-{end} phải là {expected.value}",
                en=f"the IRI of the evidence at {start}-{end} must be {expected.value}",
            )
        return start, end

    def _compare(self, exact: str, start: int, end: int, text: TextFile | None) -> None:
        """Check that the words are as long as their offsets say, and that they stand there."""
        if end - start != len(exact):
            self._report(
                "oa:end",
                vi=f"trích đoạn {exact!r} dài {len(exact)} ký tự, vị trí {start}-{end} dài {end - start}",
                en=f"the fragment {exact!r} has {len(exact)} characters, {start}-{end} spans {end - start}",
            )
        if text is None or text.text[start:end] == exact:
            return
        places = ", ".join(f"{place.start}-{place.end}" for place in occurrences(text, exact))
        found = text.text[start:end]
        self._report(
            "oa:exact",
            vi=f"tại {start}-{end} của {text.name} là {found!r}, không phải {exact!r}; "
            + (f"trích đoạn này ở {places}" if places else "văn bản không có trích đoạn này"),
            en=f"at {start}-{end} of {text.name} stands {found!r}, not {exact!r}; "
            + (f"this fragment stands at {places}" if places else "the text has no such fragment"),
        )

    def _selector(self, cls: str) -> NamedNode | None:
        """Give the evidence's one selector of a class of the Web Annotation vocabulary."""
        selectors = [
            selector
            for selector in self._index.nodes(self._evidence, OA["hasSelector"])
            if OA[cls] in self._index.classes(selector)
        ]
        if len(selectors) == 1:
            return selectors[0]
        self._report(
            "oa:hasSelector",
            vi=f"cần đúng một oa:{cls}, có {len(selectors)}",
            en=f"exactly one oa:{cls} is needed, there are {len(selectors)}",
        )
        return None

    def _report(self, column: str, *, vi: str, en: str) -> None:
        """Report a problem of the evidence, by its IRI, on the line on which its block starts."""
        iri = self._evidence.value
        line = self._unit.line_of(self._evidence)
        self._problems.report(self._unit.file, line, column, vi=f"{iri}: {vi}", en=f"{iri}: {en}")
