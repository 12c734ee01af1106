"""The scripts, styles and fonts of the pages: files whose names change with their content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.representation import entity_tag

ASSETS_PATH: Final = "/static"

_FOLDER: Final = Path(__file__).parent / "static"
_MANIFEST: Final = "manifest.json"
_FOREVER: Final = "public, max-age=31536000, immutable"


class AssetsMissingError(RuntimeError):
    """The scripts and styles have not been built."""


@dataclass(frozen=True)
class Assets:
    """What Vite has built.

    Attributes:
        files: the path of each built file below `ASSETS_PATH`, by the name of its source below ``web``.
        version: changes with any of them.

    """

    files: Mapping[str, str]
    version: str

    @classmethod
    def load(cls) -> Assets:
        """Read the manifest of the build (Vite, backend integration).

        Raises:
            AssetsMissingError: if there is none.

        """
        path = _FOLDER / _MANIFEST
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise AssetsMissingError(
                "the scripts and styles of the pages are not built; run `make web`"
            ) from None
        manifest: dict[str, dict[str, Any]] = json.loads(text)
        return cls({name: entry["file"] for name, entry in manifest.items()}, entity_tag(text))

    def address(self, source: str) -> str:
        """Give the path of what was built from a source, e.g. ``src/site.ts``.

        Raises:
            KeyError: if there is no such source.

        """
        return f"{ASSETS_PATH}/{self.files[source]}"

    def font(self, name: str) -> str:
        """Give the path of a font file by its name without the folder."""
        source = next(source for source in self.files if source.endswith(f"/{name}"))
        return self.address(source)


class AssetFiles(StaticFiles):
    """Serves the built files; as their names change with their content, they are kept for ever."""

    def __init__(self) -> None:
        super().__init__(directory=_FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Give a file.

        Raises:
            HTTPException: if there is none of this name.

        """
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _FOREVER
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
