"""VNDX itself, started as its users start it, with its default settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib.metadata import version
from typing import ClassVar

import httpx

from bench.load.driver import ROOT
from bench.peers.base import Peer
from bench.peers.process import ServerProcess


class Vndx(Peer):
    """``vndx serve`` over a pinned snapshot."""

    name: ClassVar[str] = "VNDX"

    @classmethod
    def version(cls) -> str:
        """Give the version and the settings that the environment gives, as these change figures."""
        given = sorted(f"{name}={os.environ[name]}" for name in os.environ if name.startswith("VNDX_"))
        ignored = ("VNDX_HOME=", "VNDX_PORT=", "VNDX_HOST=")
        changed = [setting for setting in given if not setting.startswith(ignored)]
        return " ".join([version("vndx"), *changed])

    def load(self) -> None:
        """Do nothing: the snapshot is there, and loading it is part of the start."""

    def launch(self) -> ServerProcess:
        """Start the service."""
        command = [sys.executable, "-m", "api", "--port", str(self.endpoint.port), "--host", "127.0.0.1"]
        command += ["--home", str(self.dataset.home.root)]
        return ServerProcess(command, log=self.folder / "log", folder=ROOT)

    def is_ready(self) -> bool:
        """Ask the service itself."""
        try:
            address = f"http://127.0.0.1:{self.endpoint.port}/health/ready"
            response = httpx.get(address, timeout=5)
        except httpx.TransportError:
            return False
        return response.status_code == httpx.codes.OK

    def settings(self) -> Mapping[str, object]:
        """Add the snapshot."""
        return {**super().settings(), "snapshot": self.dataset.snapshot_id}
