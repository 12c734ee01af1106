"""Fixtures for all tests: the snapshot of the whole dataset, and one of a small one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from build_support import ROOT, small_data

from graph.build.inputs import Project
from graph.build.pipeline import build
from graph.build.prepare import BuildSettings
from graph.mapping.registry import mappings
from graph.progress import Silent
from graph.snapshots.home import HOME_VARIABLE, SnapshotHome
from graph.snapshots.lock import exclusive
from graph.snapshots.publishing import publish

TEST_HOME = "VNDX_TEST_HOME"
"""A data home with a published snapshot of the whole dataset, to save building one."""


@pytest.fixture(autouse=True)
def _no_home_of_the_developer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests away from the data home that the environment names."""
    monkeypatch.delenv(HOME_VARIABLE, raising=False)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that all processes of one test session share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def snapshot_home(shared_folder: Path) -> SnapshotHome:
    """Give a data home in which a snapshot of the whole dataset is published; never write to it."""
    given = os.environ.get(TEST_HOME)
    if given:
        return SnapshotHome(Path(given))
    home = SnapshotHome(shared_folder / "whole-dataset")
    # What has not changed since the last session need not be mapped and validated again.
    kept = ROOT / ".vndx" / "cache"
    kept.mkdir(parents=True, exist_ok=True)
    _build_once(home, Project(), kept)
    return home


@pytest.fixture(scope="session")
def small_home(shared_folder: Path) -> SnapshotHome:
    """Give a data home in which a snapshot of the small data folder is published; never write to it."""
    home = SnapshotHome(shared_folder / "small-dataset")
    data = shared_folder / f"small-data-{os.getpid()}"
    _build_once(home, Project(data=small_data(data)))
    shutil.rmtree(data)
    return home


def _build_once(home: SnapshotHome, project: Project, cache: Path | None = None) -> None:
    """Build and publish, unless another process of this session has done so."""
    with exclusive(home.lock_file, "build", wait_seconds=900):
        if home.current() is None:
            if cache is not None:
                home.cache.symlink_to(cache)
            built = build(BuildSettings(project, mappings(), workers=2), home, Silent())
            publish(home, built.snapshot.id)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a small data folder of its own to a test, to be changed at will."""
    return small_data(tmp_path / "data")


@pytest.fixture
def home(tmp_path: Path) -> SnapshotHome:
    """Give an empty data home of its own to a test."""
    return SnapshotHome(tmp_path / "home")
