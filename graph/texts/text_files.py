"""Reading source texts: the NFC text of the whole file, and its SHA-256."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from graph.model.text import nfc


@dataclass(frozen=True)
class TextFile:
    """A source text as evidences refer to it.

    Attributes:
        name: the file's name, without its folder.
        text: the whole file in NFC; line ends and no-break spaces are kept as they are.
        sha256: hexadecimal digest of `text` in UTF-8.

    """

    name: str
    text: str
    sha256: str

    @classmethod
    def of(cls, name: str, text: str) -> TextFile:
        """Make the text file of a text in any normalization form."""
        composed = nfc(text)
        return cls(name, composed, hashlib.sha256(composed.encode()).hexdigest())

    def line_at(self, offset: int) -> int:
        """Give the 1-based line on which the code point at an offset stands."""
        return self.text.count("\n", 0, offset) + 1


def read_text_file(path: Path) -> TextFile:
    """Read one source text.

    Raises:
        ValueError: if it is not UTF-8.
        OSError: if it cannot be read.

    """
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name} is not UTF-8: {error}") from error
    return TextFile.of(path.name, text)


def read_text_files(folder: Path) -> dict[str, TextFile]:
    """Read every ``*.txt`` of a folder, by file name; a folder that is not there gives none.

    Raises:
        ValueError: if a file is not UTF-8.
        OSError: if a file cannot be read.

    """
    paths = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    return {path.name: read_text_file(path) for path in paths}
