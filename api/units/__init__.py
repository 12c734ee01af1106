"""``/api/v1/units/{era}/{code}``: one administrative unit on a day, its history, and what it became."""
