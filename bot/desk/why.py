"""Why: how far an article came on its way to a channel, and where it stopped."""

from dataclasses import dataclass
from datetime import datetime
from typing import get_args
from zoneinfo import ZoneInfo

from bot.archive.archive import Db
from bot.archive.articles import find_articles
from bot.archive.deliveries import find_deliveries
from bot.archive.matches import matches_of
from bot.archive.sources import list_sources
from bot.archive.stories import lineage_of
from bot.archive.subscriptions import list_subscriptions
from bot.archive.told import told_in
from bot.archive.tracing import arrivals_of, find_article_at, placed_where
from bot.archive.watches import list_watches
from bot.desk.alert import is_old
from bot.desk.desk import Desk
from bot.news.article import Article, Space
from bot.news.description import NEEDED, margin_of, nearness
from bot.news.match import Match
from bot.news.place import Place
from bot.news.source import Source
from bot.news.story import StoryId
from bot.news.subject import Subject
from bot.news.subscription import Subscription
from bot.news.text import clip
from bot.news.topic import read_topic
from bot.news.unmet import why_unmet
from bot.news.verdict import Finding, Step, Verdict
from bot.news.watch import Watch
from bot.wire.address import article_key, canonical_address, host_of, is_same_site
from config import defaults

_FARTHEST_FIRST = get_args(Step)
_SHOWN = 80  # characters of a headline or link within a sentence


async def why(desk: Desk, place: Place, link: str, now: datetime, zone: ZoneInfo) -> Verdict:
    """Why the article under the link, or of that name, did or did not reach the channel; moments as in the zone."""
    return await desk.archive.read(_why, place, link.strip(), now, zone)


def _why(db: Db, place: Place, link: str, now: datetime, zone: ZoneInfo) -> Verdict:
    address = canonical_address(link)
    names = [link, *([article_key(address), address] if address else [])]
    article = find_article_at(db, place.space, names, address)
    if article is None:
        return Verdict(link=link, headline=None, findings=(_not_fetched(db, place.space, link, zone),))
    inquiry = _Inquiry(db=db, place=place, now=now, zone=zone)
    findings = inquiry.follow(article)
    return Verdict(link=link, headline=article.headline, findings=tuple(findings))


def _not_fetched(db: Db, space: Space, link: str, zone: ZoneInfo) -> Finding:
    """Which source would have it."""
    address = canonical_address(link)
    if address is None:
        sentence = f"There is no article of that name: {clip(link, _SHOWN)}. Give its link."
        return Finding(step="not fetched", sentence=sentence)
    sources = [one for one in list_sources(db, space) if _is_of_site(one, address)]
    if not sources:
        sentence = f"It was not read: nothing that is followed here is of {host_of(address)}."
        return Finding(step="not fetched", sentence=f"{sentence} `source add {host_of(address)}` follows it.")
    return Finding(step="not fetched", sentence=f"It was not read. {' '.join(_reading(one, zone) for one in sources)}")


def _is_of_site(source: Source, address: str) -> bool:
    return any(is_same_site(one, address) for one in (source.feed.address, source.feed.site) if one)


def _reading(source: Source, zone: ZoneInfo) -> str:
    feed = source.feed
    if feed.stopped is not None:
        return f"“{source.name}” is of that site and was given up on {_moment(feed.stopped, zone)}: {feed.fault}"
    if feed.failures:
        return f"“{source.name}” is of that site and cannot be read: {feed.fault}"
    if feed.last_read is None:
        return f"“{source.name}” is of that site and was not read yet."
    return f"“{source.name}” is of that site, was last read on {_moment(feed.last_read, zone)} and has not listed it."


