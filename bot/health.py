"""For those who watch machines: what stands still and since when (/healthz), and figures (/metrics).

The door to aiohttp's server and to Prometheus' client.
"""

from collections.abc import Awaitable, Callable
from typing import get_args

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.archive.settling import Settlement
from bot.desk.gather import Gathered, Outcome
from bot.desk.pulse import Pulse
from bot.errors import ConfigError

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0)

_GAUGES = {
    "feeds": "Feeds that are followed",
    "feeds_due": "Feeds that are due and not read yet",
    "feeds_failing": "Feeds whose last reading failed",
    "feeds_stopped": "Feeds that were given up",
    "pages_owed": "Pages to be read for their full text",
    "changes_unindexed": "Changes that cannot be found yet",
    "changes_unplaced": "Changes that have no place in a story yet",
    "deliveries_due": "Deliveries that are due and not begun",
    "deliveries_unknown": "Deliveries of which it is not known yet whether they arrived",
    "deliveries_waiting": "Deliveries that wait for a place to be open again",
    "deliveries_held": "Deliveries that wait for a person to say whether they arrived",
    "deliveries_dead": "Deliveries that were given up",
    "stuck": "Things that stand still",
}


class Tally:
    """What has been done since the start, counted. No name of a team, a source or an article is among the labels."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        registry = self.registry
        self._readings = Counter("newsdesk_readings", "Readings of feeds", ["outcome"], registry=registry)
        self._faults = Counter("newsdesk_faults", "Readings that failed, by kind of fault", ["code"], registry=registry)
        self._articles = Counter("newsdesk_articles", "Articles filed", ["what"], registry=registry)
        says = "From asking a site to its whole answer"
        self._fetching = Histogram("newsdesk_fetch_seconds", says, buckets=_SECONDS, registry=registry)
        says = "From a site's answer to its articles being kept"
        self._storing = Histogram("newsdesk_store_seconds", says, buckets=_SECONDS, registry=registry)
        says = "From when a delivery was due to when it was seen to arrive"
        self._lateness = Histogram("newsdesk_lateness_seconds", says, buckets=_SECONDS, registry=registry)
        self._settled = Counter("newsdesk_deliveries", "Deliveries settled", ["cause", "state"], registry=registry)
        for outcome in get_args(Outcome):
            self._readings.labels(outcome)  # from the start, so that what never happened counts as none
        for what in ("added", "changed"):
            self._articles.labels(what)
        self._gauges = {name: Gauge(f"newsdesk_{name}", says, registry=registry) for name, says in _GAUGES.items()}

    def count(self, gathered: Gathered) -> None:
        """Count a reading."""
        self._readings.labels(gathered.outcome).inc()
        if gathered.code:
            self._faults.labels(gathered.code).inc()
        self._articles.labels("added").inc(gathered.added)
        self._articles.labels("changed").inc(gathered.changed)
        if gathered.outcome in ("filed", "unchanged"):
            self._fetching.observe(gathered.fetch_seconds)
            self._storing.observe(gathered.store_seconds)

    def count_settled(self, settled: Settlement) -> None:
        """Count what became of a delivery."""
        self._settled.labels(settled.delivery.cause, settled.state).inc()
        if settled.state == "sent":
            self._lateness.observe(max(0.0, (settled.attempt.ended - settled.delivery.due).total_seconds()))

    def show(self, pulse: Pulse) -> bytes:
        """Everything counted, and the pulse, as Prometheus reads it."""
        values = {
            "feeds": pulse.feeds.followed,
            "feeds_due": pulse.feeds.due,
            "feeds_failing": pulse.feeds.failing,
            "feeds_stopped": pulse.feeds.stopped,
            "pages_owed": pulse.pages_owed,
            "changes_unindexed": pulse.unindexed,
            "changes_unplaced": pulse.unplaced,
            "deliveries_due": pulse.deliveries.due,
            "deliveries_unknown": pulse.deliveries.unknown,
            "deliveries_waiting": pulse.deliveries.waiting,
            "deliveries_held": pulse.deliveries.held,
            "deliveries_dead": pulse.deliveries.dead,
            "stuck": len(pulse.stuck),
        }
        for name, value in values.items():
            self._gauges[name].set(value)
        return generate_latest(self.registry)


class HealthServer:
    """Answers /healthz and /metrics. It tells nobody what is followed or asked, only how much and how well."""

    def __init__(self, take_pulse: Callable[[], Awaitable[Pulse]], tally: Tally) -> None:
        self._take_pulse, self._tally = take_pulse, tally
        app = web.Application()
        app.add_routes([web.get("/healthz", self._healthz), web.get("/metrics", self._metrics)])
        self._runner = web.AppRunner(app, access_log=None)

    async def start(self, host: str, port: int) -> int:
        """The port at which it answers from now on; ConfigError where it cannot be had."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as fault:
            await self.stop()
            reason = (fault.strerror or "unknown reason").lower()
            raise ConfigError(
                [f"NEWSDESK_LISTEN: port {port} of {host} cannot be used ({reason}); name another one, or off."]
            ) from fault
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Answer no more."""
        await self._runner.cleanup()

    async def _healthz(self, _request: web.Request) -> web.Response:
        pulse = await self._take_pulse()
        stuck = [{"what": one.what, "since": one.since.isoformat(), "sentence": one.sentence} for one in pulse.stuck]
        return web.json_response({"well": not stuck, "stuck": stuck}, status=503 if stuck else 200)

    async def _metrics(self, _request: web.Request) -> web.Response:
        shown = self._tally.show(await self._take_pulse())
        return web.Response(body=shown, headers={"Content-Type": CONTENT_TYPE_LATEST})
