"""The reference of the interface: every operation is there, can be tried, and its example works."""

from __future__ import annotations

import re
import shlex
from html import unescape
from urllib.parse import urlencode

import httpx
import pytest

PAGE = {"accept": "text/html"}
# What an example cannot do: another query would have to be under way.
NOT_TRIED = {"DELETE"}


def commands(page: str) -> list[list[str]]:
    found = re.findall(r'<div class="example"><pre[^>]*><code>(.*?)</code></pre>', page, re.DOTALL)
    return [shlex.split(unescape(command)) for command in found]


def test_the_reference_has_every_operation_and_needs_no_other_host(built: httpx.Client) -> None:
    page = built.get("/docs", headers=PAGE)
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//(?!creativecommons\.org)', page.text)
    described = built.get("/openapi.json").json()["paths"]
    operations = [(method.upper(), path) for path, methods in described.items() for method in methods]
    shown = re.findall(r'<span class="method">(\w+)</span> ([^<]+)</a></h3>', page.text)
    assert sorted((method, unescape(path)) for method, path in shown) == sorted(operations)
    assert len(commands(page.text)) == len(operations)


def test_every_example_command_is_answered(built: httpx.Client) -> None:
    for words in commands(built.get("/docs", headers=PAGE).text):
        method, headers, body, query, address = "GET", {}, None, [], ""
        arguments = iter(words[1:])
        for word in arguments:
            match word:
                case "-X":
                    method = next(arguments)
                case "-G":
                    method = "GET"
                case "-H":
                    name, _, value = next(arguments).partition(": ")
                    headers[name] = value
                case "--data-binary":
                    method, body = "POST", next(arguments)
                case "--data-urlencode":
                    name, _, value = next(arguments).partition("=")
                    query.append((name, value))
                case _:
                    address = word
        if method in NOT_TRIED:
            continue
        target = f"{address}?{urlencode(query)}" if query else address
        answer = built.request(method, target, headers=headers, content=body.encode() if body else None)
        # The small dataset of the tests has not every thing that examples name; what is asked is right.
        assert answer.status_code < 400 or answer.status_code == 404, (words, answer.text)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_schemas_that_operations_name_are_shown(built: httpx.Client, lang: str) -> None:
    page = built.get(f"/docs?lang={lang}", headers=PAGE).text
    schemas = built.get(f"/docs/schemas?lang={lang}", headers=PAGE).text
    named = set(re.findall(rf'href="/docs/schemas\?lang={lang}#([^"]+)"', page))
    assert "ReportModel" in named
    assert named <= set(re.findall(r'<h3 id="([^"]+)"', schemas))


def test_a_form_leads_to_what_it_asks_for_without_its_empty_fields(http: httpx.Client) -> None:
    answer = http.get("/docs/try/get-api-v1-search?q=Th%C3%A1i+Nguy%C3%AAn&type=&limit=5&lang=")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/api/v1/search?q=Th%C3%A1i+Nguy%C3%AAn&limit=5"
    answer = http.get("/docs/try/get-api-v1-units-era-code?era=2025&code=19&on=")
    assert answer.headers["location"] == "/api/v1/units/2025/19"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/docs/try/nothing", 404),
        ("/docs/try/post-validate", 404),
        ("/docs/try/get-api-v1-units-era-code?era=2025&code=", 400),
    ],
)
def test_what_cannot_be_tried_is_told(http: httpx.Client, path: str, status: int) -> None:
    assert http.get(path).status_code == status


def test_a_form_leads_to_no_other_host(http: httpx.Client) -> None:
    for name in ("//example.org", "https://example.org/", "..//example.org"):
        answer = http.get("/docs/try/get-id-name", params={"name": name})
        assert answer.headers["location"].startswith("/id/")
