"""Titles of strangers who want to call people, forge links or break a message, and news made of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

from bot.news.article import ArticleId
from bot.news.briefing import Citation, Point
from bot.news.digest import Alert, AlertBatch, CorrectionNote, Digest, DigestItem, Dispatch, Ranking, Reason
from bot.news.story import StoryId

OWN = "https://own.example/"
"""Where all the articles are; a link to anywhere else was forged."""

_NOW = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
_UTC = ZoneInfo("UTC")
_TOGETHER = 8  # titles in one digest
_RANKING = Ranking(score=1.0, parts={})

_CALLS = (
    "@everyone", "@here", "@channel", "<@1234567890>", "<@!1234567890>", "<@&1234567890>", "<#1234567890>",
    "<!channel>", "<!here>", "<!everyone>", "<!here|here>", "<!subteam^S123|desk>", "<@U0ALICE>", "<@U0ALICE|alice>",
    "<#C0NEWS>", "<#C0NEWS|news>", "<!date^0^{date}|now>", "</desk:1234567890>", "<id:customize>", "<id:guide>",
    "<t:1700000000:R>", "<:blob:1234567890>", "<a:party:1234567890>", "\\<@1234567890>",
    "\\@everyone", "@\u200beveryone",
    "@every\u200bone", "＠everyone", "@EVERYONE", "<@1234567890", "1234567890>", "&lt;!channel&gt;", "&amp;lt;@U1&gt;",
    "<@\u202e0987654321>", "`@everyone`", "```@here```", "||@everyone||", "<<@1234567890>>", "<@ 1234567890 >",
)  # fmt: skip
_LINKS = (
    "[own.example](https://evil.example)", "[a](<https://evil.example>)", "https://evil.example/login",
    "http://evil.example", "HTTPS://EVIL.EXAMPLE", "<https://evil.example>", "<https://evil.example|own.example>",
    "](https://evil.example)", "[](https://evil.example)", "[x]: https://evil.example", "![x](https://evil.example)",
    "[a](https://evil.example \"t\")", "\\](https://evil.example)", "a\\\\](https://evil.example)",
    "(https://evil.example)",
    "|https://evil.example>", "https://evil.example|x>", "javascript:alert(1)", "[x](javascript:alert(1))",
    "[x](data:text/html,x)", "slack://open", "discord://x", "steam://run/1", "mailto:a@evil.example",
    "<mailto:a@evil.example|x>", "<tel:+1234>", "discord.gg/evil", "https://discord.gg/evil", "//evil.example",
    "https:/\\evil.example", "[[x]](https://evil.example)", "[x](https://own.example@evil.example)",
    "[x](\nhttps://evil.example)", "[x]\u200b(https://evil.example)", "<https://evil.example\u200b>",
    "https\u003a//evil.example", "hxxps://evil.example", "[https://own.example](https://evil.example)",
)  # fmt: skip
_MARKS = (
    "# big", "## big", "### big", "-# small", "> quoted", ">>> quoted", "- item", "* item", "1. item",
    "99999999. item",
    "**bold**", "__under__", "*it*", "_it_", "~~gone~~", "||hidden||", "`code`", "``code``", "```",
    "```js\ncode\n```",
    "~~~", "***", "---", "___", "===", "| a | b |", "<b>bold</b>", "<script>alert(1)</script>",
    "<!-- x -->", "&nbsp;",
    "&#64;everyone", "\\", "\\\\", "\\n", "{}", "{0}", "%s%s%n", "${7*7}", "{{7*7}}", "$(reboot)",
    "'; DROP TABLE x;--",
    "=cmd|' /C calc'!A0", ":rotating_light:", ":smile:", "10:30:45", "*", "_", "~", "`", "|", "<",
    ">", "[", "]", "(", ")",
    "**", "__", "||", "<>", "[]", "()", "[]()", "*_~`|>#-", "**\u200b**", "*a **b* c**", "`a ``b` c``",
)  # fmt: skip
_SIGNS = (
    "\u202e", "\u202d", "\u2066", "\u2069", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff",
    "\u00ad", "\u034f", "\u3164",
    "\u115f", "\u2800", "\x00", "\x07", "\x08", "\x0b", "\x1b[31m", "\x1b]0;t\x07", "\x7f", "\x85",
    "\u2028", "\u2029",
    "\r", "\n", "\n\n# big", "\t", "\ud800", "\udfff", "\ufffe", "\uffff", "\ufffd", "\U000e0001",
    "\U000e0041", "\U000f0000",
    "a" + "\u0301" * 40, "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤", "🏳️‍🌈", "👩‍👩‍👧‍👦", "🇦🇫", "1️⃣",
    "﷽", "ﷺ", "בְּרֵאשִׁית", "مرحبا", "नमस्ते", "田中さん",
    "ﬀ", "ß", "İ", "ǅ", "𝒉𝒆𝒂𝒅",
    "x" * 700, "word " * 300, "*" * 500, "[" * 300, "<" * 300, "`" * 300, "|" * 400, " ", "",
)  # fmt: skip
_TEMPLATES = (
    "{0}", "{0} {1}", "{0}{1}", "{0}{1}{2}", "Ferry late again {0}", "{0} ferry late again",
    "Ferry {0} late {1} again",
    "**{0}**", "[{0}](https://evil.example)", "[{0}]({1})", "<{0}>", "<{0}|{1}>", "`{0}`",
    "```{0}```", "```\n{0}\n{1}```",
    "||{0}||", "> {0}", "# {0}", "- {0}\n- {1}", "{0}\n{1}", "{0}\r\n\r\n{1}", "\\{0}", "{0}\\",
    "\u202e{0}\u202c", "\u200b{0}",
    "({0})", "“{0}”", "{0}: {1}", "{0} — {1} | {2}", "{0}…", "@{0}", "#{0}", "<@{0}>", "<!{0}>",
    "https://evil.example/{0}",
    "{0}https://evil.example", "{0}](https://evil.example)", "*{0}_{1}~{2}`", "1. {0}", "{0}&{1};",
)  # fmt: skip

_PIECES = (*_CALLS, *_LINKS, *_MARKS, *_SIGNS)


def hostile_titles(count: int, seed: int) -> Iterator[str]:
    """So many titles, drawn from some two hundred pieces and forty templates."""
    chance = Random(seed)
    for _ in range(count):
        yield chance.choice(_TEMPLATES).format(*chance.choices(_PIECES, k=3))


def hostile_news(titles: Sequence[str], chance: Random) -> Iterator[Dispatch]:
    """What a channel might be told where strangers wrote all of these titles, each of them wherever words stand."""
    citations = tuple(_cite(number, title, chance) for number, title in enumerate(titles, start=1))
    points = [Point(text=title, citations=(number,)) for number, title in enumerate(titles, start=1)]
    items = tuple(_item(number, titles, points) for number in range(len(titles)))
    digest = Digest(
        topic=titles[0], start=_NOW, end=_NOW, late_since=None, items=items, ended=tuple(titles[:3]), more=1,
        citations=citations,
    )  # fmt: skip
    yield digest
    alerts = [_alert(title, points[at], citations[at]) for at, title in enumerate(titles[:3])]
    yield alerts[0]
    yield AlertBatch(
        watch=1, topic=titles[1 % len(titles)], why_held=titles[-1], alerts=tuple(alerts),
        more=tuple((title, _address(title, chance)) for title in titles[:3]),
    )  # fmt: skip
    yield CorrectionNote(
        shown_in="digest:1", quote=titles[0], instead=points[-1], because="changed", headline=titles[-1],
        citations=citations[-1:],
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """What is wrong with one message: whom it calls, why the platform refuses it, which links were forged."""

    calls: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    forged: tuple[str, ...] = ()


@dataclass(kw_only=True, slots=True)
class HostileTally:
    """What came of all titles, with the first examples of what went wrong."""

    titles: int = 0
    messages: int = 0
    calls: int = 0
    refused: int = 0
    forged: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nobody was called, nothing refused and nothing forged."""
        return not (self.calls or self.refused or self.forged)

    def said(self) -> str:
        """It in a line."""
        return (
            f"{self.titles} titles in {self.messages} messages: "
            f"{self.calls} calls, {self.refused} refused, {self.forged} forged links"
        )

    def note(self, judged: Judged) -> None:
        """Count one message."""
        self.messages += 1
        self.calls += len(judged.calls)
        self.refused += bool(judged.refusals)
        self.forged += len(judged.forged)
        self.examples += [repr(one)[:300] for one in (*judged.calls, *judged.refusals, *judged.forged)][:3]


