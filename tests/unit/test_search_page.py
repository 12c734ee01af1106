"""The page of a search: what answers the query is marked, and facets lead to narrower searches."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from api.search.page import Part, era_facets, marked, results, type_facets
from graph.search.highlights import Span
from graph.search.index import Hit, SearchClass, SearchResult
from graph.search.ranking import MatchKind
from graph.search.statements import Shown

COMMUNE = SearchClass("https://w3id.org/vndx/ontology#Commune", "đơn vị cấp xã", "commune", ())
PHO_YEN = Shown(
    "https://w3id.org/vndx/id/unit/2025/05860",
    COMMUNE.iri,
    "2025",
    "2025-07-01",
    "",
    label_vi="Phường Phổ Yên",
    label_en="Pho Yen Ward",
    description_vi="Phường, tỉnh Thái Nguyên; từ 01/07/2025",
    description_en="",
)


def _found(text: str, kind: MatchKind = MatchKind.FOLDED) -> SearchResult:
    hit = Hit(PHO_YEN, kind, text, (Span(0, len(text)),), 0.9)
    return SearchResult([hit], 1, [(COMMUNE, 1)], [("2025", 1)], "")


def test_a_name_within_the_label_is_marked_there() -> None:
    (shown,) = results(_found("Phổ Yên"), [COMMUNE], "vi")
    assert shown.label == [Part("Phường "), Part("Phổ Yên", marked=True)]
    assert shown.matched == []
    assert shown.page == "/page/unit/2025/05860"
    assert shown.why == ("Trùng tên, không kể dấu", "Same name, marks aside")


def test_another_name_is_shown_beside_the_label() -> None:
    (shown,) = results(_found("Phổ Yên"), [COMMUNE], "en")
    assert shown.label == [Part("Pho Yen Ward")]
    assert shown.matched == [Part("Phổ Yên", marked=True)]


def test_what_is_not_in_the_language_of_the_page_says_its_own() -> None:
    (shown,) = results(_found("Pho Yen"), [COMMUNE], "en")
    assert (shown.description, shown.description_language) == (PHO_YEN.description_vi, "vi")


@given(st.text(max_size=30), st.lists(st.integers(0, 30), max_size=6))
def test_parts_give_the_text_again(text: str, places: list[int]) -> None:
    bounds = sorted({place for place in places if place <= len(text)})
    spans = [Span(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=False)]
    parts = marked(text, spans)
    assert "".join(part.text for part in parts) == text
    assert [part.text for part in parts if part.marked] == [text[span.start : span.end] for span in spans]


def test_a_facet_narrows_and_a_chosen_one_widens_again() -> None:
    found = _found("Phổ Yên")
    (facet,) = type_facets(found, [("q", "pho yen"), ("cursor", "x")], "en")
    assert (facet.title, facet.count, facet.chosen) == ("Commune", 1, False)
    assert facet.pairs == [("q", "pho yen"), ("type", "Commune")]
    (chosen,) = type_facets(found, facet.pairs, "en")
    assert chosen.chosen
    assert chosen.pairs == [("q", "pho yen")]
    (era,) = era_facets(found, [("q", "pho yen")], "vi")
    assert (era.title, era.pairs) == ("Từ 1/7/2025", [("q", "pho yen"), ("era", "2025")])
