"""Days as tables have them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_ISO: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]00:00(?::00)?)?")
_VIETNAMESE: Final = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})")
_IMPRECISE: Final = re.compile(r"\d{4}(-\d{1,2})?|\d{1,2}/\d{4}")


def read_day(text: str) -> date | None:
    """Read a day as ISO 8601 or in the Vietnamese order (day, month, year); None if the text is blank.

    Raises:
        ValueError: if it is no day; the message says why. The first day of a year is not guessed.

    """
    stripped = text.strip()
    if not stripped:
        return None
    found = _ISO.fullmatch(stripped) or _VIETNAMESE.fullmatch(stripped)
    if found is not None:
        try:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            raise ValueError(
                f"there is no day {stripped!r}: write year, month and day, as 2025-06-30"
            ) from None
    if _IMPRECISE.fullmatch(stripped):
        raise ValueError(
            f"{stripped!r} is no single day: units may have changed in it; write one, as 2025-06-30"
        )
    raise ValueError(f"{stripped[:40]!r} is no day: write it as 2025-06-30 or 30/06/2025")
