"""Confining a process to the ports that it may connect to, by the kernel (Linux 6.7 and later: Landlock).

What a query calls is checked when its text is read; this holds even if a text should be misread.
Kernel documentation: userspace-api/landlock, "Network flags".
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from typing import Final

# The same numbers on every architecture.
_CREATE_RULESET: Final = 444
_ADD_RULE: Final = 445
_RESTRICT_SELF: Final = 446
_RULE_NET_PORT: Final = 2
_BIND_TCP: Final = 1
_CONNECT_TCP: Final = 2
_PR_SET_NO_NEW_PRIVS: Final = 38


class _RulesetAttributes(ctypes.Structure):
    _fields_ = (("handled_access_fs", ctypes.c_uint64), ("handled_access_net", ctypes.c_uint64))


class _PortAttributes(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("port", ctypes.c_uint64))


def connect_only_to(ports: Iterable[int]) -> bool:
    """Let this thread, and what it starts, open TCP connections to these ports only, and listen on none.

    Returns:
        Whether the kernel does so; False where it cannot, and then nothing has changed.

    """
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        handled = _RulesetAttributes(0, _BIND_TCP | _CONNECT_TCP)
        ruleset = libc.syscall(_CREATE_RULESET, ctypes.byref(handled), ctypes.sizeof(handled), 0)
    except (OSError, AttributeError, TypeError):
        return False  # no libc of this kind
    if ruleset < 0:
        return False
    try:
        for port in ports:
            rule = _PortAttributes(_CONNECT_TCP, port)
            if libc.syscall(_ADD_RULE, ruleset, _RULE_NET_PORT, ctypes.byref(rule), 0):
                return False
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            return False
        return bool(libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)
