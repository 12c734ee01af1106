"""The machine and the moment of a run: without them figures mean nothing."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime

import psutil

BUSY = 0.5
"""Load for each core above which a run is marked as one on a busy machine."""


def describe_machine() -> dict[str, object]:
    """Say what the machine is and how busy it is."""
    load = os.getloadavg()[0]
    return {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "memory_bytes": psutil.virtual_memory().total,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "load_average": round(load, 2),
        "busy": load / (os.cpu_count() or 1) > BUSY,
    }
