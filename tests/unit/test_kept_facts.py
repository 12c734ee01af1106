"""Facts that are kept in memory: pages say the same with them and without."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, Triple, parse

from api.entities.page import EntityPage, plan_page
from api.entity_pages.facts import NOTHING_KEPT, Facts, KeptFacts
from api.entity_pages.kept_facts import plan_kept_facts
from graph.model.namespaces import VNDX
from graph.query.lookups import Lookup, Outgoing, run
from graph.query.store_lookups import StoreLookups

_DATA = """
@prefix vndx: <https://w3id.org/vndx/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/vndx/id/platform/app> a vndx:Platform ; skos:prefLabel "Ứng dụng"@vi , "App"@en ;
  vndx:hasEvidence <https://w3id.org/vndx/id/evidence/1> .
<https://w3id.org/vndx/id/observation/1> a vndx:Observation ; vndx:value 500 ; vndx:comparator "=" ;
  vndx:about <https://w3id.org/vndx/id/platform/app> ;
  vndx:indicator <https://w3id.org/vndx/concept/indicator/installs> ;
  vndx:asOf "2022-10-01"^^xsd:date ; vndx:hasEvidence <https://w3id.org/vndx/id/evidence/1> .
<https://w3id.org/vndx/id/observation/2> a vndx:Observation ; vndx:value 900 ; vndx:comparator ">" ;
  vndx:about <https://w3id.org/vndx/id/platform/app> ;
  vndx:indicator <https://w3id.org/vndx/concept/indicator/installs> ;
  vndx:asOf "2023-10-01"^^xsd:date ; vndx:statedIn <https://w3id.org/vndx/id/source/1> .
<https://w3id.org/vndx/concept/indicator/installs> a skos:Concept , vndx:Indicator ;
  skos:prefLabel "lượt tải"@vi .
<https://w3id.org/vndx/id/evidence/1> a vndx:Evidence ; oa:hasSource <https://w3id.org/vndx/id/source/1> ;
  oa:hasSelector <https://w3id.org/vndx/id/evidence/1#quote> .
<https://w3id.org/vndx/id/evidence/1#quote> a oa:TextQuoteSelector ; oa:exact "500 lượt tải"@vi .
<https://w3id.org/vndx/id/source/1> a vndx:Source ; skos:prefLabel "Bài báo"@vi ;
  vndx:publishedDate "2022-10-05"^^xsd:date .
"""
_APP = NamedNode("https://w3id.org/vndx/id/platform/app")
_EVIDENCE = NamedNode("https://w3id.org/vndx/id/evidence/1")


@pytest.fixture
def lookups() -> StoreLookups:
    store = Store()
    store.extend(parse(_DATA, RdfFormat.TURTLE))
    return StoreLookups(store)


def test_the_kept_facts_reach_from_a_figure_to_the_words_that_state_it(lookups: StoreLookups) -> None:
    kept: KeptFacts = run(plan_kept_facts(), lookups.answer)
    assert {node.value.rpartition("/")[2] for node in kept} == {"app", "1", "2", "installs", "1#quote"}


@pytest.mark.parametrize("node", [_APP, _EVIDENCE, NamedNode("https://w3id.org/vndx/id/observation/1")])
def test_a_page_is_the_same_with_kept_facts_and_without(lookups: StoreLookups, node: NamedNode) -> None:
    kept: KeptFacts = run(plan_kept_facts(), lookups.answer)

    def page(known: KeptFacts) -> EntityPage | None:
        return run(plan_page(node, "vi", "", "s", kept=known), lookups.answer)

    assert page(kept) == page(NOTHING_KEPT)
    assert page(kept) is not None


def test_what_is_kept_is_not_looked_up_again(lookups: StoreLookups) -> None:
    kept: KeptFacts = run(plan_kept_facts(), lookups.answer)
    facts = Facts("vi", kept=kept)
    asked: list[Lookup] = []

    def answer(lookup: Lookup) -> object:
        asked.append(lookup)
        return lookups.answer(lookup)

    unknown = NamedNode("https://w3id.org/vndx/id/unit/2025/19")
    run(facts.read((_APP, unknown), VNDX["about"]), answer)
    run(facts.name((_APP,)), answer)
    assert asked == [Outgoing((unknown,), (VNDX["about"],))]


def test_what_is_added_of_a_kept_node_changes_nothing() -> None:
    label = VNDX["statement"]
    facts = Facts("vi", kept={_APP: {label: ()}})
    facts.add([Triple(_APP, label, _EVIDENCE)])
    assert facts.values(_APP, label) == []
