"""The build hook of the wheel: the scripts and styles of the pages are made, and put in."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PagesBuildHook(BuildHookInterface[Any]):
    """Runs `web/build.py`; what that makes is ignored by git, so it is named as an artifact."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files before the wheel is packed, for an editable install too."""
        del version
        runpy.run_path(str(Path(self.root, "web", "build.py")))["build"]()
        build_data["artifacts"].append("/api/pages/static/**")
