"""Figures in words: sentences that a reader can read aloud, in both languages."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from api.entity_pages.facts import Facts
from api.entity_pages.figure_words import Figure, moment_words, read_figure
from api.entity_pages.naming import Namer

PREFIXES = """
@prefix vndx: <https://w3id.org/vndx/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://w3id.org/vndx/id/> .
:tn skos:prefLabel "Tỉnh Thái Nguyên"@vi , "Thai Nguyen"@en .
:app skos:prefLabel "C-ThaiNguyen"@vi .
:dti skos:prefLabel "chỉ số chuyển đổi số"@vi , "Digital Transformation Index"@en .
:downloads skos:prefLabel "Lượt tải"@vi , "downloads"@en .
:cities skos:prefLabel "Số đô thị thông minh"@vi , "smart cities"@en .
:download skos:prefLabel "lượt tải"@vi , "download"@en .
:city skos:prefLabel "đô thị"@vi , "city"@en .
:point skos:prefLabel "điểm"@vi , "point (score)"@en .
<https://w3id.org/vndx/concept/unit-of-measure/percent> skos:prefLabel "phần trăm"@vi .
<https://w3id.org/vndx/id/period/2022> skos:prefLabel "2022"@vi , "2022"@en .
<https://w3id.org/vndx/id/period/2021_2025> skos:prefLabel "2021–2025"@vi .
<https://w3id.org/vndx/concept/status/disputed> skos:prefLabel "có tranh chấp"@vi .
"""
NODE = NamedNode("https://w3id.org/vndx/id/x")


def figure(turtle: str, language: str = "vi") -> Figure:
    facts = Facts(language, (q.triple for q in parse(f"{PREFIXES}\n:x {turtle} .", RdfFormat.TURTLE)))
    return read_figure(facts, NODE, Namer(facts).label)


RANK = (
    "a vndx:Observation ; vndx:about :tn ; vndx:indicator :dti ; vndx:rank 8 ; vndx:outOf 63 ;"
    ' vndx:period <https://w3id.org/vndx/id/period/2022> ; vndx:comparator "="'
)
VALUE = (
    "a vndx:Observation ; vndx:about :app ; vndx:indicator :downloads ; vndx:value 323000 ;"
    ' vndx:unitOfMeasure :download ; vndx:comparator ">" ; vndx:asOf "2023-06-01"^^xsd:date'
)
TARGET = (
    "a vndx:Target ; vndx:about :tn ; vndx:indicator :cities ; vndx:value 3 ; vndx:unitOfMeasure :city ;"
    ' vndx:comparator "=" ; vndx:deadline "2025"^^xsd:gYear'
)


@pytest.mark.parametrize(
    ("turtle", "language", "sentence"),
    [
        (RANK, "vi", "Tỉnh Thái Nguyên đứng thứ 8/63 về chỉ số chuyển đổi số năm 2022"),
        (RANK, "en", "Thai Nguyen: rank 8 of 63 in Digital Transformation Index, 2022"),
        (VALUE, "vi", "C-ThaiNguyen: lượt tải là trên 323.000 lượt tải (1/6/2023)"),
        (VALUE, "en", "C-ThaiNguyen: downloads, 1 June 2023: more than 323,000 downloads"),
        (TARGET, "vi", "Mục tiêu của tỉnh Thái Nguyên đến năm 2025: số đô thị thông minh đạt 3 đô thị"),
        (TARGET, "en", "Target of Thai Nguyen by 2025: smart cities, 3 cities"),
    ],
)
def test_a_figure_is_a_sentence(turtle: str, language: str, sentence: str) -> None:
    assert figure(turtle, language).sentence == sentence


def test_a_figure_in_context_does_not_repeat_what_it_is_about() -> None:
    assert figure(VALUE).short == "Lượt tải: trên 323.000 lượt tải (1/6/2023)"


@pytest.mark.parametrize(
    ("comparator", "vi", "en"),
    [
        ("=", "90%", "90%"),
        (">", "trên 90%", "more than 90%"),
        (">=", "từ 90%", "at least 90%"),
        ("<", "dưới 90%", "less than 90%"),
        ("<=", "không quá 90%", "at most 90%"),
        ("~", "khoảng 90%", "about 90%"),
    ],
)
def test_comparators_are_words(comparator: str, vi: str, en: str) -> None:
    turtle = (
        "a vndx:Observation ; vndx:value 90 ; "
        "vndx:unitOfMeasure <https://w3id.org/vndx/concept/unit-of-measure/percent> ; "
        f'vndx:comparator "{comparator}"'
    )
    assert figure(turtle).amount == vi
    assert figure(turtle, "en").amount == en


def test_a_rank_aimed_at_is_that_or_better() -> None:
    turtle = 'a vndx:Target ; vndx:rank 10 ; vndx:comparator "<="'
    assert figure(turtle).amount == "hạng 10 trở lên"
    assert figure(turtle, "en").amount == "rank 10 or better"


def test_a_grade_a_range_and_words_as_printed_are_amounts() -> None:
    assert figure('vndx:grade "A"').amount == "loại A"
    assert figure("vndx:lowerBound 5 ; vndx:upperBound 7 ; vndx:unitOfMeasure :point").amount == "5–7 điểm"
    assert figure('vndx:valueAsPrinted "gấp đôi"').amount == "gấp đôi"


def test_english_units_lose_remarks_and_are_plural_but_for_one() -> None:
    assert figure("vndx:value 5 ; vndx:unitOfMeasure :point", "en").amount == "5 points"
    assert figure("vndx:value 1 ; vndx:unitOfMeasure :point", "en").amount == "1 point"


def test_a_status_is_told_unless_the_figure_is_simply_stated() -> None:
    disputed = figure("vndx:value 1 ; vndx:status <https://w3id.org/vndx/concept/status/disputed>")
    assert (disputed.status, disputed.status_name.text) == ("disputed", "có tranh chấp")
    stated = figure("vndx:value 1 ; vndx:status <https://w3id.org/vndx/concept/status/stated>")
    assert not stated.status_name


def test_a_missing_value_stays_missing() -> None:
    missing = figure("a vndx:Observation ; vndx:indicator :dti")
    assert (missing.amount, missing.number, missing.time) == ("", None, "")


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        ("2022", "năm 2022", "2022"),
        ("2022-08", "tháng 8/2022", "August 2022"),
        ("2022-08-25", "25/8/2022", "25 August 2022"),
        ("around then", "around then", "around then"),
    ],
)
def test_dates_are_as_precise_as_they_are(value: str, vi: str, en: str) -> None:
    assert moment_words(value, "vi") == vi
    assert moment_words(value, "en") == en


def test_texts_are_in_the_language_of_the_page_else_vietnamese_and_say_so() -> None:
    triples = [q.triple for q in parse(PREFIXES, RdfFormat.TURTLE)]
    namer = Namer(Facts("en", triples))
    assert namer.name(NamedNode("https://w3id.org/vndx/id/tn")).language == ""
    assert namer.name(NamedNode("https://w3id.org/vndx/id/app")).language == "vi"


def test_very_large_and_very_fine_numbers_keep_all_their_digits() -> None:
    assert figure("vndx:value 12345678901234").amount == "12.345.678.901.234"
    assert figure("vndx:value 1234567890.12345").amount == "1.234.567.890,12345"
