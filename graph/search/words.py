"""Words of names: where they stand in a text, and the forms in which two spellings of them are equal.

Three forms, from the strictest to the loosest:

* the *spelling* keeps all marks, but not where in the syllable the tone is written: hoà and hòa are equal;
* the *key* has no marks (`graph.model.text.fold`), its words joined by single spaces: Hoà Bình, HOA BINH;
* the *compact key* has no spaces either: C-ThaiNguyen and C Thai Nguyen, TP.HCM and TPHCM.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from graph.model.text import fold, nfc, strip_marks

# Letters and digits are words of their own: nq57 is two. An apostrophe belongs to its word: Ea H'leo.
_LETTERS: Final = r"(?:[^\W\d_][\u0300-\u036f]*)+"
_WORD: Final = re.compile(rf"{_LETTERS}(?:['’ʼ`]{_LETTERS})*|\d+")
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("'’ʼ`"))
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_NO_TONES: Final = str.maketrans(dict.fromkeys(_TONES))


class Word(NamedTuple):
    """A word of a text in NFC.

    Attributes:
        folded: without marks, in lower case.
        start: where it begins, in characters.
        end: where it ends.

    """

    folded: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Give the words of a text, their positions being those in its NFC form."""
    text = nfc(text)
    bare = strip_marks(text).casefold()
    if len(bare) == len(text):  # letter for letter, as in all Vietnamese: positions are the same
        found = ((match[0], match) for match in _WORD.finditer(bare))
    else:
        found = ((fold(match[0]), match) for match in _WORD.finditer(text))
    return [Word(folded.translate(_APOSTROPHES), match.start(), match.end()) for folded, match in found]


def key(text: str) -> str:
    """Give the folded words of a text, joined by single spaces; empty if it has no letter or digit."""
    return " ".join(_WORD.findall(fold(text))).translate(_APOSTROPHES)


def compact(folded: str) -> str:
    """Give a key without its spaces."""
    return folded.replace(" ", "")


def spelling(text: str) -> str:
    """Give the form in which texts are equal that differ in case, spaces and tone placement alone.

    Tones are written after their word, whichever of its vowels has them; other marks stay in it.
    """
    decomposed = unicodedata.normalize("NFD", text).casefold().translate(_APOSTROPHES)
    return " ".join(map(_tone_last, _WORD.findall(decomposed)))


def _tone_last(word: str) -> str:
    if word.isascii():
        return word
    tones = "".join(character for character in word if character in _TONES)
    return word.translate(_NO_TONES) + tones
