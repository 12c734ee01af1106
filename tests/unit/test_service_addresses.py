"""Addresses that SERVICE may call, and those it may not."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.query.errors import ServiceRefusedError
from graph.query.service_addresses import addresses_of, is_public, refuse_private


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "0.0.0.0",  # noqa: S104 - nothing listens there
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_private_loopback_link_local_multicast_and_reserved_addresses_are_not(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_no_address_of_ipv4_becomes_public_in_the_clothes_of_ipv6(address: IPv4Address) -> None:
    mapped = str(IPv6Address(0xFFFF00000000 | int(address)))
    translated = str(IPv6Address(int(IPv6Address("64:ff9b::")) | int(address)))
    expected = is_public(str(address))
    assert (is_public(mapped), is_public(translated)) == (expected, expected)


@given(st.ip_addresses())
def test_a_public_address_is_always_global(address: IPv4Address | IPv6Address) -> None:
    if is_public(str(address)):
        assert not ip_address(address).is_loopback
        assert not ip_address(address).is_link_local


@pytest.mark.parametrize("called", ["http://127.0.0.1:7878", "https://[::1]", "http://localhost:80"])
def test_an_origin_in_a_private_network_is_refused_without_its_address(called: str) -> None:
    with pytest.raises(ServiceRefusedError, match="private network") as refused:
        refuse_private([called])
    assert str(refused.value) == f"the host of {called} is in a private network"


def test_an_origin_without_an_address_is_refused() -> None:
    with pytest.raises(ServiceRefusedError, match="has no address"):
        refuse_private(["https://nowhere.invalid"])


def test_a_public_origin_is_not_refused() -> None:
    refuse_private(["https://8.8.8.8", "http://[2606:4700::1111]:8080"])


@pytest.mark.parametrize("found", [["8.8.8.8", "127.0.0.1"], ["fe80::1%eth0"], ["10.0.0.1"]])
def test_a_name_with_any_private_address_is_refused(found: list[str]) -> None:
    with pytest.raises(ServiceRefusedError, match="private network"):
        addresses_of("https://e.example", lambda *_: found)


def test_a_host_is_looked_up_for_its_port() -> None:
    asked: list[tuple[str, int]] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return ["8.8.8.8"]

    for called in ("https://e.example", "http://e.example", "http://[::1]:81"):
        addresses_of(called, resolver)
    assert asked == [("e.example", 443), ("e.example", 80), ("::1", 81)]


def test_a_private_address_may_be_allowed() -> None:
    found = addresses_of("http://e.example", lambda *_: ["10.0.0.1"], allow_private=True)
    assert found == ["10.0.0.1"]