@dataclass(frozen=True, kw_only=True)
class _Inquiry:
    """Where is asked, and when."""

    db: Db
    place: Place
    now: datetime
    zone: ZoneInfo

    def follow(self, article: Article) -> list[Finding]:
        """How far the article came, what decides first."""
        if article.copy_of is not None:
            original = find_articles(self.db, article.space, [article.copy_of])[article.copy_of]
            who = f"“{clip(original.headline, _SHOWN)}” ({original.publisher})"
            copy = Finding(step="copy", sentence=f"It is a copy of {who}, which counts instead.")
            return [copy, *self.follow(original)]
        placed = placed_where(self.db, article.space, article.id)
        if placed is None:
            sentence = f"It was read on {self.moment(article.seen)} and is not sorted into a story yet; ask again soon."
            return [Finding(step="not placed", sentence=sentence)]
        story, at = placed
        watches = list_watches(self.db, article.space, self.place)
        digests = list_subscriptions(self.db, article.space, self.place)
        found = [self._by_watch(watch, article, story, at) for watch in watches]
        found += [finding for digest in digests if (finding := self._by_digest(digest, story))]
        if not found:
            what = "has no watch" if not digests else "has no watch, and no digest has told it yet"
            found = [Finding(step="no watch", sentence=f"This channel {what}.")]
        return sorted(found, key=lambda finding: _FARTHEST_FIRST.index(finding.step))

    def _by_watch(self, watch: Watch, article: Article, story: StoryId, placed: datetime) -> Finding:
        stories = {story, *lineage_of(self.db, article.space, [story]).get(story, {})}
        matches = [match for one in stories for match in matches_of(self.db, article.space, one)]
        own = [match for match in matches if match.watch == watch.id]
        by_it = [match for match in own if match.article == article.id]
        if by_it:
            return self._by_match(watch, by_it[-1])
        if stopped := self._before_matching(article, placed, watch) or self._unmet(article, watch):
            return stopped
        if own:
            first = find_articles(self.db, article.space, [own[0].article])[own[0].article]
            by = f"“{clip(first.headline, _SHOWN)}” ({first.publisher})"
            told = self._by_match(watch, own[0]).sentence
            sentence = f"{_name(watch)} met its story before, by {by}, and this changes nothing in it. Of that: {told}"
            return Finding(step="told before", sentence=sentence)
        return Finding(step="told before", sentence=f"{_name(watch)} met it under an earlier text, and not again.")

    def _before_matching(self, article: Article, placed: datetime, watch: Watch) -> Finding | None:
        """What kept it from being matched at all."""
        arrivals = arrivals_of(self.db, article.space, article.id)
        if not any(one.fresh for one in arrivals):
            if not arrivals:
                sentence = "It was added by hand, which announces nothing."
            else:
                names = {one.feed.id: one.name for one in list_sources(self.db, article.space)}
                name = names.get(arrivals[0].feed, "a source that is followed no more")
                sentence = f"It came with the first reading of “{name}”, which announces nothing."
            return Finding(step="first reading", sentence=sentence)
        if is_old(article, placed):
            came = f"It is dated {self.moment(article.dated)} and came on {self.moment(article.seen)}"
            limit = f"what is older than {defaults.ALERT_OLD_DAYS} days raises no alert"
            return Finding(step="old", sentence=f"{came}: {limit}.")
        if placed < watch.made:
            sentence = f"{_name(watch)} was made on {self.moment(watch.made)}, after it had come."
            return Finding(step="made later", sentence=sentence)
        return None

    def _unmet(self, article: Article, watch: Watch) -> Finding | None:
        """What of the topic it does not meet."""
        topic, subject = read_topic(watch.topic), Subject(article)
        if topic.rule is not None and not topic.rule.holds(subject):
            return Finding(
                step="filtered", sentence=f"{_name(watch)} is not met by it: {why_unmet(topic.rule, subject)}."
            )
        if topic.description is None or topic.meets(subject):
            return None
        margin = margin_of(topic.description, subject)
        if margin is not None and margin >= 0:
            sentence = f"{_name(watch)} is not met by it: it is about what the description leaves out."
            return Finding(step="filtered", sentence=sentence)
        near = 0.0 if margin is None else nearness(margin)
        sentence = f"{_name(watch)} finds it too far off: it comes to {near:.2f}, and {NEEDED:.2f} is needed."
        return Finding(step="below the threshold", sentence=sentence)

    def _by_match(self, watch: Watch, match: Match) -> Finding:
        name, until = _name(watch), match.fate.until and self.moment(match.fate.until)
        match match.fate.state:
            case "told" | "named" as state:
                assert match.fate.key is not None, "it is told"
                what = f"{name} named it in a summary" if state == "named" else f"{name} told it"
                return self._by_delivery(what, "alert", match.fate.key, "named" if state == "named" else "sent")
            case "for the batch":
                return Finding(step="for the batch", sentence=f"{name} holds it for its next message, on {until}.")
            case "quiet hours":
                hours = f", {watch.quiet.start:%H:%M} to {watch.quiet.end:%H:%M}" if watch.quiet else ""
                return Finding(
                    step="quiet hours", sentence=f"{name} holds it over its quiet hours{hours}, until {until}."
                )
            case "too many":
                most = f"{name} had told {watch.an_hour} alerts in that hour, the most"
                return Finding(step="too many", sentence=f"{most}, and names it in a summary on {until}.")
            case "story muted":
                return Finding(step="story muted", sentence=f"{name} met it, but its story was muted in this channel.")
            case "muted":
                return Finding(
                    step="muted", sentence=f"{name} met it on {self.moment(match.found)}, when it was muted."
                )

    def _by_digest(self, digest: Subscription, story: StoryId) -> Finding | None:
        """What a digest told of it last; None where it told nothing."""
        told = [one for one in told_in(self.db, self.place, story) if one.key.startswith(f"digest:{digest.id}:")]
        if not told:
            return None
        what = f"Digest {digest.id} told its story, as number {told[-1].position}"
        return self._by_delivery(what, "digest", told[-1].key, "sent")

    def _by_delivery(self, what: str, cause: str, key: str, step: Step) -> Finding:
        deliveries = find_deliveries(self.db, self.place.space, key)
        states = {one.state for one in deliveries}
        last = deliveries[-1] if deliveries else None
        if last is None:
            return Finding(step="not posted", sentence=f"{what}, but nothing is known of the message any more.")
        if states == {"sent"}:
            return Finding(step=step, sentence=f"{what}, sent on {self.moment(last.settled or last.due)}.")
        if states & {"sending", "unknown"}:
            return Finding(step="being posted", sentence=f"{what}; the {cause} is being posted.")
        if "held" in states:
            sentence = f"{what}, but nobody can see whether the {cause} arrived; `held list` shows it."
            return Finding(step="not posted", sentence=sentence)
        if states & {"dead", "dropped"}:
            fault = next((one.fault for one in deliveries if one.fault), "it was overtaken by a later one.")
            return Finding(step="not posted", sentence=f"{what}, but the {cause} was not posted: {fault}")
        if "waiting" in states:
            return Finding(step="queued", sentence=f"{what}; the {cause} waits, since nothing can be posted here now.")
        return Finding(step="queued", sentence=f"{what}; the {cause} is queued and due on {self.moment(last.due)}.")

    def moment(self, moment: datetime) -> str:
        """The moment, as it is shown."""
        return _moment(moment, self.zone)


def _name(watch: Watch) -> str:
    return f"Watch {watch.id} (“{watch.topic}”)"


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%-d %B %Y at %H:%M}"
