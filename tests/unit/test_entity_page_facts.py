"""The facts of a page: in groups and in order, written for readers, with links grouped by meaning."""

from __future__ import annotations

from pyoxigraph import NamedNode, RdfFormat, Store, parse

from api.entity_pages.citation import cite
from api.entity_pages.facts import Facts
from api.entity_pages.linked import MOST_READ, Linked, LinkGroup, plan_groups, plan_linked
from api.entity_pages.naming import Namer
from api.entity_pages.properties import GROUPS, INCOMING
from api.entity_pages.values import FactWriter, Group
from graph.model.namespaces import VNDX
from graph.query.lookups import run
from graph.query.store_lookups import StoreLookups

PREFIXES = """
@prefix vndx: <https://w3id.org/vndx/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://w3id.org/vndx/id/> .
"""
NODE = NamedNode("https://w3id.org/vndx/id/x")


def groups(turtle: str, language: str = "vi", left_out: set[NamedNode] | None = None) -> list[Group]:
    facts = Facts(language, (q.triple for q in parse(PREFIXES + turtle, RdfFormat.TURTLE)))
    return FactWriter(facts, Namer(facts)).groups(NODE, left_out or set())


def linked_groups(turtle: str, left_out: set[str] | None = None) -> list[LinkGroup]:
    store = Store()
    store.extend(parse(PREFIXES + turtle, RdfFormat.TURTLE))
    answer = StoreLookups(store).answer
    facts = Facts("vi")
    linked: Linked = run(plan_linked(NODE), answer)
    return run(plan_groups(facts, Namer(facts), linked, left_out or set()), answer)


def test_what_it_is_comes_before_when_where_and_who_and_internals_last() -> None:
    found = groups(
        ':x vndx:nameAscii "x" ; vndx:issuer :o ; vndx:jurisdiction :u ; vndx:number "01" ;'
        ' vndx:issueDate "2020-12-31"^^xsd:date .'
    )
    assert [group.name for group in found] == ["what", "when", "where", "who", "identifiers"]


def test_properties_keep_the_declared_order_within_a_group() -> None:
    found = groups(':x vndx:effectiveDate "2021"^^xsd:gYear ; vndx:issueDate "2020"^^xsd:gYear .')
    assert [fact.name for fact in found[0].facts] == ["issueDate", "effectiveDate"]


def test_numbers_and_dates_are_written_for_the_language() -> None:
    turtle = ':x vndx:population 1799489 ; vndx:validFrom "2025-07-01"^^xsd:date ; vndx:code "19" .'
    vi = {fact.name: fact.values[0].text.text for group in groups(turtle) for fact in group.facts}
    assert vi == {"population": "1.799.489", "validFrom": "1/7/2025", "code": "19"}
    en = {fact.name: fact.values[0].text.text for group in groups(turtle, "en") for fact in group.facts}
    assert (en["population"], en["validFrom"]) == ("1,799,489", "1 July 2025")


def test_a_property_of_another_vocabulary_that_says_the_same_is_not_repeated() -> None:
    found = groups(":x vndx:issuer :o ; dcterms:creator :o ; dcterms:publisher :p .")
    assert [fact.name for group in found for fact in group.facts] == ["issuer", "publisher"]


def test_only_texts_of_the_language_are_shown_else_the_vietnamese_ones_marked() -> None:
    turtle = ':x skos:note "ghi chú"@vi , "a note"@en ; skos:altLabel "tên"@vi .'
    texts = {f.name: [v.text for v in f.values] for g in groups(turtle, "en") for f in g.facts}
    assert [(text.text, text.language) for text in texts["note"]] == [("a note", "")]
    assert [(text.text, text.language) for text in texts["altLabel"]] == [("tên", "vi")]


def test_what_a_section_shows_is_not_among_the_facts() -> None:
    assert groups(':x vndx:number "01" .', left_out={VNDX["number"]}) == []


def test_parts_are_told_with_what_is_said_of_them() -> None:
    ((versions,),) = (
        group.facts
        for group in groups(
            ":x vndx:hasVersion <https://w3id.org/vndx/id/x/version/1> ."
            ' <https://w3id.org/vndx/id/x/version/1> vndx:officialName "Huyện Phổ Yên"@vi ;'
            ' vndx:versionOf :x ; vndx:validTo "2015"^^xsd:gYear .'
        )
    )
    (version,) = versions.values
    assert version.text.text == "Huyện Phổ Yên"
    assert [fact.name for fact in version.detail] == ["officialName", "validTo"]


def test_many_long_values_fold() -> None:
    names = " , ".join(f'"{"tên rất dài " * 6}{n}"@vi' for n in range(12))
    ((fact,),) = (group.facts for group in groups(f":x skos:altLabel {names} ."))
    assert (len(fact.shown), len(fact.folded)) == (4, 8)


def test_links_are_grouped_by_what_they_mean_for_the_thing() -> None:
    found = linked_groups(
        ":d a vndx:Document ; vndx:issuer :x . :n a vndx:Observation ; vndx:about :x ."
        " :c a vndx:Claim ; vndx:about :x ; skos:prefLabel 'một nhận định'@vi ."
    )
    assert {group.title[1]: group.count for group in found} == {
        "Figures about it": 1,
        "Claims about it": 1,
        "Documents issued by it": 1,
    }


def test_links_that_a_section_shows_are_left_out() -> None:
    turtle = ":n a vndx:Observation ; vndx:about :x . :c a vndx:Claim ; vndx:about :x ."
    assert [group.title[1] for group in linked_groups(turtle, {"about Observation"})] == ["Claims about it"]
    assert linked_groups(turtle, {"about"}) == []


def test_links_of_other_vocabularies_and_of_the_inference_are_not_repeated() -> None:
    assert linked_groups(":u vndx:partOfTransitive :x . :v schema:containedInPlace :x .") == []


def test_very_many_links_are_counted_whole_and_shown_in_part() -> None:
    many = MOST_READ + 50
    turtle = "".join(f":u{n} a vndx:Commune ; vndx:unitType :x .\n" for n in range(many))
    (group,) = linked_groups(turtle)
    assert (group.count, group.total, 0 < len(group.shown) < 20) == (many, many, True)


def test_every_group_and_kind_of_link_has_a_title_in_both_languages() -> None:
    titles = [*(title for title, _ in GROUPS.values()), *INCOMING.values()]
    assert all(vi and en and vi != en for vi, en in titles)


def test_a_citation_names_thing_snapshot_iri_and_licence() -> None:
    iri = "https://w3id.org/vndx/id/document/01-nq-tu"
    found = cite("Nghị quyết 50% & hơn", iri, "abc", "vi")
    assert found.sentence == f"VNDX. Nghị quyết 50% & hơn. Bản dữ liệu abc. {iri} (CC BY 4.0)"
    assert found.bibtex.startswith("@misc{vndx-document-01-nq-tu,")
    assert r"50\% \& hơn" in found.bibtex
    assert "Snapshot" not in cite("X", iri, "", "en").sentence
