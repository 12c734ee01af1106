"""In which language words are that the data gives without saying so, for the ``lang`` attribute."""

from __future__ import annotations

from typing import Final

from graph.model.language import ENGLISH, VIETNAMESE, language_of

_SENTENCE: Final = 5
"""Fewer words without marks may be either language: names, abbreviations, codes."""


def language_of_words(text: str) -> str:
    """Give ``vi`` or ``en`` for running text, empty for what is too short or bare to tell."""
    found = language_of(text)
    if found == VIETNAMESE:
        return VIETNAMESE if not text.isascii() else ""
    return found if len(text.split()) >= _SENTENCE else ""


def language_of_quotation(words: str) -> str:
    """Give the language of words of a source: Vietnamese, unless they clearly are English."""
    return ENGLISH if language_of_words(words) == ENGLISH else VIETNAMESE
