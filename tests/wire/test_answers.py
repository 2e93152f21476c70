"""What the head of an answer means."""

from datetime import UTC, datetime, timedelta

import pytest
from multidict import CIMultiDict

from bot.wire import answers

NOW = datetime(2026, 5, 1, 20, 30, tzinfo=UTC)
HOST = "coast.example"
QUARTER, DAY = timedelta(minutes=15), timedelta(hours=24)


def headers(**pairs: str) -> CIMultiDict[str]:
    return CIMultiDict({name.replace("_", "-"): value for name, value in pairs.items()})


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (401, "F01", "coast.example asks for a login (401); add the source with its user name and password."),
        (402, "F01", "asks for a login (402)"),
        (403, "F02", "coast.example refuses bots (403); ask its operators, or follow another address."),
        (406, "F02", "refuses bots (406)"),
        (451, "F02", "refuses bots (451)"),
        (400, "F02", "coast.example refuses what it was asked (400); is the address right?"),
        (405, "F02", "refuses what it was asked (405)"),
        (404, "F03", "No feed there: coast.example knows no such address (404)."),
        (410, "F03", "No feed there: coast.example says that it is gone for good (410)."),
        (429, "F04", "coast.example asked me to wait until 20:45 UTC."),
        (408, "F05", "coast.example has a fault (408); I will keep trying."),
        (500, "F05", "coast.example has a fault (500); I will keep trying."),
        (502, "F05", "coast.example has a fault (502)"),
        (503, "F05", "coast.example has a fault (503)"),
        (520, "F05", "coast.example has a fault (520)"),
        (204, "F06", "The feed is empty: coast.example sent nothing."),
        (205, "F06", "The feed is empty"),
        (206, "F14", "its status is 206, which was not asked for."),
        (300, "F14", "its status is 300"),
        (305, "F14", "its status is 305"),
        (999, "F14", "its status is 999"),
    ],
)
def test_every_status_that_brings_nothing_has_its_sentence(status: int, code: str, sentence: str) -> None:
    fault = answers.fault_of(status, headers(), HOST, NOW)
    assert fault is not None
    assert fault.code == code
    assert sentence in str(fault)
    assert fault.is_gone == (status == 410)


@pytest.mark.parametrize("status", [200, 201, 202, 203, 226])
def test_an_answer_with_a_body_has_no_fault(status: int) -> None:
    assert answers.fault_of(status, headers(Retry_After="5"), HOST, NOW) is None


@pytest.mark.parametrize("status", [200, 202, 403, 405, 429, 503])
@pytest.mark.parametrize("sign", [{"cf-mitigated": "challenge"}, {"x-amzn-waf-action": "captcha"}])
def test_a_page_that_wants_to_see_a_browser_refuses_bots(status: int, sign: dict[str, str]) -> None:
    fault = answers.fault_of(status, CIMultiDict(sign), HOST, NOW)
    assert fault is not None
    assert fault.code == "F02"


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("1", timedelta(seconds=1)),
        ("120", timedelta(minutes=2)),
        ("86400", DAY),
        ("864000", DAY),
        ("31536000", DAY),
        (" 60 ", timedelta(minutes=1)),
        ("Fri, 01 May 2026 21:00:00 GMT", timedelta(minutes=30)),
        ("Friday, 01-May-26 21:00:00 GMT", timedelta(minutes=30)),
        ("Fri May  1 21:00:00 2026", timedelta(minutes=30)),
        ("Fri, 01 May 2026 23:00:00 +0200", timedelta(minutes=30)),
        ("Sat, 02 May 2026 20:30:00 GMT", DAY),
        ("Mon, 11 May 2026 20:30:00 GMT", DAY),
        ("0", QUARTER),
        ("-5", QUARTER),
        ("1.5", QUARTER),
        ("soon", QUARTER),
        ("99999999999", QUARTER),
        ("9" * 400, QUARTER),
        ("Fri, 31 Dec 9999 23:59:59 GMT", QUARTER),
        ("Fri, 01 May 2020 20:30:00 GMT", QUARTER),
        ("Fri, 32 Foo 2026 25:61:00 GMT", QUARTER),
        ("", None),
    ],
)
def test_a_site_is_left_alone_for_as_long_as_makes_sense(said: str, wait: timedelta | None) -> None:
    assert answers.retry_after(headers(Retry_After=said), NOW) == wait
    limited, faulty = (answers.fault_of(status, headers(Retry_After=said), HOST, NOW) for status in (429, 503))
    assert limited is not None
    assert limited.retry_after == (wait or QUARTER)
    assert faulty is not None
    assert faulty.retry_after == wait


