"""VNDX graph: from files to a validated, published snapshot, and queries over it.

This package knows nothing of HTTP and never imports `api`.
"""

__version__ = "0.1.0"
