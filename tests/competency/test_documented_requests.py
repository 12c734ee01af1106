"""The requests that README, docs/api and docs/guides print work as they are printed, with the real curl."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from build_support import ROOT

pytestmark = pytest.mark.snapshot

LOCAL = re.compile(r"http://(?:127\.0\.0\.1|localhost):8000")
PAGES = (
    ROOT / "README.md",
    *sorted((ROOT / "docs" / "api").glob("*.md")),
    *sorted((ROOT / "docs" / "guides").glob("*.md")),
)


def commands() -> Iterator[str]:
    """Give each command line with curl, but those that need or make files."""
    for page in PAGES:
        text = page.read_text("utf-8").replace("\\\n", " ")
        printed = [
            *re.findall(r"^(curl [^\n]*)", text, re.MULTILINE),
            *re.findall(r"\| `(curl [^`]+)` \|", text),
        ]
        yield from (
            found for found in printed if LOCAL.search(found) and "@" not in found and " -O " not in found
        )


def arguments(command: str) -> list[str]:
    """Give the words of a command up to a pipe or comment; none if a quotation goes on in the next line."""
    try:
        words = shlex.split(command, comments=True)
    except ValueError:
        return []
    return words[: words.index("|")] if "|" in words else words


COMMANDS = sorted({command for command in commands() if arguments(command)})


def test_every_page_of_the_interface_prints_a_request() -> None:
    assert len(COMMANDS) > 50


@pytest.mark.parametrize("command", COMMANDS)
def test_a_printed_request_is_answered(http: httpx.Client, command: str, tmp_path: Path) -> None:
    base = str(http.base_url).rstrip("/")
    words = [LOCAL.sub(base, word) for word in arguments(command)]
    run = subprocess.run(
        [*words, "-sS", "-o", str(tmp_path / "answer"), "-w", "%{http_code}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout in {"200", "303"}, (tmp_path / "answer").read_text("utf-8", errors="replace")
