"""Filling the templates; every value is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

LANGUAGES: Final = ("vi", "en")
"""The languages of the pages, the first one by default."""


class Pages:
    """The templates of the service.

    Args:
        root: the path under which the service is seen, without a slash at its end.

    """

    def __init__(self, root: str = "") -> None:
        self._environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["root"] = root

    def render(self, template: str, language: str, **values: Any) -> bytes:
        """Fill a template, in which ``t(vi, en)`` gives the text of the page's language; give it in UTF-8."""

        def text(vi: str, en: str) -> str:
            return vi if language == "vi" else en

        filled = self._environment.get_template(template).render(lang=language, t=text, **values)
        return filled.encode()
