"""How people write the names of units: each distortion turns an official spelling into another one.

They are written without the code that is measured, so that both cannot be wrong in the same way.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

_TONES: Final = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_TONE_PLACES: Final = tuple(
    tuple(unicodedata.normalize("NFC", text) for text in (first + tone + second, first + second + tone))
    for first, second in ("oa", "oe", "uy")
    for tone in _TONES
)
_OTHER_PLACE: Final = {a: b for pair in _TONE_PLACES for a, b in (pair, pair[::-1])}
_TONED_END: Final = re.compile(rf"(?<![qQ])(?:{'|'.join(_OTHER_PLACE)})\b")
_SHORT: Final = {
    "Tỉnh": "T.",
    "Thành phố": "TP.",
    "Quận": "Q.",
    "Huyện": "H.",
    "Thị xã": "TX.",
    "Phường": "P.",
    "Xã": "X.",
    "Thị trấn": "TT.",
}
_LETTERS: Final = "aeghinotu"


def no_marks(text: str) -> str:
    """Give ASCII: ``Đắk Lắk`` becomes ``Dak Lak``."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def decomposed(text: str) -> str:
    """Give Normalization Form D, as some file systems and exports write it."""
    return unicodedata.normalize("NFD", text)


def other_tone_place(text: str) -> str:
    """Put tones on the other vowel: ``Hòa`` becomes ``Hoà``."""
    return _TONED_END.sub(lambda found: _OTHER_PLACE[found.group()], text)


def no_stroke(text: str) -> str:
    """Write d for đ, all other marks kept."""
    return text.replace("đ", "d").replace("Đ", "D")


def upper(text: str) -> str:
    """Write upper case."""
    return text.upper()


def no_break_spaces(text: str) -> str:
    """Write no-break spaces, as texts copied from web pages have them."""
    return text.replace(" ", "\u00a0")


def run_together(text: str) -> str:
    """Leave out marks and spaces: ``Daklak``."""
    return no_marks(text).replace(" ", "").replace("-", "").capitalize()


def short_type(type_word: str, name: str) -> str:
    """Abbreviate the type word: ``TP. Thái Nguyên``, ``Q.1``."""
    short = _SHORT.get(type_word, type_word)
    return f"{short}{name}" if name.isdigit() else f"{short} {name}"


def padded(name: str) -> str:
    """Write a number with a zero before it: ``Phường 01``."""
    return f"0{name}"


def other_dashes(text: str) -> str:
    """Write the dash inside a name otherwise: ``Bà Rịa–Vũng Tàu``."""
    return text.replace(" - ", "–")


def one_error(name: str, seed: str) -> str:
    """Make one typing error, not in the first letter: leave out, double, swap or replace a letter.

    Args:
        name: in NFC.
        seed: decides which error; the same gives the same.

    """
    digest = hashlib.sha256(seed.encode()).digest()
    places = [at for at in range(1, len(name) - 1) if name[at].isalpha() and name[at + 1].isalpha()]
    at = places[digest[0] % len(places)]
    letter, after = name[at], name[at + 1]
    errors = (
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at:],
        name[:at] + after + letter + name[at + 2 :],
        name[:at] + _LETTERS[digest[2] % len(_LETTERS)] + name[at + 1 :],
    )
    return errors[digest[1] % len(errors)]
