"""The pages of things of each class: what a reader finds there, over the whole dataset."""

from __future__ import annotations

import html
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

import httpx
import pytest
from pyoxigraph import DefaultGraph, NamedNode, Store
from server_support import Server

pytestmark = pytest.mark.snapshot

BASE = "https://w3id.org/vndx/"
KINDS = tuple(BASE + kind for kind in ("id/", "concept/", "graph/"))
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
RESOLUTION = "document/01-nq-tu-thai-nguyen-2020"


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    with server.client() as opened:
        yield opened


def page(client: httpx.Client, path: str, lang: str = "vi") -> str:
    separator = "&" if "?" in path else "?"
    response = client.get(f"/page/{path}{separator}lang={lang}")
    assert response.status_code == 200, path
    return response.text


def words(text: str) -> str:
    """Give what is read on a page."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def section(text: str, name: str) -> str:
    found = re.search(rf'<section aria-labelledby="{name}".*?</section>', text, re.DOTALL)
    assert found, f"there is no section {name}"
    return found[0]


def name_of(iri: str) -> str:
    return iri.removeprefix(BASE).removeprefix("id/")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_class_has_pages_with_one_heading_links_and_a_citation(
    client: httpx.Client, store: Store, lang: str
) -> None:
    members: defaultdict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, RDF_TYPE, None, DefaultGraph()):
        iri = getattr(quad.subject, "value", "")
        if iri.startswith(KINDS) and "#" not in iri:
            members[str(quad.object)].add(iri)
    assert len(members) > 60
    drawn = random.Random(len(lang))  # noqa: S311
    for cls, iris in sorted(members.items()):
        iri = drawn.choice(sorted(iris))
        text = page(client, name_of(iri), lang)
        assert text.count("<h1") == 1, (cls, iri)
        assert f'data-copy="{iri}"' in text, (cls, iri)
        assert 'type="application/ld+json"' in text, (cls, iri)
        for extension in ("json", "jsonld", "ttl", "nt", "rdf", "trig", "csv"):
            assert f'href="/data/{name_of(iri)}.{extension}"' in text, (cls, iri)
        identifiers = re.findall(r'\sid="([^"]*)"', text)
        assert len(identifiers) == len(set(identifiers)), (cls, iri)
        fragments = re.findall(r'<a href="#([^"]+)"', section_of_links(text))
        assert set(fragments) <= set(identifiers), (cls, iri)
        assert "style=" not in text, (cls, iri)


def section_of_links(text: str) -> str:
    found = re.search(r'<nav class="on-this-page".*?</nav>', text, re.DOTALL)
    assert found
    return found[0]


def test_a_document_tells_what_it_implements_what_implements_it_and_its_targets(client: httpx.Client) -> None:
    text = page(client, RESOLUTION)
    relations = section(text, "relations")
    assert '/page/document/749-qd-ttg-2020?lang=vi"' in relations
    assert '/page/document/425-qd-ubnd-thai-nguyen-2021?lang=vi"' in relations
    targets = words(section(text, "targets"))
    assert "3 đô thị" in targets
    assert "đến năm 2025" in targets
    assert "chưa có số liệu" in targets
    assert "thứ 8/63 (năm 2022)" in targets
    assert "31/12/2020" in words(section(text, "timeline"))


def test_the_date_of_a_document_has_its_evidence_beside_it(client: httpx.Client) -> None:
    text = page(client, RESOLUTION)
    date = re.search(r"Ngày ban hành</a></dt>\s*<dd>(.*?)</dd>", text, re.DOTALL)
    assert date
    assert '<details class="evidence"' in date[1]
    assert '<blockquote lang="vi">' in date[1]


def test_a_platform_shows_its_figures_as_dots_and_as_a_table(client: httpx.Client) -> None:
    figures = section(page(client, "platform/hue-hue-s"), "figures")
    assert 'role="group" aria-labelledby="figures-' in figures
    assert "<path" not in figures
    assert "<polyline" not in figures
    table = words(figures)
    assert "trên 900.000 lượt" in table
    assert '<details class="evidence"' in figures


def test_a_source_tells_what_is_known_from_it_in_the_order_of_the_text(client: httpx.Client) -> None:
    text = page(client, "source/003")
    following = page(client, "source/003?from=60")
    offsets = [
        int(found.replace(".", ""))
        for part in (text, following)
        for found in re.findall(r'class="offset"[^>]*>([\d.]+)<', part)
    ]
    assert len(offsets) > 90
    assert offsets == sorted(offsets)
    assert 'rel="next"' in section(text, "reading")
    assert 'rel="prev"' in section(following, "reading")


def test_an_observation_is_large_in_words_with_its_evidence_open(client: httpx.Client) -> None:
    text = page(client, "observation/004/dai-bieu-khai-mac")
    figure = section(text, "figure")
    assert '<p class="figure-amount">trên 3.000 đại biểu</p>' in figure
    assert '<details class="evidence" open>' in figure
    assert "hơn 3.000 đại biểu" in figure


def test_a_derived_figure_says_that_it_is_none_of_the_source(client: httpx.Client) -> None:
    text = page(client, "observation/dti-derived/2022/2004/01/dti/rank")
    assert "Số này được suy ra, không in trong nguồn" in words(section(text, "figure"))
    assert "6 + 18 places" in text
    beside = section(text, "beside")
    assert beside.count('aria-current="true"') == 1


def test_a_target_names_the_document_that_sets_it(client: httpx.Client) -> None:
    text = page(client, "target/thai-nguyen-01-nq-tu-so-do-thi-thong-minh-2025", "en")
    assert f'/page/{RESOLUTION}?lang=en"' in section(text, "figure")
    assert "by 2025" in words(text)


def test_an_indicator_keeps_ranks_among_34_and_63_apart(client: httpx.Client) -> None:
    newest = section(page(client, "concept/indicator/dti"), "newest")
    assert "thứ hạng trên 63" in words(newest)
    table = words(newest[newest.index("<table") :])
    assert table.index("thứ 1/34") < table.index("thứ 34/34") < table.index("thứ 1/63")


def test_a_person_has_roles_attested_on_dates(client: httpx.Client) -> None:
    roles = words(section(page(client, "person/dang-xuan-truong-thai-nguyen"), "roles"))
    assert "Phó Chủ tịch Thường trực UBND tỉnh Thái Nguyên" in roles
    assert "15/8/2022" in roles


def test_an_organisation_lists_its_documents_the_newest_first(client: httpx.Client) -> None:
    documents = section(page(client, "organisation/chinh-phu"), "documents")
    years = [int(year) for year in re.findall(r"\d+/\d+/(\d{4})</td>", documents)]
    assert len(years) > 10
    assert years == sorted(years, reverse=True)


def test_a_conflict_sets_statements_side_by_side_and_says_which_is_preferred(client: httpx.Client) -> None:
    statements = section(page(client, "conflict/unit-name/2025/02353"), "statements")
    assert statements.count('<li class="card">') == 2
    assert statements.count("Cách đọc được chọn") == 1


def test_a_reorganisation_is_a_table_of_units_before_and_after(client: httpx.Client) -> None:
    change = section(page(client, "change/2025-07-01/10369"), "change")
    assert change.count("<tr>") == 5
    assert 'href="/page/unit/2004/10366?lang=vi"' in change
    assert change.count('href="/page/unit/2025/10369?lang=vi"') == 4


def test_the_abolition_of_districts_lists_all_of_them(client: httpx.Client) -> None:
    change = section(page(client, "change/2025-07-01/districts"), "change")
    assert change.count("/page/unit/2004/") == 696


def test_a_scheme_shows_narrower_concepts_below_broader_ones(client: httpx.Client) -> None:
    concepts = section(page(client, "concept/indicator"), "concepts")
    assert re.search(r"indicator/pci\?lang=vi[^<]*>[^<]*</a><ul>\s*<li>", re.sub(r"\n", "", concepts))


def test_a_concept_that_tens_of_thousands_use_counts_them(client: httpx.Client) -> None:
    incoming = words(section(page(client, "concept/unit-type/xa"), "incoming"))
    assert re.search(r"Đơn vị loại này 24\.\d{3}", incoming)


def test_a_named_graph_counts_what_it_describes(client: httpx.Client) -> None:
    contents = words(section(page(client, "graph/source/001"), "contents"))
    assert re.search(r"Bằng chứng \d+", contents)


def test_an_evidence_page_has_the_words_and_what_they_support(client: httpx.Client) -> None:
    passage = section(page(client, "evidence/004/228-250"), "passage")
    assert '<blockquote lang="vi">' in passage
    assert "/page/observation/004/dai-bieu-khai-mac" in passage


def test_the_query_for_everything_is_a_valid_query_about_the_thing(client: httpx.Client) -> None:
    text = page(client, "platform/c-thai-nguyen")
    (address,) = re.findall(r'href="(/sparql\?query=[^"]+)"', section(text, "data"))
    query = parse_qs(urlsplit(html.unescape(address)).query)["query"][0]
    answer = client.get("/sparql", params={"query": query}, headers={"accept": "application/json"})
    assert answer.status_code == 200
    assert len(answer.json()["results"]["bindings"]) > 10
    assert "platform/c-thai-nguyen" in unquote(address)


# The full list of links


def test_the_list_of_links_goes_on_page_by_page_to_its_end(client: httpx.Client) -> None:
    seen: list[str] = []
    path = "organisation/chinh-phu?links=issuer"
    while path:
        text = page(client, path)
        seen += re.findall(r'<li><a href="(/page/document/[^"]+)"', text)
        following = re.search(r'<a rel="next" href="/page/([^"]+)"', text)
        path = html.unescape(following[1]).replace("&lang=vi", "") if following else ""
    total = re.search(r"· ([\d.]+)</p>", text)
    assert total
    assert len(seen) == len(set(seen)) == int(total[1].replace(".", ""))


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("links=nonsense", 400),
        ("links=issuer&cursor=x", 400),
        ("from=-1", 400),
        ("from=abc", 400),
        ("links=signer", 404),
    ],
)
def test_bad_parameters_are_told(client: httpx.Client, query: str, status: int) -> None:
    response = client.get(f"/page/organisation/chinh-phu?{query}")
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
