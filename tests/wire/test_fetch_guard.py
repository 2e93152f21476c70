"""Nothing that is not public is connected to: added, redirected to, answered by a name server, or found there later."""

import asyncio
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from bot.errors import SourceError
from bot.wire.fetch import Fetched, Fetcher, Limits
from bot.wire.guard import Guard
from config import defaults
from tests.wire.vectors import CLOSED, PORTS, SPELLED
from tests.wire.web import NOW, Asked, Site, answer, fetch, moved, names, serving

PUBLIC = "93.184.216.34"
HOSTS = [*SPELLED, *(f"[{address}]" if ":" in address else address for address in CLOSED)]


async def refusal(fetcher: Fetcher, address: str) -> SourceError:
    with pytest.raises(SourceError) as refused:
        await fetcher.fetch(address, now=NOW)
    return refused.value


def only(connects: deque[Any], site: Site) -> bool:
    """Whether nothing but the site was connected to."""
    return {(target[0], target[1]) for target in connects} <= {(site.host, site.port)}


async def test_an_inner_address_that_was_added_is_not_connected_to(connects: deque[Any]) -> None:
    async with Fetcher(Guard(), look_up=names()) as fetcher:
        for port in defaults.WEB_PORTS:
            codes = {host: (await refusal(fetcher, f"http://{host}:{port}/")).code for host in HOSTS}
            assert {host: code for host, code in codes.items() if code not in ("U09", "U13")} == {}
    assert not connects


async def test_an_inner_address_that_a_site_redirects_to_is_not_connected_to(connects: deque[Any]) -> None:
    async def lead(asked: Asked) -> None:
        await asked.say(moved(f"http://{HOSTS[int(asked.target[1:])]}/latest?token=1", "301 Moved"))

    async with serving(lead) as site, Fetcher(Guard([site.place]), look_up=names()) as fetcher:
        codes = {host: (await refusal(fetcher, site.address(f"/{n}"))).code for n, host in enumerate(HOSTS)}
        assert {host: code for host, code in codes.items() if code != "U10"} == {}
        assert site.accepted == len(HOSTS)
        assert only(connects, site)


@pytest.mark.parametrize("found", ["{}", f"{PUBLIC} {{}}", f"{{}} {PUBLIC}", f"2606:4700::1111 {PUBLIC} {{}}"])
async def test_an_inner_address_that_a_name_stands_for_is_not_connected_to(found: str, connects: deque[Any]) -> None:
    answers = iter(CLOSED)
    async with Fetcher(Guard(), look_up=lambda _: found.format(next(answers)).split()) as fetcher:
        for _ in CLOSED:
            refused = await refusal(fetcher, "https://coast.example/feed")
            assert refused.code == "U09"
            assert str(refused) == "That address is not on the public internet, so I will not open it."
    assert not connects


async def test_an_inner_address_that_a_name_stands_for_later_is_not_connected_to(connects: deque[Any]) -> None:
    answers = iter([found for address in CLOSED for found in ("127.0.0.1", address)])
    async with serving({"/feed": moved("http://coast.example:8080/")}) as site:
        async with Fetcher(Guard([site.place]), look_up=lambda _: [next(answers)]) as fetcher:
            for _ in CLOSED:
                assert (await refusal(fetcher, site.named("coast.example"))).code == "U10"
        assert site.accepted == len(CLOSED)
        assert only(connects, site)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "0.0.0.0"])
async def test_listeners_on_this_machine_hear_nothing(host: str) -> None:
    async with serving(answer("secret"), host=host) as canary:
        # Another place at the same port is allowed, so that it is not the port that refuses.
        guard = Guard([f"1.1.1.1:{canary.port}"])
        async with Fetcher(guard, look_up=lambda _: ["127.0.0.1", "::1"]) as fetcher:
            for spelled in (*HOSTS, "127.0.0.2", "127.1.1.1", "coast.example", "wiki"):
                assert (await refusal(fetcher, f"http://{spelled}:{canary.port}/")).code in ("U09", "U13")
        assert canary.accepted == 0


async def test_the_last_look_is_at_the_socket_itself(connects: deque[Any]) -> None:
    class Fickle(Guard):
        """Permits the name's address when it is found, and not any more when it is to be connected to."""

        asked = 0

        def permits(self, address: str, port: int, host: str = "") -> bool:
            self.asked += 1
            return self.asked == 1

    guard = Fickle()
    async with Fetcher(guard, look_up=names(coast_example=PUBLIC)) as fetcher:
        assert (await refusal(fetcher, "http://coast.example/")).code == "U09"
    assert guard.asked == 2
    assert not connects


async def test_this_machines_own_public_address_is_not_connected_to(connects: deque[Any]) -> None:
    guard = Guard(is_own=lambda address: str(address) == PUBLIC)
    async with Fetcher(guard, look_up=names(coast_example=PUBLIC)) as fetcher:
        for address in (f"http://{PUBLIC}/", f"http://[::ffff:{PUBLIC}]/", "http://coast.example/"):
            assert (await refusal(fetcher, address)).code == "U09"
    assert not connects


@pytest.mark.parametrize("port", PORTS[1:])
async def test_other_ports_are_not_connected_to(port: int, connects: deque[Any]) -> None:
    async with Fetcher(Guard(), look_up=names(coast_example=PUBLIC)) as fetcher:
        refused = await refusal(fetcher, f"http://coast.example:{port}/")
    assert (refused.code, str(refused)) == ("U07", f"Port {port} is not allowed here; 80, 443, 8080 and 8443 are.")
    assert not connects


