"""Document numbers are read in any spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search.document_numbers import DocumentNumber, NumberInText, find_number, read_number
from graph.search.words import key

TYPES = {
    "NQ": ("Nghị quyết", "Resolution"),
    "QĐ": ("Quyết định", "Decision"),
    "KH": ("Kế hoạch", "Plan"),
    "CT": ("Chỉ thị", "Directive"),
    "NĐ": ("Nghị định", "Decree"),
}
ISSUERS = ("TW", "TU", "TTg", "UBND", "CP", "HĐND")


def found(text: str) -> NumberInText | None:
    return find_number(key(text).split())


def whole(text: str) -> DocumentNumber:
    number = read_number(text)
    assert number is not None
    return number


@pytest.mark.parametrize(
    "text",
    [
        *("57-NQ/TW", "57 NQ TW", "57/NQ-TW", "57nqtw", "nq57 tw", "NQ 57-TW", "nq tw 57", "57–NQ / TW"),
        *("Nghị quyết 57-NQ/TW", "nghi quyet so 57 TW", "NGHỊ QUYẾT SỐ 57/TW", "Resolution No. 57-NQ/TW"),
    ],
)
def test_every_spelling_is_the_one_number(text: str) -> None:
    number = found(text)
    assert number is not None
    assert number.number.may_be(whole("57-NQ/TW"))
    assert not number.number.may_be(whole("57-QĐ/TW"))
    assert not number.number.may_be(whole("58-NQ/TW"))
    assert number.rest == ()


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("nghị quyết số 57 của Bộ Chính trị", ("cua", "bo", "chinh", "tri")),
        ("NQ 01 Thái Nguyên", ("thai", "nguyen")),
        ("Hà Tĩnh 05-NQ/TU", ("ha", "tinh")),
    ],
)
def test_what_stands_beside_a_number_is_kept(text: str, rest: tuple[str, ...]) -> None:
    number = found(text)
    assert number is not None
    assert number.rest == rest


@pytest.mark.parametrize(
    ("text", "official"),
    [
        ("20 2023 QH15", "20/2023/QH15"),
        ("30/2020/nđ-cp", "30/2020/NĐ-CP"),
        ("nghị định 30 2020", "30/2020/NĐ-CP"),
        ("1262 NQ UBTVQH14", "1262/NQ-UBTVQH14"),
        ("Nghị quyết 202/2025/QH15", "202/2025/QH15"),
        ("QĐ 6", "06/QĐ-TTg"),
    ],
)
def test_years_terms_and_zeros_may_be_left_out_or_given(text: str, official: str) -> None:
    number = found(text)
    assert number is not None
    assert number.number.may_be(whole(official))


def test_another_year_is_another_number() -> None:
    number = found("30/2020/NĐ-CP")
    assert number is not None
    assert not number.number.may_be(whole("30/2008/NĐ-CP"))


@pytest.mark.parametrize(
    "text", ["Thái Nguyên", "năm 2025", "34 tỉnh", "Quận 1", "57", "", "đề án chuyển đổi số"]
)
def test_a_number_without_a_symbol_beside_it_is_none(text: str) -> None:
    assert found(text) is None


def test_a_serial_that_no_register_has_is_none() -> None:
    assert read_number("9" * 30) is None
    assert found(f"NQ {'9' * 30}") is None


@given(
    st.tuples(st.integers(1, 9999), st.sampled_from(sorted(TYPES)), st.sampled_from(ISSUERS)),
    st.sampled_from(
        ["{n}-{t}/{i}", "{n} {t} {i}", "{n}/{t}-{i}", "{t} {n} {i}", "{t}{n}-{i}", "{n}{t}{i}", "{t} {n}"]
    ),
    st.booleans(),
    st.sampled_from([0, 2, 4]),
)
def test_any_number_is_found_in_any_spelling(
    parts: tuple[int, str, str], pattern: str, lower: bool, zeros: int
) -> None:
    serial, kind, issuer = parts
    text = pattern.format(n=str(serial).zfill(zeros), t=kind, i=issuer)
    number = found(text.lower() if lower else text)
    assert number is not None
    assert number.number.may_be(whole(f"{serial}-{kind}/{issuer}"))


@given(st.integers(1, 9999), st.sampled_from(sorted(TYPES)), st.sampled_from([0, 1]))
def test_a_type_may_be_written_out(serial: int, kind: str, language: int) -> None:
    number = found(f"{TYPES[kind][language]} {serial}")
    assert number is not None
    assert number.number.may_be(whole(f"{serial:02}-{kind}/TW"))
