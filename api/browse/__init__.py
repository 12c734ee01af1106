"""``/browse``: the collections of the interface as pages for people."""
