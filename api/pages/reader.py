"""Who reads a page: the language, and the address that the page was asked for at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request

from api.negotiation import choose_language
from api.representation import header_list

LANGUAGES: Final = ("vi", "en")
"""The languages of the pages, the first one by default."""

_PARAMETER: Final = "lang"


@dataclass(frozen=True)
class Reader:
    """What a page depends on besides its content.

    Attributes:
        language: of the page.
        chosen: whether it was chosen by ``?lang=``; links within the site then keep it.
        path: of the page, without the path under which the service is seen.
        query: the query string of the page, without the language.

    """

    language: str
    chosen: bool = False
    path: str = "/"
    query: str = ""

    def key(self) -> str:
        """Give what tells the page of this reader from that of another."""
        return f"{self.language}{'!' if self.chosen else ''} {self.path}?{self.query}"

    def address(self, language: str) -> str:
        """Give the address of the same page in a language, below the root."""
        query = "&".join(part for part in (self.query, urlencode({_PARAMETER: language})) if part)
        return f"{self.path}?{query}"

    def link(self, path: str) -> str:
        """Give a path of ours as a link that keeps the language if it was chosen."""
        if not self.chosen:
            return path
        address, hash_mark, fragment = path.partition("#")
        separator = "&" if "?" in address else "?"
        return f"{address}{separator}{_PARAMETER}={self.language}{hash_mark}{fragment}"


def reader_of(request: Request) -> Reader:
    """Give the reader of a request: by ``?lang=``, else by Accept-Language, else Vietnamese."""
    asked = request.query_params.get(_PARAMETER)
    language = choose_language(header_list(request, "accept-language"), asked, LANGUAGES)
    parameters = parse_qsl(request.url.query, keep_blank_values=True)
    query = urlencode([pair for pair in parameters if pair[0] != _PARAMETER])
    return Reader(language, asked in LANGUAGES, request.url.path, query)
