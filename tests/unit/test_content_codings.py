"""Content codings: which one an Accept-Encoding header asks for, and that content comes back as it was."""

from __future__ import annotations

import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from api.content_codings import (
    BLOCK_BYTES,
    NOT_CODED,
    CodingChoice,
    choose_coding,
    coded_tag,
    coded_tags,
    make_coder,
    plain_tags,
)

OURS = ("zstd", "br", "gzip")

CHOICES = {
    # Named codings: those liked best, then our order; their names in any case, and whole
    "gzip": "gzip",
    "GZIP": "gzip",
    "x-gzip": "gzip",
    "br": "br",
    "zstd": "zstd",
    "gzip, deflate": "gzip",
    "gzip, deflate, br": "br",
    "gzip, deflate, br, zstd": "zstd",
    " gzip ;q=0.5 ,\tbr; Q=0.4": "gzip",
    "gzip;q=1.0, zstd;q=0.5": "gzip",
    "notgzip, gzipper, deflate, compress": "",
    # None
    "": "",
    "identity": "",
    "identity;q=0.5, gzip;q=0.2": "",
    "identity;q=0.2, gzip;q=0.5": "gzip",
    "identity, gzip": "gzip",
    # Never
    "gzip;q=0": "",
    "gzip;q=0.000, br": "br",
    "br;q=0, gzip": "gzip",
    "gzip, x-gzip;q=0": "",
    # Any
    "*": "gzip",
    "*;q=0": "",
    "*;q=0, gzip": "gzip",
    "gzip;q=0, *": "",
    "*;q=0.5, br": "br",
    # What cannot be read counts for nothing, the rest does
    "gzip;q=high, br;q=0.1": "br",
    "gzip;q=2, br;q=0.1": "br",
    ";;;, ,=,gzip": "gzip",
}


@pytest.mark.parametrize(("header", "name"), CHOICES.items())
def test_the_coding_that_a_client_likes_best_is_chosen(header: str, name: str) -> None:
    assert choose_coding(header).name == name


def test_who_sends_no_header_gets_content_as_it_is() -> None:
    assert choose_coding(None) == NOT_CODED


@pytest.mark.parametrize(
    ("header", "identity"),
    [
        ("gzip", True),
        ("gzip, identity", True),
        ("gzip, identity;q=0", False),
        ("gzip, *;q=0", False),
        ("gzip, *;q=0, identity;q=0.1", True),
        ("gzip, *;q=0.1", True),
    ],
)
def test_who_cannot_read_plain_content_gets_coded_content_only(header: str, identity: bool) -> None:
    assert choose_coding(header) == CodingChoice("gzip", identity)


def test_who_accepts_nothing_gets_content_as_it_is() -> None:
    assert choose_coding("*;q=0") == choose_coding("identity;q=0") == NOT_CODED


def test_only_the_start_of_a_long_header_counts() -> None:
    assert choose_coding("gzip," + "br;q=0.1," * 100_000).name == "gzip"
    assert choose_coding("unknown," * 100_000 + "gzip") == NOT_CODED


qualities = st.none() | st.sampled_from(["0", "0.0", "0.001", "0.5", "1", "1.000"])
elements = st.tuples(st.sampled_from([*OURS, "x-gzip", "deflate", "identity", "*"]), qualities)


@given(st.lists(elements, max_size=6, unique_by=lambda element: element[0].removeprefix("x-")))
def test_a_coding_is_chosen_as_the_specification_says(asked: list[tuple[str, str | None]]) -> None:
    header = ", ".join(name if quality is None else f"{name};q={quality}" for name, quality in asked)
    chosen = choose_coding(header)
    quality = {name.removeprefix("x-"): 1 if given is None else float(given) for name, given in asked}
    other = quality.get("*")
    if chosen.name:
        mine = quality.get(chosen.name, other)
        assert mine
        assert all(mine >= quality.get(name, 0) for name in OURS)
        assert mine >= quality.get("identity", other or 0)
        assert chosen.identity == (quality.get("identity", 1 if other is None else other) > 0)
    else:
        best = max(quality.get("gzip", other or 0), quality.get("br", 0), quality.get("zstd", 0))
        assert best == 0 or quality.get("identity", other or 0) > best


@given(st.text(max_size=200))
def test_any_header_can_be_read(header: str) -> None:
    assert choose_coding(header).name in {*OURS, ""}


@given(st.text(st.characters(max_codepoint=127)).filter(lambda text: "gzip" not in text.lower()))
def test_only_who_names_gzip_or_any_gets_gzip(header: str) -> None:
    if "*" not in header:
        assert choose_coding(header).name != "gzip"


def decode(name: str, coded: bytes) -> bytes:
    match name:
        case "gzip":
            return zlib.decompress(coded, 31)
        case "br":
            return bytes(brotli.decompress(coded))
        case _:
            return zstandard.ZstdDecompressor().decompressobj().decompress(coded)


@pytest.mark.parametrize("name", OURS)
@given(blocks=st.lists(st.binary(max_size=3000), max_size=4), last=st.binary(max_size=3000))
def test_coded_content_is_the_content_again(name: str, blocks: list[bytes], last: bytes) -> None:
    coder = make_coder(name)
    coded = b"".join([*map(coder.block, blocks), coder.last(last)])
    assert decode(name, coded) == b"".join(blocks) + last


def unpack_brotli(coded: bytes) -> bytes:
    """Give all that can be decoded so far, which comes in parts."""
    decoder = brotli.Decompressor()
    parts = [decoder.process(coded)]
    while parts[-1]:
        parts.append(decoder.process(b""))
    return b"".join(parts)


@pytest.mark.parametrize("name", OURS)
def test_a_block_can_be_decoded_before_the_next_one_comes(name: str) -> None:
    content = b"".join(b"%d " % number for number in range(20_000))[:BLOCK_BYTES]
    coded = make_coder(name).block(content)
    assert len(coded) < len(content) / 2
    decoder = {
        "gzip": lambda: zlib.decompressobj(31).decompress(coded),
        "br": lambda: unpack_brotli(coded),
        "zstd": lambda: zstandard.ZstdDecompressor().decompressobj().decompress(coded),
    }[name]
    assert decoder() == content


@pytest.mark.parametrize("name", OURS)
def test_each_form_has_a_tag_of_its_own_that_leads_back(name: str) -> None:
    tag = '"0-abc"'
    assert len(set(coded_tags(tag))) == 4
    assert coded_tag(tag, name) in coded_tags(tag)
    assert plain_tags(f'W/"x", {coded_tag(tag, name)}, "y;other"'.encode()) == b'W/"x", "0-abc", "y;other"'


def test_a_weak_tag_is_that_of_every_form() -> None:
    assert coded_tag('W/"a"', "gzip") == 'W/"a"'
