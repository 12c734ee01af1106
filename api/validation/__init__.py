"""``/validate``: RDF that somebody sends, against the shapes; nothing is stored."""
