"""A documented query: a SPARQL file whose first lines say, in two languages, what it asks and answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pyoxigraph import QueryBoolean, QuerySolutions, Store

from graph.model.text import is_nfc
from graph.problems import Problems

KEYS: Final = ("category", "vi", "en", "answer-vi", "answer-en")
"""What the header of a query file says, each as a line ``# key: text``."""

_HEADER_LINE: Final = re.compile(r"# *([a-z-]+): *(.*?) *")
_PLACE: Final = re.compile(r"error at ([0-9]+):[0-9]+: (.*)", re.DOTALL)


class QueryForm(StrEnum):
    """The forms of queries that examples may have; the value is the local name of the SHACL property."""

    SELECT = "select"
    ASK = "ask"


@dataclass(frozen=True)
class DocumentedQuery:
    """A query with its documentation.

    Attributes:
        name: of its file, without the suffix.
        category: what kind of question it is, e.g. ``lookup``.
        question_vi: the question in Vietnamese.
        question_en: the question in English.
        answer_vi: how to read the answer, in Vietnamese.
        answer_en: how to read the answer, in English.
        form: SELECT or ASK.
        text: the query with its prefixes, without the header.

    """

    name: str
    category: str
    question_vi: str
    question_en: str
    answer_vi: str
    answer_en: str
    form: QueryForm
    text: str


def read_query(file: str, name: str, content: str, problems: Problems) -> DocumentedQuery | None:
    """Read a query file; what is wrong with it is reported, and None given.

    Args:
        file: the file as problems name it.
        name: its name without the suffix.
        content: its text.
        problems: receives what is wrong.

    """
    found = Problems()
    lines = content.split("\n")
    size = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    header = _header(file, lines[:size], found)
    while size < len(lines) and not lines[size].strip():
        size += 1
    text = "\n".join(lines[size:]).rstrip() + "\n"
    form = _form(file, text, size, found)
    if not is_nfc(content):
        found.report(
            file, 0, "", vi="chữ phải ở dạng chuẩn hóa NFC", en="the text must be in normalisation form NFC"
        )
    problems.extend(found)
    if form is None or len(found):
        return None
    category, question_vi, question_en, answer_vi, answer_en = (header[key] for key in KEYS)
    return DocumentedQuery(name, category, question_vi, question_en, answer_vi, answer_en, form, text)


def _header(file: str, lines: list[str], problems: Problems) -> dict[str, str]:
    header: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        match = _HEADER_LINE.fullmatch(line)
        if match is None or match[1] not in KEYS or match[1] in header:
            problems.report(
                file,
                number,
                "",
                vi=f"đầu tệp chỉ có các dòng “# khóa: chữ”, mỗi khóa một lần: {', '.join(KEYS)}",
                en=f'the header has lines "# key: text" only, each key once: {", ".join(KEYS)}',
            )
        else:
            header[match[1]] = match[2]
    for key in KEYS:
        if not header.get(key):
            problems.report(
                file, 1, key, vi=f"thiếu dòng “# {key}: ...”", en=f'the line "# {key}: ..." is missing'
            )
    return header


def _form(file: str, text: str, lines_before: int, problems: Problems) -> QueryForm | None:
    """Give the form of a query; it has to be whole in itself, with its prefixes and without a base."""
    try:
        answer = Store().query(text)
    except SyntaxError as error:
        match = _PLACE.fullmatch(str(error))
        line, message = (lines_before + int(match[1]), match[2]) if match else (0, str(error))
        problems.report(file, line, "", vi=f"lỗi cú pháp SPARQL: {message}", en=f"SPARQL syntax: {message}")
        return None
    if isinstance(answer, QuerySolutions):
        return QueryForm.SELECT
    if isinstance(answer, QueryBoolean):
        return QueryForm.ASK
    problems.report(
        file, lines_before + 1, "", vi="chỉ nhận SELECT hoặc ASK", en="only SELECT or ASK are published"
    )
    return None
