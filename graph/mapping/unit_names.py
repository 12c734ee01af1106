"""How names of units are printed (with or without type word, marks, abbreviations), and keys to find them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from graph.model.text import fold, squeeze, strip_marks

# Type words as printed before a name, and the word of official names that each stands for.
_TYPE_WORDS: Final = {
    "thành phố": "thành phố",
    "tp": "thành phố",
    "thị xã": "thị xã",
    "tx": "thị xã",
    "thị trấn": "thị trấn",
    "tt": "thị trấn",
    "đặc khu": "đặc khu",
    "tỉnh": "tỉnh",
    "quận": "quận",
    "huyện": "huyện",
    "phường": "phường",
    "xã": "xã",
}
_ENGLISH_TYPE_WORD: Final = re.compile(r"\s+(?:city|province)$", re.IGNORECASE)
_NOT_KEY: Final = re.compile(r"[^a-z0-9]")


def name_key(name: str) -> str:
    """Give the form in which two spellings of a name are equal: no marks, spaces or punctuation."""
    return _NOT_KEY.sub("", fold(name))


def readings(name: str) -> Iterator[tuple[str, str]]:
    """Give the ways to read a printed name: a key (see `name_key`) and the type word, empty if there is none.

    "Quan Sơn" is the name Quan Sơn, "Quận Sơn Trà" may be a quận; text without any mark ("Thanh pho Hue")
    may have its type word without marks.
    """
    text = squeeze(name)
    yield name_key(text), ""
    lowered = text.casefold()
    for printed, word in _TYPE_WORDS.items():
        start = strip_marks(printed) if text.isascii() else printed
        rest = re.match(rf"{start}(?:\.\s*|\s+)(?=\w)", lowered)
        if rest:
            yield name_key(text[rest.end() :]), word
    joined = re.match(r"tp(?=\w)", lowered)
    if joined:
        yield name_key(text[joined.end() :]), _TYPE_WORDS["tp"]
    english = _ENGLISH_TYPE_WORD.search(text)
    if english:
        yield name_key(text[: english.start()]), ""
