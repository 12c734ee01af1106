"""Vietnamese text: one spelling to store (NFC), folded forms to compare and to make keys."""

from __future__ import annotations

import re
import unicodedata

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SPACES = re.compile(r"\s+")
# All marks of combining class other than 0 that letters of Latin script carry.
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_STROKED_D = str.maketrans({"đ": "d", "Đ": "D"})


def nfc(text: str) -> str:
    """Give the text in Unicode Normalization Form C, as all VNDX data is stored."""
    return unicodedata.normalize("NFC", text)


def is_nfc(text: str) -> bool:
    """Say whether the text is already in Unicode Normalization Form C."""
    return unicodedata.is_normalized("NFC", text)


def squeeze(text: str) -> str:
    """Give the text in NFC with runs of white space, no-break spaces included, as one space."""
    return _SPACES.sub(" ", nfc(text)).strip()


def strip_marks(text: str) -> str:
    """Remove tone and vowel marks and the stroke of đ; keep case, spaces and punctuation.

    Both tone placements (hoà, hòa) and every normalization form give the same result.
    """
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    bare = _MARKS.sub("", decomposed)
    return bare.translate(_STROKED_D)


def fold(text: str) -> str:
    """Give the form in which two spellings of one name are equal: no marks, lower case, single spaces."""
    return squeeze(strip_marks(text)).casefold()


def slug(text: str) -> str:
    """Give the ASCII key of a name: folded, every run of other characters one hyphen (DESIGN: IRIs).

    Raises:
        ValueError: if nothing of the text is left, as an IRI key cannot be empty.

    """
    key = _NOT_SLUG.sub("-", fold(text)).strip("-")
    if not key:
        raise ValueError(f"no ASCII letter or digit is left of {text!r}: it cannot make an IRI key")
    return key
