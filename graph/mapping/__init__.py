"""Mappings from CSV tables to RDF: one module for one family of tables, all of one shape.

A mapping reads typed rows from a `TableSet`, writes quads to a `GraphSink` and reports bad rows to
`Problems`. It opens no other file and knows nothing of the store that its quads go to.
"""
