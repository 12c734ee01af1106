"""The servers that can be measured, VNDX first."""

from __future__ import annotations

from typing import Final

from bench.peers.base import Peer
from bench.peers.oxigraph import Oxigraph
from bench.peers.rdflib_endpoint import RdflibEndpoint
from bench.peers.virtuoso import Virtuoso
from bench.peers.vndx import Vndx

PEERS: Final[dict[str, type[Peer]]] = {
    "vndx": Vndx,
    "oxigraph": Oxigraph,
    "virtuoso": Virtuoso,
    "rdflib": RdflibEndpoint,
}
"""By the names that the command line takes."""
