"""The build: a pure function from files to a snapshot.

Each input gives a *unit*: the triples of one named graph as sorted N-Triples, kept in a cache under a
hash of everything they depend on. What follows (inference, validation, store, index, dumps) works on
these texts, so that the lexical forms of the sources are what is validated and published, and not what
a store makes of them.
"""
