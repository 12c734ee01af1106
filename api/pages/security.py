"""What a browser may do with a page of ours: nothing that the page itself does not bring (CSP level 3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_POLICY: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}


def _headers(frame_ancestors: str) -> Mapping[str, str]:
    policy = _POLICY | {"frame-ancestors": frame_ancestors}
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }


PAGE_HEADERS: Final = _headers("'self'")
"""The headers of every page."""

FRAMED_HEADERS: Final = _headers("*")
"""The headers of a page made to be shown in a frame of another site: a reconciliation preview."""
