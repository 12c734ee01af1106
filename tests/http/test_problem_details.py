"""Errors are problem details (RFC 9457) for programs and pages for people, and tell nothing of the inside."""

from __future__ import annotations

import httpx
import pytest

CASES = [
    ("GET", "/nowhere", 404),
    ("GET", "/id/unit/2025/98", 404),
    ("DELETE", "/id/unit/2025/19", 405),
    ("POST", "/health/live", 405),
    ("GET", "/sparql?query=nonsense", 400),
    ("POST", "/sparql", 415),
    ("GET", "/page/unit/2025/19?lang=de", 400),
]


@pytest.mark.parametrize(("method", "path", "status"), CASES)
def test_an_error_is_a_problem_object(http: httpx.Client, method: str, path: str, status: int) -> None:
    response = http.request(method, path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    content = response.json()
    assert content["status"] == status
    assert content["title"]
    assert content["detail"]
    assert content["type"].startswith("https://w3id.org/vndx/problem/")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["access-control-allow-origin"] == "*"
    assert "Traceback" not in response.text


@pytest.mark.parametrize(("method", "path", "status"), CASES)
def test_an_error_is_a_page_for_a_browser(http: httpx.Client, method: str, path: str, status: int) -> None:
    response = http.request(method, path, headers={"accept": "text/html,*/*;q=0.5"})
    assert response.status_code == status
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "Traceback" not in response.text


def test_what_was_asked_for_is_escaped_in_pages(http: httpx.Client) -> None:
    response = http.get("/id/<script>alert(1)</script>", headers={"accept": "text/html"})
    assert response.status_code == 404
    assert "<script>" not in response.text


def test_a_browser_reads_the_error_in_its_language(http: httpx.Client) -> None:
    headers = {"accept": "text/html", "accept-language": "en"}
    assert "There is no such thing here" in http.get("/nowhere", headers=headers).text
    assert "Không tìm thấy" in http.get("/nowhere", headers={"accept": "text/html"}).text


def test_a_page_of_an_error_says_what_to_do_and_offers_a_search(http: httpx.Client) -> None:
    page = http.get("/page/platform/c-thai-nguyenn", headers={"accept": "text/html"}).text
    assert "viết có dấu hay không dấu" in page
    assert 'value="c thai nguyenn"' in page
    assert '<a href="/id/platform/c-thai-nguyen">platform/c-thai-nguyen</a>' in page
    english = http.get("/page/platform/c-thai-nguyenn?lang=en", headers={"accept": "text/html"}).text
    assert "with or without diacritics" in english
    browser = {"accept": "text/html,*/*;q=0.8"}
    syntax = http.get("/sparql?query=SELECT+x", headers=browser).text
    assert "dòng 1, cột" in syntax
