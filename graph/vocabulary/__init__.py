"""The vocabulary as files: the ontology and its concepts, the JSON-LD context made from them, their format.

Reads ``ontology/*.ttl`` with rdflib; knows nothing of tables, stores or HTTP.
"""
