"""Queries over a snapshot: the engine seam, the embedded engine with killable workers, the remote engine."""
