"""Who sends a request, as far as shares go: the network address that it comes from."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from fastapi import Request

_PREFIX: Final = 64


def client_of(request: Request) -> str:
    """Give the client of a request; ``-`` if it has no address, as on a Unix socket."""
    return client_at(request.client.host if request.client else "")


@lru_cache(maxsize=4096)
def client_at(host: str) -> str:
    """Give the client at an address.

    Of IPv6 a client has the whole network of 64 bits (RFC 4291, section 2.5.4), so any address of it
    is the same client.
    """
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host or "-"
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, _PREFIX), strict=False))
