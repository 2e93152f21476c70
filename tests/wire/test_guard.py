"""What may be connected to: the table, the ports, the operator's exceptions, this machine itself."""

import ipaddress

import pytest

from bot.errors import ConfigError
from bot.wire.guard import Guard, is_misspelled, is_own_address
from config import defaults
from tests.wire.vectors import CLOSED, OPEN, PORTS, SPELLED

PUBLIC, OTHER = "93.184.216.34", "2606:4700::1111"


def test_nothing_that_is_not_public_may_be_connected_to() -> None:
    guard = Guard()
    assert len({*CLOSED, *SPELLED}) >= 150
    assert [a for a in CLOSED for port in defaults.WEB_PORTS if guard.permits(a, port)] == []
    assert [a for a in CLOSED if guard.permits_host(a, 443)] == []


def test_the_neighbours_of_what_is_closed_may_be_connected_to() -> None:
    guard = Guard()
    assert [a for a in OPEN for port in defaults.WEB_PORTS if not guard.permits(a, port)] == []
    assert [a for a in OPEN if not guard.permits_host(a, 443)] == []


def test_only_the_ports_of_the_web_may_be_connected_to() -> None:
    guard = Guard()
    assert [port for port in PORTS if guard.permits(PUBLIC, port) or guard.permits_port("example.org", port)] == []


@pytest.mark.parametrize(
    "address",
    ["fe80::1%lo", "2606:4700::1111%eth0", "::1%25lo", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "8.8.8.08",
     "example.org", "", " ", "8.8.8.8/32", "8.8.8.8\n"],
)  # fmt: skip
def test_what_is_no_plain_address_may_not_be_connected_to(address: str) -> None:
    assert not Guard().permits(address, 443)


@pytest.mark.parametrize(
    "host", ["example.org", "xn--bcher-kva.example", "a.b.c.example", PUBLIC, OTHER, "0xadada.pub"]
)
def test_public_names_and_addresses_may_be_asked_for(host: str) -> None:
    assert Guard().permits_host(host, 443)


@pytest.mark.parametrize(
    "host", ["localhost", "a.localhost", "wiki", "wiki.internal", "printer.local", "1.2.3", "0x7f.1"]
)
def test_local_names_and_odd_spellings_may_not_be_asked_for(host: str) -> None:
    assert not Guard().permits_host(host, 443)


@pytest.mark.parametrize(
    ("exception", "allowed", "refused"),
    [
        ("10.1.2.3", [("10.1.2.3", 80), ("10.1.2.3", 8443)], [("10.1.2.3", 22), ("10.1.2.4", 80)]),
        ("10.1.2.3:9000", [("10.1.2.3", 9000)], [("10.1.2.3", 80), ("10.1.2.4", 9000)]),
        ("10.1.0.0/16", [("10.1.255.255", 443)], [("10.2.0.0", 443), ("10.1.0.1", 9000)]),
        ("10.1.0.0/16:9000", [("10.1.0.1", 9000)], [("10.1.0.1", 443)]),
        ("fd00::/8", [("fd12::1", 80)], [("fe80::1", 80), ("fd12::1", 81)]),
        ("[fd00::/8]:9000", [("fd12::1", 9000)], [("fd12::1", 80)]),
        ("[fd00::1]:9000", [("fd00::1", 9000)], [("fd00::2", 9000)]),
        ("fd00::1", [("fd00::1", 443)], [("fd00::2", 443)]),
        ("10.0.0.0/8", [("::ffff:10.1.1.1", 80), ("64:ff9b::10.1.1.1", 80)], [("::ffff:11.0.0.1", 9000)]),
        (f"{PUBLIC}:9000", [(PUBLIC, 9000), (PUBLIC, 443)], [(PUBLIC, 22)]),
    ],
)  # fmt: skip
def test_an_operator_opens_an_address_or_a_network(
    exception: str, allowed: list[tuple[str, int]], refused: list[tuple[str, int]]
) -> None:
    guard = Guard([exception])
    assert [place for place in allowed if not guard.permits(*place)] == []
    assert [place for place in allowed if not guard.permits_host(*place) or not guard.permits_port(*place)] == []
    assert [place for place in refused if guard.permits(*place)] == []


