"""``/api/v1/search`` and ``/api/v1/suggest``: things by any of their names, in any spelling."""
