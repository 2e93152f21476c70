"""What stands in front of a page's article; and that a whole article is no barrier, whatever is offered beside it."""

import pytest

from tests.wire.pages import SENTENCES, article, json_ld, page, read

NOT_FREE = json_ld('{"@type": "NewsArticle", "headline": "Harbour opens early", "isAccessibleForFree": "False"}')
MUCH_MORE = json_ld(
    '{"@type": "NewsArticle", "headline": "Harbour opens early", "isAccessibleForFree": false, "wordCount": 900}'
)
PART = json_ld(
    '{"@type": "NewsArticle", "headline": "Harbour opens early", "isAccessibleForFree": false,'
    ' "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": ".paid"}}'
)
CONSENT = (
    "<h1>Before you continue</h1><p>We and our 842 partners use cookies and similar technologies to store information"
    " on your device and to show you personalised ads and content.</p><p>With your consent we may use your location and"
    " identify your device. You can change your choices in the privacy settings at any time.</p>"
    "<button>Accept all</button><button>Reject all</button><p>Accept all cookies or manage your settings.</p>"
)
PASSWORD = "<form><input name='user'><input type='password'></form>"


def teaser(line: str, *, head: str = "", lang: str = "en") -> str:
    """A page with the beginning of an article and this line behind it."""
    return page(
        f"<article><h1>Harbour opens early</h1>{article(2)}<div><p>{line}</p></div></article>", head=head, lang=lang
    )


def whole(line: str, *, head: str = "", before: bool = False) -> str:
    """A page with a whole article and this line behind or before it."""
    body = f"<article><h1>Harbour opens early</h1>{article(24)}</article>"
    return page(f"<div>{line}</div>{body}" if before else f"{body}<div>{line}</div>", head=head)


def shell(title: str, body: str, head: str = "") -> str:
    """A page that holds no article."""
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to continue reading this story.",
        "Sign up for a free account to keep reading.",
        "To read the full story, please subscribe or log in.",
        "This article is for subscribers.",
        "This story is available exclusively to our paying members.",
        "Subscriber-only content",
        "You have reached your limit of free articles.",
        "Already a subscriber? Log in here.",
        "The rest of this article is behind our paywall.",
        "Continue reading with a free trial.",
        "Register now to unlock this article.",
        "Dieser Artikel ist kostenpflichtig.",
        "Jetzt mit Plus-Abo weiterlesen",
        "Exklusiv für Abonnenten",
        "Sie sind bereits Abonnent? Hier anmelden",
        "Cet article est réservé aux abonnés.",
        "Il vous reste 80% de cet article à lire.",
        "Contenido exclusivo para suscriptores",
        "Suscríbete para seguir leyendo",
        "Contenuto riservato agli abbonati",
        "Conteúdo exclusivo para assinantes",
        "Dit artikel is alleen voor abonnees.",
        "Bare for abonnenter",
        "Pozostało 80% artykułu",
        "この記事は会員限定です。残り1,200文字",
        "Доступно только подписчикам",
    ],
)
def test_a_beginning_with_an_offer_behind_it_is_a_paywall(line: str) -> None:
    assert read(teaser(line)).barrier == "paywall"


