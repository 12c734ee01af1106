"""The map of the provinces: indicators by year, as points, and as the table that says the same."""