def test_an_operator_opens_a_host_wherever_its_name_leads_but_at_its_port_only() -> None:
    guard = Guard(["wiki:8080", "Feeds.Corp.Example:9000"])
    assert guard.permits_host("wiki", 8080)
    assert guard.permits("10.1.2.3", 8080, "wiki")
    assert guard.permits("10.1.2.3", 9000, "feeds.corp.example")
    assert guard.permits_port("feeds.corp.example", 9000)
    assert not guard.permits_host("wiki", 80)
    assert not guard.permits("10.1.2.3", 8080, "other.example")
    assert not guard.permits("10.1.2.3", 8080)
    assert not guard.permits_port("other.example", 9000)


def test_names_of_an_intranet_are_judged_by_their_addresses_where_a_network_is_open() -> None:
    guard = Guard(["10.1.0.0/16"])
    assert guard.permits_host("wiki", 80)
    assert guard.permits("10.1.2.3", 80, "wiki")
    assert not guard.permits("127.0.0.1", 80, "wiki")


def test_exceptions_can_be_listed_in_one_spelling() -> None:
    written = ["Wiki.Example:8080", " 10.1.0.0/16 ", "10.1.2.3/32:9000", "[FD00::/8]:443", "fd00:0::1", "[fd00::1]:81"]
    listed = ("wiki.example:8080", "10.1.0.0/16", "10.1.2.3:9000", "[fd00::/8]:443", "fd00::1", "[fd00::1]:81")
    assert Guard(written).exceptions == listed
    assert Guard(listed).exceptions == listed


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("wiki.example", "needs its port too; write wiki.example:443"),
        ("10.1.2.3/16", "neither an address nor a network"),
        ("10.1.2.300:80", "neither an address nor a network"),
        ("10.1.2.3:99999", "ports are 1 to 65535"),
        ("wiki.example:0", "ports are 1 to 65535"),
        ("wiki.example:http", "is no place to allow"),
        ("0.0.0.0/0", "wider than any intranet; the widest is /8"),
        ("::/0", "wider than any intranet"),
        ("http://wiki.example:80", "neither an address nor a network"),
        ("*.example:80", "is not the name of a host"),
        ("", "is no place to allow"),
        ("[fd00::1", "is no place to allow"),
        ("fe80::1%lo", "neither an address nor a network"),
    ],
)  # fmt: skip
def test_an_exception_that_cannot_be_read_is_explained(written: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        Guard([written])


def test_all_exceptions_that_cannot_be_read_are_listed_at_once() -> None:
    with pytest.raises(ConfigError) as refused:
        Guard(["wiki", "10.0.0.0/8", "10.0.0.0/99"])
    assert len(refused.value.faults) == 2


def test_this_machines_own_addresses_are_refused_though_they_are_public() -> None:
    guard = Guard(["93.184.0.0/16", "93.184.216.34:9000"], is_own=lambda address: str(address) == PUBLIC)
    assert not guard.permits(PUBLIC, 443)
    assert not guard.permits_host(PUBLIC, 443)
    assert not guard.permits(f"::ffff:{PUBLIC}", 443)
    assert guard.permits("93.184.216.35", 443)
    assert guard.permits(PUBLIC, 9000), "an operator may name one of them by itself"


def test_an_address_is_own_when_it_is_on_one_of_the_interfaces() -> None:
    assert is_own_address(ipaddress.ip_address("127.0.0.1"))
    assert not is_own_address(ipaddress.ip_address("8.8.8.8"))
    assert not is_own_address(ipaddress.ip_address(OTHER))


@pytest.mark.parametrize("host", ["0x08080808", "134744072", "8.8.2056", "1.2.3.4.5", "999.1.1.1", "6425673729"])
def test_odd_spellings_of_public_addresses_and_of_none_are_told_from_inner_ones(host: str) -> None:
    assert is_misspelled(host)


@pytest.mark.parametrize("host", ["127.1", "0x7f000001", "10.1", "example.org", "0xadada.pub", "::1"])
def test_inner_addresses_and_names_are_no_misspellings(host: str) -> None:
    assert not is_misspelled(host)
