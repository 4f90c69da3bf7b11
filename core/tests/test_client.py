"""Which network a request is counted under: as many proxies as configured, and nothing spoofed."""

import pytest
from django.test import RequestFactory

from core.client import UNKNOWN, client_network, keyed_hash


def network(settings, *, proxies: int = 0, remote: str = "203.0.113.9", **headers: str) -> str:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    given = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return client_network(RequestFactory().get("/", REMOTE_ADDR=remote, **given))


def test_without_a_proxy_the_connection_counts(settings) -> None:
    assert network(settings) == "203.0.113.9"


@pytest.mark.parametrize(
    "header", ["x_forwarded_for", "x_real_ip", "forwarded", "client_ip", "cf_connecting_ip"]
)
def test_without_a_proxy_no_header_is_believed(settings, header: str) -> None:
    assert network(settings, **{header: "198.51.100.1"}) == "203.0.113.9"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # the first is what the client claims
        (1, "6.6.6.6,7.7.7.7 , 198.51.100.1 ", "198.51.100.1"),
        (2, "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "198.51.100.1", UNKNOWN),  # one proxy is missing
        (1, "198.51.100.1:4711", "198.51.100.1"),
        (1, "[2001:db8::7]:4711", "2001:db8::/64"),
    ],
)
def test_behind_proxies_the_last_ones_are_believed(
    settings, proxies: int, forwarded: str, expected: str
) -> None:
    assert network(settings, proxies=proxies, x_forwarded_for=forwarded) == expected


def test_behind_a_proxy_other_headers_are_not_believed(settings) -> None:
    found = network(settings, proxies=1, x_forwarded_for="198.51.100.1", x_real_ip="6.6.6.6")
    assert found == "198.51.100.1"


def test_a_proxy_that_says_nothing_is_the_client(settings) -> None:
    assert network(settings, proxies=1, remote="10.0.0.1") == "10.0.0.1"


@pytest.mark.parametrize(
    "forwarded", ["nonsense", "1.2.3", "999.1.1.1", "<script>", "'; DROP TABLE", "\u0661.2.3.4"]
)
def test_garbage_is_unknown(settings, forwarded: str) -> None:
    assert network(settings, proxies=1, x_forwarded_for=forwarded) == UNKNOWN


def test_a_socket_is_unknown(settings) -> None:
    assert network(settings, remote="") == UNKNOWN


@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:198.51.100.1", "198.51.100.1"),
        ("::1", "::/64"),
    ],
)
def test_ipv6_counts_by_household(settings, remote: str, expected: str) -> None:
    assert network(settings, remote=remote) == expected


def test_hashes_need_the_key_and_the_purpose(settings) -> None:
    made = keyed_hash("net 198.51.100.1", purpose="limit")
    assert made == keyed_hash("net 198.51.100.1", purpose="limit")
    assert len(made) == 64
    assert made != keyed_hash("net 198.51.100.1", purpose="address")
    settings.SECRET_KEY = "another" * 10
    assert made != keyed_hash("net 198.51.100.1", purpose="limit")
