"""May this be connected to? Public addresses at the web's ports, and the intranet places that the operator names.

The table is our own: what Python calls a global address differs from release to release, and lets through ways to an
inner network (multicast, 6to4, translated addresses). Sources are the IANA registries of special-purpose addresses.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.errors import ConfigError
from config import defaults

NOT_PUBLIC = "That address is not on the public internet, so I will not open it."
"""The one sentence for everything that is refused, so that it tells nothing about the network inside."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# 168.63.129.16 is the agent of a cloud host, on an address that looks public.
_CLOSED = tuple(
    ipaddress.ip_network(text)
    for text in """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
    192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15
    198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
    2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20
    """.split()
)
_OPEN_IPV6 = ipaddress.IPv6Network("2000::/3")
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NEVER_OURS = {4: "240.0.0.1", 6: "100::1"}

_LOCAL_NAMES = re.compile(r"(?:.*\.)?(?:localhost|local|internal|home\.arpa|onion)")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_PLACE = re.compile(r"(?:\[([^\[\]]+)\]|([^:\[\]]+))(?::(\d{1,5}))?")


class Guard:
    """Says what may be connected to. Give it to the fetcher; its answers are asked for again at every single connect.

    `exceptions` are places of an intranet as the operator writes them: a host with a port (wiki.example:8080), or an
    address or network, with a port or at the usual ones (10.1.2.3:8000, 10.1.0.0/16, [fd00::/8]:443). This machine's
    own addresses are covered only where one is named by itself. ConfigError lists every exception that cannot be read.
    """

    def __init__(self, exceptions: Iterable[str] = (), *, is_own: Callable[[Address], bool] | None = None) -> None:
        self._is_own = is_own or is_own_address
        self._exceptions: list[_Allowed] = []
        faults = []
        for text in exceptions:
            try:
                self._exceptions.append(_read_allowed(text))
            except ValueError as fault:
                faults.append(str(fault))
        if faults:
            raise ConfigError(faults)

    @property
    def exceptions(self) -> tuple[str, ...]:
        """The operator's exceptions in one spelling, for whoever has to know of them."""
        return tuple(exception.text for exception in self._exceptions)

    def permits_port(self, host: str, port: int) -> bool:
        """Whether this port may be connected to at all; the host may be a name or an address."""
        literal = read_literal(host)
        return port in defaults.WEB_PORTS or any(
            e.names(host, port) or (e.serves(port) and (literal is None or e.holds(literal))) for e in self._exceptions
        )

    def permits_host(self, host: str, port: int) -> bool:
        """Whether the host may be asked for, before its name is looked up. It is written as in a canonical address."""
        if any(e.names(host, port) for e in self._exceptions):
            return True
        if ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]):
            address = read_literal(host)
            return address is not None and (self._covers(address, port) or self._is_open(address))
        # Behind names of an intranet stand its addresses, which are judged in their turn.
        is_public = "." in host and not _LOCAL_NAMES.fullmatch(host)
        return is_public or any(e.serves(port) for e in self._exceptions)

    def permits(self, address: str, port: int, host: str = "") -> bool:
        """Whether a socket may be connected to this address, which may have been found under the name of the host."""
        found = read_literal(address)
        if found is None:
            return False
        if any(e.names(host, port) for e in self._exceptions) or self._covers(found, port):
            return True
        return port in defaults.WEB_PORTS and self._is_open(found)

    def _covers(self, address: Address, port: int) -> bool:
        return any(
            e.holds(address) and e.serves(port) and (e.is_single or not self._is_own(address)) for e in self._exceptions
        )

    def _is_open(self, address: Address) -> bool:
        return is_public(address) and not self._is_own(address)


def port_sentence(port: int) -> str:
    """What is said of a port that is not connected to."""
    *ports, last = map(str, defaults.WEB_PORTS)
    return f"Port {port} is not allowed here; {', '.join(ports)} and {last} are."


