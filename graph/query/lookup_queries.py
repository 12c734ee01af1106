"""Look-ups as SPARQL queries, for engines that are reached by SPARQL alone."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)

from graph.query.lookups import (
    REFERENCE_PROPERTIES,
    GraphContents,
    Incoming,
    LinkCounts,
    LinkPage,
    Located,
    Lookup,
    Node,
    Outgoing,
    References,
    SimilarNodes,
    is_of_reference,
)
from graph.query.store_lookups import count_query, read_counts


def query_for(lookup: Lookup) -> str | None:  # noqa: PLR0911
    """Give the query of a look-up, None if it asks for nothing: SELECT if `is_selected`, else CONSTRUCT.

    Blank nodes have no name that another query could use, so what is said of them is not looked up.
    """
    match lookup:
        case Outgoing(subjects=subjects, predicates=predicates, limit=limit):
            return _outgoing(subjects, predicates, limit)
        case References(nodes=nodes):
            return _outgoing(nodes, REFERENCE_PROPERTIES, 100)
        case Located(subjects=subjects, predicates=predicates):
            values = _values(subjects, predicates)
            return f"SELECT * WHERE {{ VALUES {values} GRAPH ?g {{ ?s ?p ?o }} }}" if values else None
        case Incoming(node=node, limit=limit):
            return f"CONSTRUCT {{ ?s ?p {node} }} WHERE {{ ?s ?p {node} }} LIMIT {limit}"
        case LinkPage():
            return _page(lookup)
        case LinkCounts():
            return count_query(lookup)
        case GraphContents(graph=graph, limit=limit):
            return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }} LIMIT {limit}"
        case SimilarNodes():
            return None  # an endpoint would have to go through all its nodes


def is_selected(lookup: Lookup) -> bool:
    """Say whether the query of a look-up is a SELECT query."""
    return isinstance(lookup, Located | LinkCounts)


def read_answer(lookup: Lookup, content: bytes) -> object:
    """Read the answer to the query of a look-up: N-Triples, or solutions in JSON if it `is_selected`.

    Raises:
        SyntaxError: if it cannot be read.
        TypeError: if it is a boolean.

    """
    if not is_selected(lookup):
        triples = list(dict.fromkeys(quad.triple for quad in parse(content, RdfFormat.N_TRIPLES)))
        if isinstance(lookup, References):
            return [found for found in triples if is_of_reference(found)]
        return sorted(triples, key=str) if isinstance(lookup, LinkPage) else triples
    solutions = parse_query_results(content, QueryResultsFormat.JSON)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("the endpoint answered a SELECT query with a boolean")
    return list(read_counts(solutions)) if isinstance(lookup, LinkCounts) else _quads(lookup, solutions)


def _outgoing(subjects: Iterable[Node], predicates: tuple[NamedNode, ...], limit: int) -> str | None:
    named = [subject for subject in subjects if isinstance(subject, NamedNode)]
    values = _values(named, predicates)
    most = limit * len(named) * max(1, len(predicates))
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES {values} ?s ?p ?o }} LIMIT {most}" if values else None


def _values(subjects: Iterable[Node], predicates: tuple[NamedNode, ...]) -> str:
    named = [subject for subject in subjects if isinstance(subject, NamedNode)]
    if not named:
        return ""
    if not predicates:
        return f"?s {{ {' '.join(map(str, named))} }}"
    # Pairs, as engines join two lists of values with each other before they look at the data.
    return f"(?s ?p) {{ {' '.join(f'({node} {term})' for node in named for term in predicates)} }}"


def _page(lookup: LinkPage) -> str:
    ends = (str(lookup.node), "?other") if lookup.outgoing else ("?other", str(lookup.node))
    link = f"{ends[0]} {lookup.predicate} {ends[1]}"
    bound = f"< {Literal(lookup.before)}" if lookup.before else f"> {Literal(lookup.after)}"
    order = "DESC(STR(?other))" if lookup.before else "STR(?other)"
    others = f"SELECT DISTINCT ?other {{ {link} FILTER(isIRI(?other) && STR(?other) {bound}) }}"
    return f"CONSTRUCT {{ {link} }} WHERE {{ {others} ORDER BY {order} LIMIT {lookup.limit} }}"


def _quads(lookup: Lookup, solutions: QuerySolutions) -> list[Quad]:
    bound = set(lookup.predicates) if isinstance(lookup, Located) else set()
    found: list[Quad] = []
    for solution in solutions:
        subject, predicate, value, graph = (solution[name] for name in ("s", "p", "o", "g"))
        if (
            isinstance(subject, NamedNode | BlankNode)
            and isinstance(predicate, NamedNode)
            and isinstance(graph, NamedNode)
            and value is not None
            and (not bound or predicate in bound)
        ):
            found.append(Quad(subject, predicate, value, graph))
    return found
