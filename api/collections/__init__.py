"""``/api/v1/<collection>``: every class as a list with filters, order, pages, and tables for notebooks."""
