"""Side-by-side benchmarks: VNDX and its peers on the same data, in one run (``python -m bench --help``).

Nothing of VNDX imports this package. It talks to every server, VNDX too, over HTTP on loopback only.
"""
