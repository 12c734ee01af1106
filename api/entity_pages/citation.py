"""How a page is cited: as a sentence, and as BibTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_LICENCE: Final = "CC BY 4.0"
_KEY: Final = re.compile(r"[^a-z0-9]+")
_ESCAPED: Final = str.maketrans({c: f"\\{c}" for c in "#$%&_{}"})


@dataclass(frozen=True)
class Citation:
    """A citation of what VNDX says of a thing."""

    sentence: str
    bibtex: str


def cite(title: str, iri: str, snapshot: str, language: str) -> Citation:
    """Write the citation of an entity.

    Args:
        title: its name.
        iri: its IRI.
        snapshot: the id of the snapshot that is served, empty if it is unknown.
        language: ``vi`` or ``en``.

    """
    version = ""
    if snapshot:
        version = f" Bản dữ liệu {snapshot}." if language == "vi" else f" Snapshot {snapshot}."
    ending = "" if title.endswith((".", "?", "!")) else "."
    sentence = f"VNDX. {title}{ending}{version} {iri} ({_LICENCE})"
    key = _KEY.sub("-", iri.rpartition("/vndx/")[2].removeprefix("id/").lower()).strip("-")
    fields = {
        "title": f"{{{title.translate(_ESCAPED)}}}",
        "author": "{VNDX}",
        "howpublished": f"\\url{{{iri}}}",
        "note": f"Snapshot {snapshot}, {_LICENCE}" if snapshot else _LICENCE,
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return Citation(sentence, f"@misc{{vndx-{key},\n{body}}}")
