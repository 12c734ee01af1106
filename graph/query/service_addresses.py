"""Where SERVICE may go: origins, what their hosts' names mean, and which addresses are public.

An allowed origin names a host, and what that name means is decided by whoever runs its DNS; so it is
looked up, and private addresses are refused.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from graph.query.errors import ServiceRefusedError

Resolver: TypeAlias = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host for a port; raises `OSError` if it has none."""

DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_NAT64: Final = IPv6Network("64:ff9b::/96")  # RFC 6052, section 2.1


def origin(iri: str) -> str | None:
    """Give scheme, host and port of an ``http`` or ``https`` IRI; None for others and with a user name."""
    try:
        parts = urlsplit(iri)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc or "\\" in iri:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    shown_port = "" if port in (None, DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{shown_port}"


def look_up(host: str, port: int) -> list[str]:
    """Look a host up as this machine does it, by its hosts file and by DNS; takes as long as that takes.

    Raises:
        OSError: if it has no address.

    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # it cannot be the name of a host
        raise OSError(str(error)) from error
    return [str(address[0]) for *_, address in found]


def addresses_of(called: str, resolver: Resolver = look_up, *, allow_private: bool = False) -> list[str]:
    """Give the IP addresses of an origin, all of them such as may be called.

    Raises:
        ServiceRefusedError: if it has no address, or any address that is not public. The address is not
            told, as it is not for the public to know.

    """
    parts = urlsplit(called)
    try:
        found = list(resolver(parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]))
    except OSError:
        found = []
    if not found:
        raise ServiceRefusedError(f"the host of {called} has no address")
    if not allow_private and not all(is_public(address.partition("%")[0]) for address in found):
        raise ServiceRefusedError(f"the host of {called} is in a private network")
    return found


def refuse_private(origins: Iterable[str]) -> None:
    """Look up the hosts of origins.

    Raises:
        ServiceRefusedError: if one has no address, or any address that is not public.

    """
    for called in sorted(origins):
        addresses_of(called)


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
