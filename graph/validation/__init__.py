"""SHACL validation with pySHACL: the gate that every build passes before it is published.

What is validated is what the files state, with the lexical forms of the files, together with the
ontology and the concept schemes; what was inferred is left out, so that no rule can hide a gap.
"""