def is_public(address: Address) -> bool:
    """Whether the address belongs to the public internet, by our own table. It has to be unwrapped already."""
    if address.version == 6 and address not in _OPEN_IPV6:
        return False
    return not any(address in network for network in _CLOSED if network.version == address.version)


def read_literal(text: str) -> Address | None:
    """The address that the text spells in full; an IPv4 address inside IPv6 comes out as what it is.

    None for names, for short, octal and other odd spellings, and for addresses with a zone.
    """
    if "%" in text:
        return None
    try:
        address = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return None
    if address.version == 6 and (address in _MAPPED or address in _NAT64):
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address


def is_misspelled(host: str) -> bool:
    """Whether the host looks like an IPv4 address and is none, or is a public one in a spelling of old times."""
    if ":" in host or not _NUMBER.fullmatch(host.rpartition(".")[2]):
        return False
    try:
        return is_public(ipaddress.IPv4Address(socket.inet_aton(host)))
    except OSError:
        return True


def is_own_address(address: Address) -> bool:
    """Whether the address is one of this machine's: only then can a socket be bound to it. Nothing is sent.

    Asked anew each time, so that an address that comes or goes needs no restart. Where the system lets sockets bind to
    any address at all (ip_nonlocal_bind), it cannot be told and no address counts as own.
    """
    return _can_bind(str(address), address.version) and not _can_bind(_NEVER_OURS[address.version], address.version)


def _can_bind(address: str, version: int) -> bool:
    family = socket.AF_INET if version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True


@dataclass(frozen=True, kw_only=True, slots=True)
class _Allowed:
    """One place that the operator allows: a network or a host, at one port or (a network) at the usual ones."""

    text: str
    network: Network | None = None
    host: str = ""
    port: int = 0

    @property
    def is_single(self) -> bool:
        return self.network is not None and self.network.num_addresses == 1

    def names(self, host: str, port: int) -> bool:
        return bool(self.host) and (self.host, self.port) == (host, port)

    def serves(self, port: int) -> bool:
        return self.network is not None and (port == self.port if self.port else port in defaults.WEB_PORTS)

    def holds(self, address: Address) -> bool:
        return self.network is not None and address.version == self.network.version and address in self.network


def _read_allowed(text: str) -> _Allowed:
    """What the operator wrote; ValueError says what is wrong with it."""
    written = text.strip().lower()
    shown = f"`{written[:60]}`"
    place, port = written, 0
    if written.count(":") < 2 or written.startswith("["):
        match = _PLACE.fullmatch(written)
        if match is None:
            raise ValueError(f"{shown} is no place to allow; write 10.1.0.0/16, 10.1.2.3:8000 or wiki.example:8080.")
        place, port = match[1] or match[2], int(match[3] or 0)
        if match[3] and not 0 < port < 65536:
            raise ValueError(f"{shown} has no port that exists; ports are 1 to 65535.")
    try:
        network = ipaddress.ip_network(place.replace("%", " "))  # zones mean something inside one machine only
    except ValueError:
        return _read_named(place, port, shown)
    if network.prefixlen < defaults.NETWORK_BITS:
        raise ValueError(f"{shown} is wider than any intranet; the widest is /{defaults.NETWORK_BITS}.")
    spelled = str(network.network_address) if network.num_addresses == 1 else str(network)
    if port:
        spelled = f"[{spelled}]:{port}" if network.version == 6 else f"{spelled}:{port}"
    return _Allowed(text=spelled, network=network, port=port)


def _read_named(host: str, port: int, shown: str) -> _Allowed:
    if "/" in host or ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]):
        raise ValueError(f"{shown} is neither an address nor a network; write 10.1.0.0/16 or [fd00::/8]:443.")
    if not _NAME.fullmatch(host):
        raise ValueError(f"{shown} is not the name of a host; write it as wiki.example:8080.")
    if not port:
        raise ValueError(f"{shown} needs its port too; write {host[:60]}:443 or the port that it is served at.")
    return _Allowed(text=f"{host}:{port}", host=host, port=port)
