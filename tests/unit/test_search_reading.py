"""Reading a query: abbreviations, document numbers, and what may be meant by a mistyped word."""

import csv
from importlib.resources import files

import pytest

from graph.search.corrections import Corrections
from graph.search.reading import Slot, read
from graph.search.words import key

WORDS = {"thai": 90, "nguyen": 80, "that": 3, "son": 70, "an": 60, "binh": 50}
NAMES = ("thainguyen", "cthainguyen", "binhson", "xahungha", "an")


def forms(text: str) -> list[set[str]]:
    return [{" ".join(form) for form in slot.forms} for slot in read(text).slots]


def test_the_table_has_no_row_twice_and_no_empty_form() -> None:
    with files("graph.search").joinpath("abbreviations.csv").open(encoding="utf-8") as table:
        rows = [tuple(row.values()) for row in csv.DictReader(table)]
    assert len(set(rows)) == len(rows) > 100
    assert all(key(short) and key(long) and kind for short, long, kind in rows)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TP.HCM", [{"tp", "thanh pho"}, {"hcm", "ho chi minh"}]),
        ("BR-VT", [{"br vt", "ba ria vung tau"}]),
        ("Sở TT&TT", [{"so"}, {"tt tt", "thong tin va truyen thong"}]),
        ("UBND", [{"ubnd", "uy ban nhan dan"}]),
        ("Ủy ban nhân dân", [{"ubnd", "uy ban nhan dan"}]),
        ("TT Hùng Sơn", [{"tt", "thi tran", "thong tu", "circular"}, {"hung"}, {"son"}]),
        ("Q1", [{"q", "quan"}, {"1"}]),
        ("P. Bến Nghé", [{"p", "phuong"}, {"ben"}, {"nghe"}]),
        ("Nguyễn Văn H", [{"nguyen"}, {"van"}, {"h"}]),
        ("luật về dữ liệu của tỉnh", [{"luat"}, {"du"}, {"lieu"}, {"tinh"}]),
    ],
)
def test_each_word_stands_in_all_its_forms(text: str, expected: list[set[str]]) -> None:
    assert forms(text) == expected


def test_readings_are_whole_queries_the_typed_one_first() -> None:
    readings = read("UBND TP HCM").readings
    assert readings[0] == "ubnd tp hcm"
    assert "uy ban nhan dan thanh pho ho chi minh" in readings


def test_a_long_query_has_bounded_readings_and_slots() -> None:
    query = read("TT " * 100)
    assert len(query.readings) <= 13
    assert len(query.slots) <= 16


@pytest.mark.parametrize(
    ("text", "typing", "open_end"),
    [
        ("thái ng", False, True),
        ("thái ", False, False),
        ("nq 5", False, False),
        ("nq 5", True, True),
        ("", True, False),
    ],
)
def test_the_last_word_may_go_on_unless_it_is_ended(text: str, typing: bool, open_end: bool) -> None:
    assert read(text, typing=typing).open_end is open_end


def test_a_query_of_signs_is_empty() -> None:
    assert read(" … - ").is_empty


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("thia", ["thai"]),
        ("nguyn", ["nguyen"]),
        ("sn", ["an", "son"]),
        ("tha", ["thai", "that"]),
        ("nguyeen", ["nguyen"]),
    ],
)
def test_words_are_corrected_by_the_keys_that_differ_the_likeliest_first(
    typed: str, meant: list[str]
) -> None:
    found = Corrections(WORDS, NAMES).of(typed)
    assert sorted(found, key=meant.index) == sorted(meant, key=meant.index)
    assert found == sorted(found, key=lambda word: -WORDS[word])


@pytest.mark.parametrize("typed", ["thai", "57", "t", "xyzxyz"])
def test_a_known_word_itself_a_number_and_a_letter_are_no_corrections(typed: str) -> None:
    assert typed not in Corrections(WORDS, NAMES).of(typed)
    assert not set(Corrections(WORDS, NAMES).of("57")) | set(Corrections(WORDS, NAMES).of("t"))


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("thainguyne", {"thainguyen", "cthainguyen"}),
        ("xahngha", {"xahungha"}),
        ("a", set()),
        ("12345678", set()),
    ],
)
def test_whole_names_are_near_by_a_key_or_two(typed: str, near: set[str]) -> None:
    assert set(Corrections(WORDS, NAMES).names_near(typed)) == near


def test_a_phrase_of_the_table_is_not_corrected() -> None:
    slot = Slot((("uy", "ban", "nhan", "dan"), ("ubnd",)))
    corrections = Corrections(WORDS, NAMES)
    assert corrections.widened(slot) == corrections.corrected(slot) == slot
