"""The vocabulary as documents: ontology, concepts, shapes and JSON-LD context, for people and programs."""
