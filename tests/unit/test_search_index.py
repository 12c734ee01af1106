"""Search over a small index: what is found, in which order, filtered, counted, highlighted and paged."""

import sqlite3
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from search_support import NAMES, small_index

from graph.model.namespaces import VNDX
from graph.search.index import SearchIndex, UnknownTypeError, UnreadableIndexError
from graph.search.ranking import MatchKind
from graph.search.statements import Filters

ALL = Filters()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    return SearchIndex(small_index(tmp_path_factory.mktemp("search") / "index.sqlite"))


def found(
    index: SearchIndex, text: str, filters: Filters = ALL, limit: int = 20, offset: int = 0
) -> list[str]:
    hits = index.search(text, filters, limit, offset).hits
    return [hit.shown.iri.removeprefix("https://e.org/") for hit in hits]


def suggested(index: SearchIndex, text: str) -> list[str]:
    return [hit.shown.iri.removeprefix("https://e.org/") for hit in index.suggest(text, ALL, 5)]


@pytest.mark.parametrize(
    ("text", "first", "kind"),
    [
        ("Hoà Bình", "hoa-binh", MatchKind.EXACT),
        ("hòa bình", "hoa-binh", MatchKind.EXACT),
        ("Hoa Binh", "hoa-binh", MatchKind.EXACT),
        ("tinh hoa binh", "hoa-binh", MatchKind.FOLDED),
        ("Hoá Bình", "hoa-binh", MatchKind.FOLDED),
        ("hoabinh", "hoa-binh", MatchKind.FOLDED),
        ("T. Hòa Bình", "hoa-binh", MatchKind.FOLDED),
        ("VN.HO", "hoa-binh", MatchKind.CODE),
        ("nq08 hoa binh", "resolution", MatchKind.NUMBER),
        ("nghị quyết 8 tiền giang", "other-resolution", MatchKind.NUMBER),
        ("Hòa Bình Thư", "hoa-binh-thuong", MatchKind.PREFIX),
        ("Sơn Lạc", "lac-son", MatchKind.WORDS),
        ("UBND Hòa Bình", "committee", MatchKind.WORDS),
        ("Lac Sonn", "lac-son", MatchKind.FUZZY),
        ("Ph Thọ", "phu-tho", MatchKind.FUZZY),
    ],
)
def test_the_first_hit_and_how_it_matches(index: SearchIndex, text: str, first: str, kind: MatchKind) -> None:
    hit = index.search(text, ALL, 5).hits[0]
    assert (hit.shown.iri, hit.kind) == (f"https://e.org/{first}", kind)


def test_a_former_province_stands_above_a_ward_of_today_and_longer_names_below(index: SearchIndex) -> None:
    assert found(index, "Hoà Bình")[:3] == ["hoa-binh", "ward", "hoa-binh-thuong"]


def test_scores_fall_from_the_first_hit_to_the_last(index: SearchIndex) -> None:
    scores = [hit.score for hit in index.search("hoa binh", ALL, 20).hits]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] < scores[0] <= 1


@pytest.mark.parametrize(
    ("text", "shown", "parts"),
    [
        ("hoa binh", "Hoa Binh", ["Hoa Binh"]),
        ("sơn lạc", "Lạc Sơn", ["Lạc Sơn"]),
        ("UBND tỉnh Hoà Bình", "Ủy ban nhân dân tỉnh Hòa Bình", ["Ủy ban nhân dân tỉnh Hòa Bình"]),
        ("ubnd hoà bình", "Ủy ban nhân dân tỉnh Hòa Bình", ["Ủy ban nhân dân", "Hòa Bình"]),
        ("hòa bình thư", "Hòa Bình Thượng", ["Hòa Bình Thư"]),
        ("chuyển đổi 2025", "Chuyển đổi số đến năm 2025", ["Chuyển đổi", "2025"]),
        ("lac sonn", "Lạc Sơn", ["Lạc Sơn"]),
    ],
)
def test_highlights_show_what_was_asked_in_the_text_with_its_marks(
    index: SearchIndex, text: str, shown: str, parts: list[str]
) -> None:
    hit = next(hit for hit in index.search(text, ALL, 20).hits if hit.text == shown)
    assert [hit.text[span.start : span.end] for span in hit.spans] == parts


