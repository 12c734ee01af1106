"""The vocabulary as documents: ontology, concept schemes, shapes and JSON-LD context, for people and programs."""
