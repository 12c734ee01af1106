"""The collections, as plain data: one module for a family of classes."""
