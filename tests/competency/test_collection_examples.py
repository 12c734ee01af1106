"""The examples of the documentation of collections work as they are printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from build_support import ROOT

from api.collections.registry import COLLECTIONS

DOCS = ROOT / "docs"
LOCAL = "http://localhost:8000"

pytestmark = pytest.mark.snapshot


def addresses() -> list[str]:
    text = (DOCS / "api" / "collections.md").read_text("utf-8")
    return [found.removeprefix(LOCAL) for found in re.findall(r"curl '([^']+)'", text)]


def code_blocks(page: Path) -> list[str]:
    return re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)


def test_every_collection_has_an_example() -> None:
    shown = {found.partition("?")[0].rpartition("/")[2].partition(".")[0] for found in addresses()}
    assert {found.name for found in COLLECTIONS} <= shown


@pytest.mark.parametrize("address", addresses())
def test_an_address_that_is_printed_gives_something(http: httpx.Client, address: str) -> None:
    answer = http.get(address)
    assert answer.status_code == 200, answer.text
    if "csv" in answer.headers["content-type"]:
        assert answer.text.count("\r\n") > 1
    else:
        found = answer.json()
        assert found.get("items", found.get("features", found.get("units", True))), "it finds nothing"


def run(block: str, http: httpx.Client, names: dict[str, Any]) -> dict[str, Any]:
    """Run a printed example against the server of the test."""
    exec(block.replace(LOCAL, str(http.base_url).rstrip("/")), names)  # noqa: S102 - our own page
    return names


def test_the_example_without_pandas_finds_the_ten_best_provinces(http: httpx.Client) -> None:
    names = run(code_blocks(DOCS / "observations-with-pandas.md")[-1], http, {})
    assert len(names["best"]) == 10
    assert {row["periodStart"] for row in names["rows"]} == {"2022"}
    assert ("8", "Thai Nguyen") in {(row["rank"], row["provinceLabel"]) for row in names["best"]}


def test_the_examples_with_pandas_run(http: httpx.Client) -> None:
    pytest.importorskip("pandas", reason="pandas is no dependency of this project")
    names: dict[str, Any] = {}
    for block in code_blocks(DOCS / "observations-with-pandas.md")[:-1]:
        run(block, http, names)
    assert names["ranks"].loc["Thai Nguyen", "2022"] == 8


def test_the_columns_that_are_described_are_those_of_the_table(http: httpx.Client) -> None:
    text = (DOCS / "observations-with-pandas.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    described = {name for line in rows for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    header = http.get("/api/v1/observations.csv?limit=1").text.partition("\r\n")[0].split(",")
    assert described
    assert described <= set(header)
