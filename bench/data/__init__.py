"""The data of a run: a pinned snapshot, its dump, constants for queries, and larger copies."""
