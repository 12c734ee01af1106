"""``/guides``: how to use the graph, told to people in Vietnamese and English."""