def test_an_unknown_word_finds_nothing(index: SearchIndex) -> None:
    result = index.search("qxzvwq", ALL, 5)
    assert (result.hits, result.total, result.types, result.correction) == ([], 0, [], "")


def test_what_may_have_been_meant_is_said_only_if_words_were_corrected(index: SearchIndex) -> None:
    assert index.search("Lac Sonn", ALL, 5).correction == "Lạc Sơn"
    assert not index.search("Lac Son", ALL, 5).correction


def test_when_filters_leave_nothing_nothing_is_corrected(index: SearchIndex) -> None:
    result = index.search("Lạc Sơn", Filters(classes=index.classes_under(["Document"])), 5)
    assert (result.hits, result.total, result.correction) == ([], 0, "")
    assert [(cls.name, count) for cls, count in result.types] == [("District", 1)]


def test_a_type_stands_for_the_classes_below_it(index: SearchIndex) -> None:
    units = Filters(classes=index.classes_under(["AdministrativeUnit"]))
    assert {"hoa-binh", "ward", "hoa-binh-thuong"} <= set(found(index, "hòa bình", units))
    assert not {"committee", "resolution"} & set(found(index, "hòa bình", units))
    assert (
        found(index, "hòa bình", Filters(classes=index.classes_under([VNDX["Commune"].value])))[0] == "ward"
    )


def test_an_unknown_type_is_an_error_that_names_the_known_ones(index: SearchIndex) -> None:
    with pytest.raises(
        UnknownTypeError, match=r"there is no type 'Village'; the types are .*Commune, District"
    ):
        index.classes_under(["Province", "Village"])


def test_eras_days_and_provinces_filter(index: SearchIndex) -> None:
    assert found(index, "hòa bình", Filters(eras=frozenset({"2025"}))) == ["ward"]
    assert "ward" not in found(index, "hòa bình", Filters(at="2025-06-30"))
    assert "hoa-binh" not in found(index, "hòa bình", Filters(at="2025-07-01"))
    assert "resolution" in found(index, "hòa bình", Filters(at="2025-07-01"))
    assert "ward" not in found(index, "hòa bình", Filters(province="https://e.org/hoa-binh"))
    assert {"ward", "hoa-binh", "resolution"} <= set(
        found(index, "hòa bình", Filters(province="https://e.org/phu-tho"))
    )


def test_facets_count_all_that_matches_but_for_their_own_filter(index: SearchIndex) -> None:
    free = index.search("hòa bình", ALL, 1)
    of_2025 = index.search("hòa bình", Filters(eras=frozenset({"2025"})), 1)
    assert free.total == sum(count for _, count in free.types)
    assert dict(free.eras)["2025"] == of_2025.total == 1
    assert of_2025.eras == free.eras
    assert [(cls.name, count) for cls, count in of_2025.types] == [("Commune", 1)]


def test_pages_give_everything_once_and_in_one_order(index: SearchIndex) -> None:
    whole = found(index, "hòa bình")
    assert len(whole) == index.search("hòa bình", ALL, 1).total > 3
    pages = [found(index, "hòa bình", limit=2, offset=offset) for offset in range(0, len(whole) + 2, 2)]
    assert [name for page in pages for name in page] == whole


def test_what_is_less_likely_follows_page_by_page(tmp_path: Path) -> None:
    communes = "".join(
        f':c{at} a vndx:Commune ; skos:prefLabel "Xã Tân Phú {at}"@vi .\n' for at in range(300)
    )
    index = SearchIndex(small_index(tmp_path / "index.sqlite", communes))
    pages = [index.search("tân phú xã", ALL, 50, offset) for offset in range(0, 350, 50)]
    assert {page.total for page in pages} == {300}
    names = [hit.shown.iri for page in pages for hit in page.hits]
    assert len(names) == len(set(names)) == 300
    scores = [hit.score for page in pages for hit in page.hits]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ho", "hoa-binh"),
        ("hoa b", "hoa-binh"),
        ("lạc s", "lac-son"),
        ("nq 0", "resolution"),
        ("uy ban nh", "committee"),
    ],
)
def test_a_suggestion_completes_the_last_word(index: SearchIndex, text: str, first: str) -> None:
    assert first in suggested(index, text)[:2]


