"""Linking tables of other people: CSV in, the same CSV with columns about the units that its rows name."""