@pytest.mark.parametrize(
    ("markup", "barrier"),
    [
        (teaser("", head=MUCH_MORE), "paywall"),
        (teaser("The quay is …", head=NOT_FREE), "paywall"),
        (teaser('<div class="paid"> </div>', head=PART), "paywall"),
        (shell("Before you continue to Coast Daily", CONSENT), "consent"),
        (shell("Coast Daily", CONSENT), "consent"),
        (shell("Just a moment...", "<noscript>Enable JavaScript and cookies to continue</noscript>"), "robot check"),
        (
            shell("Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1><p>Ray ID: 1</p>"),
            "robot check",
        ),
        (
            shell("Access to this page has been denied", "<p>Press and hold to confirm you are a human.</p>"),
            "robot check",
        ),
        (
            shell("Pardon Our Interruption", "<p>As you were browsing something made us think you are a bot.</p>"),
            "robot check",
        ),
        (
            shell("coast.example", "<p>Please complete the security check.</p><div class='g-recaptcha'></div>"),
            "robot check",
        ),
        (shell("coast.example", "<p>Checking your browser.</p><script>window._cf_chl_opt={}</script>"), "robot check"),
        (
            shell(
                "451: Unavailable due to legal reasons", "<p>We recognise you are in the European Economic Area.</p>"
            ),
            "region",
        ),
        (shell("Coast Daily", "<p>Coast Daily is currently unavailable in most European countries.</p>"), "region"),
        (shell("Page not found | Coast Daily", "<p>The page you were looking for has moved away.</p>"), "missing"),
        (shell("404", "<p>Nothing here.</p>"), "missing"),
        (shell("Log in - Coast Daily", f"<p>Welcome back, dear reader.</p>{PASSWORD}"), "login"),
        (shell("Harbour", f"<p>{SENTENCES[0]}</p><p>Please log in to view this page.</p>{PASSWORD}"), "login"),
    ],
)
def test_what_stands_in_front_of_an_article_is_named(markup: str, barrier: str) -> None:
    assert read(markup).barrier == barrier


MORE = "".join(f"<li><a href='/{n}'>More news from Selby, part {n}</a></li>" for n in range(9))
OFFERS = [
    "Subscribe to continue reading this story.",
    "This article is for subscribers.",
    "You have reached your limit of free articles.",
    "Already a subscriber? Log in here.",
    "Dieser Artikel ist kostenpflichtig.",
    "Please log in to view this page.",
    "We use cookies. Accept all cookies or manage your settings.",
]


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("line", OFFERS)
def test_a_whole_article_is_no_barrier_whatever_is_offered_beside_it(line: str, before: bool) -> None:
    assert read(whole(line, before=before)).barrier is None
    assert read(whole(line, before=before, head=NOT_FREE)).barrier is None


@pytest.mark.parametrize(
    "markup",
    [
        page(),
        page(head=NOT_FREE),
        page(head=PART),
        page(f"<h1>Harbour opens early</h1>{article(2)}", head=NOT_FREE),
        page(f"<nav>Already a subscriber? Log in</nav><h1>Harbour opens early</h1>{article(3)}"),
        page(f"<h1>Harbour opens early</h1>{article(3)}<ul>{MORE}</ul><div>Subscribe to continue reading</div>"),
        teaser("Sign up for our newsletter to read more stories like this one."),
        teaser("Subscribe to our newsletter."),
        teaser("You must be logged in to post a comment."),
        teaser("Log in or register to comment."),
        teaser("The harbour is open to members and to everybody else."),
        teaser("Support us: become a member today."),
        teaser("Follow the Coast Daily on all channels."),
        teaser("Members of the club paid for the crane, said its chairman."),
        page(title="Just a moment: how the harbour stood still"),
        page(title="Access denied: why the quay stays closed"),
        page(
            title="Your privacy and the harbour", body=f"<h1>Your privacy</h1>{article(6)}<p>Cookies are sold here.</p>"
        ),
        page(title="Log in, log out: timber at the harbour", body=f"<h1>Log in, log out</h1>{article(6)}{PASSWORD}"),
        page(title="404 ships: a year at the harbour", body=f"<h1>404 ships</h1>{article(6)}"),
        page(body=f"<h1>Harbour opens early</h1>{article(4)}<div class='g-recaptcha'></div>"),
    ],
)
def test_a_short_article_with_the_usual_things_around_it_is_no_barrier(markup: str) -> None:
    assert read(markup).barrier is None


def test_the_beginning_stays_readable_where_a_paywall_stands_behind_it() -> None:
    found = read(teaser("Subscribe to continue reading this story.", head=NOT_FREE))
    assert found.title == "Harbour opens early"
    assert found.text.startswith(SENTENCES[0])


def test_a_barrier_without_any_text_is_no_refusal() -> None:
    found = read(shell("Just a moment...", "<script>challenge()</script>"))
    assert (found.text, found.barrier) == ("", "robot check")