@pytest.mark.parametrize(
    ("text", "whole", "in_part"),
    [
        ("hoabinh", True, True),
        ("nq08 hoa binh", True, True),
        ("VN.HO", True, True),
        ("Hòa Bình Thư", False, True),
        ("Lac Sonn", False, True),
        ("xyzzy", False, False),
        ("", False, False),
    ],
)
def test_what_is_named_in_part_is_given_only_if_nothing_is_as_a_whole(
    index: SearchIndex, text: str, whole: bool, in_part: bool
) -> None:
    assert bool(index.named(text, ALL, 5, in_part=False)) is whole
    hits = index.named(text, ALL, 5)
    assert bool(hits) is in_part
    kinds = {hit.kind for hit in hits}
    named = {MatchKind.EXACT, MatchKind.FOLDED, MatchKind.CODE, MatchKind.NUMBER}
    assert kinds <= named if whole else kinds.isdisjoint(named)


def test_suggestions_are_filtered_by_type(index: SearchIndex) -> None:
    hits = index.suggest("hòa b", Filters(classes=index.classes_under(["Commune"])), 5)
    assert {hit.shown.cls for hit in hits} == {VNDX["Commune"].value}


@pytest.mark.parametrize(
    "text", ["", " ", "…", "-", '"', "AND", "NOT OR", "name:", "hòa*", "(", "NEAR(a b)", "a" * 5000, "\0"]
)
def test_nothing_that_is_typed_is_an_error(index: SearchIndex, text: str) -> None:
    assert index.search(text, ALL, 5).total >= 0
    assert isinstance(index.suggest(text, ALL, 5), list)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_no_text_is_an_error(index: SearchIndex, text: str) -> None:
    assert len(index.search(text, ALL, 5).hits) <= 5


@settings(max_examples=60)
@given(
    st.sampled_from(
        ["Hoà Bình", "Phường Hòa Bình", "Lạc Sơn", "Xã Hòa Bình Thượng", "08-NQ/TU Hòa Bình", "Phú Thọ"]
    ),
    st.sampled_from(["NFC", "NFD", "NFKD"]),
    st.sampled_from([str.upper, str.lower, str.title, str]),
    st.sampled_from([" ", "  ", "\u00a0", "\u2009"]),
)
def test_form_case_and_spaces_never_change_the_first_hit(
    index: SearchIndex, text: str, form: str, case: type[str], space: str
) -> None:
    typed = unicodedata.normalize(form, case(text)).replace(" ", space)
    assert found(index, typed)[0] == found(index, text)[0]


def test_many_threads_search_one_index(index: SearchIndex) -> None:
    texts = ["Hoà Bình", "lac sonn", "nq08", "UBND Hòa Bình"] * 10
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda text: found(index, text), texts))
    assert results == [found(index, text) for text in texts]


def test_a_snapshot_without_an_index_is_said_to_have_none(tmp_path: Path) -> None:
    with pytest.raises(UnreadableIndexError, match="this snapshot has no index"):
        SearchIndex(tmp_path / "index.sqlite")


def test_an_index_of_another_layout_is_not_read(tmp_path: Path) -> None:
    path = small_index(tmp_path / "index.sqlite")
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 1")
    with pytest.raises(UnreadableIndexError, match="of another version of vndx: build the snapshot again"):
        SearchIndex(path)


def test_an_index_may_be_closed_and_used_again(index: SearchIndex) -> None:
    index.close()
    assert index.search("hòa bình", ALL, NAMES).hits
