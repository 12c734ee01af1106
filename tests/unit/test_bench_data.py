"""The data of the bench: taking dumps apart, copies, constants."""

from collections.abc import Iterable

import pytest
from pyoxigraph import RdfFormat, parse

from bench.data.constants import draw
from bench.data.dump import graph_of, merged, renamed, triple_of
from bench.queries.model import Constants

ID = "https://w3id.org/vndx/id/"
ONTOLOGY = "https://w3id.org/vndx/ontology#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def test_the_graph_is_taken_off_the_end_of_a_line() -> None:
    assert triple_of(b"<urn:s> <urn:p> <urn:o> <urn:g> .\n") == b"<urn:s> <urn:p> <urn:o> .\n"


def test_a_literal_may_hold_what_looks_like_a_graph() -> None:
    quad = b'<urn:s> <urn:p> "FILTER(STR(?a) <= STR(?b)) <x> ." <urn:g> .\n'

    assert triple_of(quad) == b'<urn:s> <urn:p> "FILTER(STR(?a) <= STR(?b)) <x> ." .\n'
    assert graph_of(quad) == "urn:g"


@pytest.mark.parametrize("line", [b"<urn:s> <urn:p> <urn:o> <urn:g> .", b'<urn:s> <urn:p> "o" .\n', b"\n"])
def test_a_line_without_a_graph_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match="no N-Quads line"):
        triple_of(line)


def test_the_merge_has_a_triple_of_two_graphs_once() -> None:
    quads = [
        b"<urn:s> <urn:p> <urn:o> <urn:g> .\n",
        b"<urn:s> <urn:p> <urn:o> <urn:h> .\n",
        b"<urn:s> <urn:p> <urn:x> <urn:h> .\n",
    ]

    assert list(merged(quads)) == [b"<urn:s> <urn:p> <urn:o> .\n", b"<urn:s> <urn:p> <urn:x> .\n"]


def test_a_copy_renames_entities_and_source_graphs_and_nothing_else() -> None:
    line = (
        f'<{ID}unit/2004/19> <{ONTOLOGY}name> "a <{ID} b"@vi <https://w3id.org/vndx/graph/source/001> .\n'
    ).encode()
    copy = renamed(line, 2)

    assert copy is not None
    quad = next(iter(parse(copy, RdfFormat.N_QUADS)))
    assert str(quad.subject) == f"<{ID}x2/unit/2004/19>"
    assert str(quad.predicate) == f"<{ONTOLOGY}name>"
    assert str(quad.graph_name) == "<https://w3id.org/vndx/graph/source/x2/001>"


def test_a_copy_leaves_out_what_all_share() -> None:
    assert renamed(b"<https://w3id.org/vndx/ontology#name> <urn:p> <urn:o> <urn:g> .\n", 2) is None
    assert renamed(f"_:b <urn:p> <{ID}unit/2004/19> <urn:g> .\n".encode(), 2) is None


def test_copies_have_different_names() -> None:
    line = f"<{ID}a> <urn:p> <{ID}b> .\n".encode()

    assert len({line, renamed(line, 2), renamed(line, 3)}) == 3


def _triples() -> Iterable[bytes]:
    for number in range(20):
        yield f"<{ID}unit/2004/{number:05}> <{TYPE}> <{ONTOLOGY}Commune> .\n".encode()
        yield f'<{ID}unit/2004/{number:05}> <{ONTOLOGY}code> "{number:05}" .\n'.encode()
    yield f"<{ID}unit/2004/19> <{TYPE}> <{ONTOLOGY}Province> .\n".encode()
    yield f'<{ID}unit/2004/19> <{ONTOLOGY}name> "Thái Nguyên"@vi .\n'.encode()
    yield f'<{ID}unit/2004/00001> <{ONTOLOGY}name> "Phúc Xá"@vi .\n'.encode()
    yield f"<{ONTOLOGY}Commune> <{TYPE}> <{ONTOLOGY}Commune> .\n".encode()


def test_constants_are_entities_of_the_class_and_names_of_provinces() -> None:
    found = draw(_triples())

    assert found[Constants.PROVINCE] == (f"{ID}unit/2004/19",)
    assert found[Constants.NAME] == ("Thái Nguyên",)
    assert len(found[Constants.COMMUNE]) == len(found[Constants.CODE]) == 20
    assert all(iri.startswith(ID) for iri in found[Constants.COMMUNE])


def test_the_same_data_in_another_order_give_the_same_constants() -> None:
    assert draw(_triples(), most=5) == draw(reversed(list(_triples())), most=5)
    assert len(draw(_triples(), most=5)[Constants.COMMUNE]) == 5
