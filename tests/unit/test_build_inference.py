"""What follows by rule: hierarchies, inverses, chains of partOf, successions from transfers."""

import pytest
from pyoxigraph import RdfFormat, parse

from graph.build.inference import apply_rules, infer
from graph.build.rules import load_rules
from graph.build.schema import Schema
from graph.cache import ContentCache
from graph.model import ntriples
from graph.model.namespaces import PREFIXES

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + "PREFIX : <https://e.org/>\n"

ONTOLOGY = """
vndx:Province rdfs:subClassOf vndx:AdministrativeUnit .
vndx:AdministrativeUnit rdfs:subClassOf schema:AdministrativeArea , [ a owl:Restriction ] .
vndx:partOf rdfs:subPropertyOf schema:containedInPlace .
vndx:succeededBy owl:inverseOf vndx:succeeds .
vndx:succeeds rdfs:subPropertyOf prov:wasDerivedFrom .
vndx:conflictsWith a owl:SymmetricProperty .
"""


def triples(turtle: str) -> bytes:
    return ntriples.canonical_with_blank_nodes(
        (quad.triple for quad in parse(HEAD + turtle, RdfFormat.TURTLE)), "t-"
    )


def inferred(turtle: str) -> set[str]:
    """Infer from data; give each triple with prefixed names."""
    found = infer({"k": triples(turtle)}, Schema.of(triples(ONTOLOGY)), load_rules(), ContentCache(None))
    return set(map(short, found.decode().splitlines()))


def short(line: str) -> str:
    for name, iri in [*PREFIXES.items(), ("", "https://e.org/")]:
        line = line.replace(f"<{iri}", f"{name}:<")
    return line.replace("<", "").replace(">", "").removesuffix(" .")


def test_superclasses_are_inferred_external_ones_too_and_anonymous_ones_not() -> None:
    assert inferred(":a a vndx:Province .") == {
        ":a rdf:type vndx:AdministrativeUnit",
        ":a rdf:type schema:AdministrativeArea",
    }


def test_what_is_stated_is_not_inferred_again() -> None:
    assert inferred(":a a vndx:Province, vndx:AdministrativeUnit .") == {
        ":a rdf:type schema:AdministrativeArea"
    }


def test_a_preferred_label_is_a_label() -> None:
    assert inferred(':a skos:prefLabel "Hà Nội"@vi .') == {':a rdfs:label "Hà Nội"@vi'}


def test_chains_of_part_of_are_closed_and_versions_left_out() -> None:
    found = inferred(
        ":commune vndx:partOf :district . :district vndx:partOf :province ."
        ":version vndx:versionOf :commune ; vndx:partOf :district ."
    )
    assert {
        ":commune vndx:partOfTransitive :district",
        ":commune vndx:partOfTransitive :province",
        ":district vndx:partOfTransitive :province",
        ":district vndx:hasPart :commune",
        ":province vndx:hasPart :district",
        ":commune schema:containedInPlace :district",
    } <= found
    assert not [
        line for line in found if "version vndx:partOfTransitive" in line or "hasPart :version" in line
    ]


TRANSFER = """
:change a {kind} ; vndx:transfer :t ; vndx:createdUnit :new .
:t vndx:fromUnit :old ; vndx:toUnit :new ; vndx:share <https://w3id.org/vndx/concept/share/{share}> .
"""


@pytest.mark.parametrize(
    ("kind", "share", "shortcut"),
    [
        ("vndx:Reorganisation", "whole", "vndx:succeededBy"),
        ("vndx:Reorganisation", "part", "vndx:partlySucceededBy"),
        ("vndx:Continuation", "whole", "vndx:continuedBy"),
    ],
)
def test_transfers_give_one_shortcut_by_kind_and_share(kind: str, share: str, shortcut: str) -> None:
    found = inferred(TRANSFER.format(kind=kind, share=share))
    shortcuts = {line for line in found if line.startswith(":old ") and line.endswith(" :new")}
    assert shortcuts == {f":old {shortcut} :new"}
    assert {":old vndx:changedBy :change", ":new vndx:changedBy :change"} <= found


def test_hierarchies_apply_to_what_rules_give() -> None:
    found = inferred(TRANSFER.format(kind="vndx:Reorganisation", share="whole"))
    assert {":new vndx:succeeds :old", ":new prov:wasDerivedFrom :old"} <= found


def test_conflicting_statements_conflict_with_each_other_and_not_with_themselves() -> None:
    assert inferred(":c vndx:conflictingStatement :x, :y .") == {
        ":x vndx:conflictsWith :y",
        ":y vndx:conflictsWith :x",
    }


def test_nothing_is_inferred_backwards_from_a_literal() -> None:
    assert inferred(':a vndx:conflictsWith "text" .') == set()


def test_inference_is_kept_by_graph_and_gives_the_same(tmp_path: object) -> None:
    schema, cache = Schema.of(triples(ONTOLOGY)), ContentCache(tmp_path)  # type: ignore[arg-type]
    data = {"k": triples(":a a vndx:Province .")}
    assert infer(data, schema, load_rules(), cache) == infer(data, schema, load_rules(), cache)


def test_each_rule_reads_only_what_it_declares() -> None:
    """Alone, a rule sees the triples that it declares; with all others, it sees theirs too."""
    data = triples(
        TRANSFER.format(kind="vndx:Reorganisation", share="part")
        + ":c vndx:conflictingStatement :x, :y . :commune vndx:partOf :district ."
        ":version vndx:versionOf :commune ; vndx:partOf :district ."
    )
    alone = [apply_rules([data], [rule]) for rule in load_rules()]
    assert ntriples.joined(ntriples.lines_of(b"".join(alone))) == apply_rules([data], load_rules())
    assert sum(map(bool, alone)) == 5


def test_a_class_cycle_ends() -> None:
    schema = Schema.of(triples("vndx:A rdfs:subClassOf vndx:B . vndx:B rdfs:subClassOf vndx:A ."))
    a, b = ("<https://w3id.org/vndx/ontology#A>", "<https://w3id.org/vndx/ontology#B>")
    assert (schema.super_classes[a], schema.super_classes[b]) == ((b,), (a,))


def test_the_most_specific_class_is_found() -> None:
    schema = Schema.of(triples(ONTOLOGY))
    unit, province = (
        f"<https://w3id.org/vndx/ontology#{name}>" for name in ("AdministrativeUnit", "Province")
    )
    assert schema.most_specific([unit, province]) == [province]
    assert schema.is_a(province, unit)
