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
            # Pairs, as engines join two lists of values with each other before they look at the data.
            values = (
                f"(?s ?p) {{ {' '.join(f'({node} {term})' for node in named for term in predicates)} }}"
                if predicates
                else f"?s {{ {' '.join(map(str, named))} }}"
            )
            most = limit * len(named) * max(1, len(predicates))
            return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES {values} ?s ?p ?o }} LIMIT {most}"
        case Incoming(node=node, limit=limit):
            return f"CONSTRUCT {{ ?s ?p {node} }} WHERE {{ ?s ?p {node} }} LIMIT {limit}"
        case GraphContents(graph=graph, limit=limit):
            return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }} LIMIT {limit}"
