"""Days as registers count them, and as people do."""

from __future__ import annotations

import datetime as dt


def last_day(end: str) -> str:
    """Give the last day of what is no longer so from a day on: registers name the first day after it.

    An end that is no day, or none, is given as it is.
    """
    try:
        return (dt.date.fromisoformat(end) - dt.timedelta(days=1)).isoformat()
    except ValueError:
        return end
