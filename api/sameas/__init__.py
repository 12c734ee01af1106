"""``/api/v1/sameas``: the same thing under other identifiers, in both directions."""
