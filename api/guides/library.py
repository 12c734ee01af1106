"""The guides: Markdown files, one for each language, read when the service starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.guides.rendering import ParsedGuide, parse_guide
from api.pages.reader import LANGUAGES
from api.representation import entity_tag

FOLDER: Final = Path(__file__).parents[2] / "docs" / "guides"
NAMES: Final = ("queries", "spreadsheets", "developers", "data", "curators")
"""The guides, in the order in which they are offered."""


@dataclass(frozen=True)
class GuideLibrary:
    """All guides.

    Attributes:
        guides: by name and language.
        version: changes with any of them.

    """

    guides: Mapping[tuple[str, str], ParsedGuide]
    version: str

    @classmethod
    def load(cls, folder: Path = FOLDER) -> GuideLibrary:
        """Read them.

        Raises:
            OSError: if one is missing.
            ValueError: if one does not begin as guides do.

        """
        texts = {
            (name, language): (folder / f"{name}.{language}.md").read_text(encoding="utf-8")
            for name in NAMES
            for language in LANGUAGES
        }
        guides = {key: parse_guide(text) for key, text in texts.items()}
        return cls(guides, entity_tag(*texts.values()))

    def listed(self, language: str) -> list[tuple[str, ParsedGuide]]:
        """Give the guides in a language, each with its name."""
        return [(name, self.guides[name, language]) for name in NAMES]
