"""How alike two spellings of a name are, and the keys under which spellings of one name meet.

A Vietnamese name is written in many ways that mean the same: with the tone on either vowel (hoà, hòa), with
y or i (Mỹ, Mĩ), with or without marks and spaces (Đắk Lắk, Daklak), in either normalization form.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from graph.model.text import nfc, strip_marks

_WORD: Final = re.compile(r"[^\W_][\w\u0300-\u036f]*")
# Written inside names of the highlands (M'Đrắk, Ea H’leo), in many shapes or not at all.
_APOSTROPHES: Final = str.maketrans("", "", "'’‘ʼ`´′")
_LOOSE: Final = str.maketrans({" ": None, "y": "i", "k": "c"})
_TONES: Final = {"\u0300": "1", "\u0301": "2", "\u0303": "3", "\u0309": "4", "\u0323": "5"}
_KEPT_NAMES: Final = 200_000

SAME: Final = 1.0
OTHER_VOWEL_LETTER: Final = 0.99
NO_MARKS: Final = 0.98
FEWER_MARKS: Final = 0.96
OTHER_SPACING: Final = 0.95
OTHER_MARKS: Final = 0.9
_TYPING_ERROR: Final = 0.95


def words(text: str) -> list[str]:
    """Give the words of a text in NFC and lower case, without punctuation."""
    return _WORD.findall(nfc(text).casefold().translate(_APOSTROPHES))


@lru_cache(maxsize=_KEPT_NAMES)
def marked(text: str) -> str:
    """Give the form in which spellings are equal that differ in tone placement, case and punctuation only.

    The tone of each word, of which a syllable has one, stands as a digit behind it: ``hoà`` and ``hòa``
    both give ``hoa1``.
    """
    return " ".join(map(_tone_last, words(text)))


@lru_cache(maxsize=_KEPT_NAMES)
def bare(text: str) -> str:
    """Give the form without any marks: ``Đắk Lắk`` gives ``dak lak``; leading zeros of numbers go too."""
    return " ".join(word.lstrip("0") or "0" for word in words(strip_marks(text)))


@lru_cache(maxsize=_KEPT_NAMES)
def loose(text: str) -> str:
    """Give the widest form, by which candidates are found: no spaces, i for y, c for k (Đắc Lắc, Daklak)."""
    return bare(text).translate(_LOOSE)


def has_marks(text: str) -> bool:
    """Say whether a text has any Vietnamese marks: whoever writes some writes them all."""
    return not nfc(text).isascii() and marked(text) != bare(text)


def likeness(asked: str, name: str, *, with_marks: bool = False) -> float:
    """Say how sure it is that a spelling means a name, from 0 to 1; 1 if they are the same.

    Args:
        asked: as someone wrote it.
        name: as it is official.
        with_marks: whether the writer is known to write marks, so that missing ones mean something.

    """
    asked_marked, name_marked = marked(asked), marked(name)
    if asked_marked == name_marked:
        return SAME
    if asked_marked.replace("y", "i") == name_marked.replace("y", "i"):
        return OTHER_VOWEL_LETTER
    asked_bare, name_bare = bare(asked), bare(name)
    if asked_bare == name_bare:
        return OTHER_MARKS if with_marks else _by_marks(asked_marked, name_marked)
    if loose(asked) == loose(name):
        return OTHER_SPACING if asked_marked == asked_bare else OTHER_MARKS
    alike: float = DamerauLevenshtein.normalized_similarity(asked_bare, name_bare)
    if asked_marked != asked_bare:  # who writes marks means them: they count as letters
        alike = (alike + DamerauLevenshtein.normalized_similarity(asked_marked, name_marked)) / 2
    return _TYPING_ERROR * alike


def _by_marks(asked: str, name: str) -> float:
    """Compare two marked forms of the same letters: marks may be missing, but not be others."""
    if asked == bare(asked):
        return NO_MARKS
    pairs = zip(asked.split(), name.split(), strict=True)
    return FEWER_MARKS if all(_may_lack_marks(a, n) for a, n in pairs) else OTHER_MARKS


def _may_lack_marks(asked: str, name: str) -> bool:
    asked_tone, name_tone = _tone_of(asked), _tone_of(name)
    letters = zip(asked.rstrip("12345"), name.rstrip("12345"), strict=False)
    return asked_tone in ("", name_tone) and all(a in (n, strip_marks(n)) for a, n in letters)


def _tone_of(word: str) -> str:
    return word[-1] if word[-1:].isdigit() else ""


def _tone_last(word: str) -> str:
    if word.isascii():
        return word.lstrip("0") or "0" if word.isdigit() else word
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(sorted(_TONES[mark] for mark in decomposed if mark in _TONES))
    return unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONES)) + tones
