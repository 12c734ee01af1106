"""Which graphs a query sees (SPARQL 1.1 Query, section 13.2; Protocol, section 2.1.4)."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Store

from graph.model.namespaces import BASE


@dataclass(frozen=True)
class Dataset:
    """A dataset that a request or a query chooses, by IRIs.

    Attributes:
        default_graphs: their merge is the default graph; none of them makes it empty.
        named_graphs: what GRAPH can name.

    """

    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


def query_dataset(
    store: Store, text: str, dataset: Dataset | None
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Evaluate a query over the dataset that was chosen, or over the whole store.

    The store's own default graph is the merge of all its named graphs: the build stores it so. Oxigraph
    makes no merge of several graphs: it gives a triple once for each graph that has it, which would count
    it too often. So if several are to be the default graph, their merge is made for this query.

    Raises:
        SyntaxError: if the query is none.
        OSError, ValueError, RuntimeError: if it cannot be evaluated.

    """
    if dataset is None:
        return store.query(text, base_iri=BASE)
    named = [NamedNode(iri) for iri in dataset.named_graphs]
    default: list[NamedNode | DefaultGraph] = [NamedNode(iri) for iri in dataset.default_graphs]
    if len(default) > 1:
        store = _merged(store, dataset)
        default = [DefaultGraph()]
    # Both lists, also empty ones: either alone would leave the store's own graphs visible in the other.
    return store.query(text, base_iri=BASE, default_graph=default, named_graphs=named)  # type: ignore[arg-type]


def _merged(store: Store, dataset: Dataset) -> Store:
    """Copy the graphs of a dataset, with the merge of its default graphs (RDF 1.1 Semantics, section 4.1)."""
    merged = Store()
    for iri in dataset.default_graphs:
        merged.extend(
            Quad(quad.subject, quad.predicate, quad.object)
            for quad in store.quads_for_pattern(None, None, None, NamedNode(iri))
        )
    for iri in dataset.named_graphs:
        merged.extend(store.quads_for_pattern(None, None, None, NamedNode(iri)))
    return merged
