"""The limit of open files of this process, which bounds how many connections it can have."""

from __future__ import annotations

import resource
from typing import Final

OTHER_FILES: Final = 256
"""What is open besides connections: workers, snapshots, logs."""


def allow_open_files(connections: int) -> int:
    """Raise the soft limit as far as this many connections need it and the hard limit lets it.

    Returns:
        how many connections there can be then, at least one.

    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return connections if soft == resource.RLIM_INFINITY else max(1, min(connections, soft - OTHER_FILES))