Render = Callable[[Dispatch, ZoneInfo], tuple[str, ...]]
"""How a platform's poster makes messages of what a channel is told."""

Judge = Callable[[str], Judged]
"""What a platform would do with a message."""


def face_hostility(render: Render, judge: Judge, count: int, seed: int) -> HostileTally:
    """Render news made of so many titles, and judge every message."""
    tally, chance, titles = HostileTally(), Random(seed), hostile_titles(count, seed)
    while some := list(islice(titles, _TOGETHER)):
        tally.titles += len(some)
        for dispatch in hostile_news(some, chance):
            for payload in render(dispatch, _UTC):
                tally.note(judge(payload))
    return tally


def _item(number: int, titles: Sequence[str], points: Sequence[Point]) -> DigestItem:
    return DigestItem(
        story=StoryId(number + 1), development=0, kind="update" if number % 2 else "new", headline=titles[number],
        change=points[number] if number % 2 else None, points=(points[number],),
        publishers=tuple(titles[number - 2 : number]), url=f"{OWN}{number}", ranking=_RANKING,
    )  # fmt: skip


def _alert(title: str, point: Point, citation: Citation) -> Alert:
    reason = Reason(topic=title, words=(title, title[:20]), meaning=None, needed=None, sentence=title)
    return Alert(
        watch=1, story=StoryId(citation.number), development=0, headline=title, point=point, change=None,
        publishers=(title,), url=citation.url, reason=reason, citations=(citation,),
    )  # fmt: skip


def _cite(number: int, title: str, chance: Random) -> Citation:
    return Citation(
        number=number, article=title, article_id=ArticleId(number), version=1, source=title, title=title,
        url=_address(title, chance), published=_NOW - timedelta(hours=number), published_day_only=bool(number % 2),
        quote=title,
    )  # fmt: skip


def _address(title: str, chance: Random) -> str:
    """An address of ours, perhaps with the title in it."""
    return f"{OWN}{title}" if chance.random() < 1 / 2 else f"{OWN}{chance.randrange(1_000)}"
