"""What makes it impossible to link a table at all; a single bad row never does."""

from __future__ import annotations


class LinkInputError(ValueError):
    """The table, or what is asked of it, cannot be used; the message says why, and what would be right."""
