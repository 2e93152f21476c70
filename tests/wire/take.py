"""Reading for the tests: write files, read them, sort what came out."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.news.article import Draft
from bot.news.briefing import Refusal
from bot.wire.paths import read_paths
from bot.wire.reading import NotedSource

NOW = datetime(2025, 5, 1, 12, tzinfo=UTC)

MILL = """\
Ashford mill shuts after ninety years
By Ann Lee | The Ashford Post
Published: April 16, 2025

The last loom stopped in Ashford on Wednesday. Two hundred people lose their work.
What happens to the building
The council wants flats, and the owner has not said what he wants.
"""
PAGE = """\
<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Harbour opens early | Coast Daily</title>
<meta property="og:site_name" content="Coast Daily"><meta name="author" content="Jo Roe">
<meta property="article:published_time" content="2025-04-16T09:30:00+01:00">
<link rel="canonical" href="https://coast.example/news/harbour?utm_source=feed"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Harbour opens early</h1>
<p>The new harbour at Selby took its first ship on Wednesday, two months before the date that was promised.</p>
<p>Harbour master Kim Dale said the cranes had been tested twice, and that the third would follow in June.</p>
</article><footer>© 2025 Coast Daily</footer><script>alert(1)</script></body></html>
"""
FEED = """\
<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Coast Daily</title>
<link>https://coast.example/</link>
<item><title>Ferry &amp; bridge</title><link>/ferry?utm_medium=rss</link><guid>n-1</guid>
<description>&lt;p&gt;The ferry stops in &lt;b&gt;May&lt;/b&gt;.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>
<pubDate>Wed, 16 Apr 2025 08:30:00 GMT</pubDate></item>
<item><title>Bridge</title><link>https://coast.example/bridge</link>
<description>The bridge opens in May.</description></item>
</channel></rss>
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What a reading gave."""

    drafts: list[Draft]
    refusals: list[Refusal]
    sources: list[NotedSource]

    @property
    def reasons(self) -> str:
        """All refusals as the reader would see them."""
        return "\n".join(f"{refusal.where}: {refusal.reason}" for refusal in self.refusals)


def take(*paths: Path | str) -> Taken:
    """Everything that reading the paths gives."""
    readings = list(read_paths([str(path) for path in paths], now=NOW))
    return Taken(
        drafts=[reading for reading in readings if isinstance(reading, Draft)],
        refusals=[reading for reading in readings if isinstance(reading, Refusal)],
        sources=[reading for reading in readings if isinstance(reading, NotedSource)],
    )


def put(path: Path, content: str | bytes) -> Path:
    """The file with this content; its folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
