"""Where SERVICE may go: the hosts of allowed origins are looked up, and private addresses are refused.

An allowed origin names a host, and what that name means is decided by whoever runs its DNS. What is known
of the engine's own HTTP client (pyoxigraph 0.5), which cannot be hooked into:

* it follows no redirect: 301, 302, 303, 307 and 308 are errors (a test watches this);
* it looks the name up once more, so a name whose address changes between the two look-ups is not noticed;
* it sets no limit of its own to time or size: the deadline of the query and the memory of its worker do.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from graph.query.errors import ServiceRefusedError

_NAT64: Final = IPv6Network("64:ff9b::/96")  # RFC 6052, section 2.1


def refuse_private(origins: Iterable[str]) -> None:
    """Look up the hosts of origins, which takes as long as DNS takes.

    Raises:
        ServiceRefusedError: if one has no address, or any address that is not public. The address is not
            told, as it is not for the public to know.

    """
    for called in sorted(origins):
        parts = urlsplit(called)
        try:
            found = socket.getaddrinfo(parts.hostname, parts.port or parts.scheme, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise ServiceRefusedError(f"the host of {called} has no address") from None
        if not all(is_public(str(address[0]).partition("%")[0]) for *_, address in found):
            raise ServiceRefusedError(f"the host of {called} is in a private network")


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public Internet (IANA special-purpose registries).

    Private, loopback, link-local, multicast, reserved and unspecified addresses are not, nor are those of
    IPv6 that stand for such an address of IPv4.
    """
    found = ip_address(address)
    if isinstance(found, IPv6Address) and (inner := _embedded(found)) is not None:
        found = inner
    site_local = isinstance(found, IPv6Address) and found.is_site_local
    return found.is_global and not (found.is_multicast or found.is_reserved or site_local)


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """Give the address of IPv4 that one of IPv6 stands for: mapped, 6to4, Teredo (the client), NAT64."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
