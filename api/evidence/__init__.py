"""``/api/v1/evidence``: which source says something, with which words, and who says otherwise."""
