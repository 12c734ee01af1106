"""``/api/v1/link``: tables that come as CSV, and go back with columns about the units that they name."""
