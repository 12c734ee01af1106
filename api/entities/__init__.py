"""Entities: their description, its formats, its addresses, and pages for people."""