async def test_an_intranet_place_that_the_operator_allows_is_read_and_its_neighbours_are_not() -> None:
    async with serving(answer("<rss/>")) as allowed, serving(answer("secret")) as canary:
        guard = Guard([f"wiki:{allowed.port}"])
        look_up = names(wiki="127.0.0.1", other="127.0.0.1")
        assert isinstance(await fetch(allowed, guard=guard, look_up=look_up, address=allowed.named("wiki")), Fetched)
        async with Fetcher(guard, look_up=look_up) as fetcher:
            for address in (canary.named("wiki"), allowed.named("other"), allowed.address(), canary.address()):
                assert (await refusal(fetcher, address)).code in ("U07", "U09")
        assert (allowed.accepted, canary.accepted) == (1, 0)


async def test_proxies_and_logins_of_the_environment_are_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("default login jo password hunter2\n", encoding="ascii")
    monkeypatch.setenv("NETRC", str(netrc))
    async with serving(answer("canary")) as canary, serving(answer("<rss/>")) as site:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, canary.address(""))
        fetched = await fetch(site)
        assert isinstance(fetched, Fetched)
        assert fetched.data == b"<rss/>"
        assert canary.accepted == 0
        assert "authorization" not in site.asked[0].headers


async def test_the_egress_proxy_opens_what_may_be_asked_for_and_looks_its_name_up_itself(connects: deque[Any]) -> None:
    async with serving(answer("<rss/>")) as proxy:
        address = f"http://jo:hunter2@127.0.0.1:{proxy.port}"
        async with Fetcher(Guard(), proxy=address, look_up=names()) as fetcher:
            fetched = await fetcher.fetch("http://coast.example/feed?a=1", now=NOW)
            assert isinstance(fetched, Fetched)
            assert proxy.asked[0].line == "GET http://coast.example/feed?a=1 HTTP/1.1"
            assert proxy.asked[0].headers["proxy-authorization"] == "Basic am86aHVudGVyMg=="
            for host in HOSTS:
                assert (await refusal(fetcher, f"http://{host}/")).code in ("U09", "U13")
            assert (await refusal(fetcher, "http://coast.example:22/")).code == "U07"
        assert proxy.accepted == 1
        assert only(connects, proxy)


async def test_where_the_egress_proxy_sends_us_on_is_judged_too() -> None:
    async with serving(moved("http://169.254.169.254/latest")) as proxy:
        async with Fetcher(Guard(), proxy=proxy.address(""), look_up=names()) as fetcher:
            assert (await refusal(fetcher, "http://coast.example/")).code == "U10"
        assert proxy.accepted == 1


async def test_what_the_egress_proxy_refuses_or_leaves_unanswered_is_said_without_its_password() -> None:
    async with serving(answer("", status="407 Proxy Authentication Required")) as proxy:
        address = f"http://jo:hunter2@127.0.0.1:{proxy.port}"
        async with Fetcher(Guard(), proxy=address, look_up=names()) as fetcher:
            refused = await refusal(fetcher, "https://coast.example/feed?key=hunter2")
            assert (refused.code, str(refused)) == ("F18", "The egress proxy does not open coast.example (407).")
    async with Fetcher(Guard(), proxy=address, look_up=names()) as fetcher:
        refused = await refusal(fetcher, "https://coast.example/feed?key=hunter2")
        assert (refused.code, str(refused)) == (
            "F18",
            "The egress proxy does not answer; its operator has to see to it.",
        )


async def _closed() -> int:
    async with serving(answer("")) as site:
        return site.port


async def test_closed_ports_silent_ports_and_lost_lookups_all_read_the_same() -> None:
    def lost(host: str) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    async def hang_up(asked: Asked) -> None:
        asked.writer.transport.abort()

    said = set()
    limits = Limits(seconds=5, connect_seconds=0.2)
    port = await _closed()
    with _full_listener() as full:
        places: list[tuple[int, Callable[[str], list[str]]]] = [
            (port, names(coast_example="127.0.0.1")),
            (full, names(coast_example="127.0.0.1")),
            (port, lost),
        ]
        async with serving(hang_up) as site:
            for asked, look_up in [*places, (site.port, names(coast_example="127.0.0.1"))]:
                guard = Guard([f"coast.example:{asked}"])
                async with Fetcher(guard, look_up=look_up, limits=limits) as fetcher:
                    refused = await refusal(fetcher, f"http://coast.example:{asked}/")
                    said.add((refused.code, str(refused)))
    assert said == {("F18", "coast.example does not answer; I will keep trying.")}


@contextmanager
def _full_listener() -> Iterator[int]:
    """A port that takes no more connections: the next attempt is met with silence, as behind a filter."""
    with ExitStack() as opened:
        listener = opened.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            connection = opened.enter_context(socket.socket())
            connection.setblocking(False)
            connection.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


async def test_a_name_server_that_does_not_answer_takes_no_longer_than_a_slow_site() -> None:
    answered = threading.Event()

    def stuck(host: str) -> list[str]:
        answered.wait(30)
        return [PUBLIC]

    async with Fetcher(Guard(), look_up=stuck, limits=Limits(seconds=0.2)) as fetcher:
        try:
            refused = await asyncio.gather(*(refusal(fetcher, f"http://{n}.example/") for n in range(40)))
        finally:
            answered.set()
    assert {fault.code for fault in refused} == {"F13"}
