"""The documented queries (``docs/queries/*.rq``) as examples that the graph itself offers."""
