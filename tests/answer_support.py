"""What the tests of the service ask of every answer, whatever it was about."""

from __future__ import annotations

from typing import Any

import httpx

PROBLEM_JSON = "application/problem+json"


def problem(response: httpx.Response, status: int, slug: str = "") -> dict[str, Any]:
    """Give the members of a problem (RFC 9457), which must be of this status and, if given, this kind."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM_JSON
    content = response.json()
    assert isinstance(content, dict)
    assert content["status"] == status
    assert content["title"]
    kind = content["type"].removeprefix("https://w3id.org/vndx/problem/")
    assert kind == slug or (kind and not slug), f"{kind} is not {slug}: {content['detail']}"
    return content


def media_type(response: httpx.Response) -> str:
    """Give the media type of a successful answer, without parameters."""
    assert response.status_code == 200, response.text
    return str(response.headers["content-type"]).partition(";")[0]
