"""Names of publishers, from the addresses they publish under and from what their feeds and pages are called."""

import re

from bot.news.houses import is_ordinary, is_section, name_parts, outlet_at, registered_label, squash, usual_name
from bot.news.text import fold

# Outlets that stand alone on a line at the top of a text, or at the end of a byline.
_KNOWN = {
    "reuters", "bloomberg", "associated press", "the associated press", "ap", "afp", "agence france-presse", "dpa",
    "bbc", "bbc news", "cnn", "cnbc", "npr", "pbs", "axios", "politico", "the guardian", "the verge", "wired",
    "the hill", "the economist", "forbes", "fortune", "nikkei", "nikkei asia", "kyodo news", "yonhap", "vox", "time",
    "newsweek", "the independent", "the telegraph", "the times", "stocktwits", "benzinga", "barron's",
    "the conversation", "abc news", "al jazeera", "ap news", "ars technica", "business insider", "cbs news",
    "cbs sports", "daily mail", "the economic times", "fox news", "financial times", "the hollywood reporter",
    "huffpost", "the japan times", "los angeles times", "marketwatch", "nbc news", "the new yorker", "new york post",
    "the new york times", "south china morning post", "san francisco chronicle", "sky news",
    "the sydney morning herald", "the straits times", "techcrunch", "the atlantic", "the globe and mail",
    "the times of india", "the times of israel", "usa today", "the washington post", "the wall street journal",
    "xinhua",
}  # fmt: skip
_MAILBOXES = {
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com",
    "proton.me", "protonmail.com", "gmx.com", "gmx.de", "gmx.net", "web.de", "aol.com", "qq.com", "163.com", "mail.ru",
    "example.com", "example.org",
}  # fmt: skip
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]{1,59})")
_WRITTEN_HOST = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,10})(?:/\S*)?", re.IGNORECASE)
_NO_NAME = re.compile(
    r"\s*(?:comments? on\b|search results?\b|tag(?:ged)?:|category:|newest questions|google alert\b|untitled$|null$).*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:comments|stories|posts|articles|episodes|updates) (?:for|by)"
    r"|(?:all|latest|recent|newest|new|top|breaking)(?: \w+){0,2} (?:from|on|at|by)"
    r"|(?:rss|atom)(?: news)?(?: feeds?)? (?:from|of|for|by)|feeds? (?:from|of|for))\s+(?=\S)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:\s+on (?:medium|substack|youtube)|\s+\(?(?:rss|atom|xml)\)?(?: \d\.\d)?(?: news)?(?: feeds?)?|\s+feeds?"
    r"|\s+(?:breaking|latest|recent|top|all) (?:news|stories|headlines|posts|articles|content)"
    r"|['’]s? (?:newsletter|substack|blog|rss feed))\s*$",
    re.IGNORECASE,
)
_LONGEST = 80  # characters; a longer name is a motto
_SHORT_LABEL = 3  # letters up to which a host's name must be a word of the title: "bbc" is no part of "Abbcorp"


def publisher_of(host: str) -> str | None:
    """The name of whoever publishes at this host; None for a host that is no name, and for mailbox providers.

    Well-known outlets have their own spelling. For others it is the registered name: "news.example-times.co.uk" is
    "Example Times"; up to four letters are taken as initials ("cnn.com" is "CNN").
    """
    host = host.lower().strip(".")
    if not _HOST.fullmatch(host):
        return None
    labels = host.split(".")
    if any(".".join(labels[start:]) in _MAILBOXES for start in range(len(labels) - 1)):
        return None
    return outlet_at(host) or _spell(registered_label(host))


def publisher_named(title: str, host: str = "", *, owner: str = "") -> str | None:
    """The publisher in what a feed or a site is called; None where that names none.

    It is the well-known outlet at the host, else the part of the title that the host is named after, else a well-known
    outlet in it, else what is left without sections and the like: "World news | The Guardian" is "The Guardian".
    `owner` is the name in the address where that is not the host's own: "annlee" on a platform.
    """
    known = outlet_at(host) if host and not owner else None
    if known:
        return known
    title = " ".join(title.split())
    if not title or _NO_NAME.fullmatch(title):
        return None
    label = squash(owner or (registered_label(host) if _HOST.fullmatch(host) else ""))
    parts = [part for part in name_parts(title) if len(part) <= _LONGEST]
    named = [*parts, *(cleaned for part in parts if (cleaned := _cleaned(part)) != part)]
    whole = _cleaned(title)
    own = next((name for name in named if label and squash(name) == label), None)
    own = own or next((_cleaned(part) for part in parts if _is_named_after(part, label)), None)
    own = own or _well_known([whole, *named])
    own = own or next((_cleaned(part) for part in parts if not is_section(part)), None)
    return _as_name(own) if own else None


def is_outlet(line: str) -> bool:
    """Whether the whole line is the name of a well-known outlet."""
    return line.strip().lower() in _KNOWN


def _well_known(names: list[str]) -> str | None:
    known = [(name, usual) for name in names if (usual := usual_name(name))]
    sure = [usual for name, usual in known if not is_ordinary(name)]
    return next(iter(sure), None) or next((usual for _, usual in known), None)


def _is_named_after(part: str, label: str) -> bool:
    """Whether the host's name stands in the part, or is made of its initials."""
    words = [word for word in re.split(r"\W+", fold(part)) if word]
    if not label or is_section(part):
        return False
    if label in words or label in ("".join(word[0] for word in words), "".join(w[0] for w in words if w != "the")):
        return True
    whole = squash(part)
    return len(label) > _SHORT_LABEL and len(whole) > _SHORT_LABEL and (label in whole or whole in label)


def _cleaned(name: str) -> str:
    """The name without the words around it that speak of the feed."""
    short = _TAIL.sub("", _LEAD.sub("", name, count=1), count=1).strip()
    return re.sub(r"^(?:RSS|Atom)\s+|^\W+|[\s:,;|-]+$", "", short) or name


def _as_name(name: str) -> str | None:
    address = _WRITTEN_HOST.fullmatch(name)
    usual = usual_name(name)
    if usual:
        return usual
    return publisher_of(address[1]) if address else name


def _spell(label: str) -> str:
    if label.startswith("the") and len(label) > 6:
        return "The " + _spell(label[3:])
    if len(label) <= 4 and label.isalpha():
        return label.upper()
    return " ".join(word.capitalize() for word in label.split("-") if word)
