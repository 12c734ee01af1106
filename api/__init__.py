"""The web service: SPARQL, entities, and what belongs to them, over a published snapshot."""