@pytest.mark.parametrize(
    ("seconds", "until"),
    [("600", "20:40 UTC."), ("12600", "00:00 UTC tomorrow."), ("86400", "20:30 UTC tomorrow."), ("61", "20:32 UTC.")],
)
def test_the_wait_is_told_as_a_time_of_day(seconds: str, until: str) -> None:
    fault = answers.fault_of(429, headers(Retry_After=seconds), HOST, NOW)
    assert str(fault).endswith(f"asked me to wait until {until}")


@pytest.mark.parametrize(
    ("pairs", "kept"),
    [
        ({}, None),
        ({"Cache_Control": "max-age=600"}, timedelta(minutes=10)),
        ({"Cache_Control": "public, Max-Age=600, must-revalidate"}, timedelta(minutes=10)),
        ({"Cache_Control": "s-maxage=60, max-age=600"}, timedelta(minutes=10)),
        ({"Cache_Control": "s-maxage=60"}, timedelta(minutes=1)),
        ({"Cache_Control": 'max-age="600"'}, timedelta(minutes=10)),
        ({"Cache_Control": "max-age=600", "Age": "500"}, timedelta(seconds=100)),
        ({"Cache_Control": "max-age=600", "Age": "700"}, None),
        ({"Cache_Control": "max-age=600", "Age": "x"}, timedelta(minutes=10)),
        ({"Cache_Control": "max-age=31536000"}, DAY),
        ({"Cache_Control": f"max-age={'9' * 15}"}, DAY),
        ({"Cache_Control": "max-age=0"}, None),
        ({"Cache_Control": "max-age=-1"}, None),
        ({"Cache_Control": "no-store, max-age=600"}, None),
        ({"Cache_Control": "no-cache", "Expires": "Fri, 01 May 2026 21:00:00 GMT"}, None),
        ({"Cache_Control": 'no-cache="Set-Cookie", max-age=600'}, timedelta(minutes=10)),
        ({"Cache_Control": "max-age=0", "Expires": "Fri, 01 May 2026 21:00:00 GMT"}, None),
        ({"Expires": "Fri, 01 May 2026 21:00:00 GMT"}, timedelta(minutes=30)),
        ({"Expires": "Fri, 01 May 2026 21:00:00 GMT", "Date": "Fri, 01 May 2026 20:00:00 GMT"}, timedelta(hours=1)),
        ({"Expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, DAY),
        ({"Expires": "0"}, None),
        ({"Expires": "Fri, 01 May 2020 21:00:00 GMT"}, None),
    ],
)
def test_a_site_is_believed_for_a_day_that_nothing_changes(pairs: dict[str, str], kept: timedelta | None) -> None:
    assert answers.keep_for(headers(**pairs), NOW) == kept


@pytest.mark.parametrize(
    ("said", "media_type", "charset"),
    [
        ("text/xml", "text/xml", None),
        ("Application/RSS+XML; Charset=UTF-8", "application/rss+xml", "utf-8"),
        ('text/html;charset="windows-1252"', "text/html", "windows-1252"),
        ("text/html; charset='latin1'", "text/html", "latin1"),
        ("text/html; charset=", "text/html", None),
        ("", None, None),
        ("nonsense", None, None),
        ("text/\u00fcml; charset=\u00fc", None, None),
    ],
)
def test_media_type_and_encoding_are_read_from_their_header(
    said: str, media_type: str | None, charset: str | None
) -> None:
    assert answers.media_type_of(headers(Content_Type=said)) == media_type
    assert answers.charset_of(headers(Content_Type=said)) == charset


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ('"abc"', '"abc"'),
        ('W/"abc"', 'W/"abc"'),
        ("abc", "abc"),
        ("", None),
        ('"a\r\nX: y"', None),
        ('"\u00fc"', None),
        ('"\udcff"', None),
        ("x" * 1001, None),
    ],
)
def test_a_validator_is_kept_only_if_it_can_be_sent_back(said: str, kept: str | None) -> None:
    assert answers.validator_of({"ETag": said}, "ETag") == kept
