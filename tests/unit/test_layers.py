"""The folders may import only downwards: a reader knows from the folder what may be imported."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def imported_modules(file: Path) -> Iterator[str]:
    """Give the modules that a Python file imports, also inside functions."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def imports_below(folder: str) -> list[tuple[str, str]]:
    """Give (file, imported module) for every Python file below a folder of the project."""
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files, f"no Python file below {folder}: the test would prove nothing"
    return [(str(f.relative_to(ROOT)), module) for f in files for module in imported_modules(f)]


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def test_graph_never_imports_api_or_a_web_framework() -> None:
    forbidden = ("api", "fastapi", "starlette", "uvicorn", "werkzeug")
    found = [(f, m) for f, m in imports_below("graph") if any(is_in(m, p) for p in forbidden)]
    assert found == []


def test_api_knows_nothing_of_how_a_snapshot_is_built() -> None:
    forbidden = ("graph.mapping", "graph.build", "graph.texts", "graph.validation")
    found = [(f, m) for f, m in imports_below("api") if any(is_in(m, p) for p in forbidden)]
    assert [pair for pair in found if pair not in _asked_for_reports(found)] == []


def _asked_for_reports(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the imports of what `/validate` asks for, and of what it gets; the shapes are run elsewhere."""
    modules = {f"graph.validation.{name}" for name in ("report", "results", "submission_messages")}
    return [(f, m) for f, m in found if f.startswith("api/validation/") and m in modules]


def test_the_service_never_loads_what_validates() -> None:
    code = "import sys, api.app; sys.exit('pyshacl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize(
    ("folder", "forbidden"),
    [
        (
            "graph/model",
            ("graph.mapping", "graph.build", "graph.query", "graph.snapshots", "graph.cli", "pathlib"),
        ),
        (
            "graph/mapping",
            ("graph.build", "graph.query", "graph.snapshots", "graph.cli", "rdflib", "pyshacl"),
        ),
        ("graph/query", ("graph.mapping", "graph.build", "graph.validation", "graph.cli")),
    ],
)
def test_a_lower_layer_never_imports_a_higher_one(folder: str, forbidden: tuple[str, ...]) -> None:
    found = [(f, m) for f, m in imports_below(folder) if any(is_in(m, p) for p in forbidden)]
    assert found == []
