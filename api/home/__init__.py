"""``/``: where people start; what it shows of a snapshot is read once."""
