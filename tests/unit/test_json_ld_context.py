"""The JSON-LD context: made from the ontology, and giving the triples that the plain JSON means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import OWL, RDF, Graph
from rdflib.compare import isomorphic, to_isomorphic

from graph.model.namespaces import PREFIXES, VNDX
from graph.vocabulary import json_ld_context
from graph.vocabulary.files import CONTEXT, ONTOLOGY, REUSED_TERMS, read_turtle
from graph.vocabulary.json_ld_context import main, make_context

DISTRICT = {
    "id": "https://w3id.org/vndx/id/unit/2004/172",
    "type": ["District"],
    "label": {"vi": "Thành phố Phổ Yên", "en": "Pho Yen City"},
    "altLabel": {"vi": ["Phổ Yên", "Thị xã Phổ Yên"]},
    "code": "172",
    "era": {
        "id": "https://w3id.org/vndx/concept/era/2004",
        "label": {"vi": "Danh mục trước ngày 01/07/2025"},
    },
    "partOf": [{"id": "https://w3id.org/vndx/id/unit/2004/19"}],
    "validTo": "2025-07-01",
    "lat": "21.4",
    "page": "a key that the context does not know adds no triple",
}
OBSERVATION = {
    "id": "https://w3id.org/vndx/id/observation/x",
    "type": "Observation",
    "value": "207963",
    "rank": 12,
    "comparator": ">",
    "hedge": {"vi": ["trên"]},
    "asOf": {"@value": "2022-08", "type": "xsd:gYearMonth"},
    "hasEvidence": [
        {
            "id": "https://w3id.org/vndx/id/evidence/1",
            "hasSelector": [
                {
                    "id": "https://w3id.org/vndx/id/evidence/1#quote",
                    "type": ["TextQuoteSelector"],
                    "exact": {"vi": "207.963 lượt"},
                },
                {"id": "https://w3id.org/vndx/id/evidence/1#position", "oa:start": 5, "oa:end": 17},
            ],
        }
    ],
}
DISTRICT_TURTLE = """
<id/unit/2004/172> a vndx:District ; skos:prefLabel "Thành phố Phổ Yên"@vi, "Pho Yen City"@en ;
  skos:altLabel "Phổ Yên"@vi, "Thị xã Phổ Yên"@vi ; vndx:code "172" ; vndx:era <concept/era/2004> ;
  vndx:partOf <id/unit/2004/19> ; vndx:validTo "2025-07-01"^^xsd:date ; geo:lat 21.4 .
<concept/era/2004> skos:prefLabel "Danh mục trước ngày 01/07/2025"@vi .
"""
OBSERVATION_TURTLE = """
<id/observation/x> a vndx:Observation ; vndx:value "207963"^^xsd:decimal ; vndx:rank 12 ;
  vndx:comparator ">" ; vndx:hedge "trên"@vi ; vndx:asOf "2022-08"^^xsd:gYearMonth ;
  vndx:hasEvidence <id/evidence/1> .
<id/evidence/1> oa:hasSelector <id/evidence/1#quote>, <id/evidence/1#position> .
<id/evidence/1#quote> a oa:TextQuoteSelector ; oa:exact "207.963 lượt"@vi .
<id/evidence/1#position> oa:start 5 ; oa:end 17 .
"""


def committed_context() -> dict[str, object]:
    context = json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"]
    assert isinstance(context, dict)
    return context


def turtle(text: str) -> Graph:
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    return Graph().parse(data=f"@base <https://w3id.org/vndx/> .\n{prefixes}{text}", format="turtle")


@pytest.mark.parametrize(
    ("document", "expected"),
    [(DISTRICT, DISTRICT_TURTLE), (OBSERVATION, OBSERVATION_TURTLE)],
    ids=["district", "observation"],
)
def test_plain_json_with_the_context_means_the_triples_of_the_turtle(
    document: dict[str, object], expected: str
) -> None:
    text = json.dumps({"@context": committed_context(), **document})
    read = Graph().parse(data=text, format="json-ld")
    assert to_isomorphic(read) == to_isomorphic(turtle(expected)), read.serialize(format="nt")


def test_the_committed_context_is_up_to_date_with_the_ontology() -> None:
    assert main(["--check"]) == 0


def test_a_context_that_is_out_of_date_fails_the_check_and_is_then_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "context.jsonld"
    monkeypatch.setattr(json_ld_context, "CONTEXT", path)
    assert main(["--check"]) == 1
    assert "out of date" in capsys.readouterr().err
    assert main([]) == 0
    assert path.read_bytes() == CONTEXT.read_bytes()


def test_each_class_and_property_of_the_ontology_has_a_key() -> None:
    context = committed_context()
    ontology = read_turtle([ONTOLOGY])
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            if str(term).startswith(VNDX.iri):
                assert term.removeprefix(VNDX.iri) in context, term


def test_no_two_keys_mean_the_same_term() -> None:
    definitions = [
        value if isinstance(value, str) else value["@id"]
        for value in list(committed_context().values())[3:]
        if value is not None
    ]
    assert len(definitions) == len(set(definitions))


def test_a_functional_property_is_single_and_any_other_an_array() -> None:
    context = committed_context()
    ontology = read_turtle([ONTOLOGY])
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            definition = context[term.removeprefix(VNDX.iri)]
            single = (term, RDF.type, OWL.FunctionalProperty) in ontology
            assert ("@set" in definition.get("@container", [])) != single, term


def test_a_reused_term_with_the_name_of_an_own_one_goes_by_its_compact_iri() -> None:
    context = committed_context()
    assert context["title"]["@id"] == "vndx:title"
    assert context["dcterms:title"]["@id"] == "dcterms:title"


def test_an_own_term_with_the_name_of_a_prefix_is_refused() -> None:
    ontology = turtle("vndx:time a owl:DatatypeProperty .")
    with pytest.raises(ValueError, match="the key 'time'"):
        make_context(ontology, Graph())


def test_a_reused_term_of_a_vocabulary_without_prefix_is_refused() -> None:
    reused = turtle("<http://example.org/#age> a owl:DatatypeProperty .")
    with pytest.raises(ValueError, match=r"the namespace of .* has no prefix"):
        make_context(Graph(), reused)


def test_the_round_trip_through_json_ld_keeps_the_ontology_of_reused_terms() -> None:
    reused = read_turtle([REUSED_TERMS])
    text = reused.serialize(format="json-ld", context=committed_context())
    assert isomorphic(Graph().parse(data=text, format="json-ld"), reused)
