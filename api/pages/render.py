"""Filling the templates; every value is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.pages.assets import Assets
from api.pages.formatting import date_text, number_text
from api.pages.languages import language_of_quotation, language_of_words
from api.pages.notes import note_parts
from api.pages.reader import LANGUAGES, Reader

_TEMPLATES: Final = Path(__file__).parent / "templates"
# The fonts that nearly every page shows at once: asked for before the style sheet names them.
_FONTS: Final = tuple(
    f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
    for weight in (400, 600)
    for subset in ("latin", "vietnamese")
)


class Pages:
    """The templates of the service, with what all of them can use.

    ``t(vi, en)`` gives the text of the page's language, ``url(path)`` a link within the site,
    ``asset(source)`` the address of a built file; ``number`` and ``date`` write values as readers of the
    language do.

    Args:
        root: the path under which the service is seen, without a slash at its end.
        assets: the scripts and styles.

    """

    def __init__(self, root: str, assets: Assets) -> None:
        self._root = root
        self._assets = assets
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            auto_reload=False,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {
            "root": root,
            "asset": lambda source: root + assets.address(source),
            "fonts": [root + assets.font(name) for name in _FONTS],
        }
        self._prepare()

    @property
    def version(self) -> str:
        """What changes when pages may look or work otherwise though their content is the same."""
        return self._assets.version

    def asset(self, source: str) -> str:
        """Give the path of a built file, below the place where the service is."""
        return self._assets.address(source)

    def _prepare(self) -> None:
        """Compile the templates and load how dates are written, so that no reader waits for it."""
        for name in self._environment.list_templates(extensions=["html"]):
            self._environment.get_template(name)
        for language in LANGUAGES:
            date_text("2025-07-01", language)
            number_text(1, language)

    def render(self, template: str, reader: Reader, **values: Any) -> bytes:
        """Fill a template for a reader; give it in UTF-8."""
        language = reader.language

        def text(vi: str, en: str) -> str:
            return vi if language == "vi" else en

        def url(path: str) -> str:
            return self._root + reader.link(path)

        filled = self._environment.get_template(template).render(
            lang=language,
            lang_chosen=reader.chosen,
            t=text,
            url=url,
            here=reader.path,
            languages={other: self._root + reader.address(other) for other in LANGUAGES},
            number=lambda value: number_text(value, language),
            date=lambda value: date_text(value, language),
            language_of_words=language_of_words,
            language_of_quotation=language_of_quotation,
            note_parts=lambda note, own: note_parts(note, own or language),
            **values,
        )
        return filled.encode()
