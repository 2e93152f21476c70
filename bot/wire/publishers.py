"""Names of publishers, from the addresses they publish under."""

import re

# Only outlets whose name cannot be read off their host; the general rule below does the rest.
_NAMES = {
    "abcnews.go.com": "ABC News",
    "aljazeera.com": "Al Jazeera",
    "apnews.com": "AP News",
    "arstechnica.com": "Ars Technica",
    "businessinsider.com": "Business Insider",
    "cbsnews.com": "CBS News",
    "cbssports.com": "CBS Sports",
    "dailymail.co.uk": "Daily Mail",
    "economictimes.indiatimes.com": "The Economic Times",
    "foxnews.com": "Fox News",
    "ft.com": "Financial Times",
    "hollywoodreporter.com": "The Hollywood Reporter",
    "huffpost.com": "HuffPost",
    "japantimes.co.jp": "The Japan Times",
    "latimes.com": "Los Angeles Times",
    "marketwatch.com": "MarketWatch",
    "nbcnews.com": "NBC News",
    "newyorker.com": "The New Yorker",
    "nypost.com": "New York Post",
    "nytimes.com": "The New York Times",
    "scmp.com": "South China Morning Post",
    "sfchronicle.com": "San Francisco Chronicle",
    "skynews.com": "Sky News",
    "news.sky.com": "Sky News",
    "smh.com.au": "The Sydney Morning Herald",
    "straitstimes.com": "The Straits Times",
    "techcrunch.com": "TechCrunch",
    "theatlantic.com": "The Atlantic",
    "theglobeandmail.com": "The Globe and Mail",
    "timesofindia.indiatimes.com": "The Times of India",
    "timesofisrael.com": "The Times of Israel",
    "usatoday.com": "USA Today",
    "washingtonpost.com": "The Washington Post",
    "wsj.com": "The Wall Street Journal",
    "xinhuanet.com": "Xinhua",
}
_KNOWN = {name.lower() for name in _NAMES.values()} | {
    "reuters", "bloomberg", "associated press", "the associated press", "ap", "afp", "agence france-presse", "dpa",
    "bbc", "bbc news", "cnn", "cnbc", "npr", "pbs", "axios", "politico", "the guardian", "the verge", "wired",
    "the hill", "the economist", "forbes", "fortune", "nikkei", "nikkei asia", "kyodo news", "yonhap", "vox", "time",
    "newsweek", "the independent", "the telegraph", "the times", "stocktwits", "benzinga", "barron's",
    "the conversation",
}  # fmt: skip
_SECOND_LEVEL = {"co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "go"}
_MAILBOXES = {
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com",
    "proton.me", "protonmail.com", "gmx.com", "gmx.de", "gmx.net", "web.de", "aol.com", "qq.com", "163.com", "mail.ru",
    "example.com", "example.org",
}  # fmt: skip
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]{1,59})")


def publisher_of(host: str) -> str | None:
    """The name of whoever publishes at this host; None for a host that is no name, and for mailbox providers.

    Well-known outlets have their own spelling. For others it is the registered name: "news.example-times.co.uk" is
    "Example Times"; up to four letters are taken as initials ("cnn.com" is "CNN").
    """
    host = host.lower().strip(".")
    if not _HOST.fullmatch(host):
        return None
    labels = host.split(".")
    for start in range(len(labels) - 1):
        ending = ".".join(labels[start:])
        if ending in _MAILBOXES:
            return None
        if ending in _NAMES:
            return _NAMES[ending]
    registered = labels[-3] if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else labels[-2]
    return _spell(registered)


def is_outlet(line: str) -> bool:
    """Whether the whole line is the name of a well-known outlet."""
    return line.strip().lower() in _KNOWN


def _spell(label: str) -> str:
    if label.startswith("the") and len(label) > 6:
        return "The " + _spell(label[3:])
    if len(label) <= 4 and label.isalpha():
        return label.upper()
    return " ".join(word.capitalize() for word in label.split("-") if word)
