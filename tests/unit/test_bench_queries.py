"""The query set of the bench: well-formed, over terms that the vocabulary has."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pyoxigraph import NamedNode, QueryTriples, RdfFormat, Store

from bench.load.messages import Job, Outcome, Sample
from bench.queries.abusive import ABUSIVE
from bench.queries.competency import competency_queries, mixed
from bench.queries.families import TEMPLATES, families
from bench.queries.model import Constants, Family, Group, Template, cache_busting_suffix
from graph.vocabulary.files import CONTEXT

ONTOLOGY = "https://w3id.org/vndx/ontology#"
VALUES = dict.fromkeys(Constants, ("https://w3id.org/vndx/id/x", "https://w3id.org/vndx/id/y"))


@pytest.mark.parametrize("family", families(VALUES), ids=lambda family: family.name)
def test_every_query_is_well_formed_and_of_the_kind_it_says(family: Family) -> None:
    assert len(set(family.texts)) == len(family.texts)
    for text in family.texts:
        assert isinstance(Store().query(text), QueryTriples) == family.graph


@pytest.mark.parametrize("name", ABUSIVE)
def test_every_abusive_query_is_well_formed(name: str) -> None:
    Store().query(ABUSIVE[name])


def test_queries_use_terms_that_the_ontology_declares() -> None:
    ontology = Store()
    ontology.load(path=CONTEXT.parent / "vndx.ttl", format=RdfFormat.TURTLE)
    used = {term for template in TEMPLATES for term in re.findall(r"vndx:(\w+)", template.query)}

    missing = [
        term
        for term in sorted(used)
        if not any(ontology.quads_for_pattern(NamedNode(ONTOLOGY + term), None, None))
    ]
    assert missing == []


def test_all_kinds_of_queries_are_there() -> None:
    groups = {template.group for template in TEMPLATES} | {Group.COMPETENCY}

    assert groups == set(Group)
    assert len({template.name for template in TEMPLATES}) == len(TEMPLATES)


def test_a_template_needs_a_slot_for_its_constants() -> None:
    with pytest.raises(ValueError, match="slot"):
        Template("x", Group.POINT, "ASK {}", Constants.CODE).fill(("1",))
    with pytest.raises(ValueError, match="slot"):
        Template("x", Group.POINT, "ASK { <@@> ?p ?o }").fill(())


def test_data_without_the_constants_are_refused() -> None:
    with pytest.raises(ValueError, match="have no"):
        families({})


def test_competency_queries_are_read_in_order_and_mixed(tmp_path: Path) -> None:
    (tmp_path / "b.rq").write_text("SELECT * { ?s ?p ?o }", "utf-8")
    (tmp_path / "a.rq").write_text("ASK {}", "utf-8")

    found = competency_queries(tmp_path)
    assert [family.name for family in found] == ["a", "b"]
    assert mixed(found).texts == ("ASK {}", "SELECT * { ?s ?p ?o }")


def test_the_cache_busting_suffix_is_a_comment_on_a_line_of_its_own() -> None:
    target = "/sparql?query=ASK%20%7B%7D" + cache_busting_suffix("cold 1") + "7"

    assert parse_qs(urlsplit(target).query)["query"] == ["ASK {}\n# cold 1-7"]


def test_jobs_and_outcomes_survive_the_way_to_the_other_process() -> None:
    job = Job("127.0.0.1", 80, "text/plain", ("/a", "/b"), suffix="x", clients=3, warm=True)
    outcome = Outcome((Sample(1.5, 2.5, 0.5), Sample(2.0, 1.0, 0.0, "HTTP 503")), 3.0, 17, 0.25)

    assert Job.from_line(job.to_line()) == job
    assert Outcome.from_line(outcome.to_line()) == outcome
