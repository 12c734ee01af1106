"""A client of the reconciliation service that is like OpenRefine, for the tests that ask as one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from api.reconcile import answers_0_2

OLD, NEW = "/reconcile/0.2", "/reconcile/1.0-draft"
PARTY_RESOLUTION = "id/document/01-nq-tu-thai-nguyen-2020"
ORIGIN = {"Origin": "https://refine.example"}


@dataclass
class OpenRefine:
    """A client that knows nothing but the address of the service: all else is in the manifest."""

    http: httpx.Client

    def __post_init__(self) -> None:
        answer = self.http.get(OLD, headers=ORIGIN)
        assert answer.headers["access-control-allow-origin"] == "*"
        self.manifest = answers_0_2.Manifest.model_validate(answer.json())

    def reconcile(self, **queries: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
        content = self.post("queries", queries)
        answers_0_2.ResultBatch.model_validate(content)
        assert list(content) == list(queries)
        for found in content.values():
            scores = [candidate["score"] for candidate in found["result"]]
            assert scores == sorted(scores, reverse=True)
            assert not any(candidate["match"] for candidate in found["result"][1:])
        return {key: found["result"] for key, found in content.items()}

    def first(self, query: str, **more: Any) -> dict[str, Any]:
        found = self.reconcile(q0={"query": query, **more})["q0"]
        return found[0] if found else {}

    def post(self, name: str, content: object) -> dict[str, Any]:
        answer = self.http.post(OLD, data={name: json.dumps(content)}, headers=ORIGIN)
        assert answer.status_code == 200, answer.text
        assert answer.headers["access-control-allow-origin"] == "*"
        return answer.json()  # type: ignore[no-any-return]

    def suggest(self, kind: str, prefix: str, **more: str) -> list[dict[str, Any]]:
        service = getattr(self.manifest.suggest, kind)
        answer = self.http.get(service.service_url + service.service_path, params={"prefix": prefix, **more})
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]  # type: ignore[no-any-return]

    def extend(self, ids: list[str], *properties: str, **settings: int) -> dict[str, Any]:
        asked = [{"id": name, "settings": settings} for name in properties]
        content = self.post("extend", {"ids": ids, "properties": asked})
        answers_0_2.Extension.model_validate(content)
        return content

    def preview(self, identifier: str, language: str) -> httpx.Response:
        address = self.manifest.preview.url.replace("{{id}}", quote(identifier, safe=""))
        return self.http.get(address, headers={"Accept-Language": language})


def having(**values: object) -> list[dict[str, object]]:
    return [{"pid": name, "v": value} for name, value in values.items()]


def named(text: str, **more: object) -> dict[str, object]:
    return {"conditions": [{"matchType": "name", "propertyValue": text}], **more}
