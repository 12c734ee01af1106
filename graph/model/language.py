"""In which language a printed text is: Vietnamese, English, or another one that gets no tag."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from graph.model.text import nfc

VIETNAMESE: Final = "vi"
ENGLISH: Final = "en"

# Running Vietnamese has marks on most words; foreign text has them only in the names it cites.
_VIETNAMESE_SHARE: Final = 1 / 3
_ADDRESS: Final = re.compile(r"https?://\S+")
_WORD: Final = re.compile(r"[^\W\d_]+")
# Words of Romance languages that do not occur in English; pages of news portals come in many languages.
_ROMANCE_WORDS: Final = frozenset({"de", "del", "des", "el", "et", "la", "las", "les", "los", "para", "y"})


def language_of(text: str) -> str:
    """Give the language tag of a printed text: ``vi``, ``en``, or empty when it is neither.

    Abbreviations (all capitals) and web addresses are not looked at. The answer is for titles and
    quotations of some words; single names are Vietnamese when a third of their words has marks.
    """
    words = [word for word in _WORD.findall(_ADDRESS.sub(" ", nfc(text))) if not word.isupper()]
    marked = sum(_has_marks(word) for word in words)
    if not words or marked >= len(words) * _VIETNAMESE_SHARE:
        return VIETNAMESE
    foreign = sum(word.casefold() in _ROMANCE_WORDS for word in words)
    return "" if foreign > 1 or not _is_latin("".join(words)) else ENGLISH


def _has_marks(word: str) -> bool:
    """Say whether a word has a letter that English has not: a marked vowel or đ."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "đ" in decomposed or any(unicodedata.combining(c) for c in decomposed)


def _is_latin(letters: str) -> bool:
    """Say whether all letters are of the Latin script."""
    return all("LATIN" in unicodedata.name(letter, "") for letter in letters)
