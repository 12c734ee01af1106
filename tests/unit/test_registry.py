"""The list of all mappings: what the build relies on."""

from __future__ import annotations

from collections import Counter

from mapping_support import TABLES

from graph.mapping import registry
from graph.model.namespaces import GRAPH


def test_no_two_mappings_have_the_same_name_or_fill_the_same_graph() -> None:
    names = Counter(mapping.name for mapping in registry.mappings())
    graphs = Counter(mapping.graph for mapping in registry.mappings())
    assert max(names.values()) == max(graphs.values()) == 1


def test_every_graph_is_in_the_namespace_of_graphs() -> None:
    assert all(mapping.graph in GRAPH for mapping in registry.mappings())


def test_every_input_is_a_table_of_the_project_named_once() -> None:
    for mapping in registry.mappings():
        assert len(set(mapping.inputs)) == len(mapping.inputs), mapping.name
        for name in mapping.inputs:
            assert (TABLES / f"{name}.csv").is_file(), (mapping.name, name)


def test_every_table_of_the_project_is_read_by_a_mapping() -> None:
    read = {name for mapping in registry.mappings() for name in mapping.inputs}
    assert {str(path.relative_to(TABLES).with_suffix("")) for path in TABLES.rglob("*.csv")} <= read


def test_every_mapping_has_titles_in_both_languages_and_a_licence() -> None:
    for mapping in registry.mappings():
        assert mapping.title_vi, mapping.name
        assert mapping.title_en, mapping.name
        assert mapping.licence.startswith("https://"), mapping.name
