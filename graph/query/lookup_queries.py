"""Look-ups as SPARQL queries, for engines that are reached by SPARQL alone."""

from __future__ import annotations

from pyoxigraph import NamedNode

from graph.query.lookups import GraphContents, Incoming, Lookup, Outgoing


def query_for(lookup: Lookup) -> str | None:
    """Give the CONSTRUCT query of a look-up, None if it asks for nothing.

    Blank nodes have no name that another query could use, so what is said of them is not looked up.
    """
    match lookup:
        case Outgoing(subjects=subjects, predicates=predicates, limit=limit):
            named = [subject for subject in subjects if isinstance(subject, NamedNode)]
            if not named:
                return None
            nodes = " ".join(map(str, named))
            terms = " ".join(map(str, predicates))
            only = f"VALUES ?p {{ {terms} }} " if predicates else ""
            return (
                f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {nodes} }} {only}?s ?p ?o }} "
                f"LIMIT {limit * len(named)}"
            )
        case Incoming(node=node, limit=limit):
            return f"CONSTRUCT {{ ?s ?p {node} }} WHERE {{ ?s ?p {node} }} LIMIT {limit}"
        case GraphContents(graph=graph, limit=limit):
            return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }} LIMIT {limit}"
