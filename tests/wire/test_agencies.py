"""Whose a text is, where the text says so: datelines, bylines, closings and notes on where it was printed first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wire.agencies import agency_at_end, agency_in_byline, agency_in_dateline
from bot.wire.reprints import named_in_credit, printed_first_by


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("LONDON (Reuters) - The mill shut.", "Reuters"),
        ("LONDON, Nov 3 (Reuters) - The mill shut.", "Reuters"),
        ("LOS ANGELES, 3 Nov. (REUTERS) - The mill shut.", "Reuters"),
        ("Reuters - The mill shut.", "Reuters"),
        ("(AP) — The mill shut.", "Associated Press"),
        ("NEW YORK (AP) _ The mill shut.", "Associated Press"),
        ("THE HAGUE, Netherlands (AP) — The mill shut.", "Associated Press"),
        ("WASHINGTON (AP) The mill shut.", "Associated Press"),
        ("WASHINGTON, Nov 3 (Xinhua) -- The mill shut.", "Xinhua"),
        ("Paris (AFP) – The mill shut.", "Agence France-Presse"),
        ("Berlin (dpa) - Die Mühle schließt.", "dpa"),
        ("Hamburg (dpa/lno) – Die Mühle schließt.", "dpa"),
        ("New Delhi [India], November 3 (ANI): The mill shut.", "Asian News International"),
        ("New Delhi, Nov 3 (PTI) The mill shut.", "Press Trust of India"),
        ("SEOUL, Nov. 3 (Yonhap) -- The mill shut.", "Yonhap"),
        ("TOKYO (Kyodo) -- The mill shut.", "Kyodo News"),
        ("Madrid, 3 nov (EFE).- La fábrica cerró.", "EFE"),
        ("Bogotá, 3 de noviembre (EFE) - La fábrica cerró.", "EFE"),
        ("(ANSA) - ROMA, 03 NOV - Il mulino chiude.", "ANSA"),
        ("MOSCOW, November 3. /TASS/. The mill shut.", "TASS"),
        ("МОСКВА, 3 ноя — РИА Новости. Мельница закрыта.", "RIA Novosti"),
        ("【ワシントン共同】工場が閉鎖した。", "Kyodo News"),
        ("［東京　３日　ロイター］ 工場が閉鎖した。", "Reuters"),
        ("(서울=연합뉴스) 공장이 문을 닫았다.", "Yonhap"),
        ("新华社北京11月3日电 工厂关闭。", "Xinhua"),
        ("(Bloomberg) -- The mill shut.", "Bloomberg"),
        ("(CNN) — The mill shut.", "CNN"),
        ("HALIFAX (CP) - The mill shut.", "The Canadian Press"),
        ("ASHFORD, Nov. 3, 2025 /PRNewswire/ -- Mill Corp. shut.", "PR Newswire"),
        ("ASHFORD--(BUSINESS WIRE)--Mill Corp. shut.", "Business Wire"),
        ("ASHFORD, NY / ACCESSWIRE / November 3, 2025 / Mill Corp. shut.", "ACCESS Newswire"),
    ],
)
def test_a_dateline_names_the_agency(line: str, agency: str) -> None:
    assert agency_in_dateline(line) == agency


@pytest.mark.parametrize(
    "line",
    [
        "LONDON — The mill shut.",
        "The mill in London (AP) is shut.",
        "The owner of the mill (Reuters) - a lord - was away.",
        "Owner Jo Roe in Ashford (AP)",
        "Jo Roe (AP). The owner was away.",
        "(AP)",
        "(AP Photo/Ann Lee) The mill shut.",
        "ASHFORD (Reuters/Ann Lee) - The mill at noon.",
        "ASHFORD (Reuters/AFP) - The mill shut.",
        "The Associated Press (AP) — an agency — said so.",
        "Agence France-Presse (AFP) - the agency - said so.",
        "Reuters reported that the mill shut.",
        "Reuters – the agency – said so.",
        "Bloomberg Philanthropies - The fund gave money.",
        "Photo: Reuters",
        "The app (ap) - small letters",
        "",
    ],
)
def test_an_agency_that_is_only_mentioned_is_no_dateline(line: str) -> None:
    assert agency_in_dateline(line) is None


@pytest.mark.parametrize(
    ("byline", "agency"),
    [
        ("Reuters", "Reuters"),
        ("By Reuters", "Reuters"),
        ("Reuters Staff", "Reuters"),
        ("newsroom@mill.example (Reuters)", "Reuters"),
        ("Associated Press", "Associated Press"),
        ("By JO ROE Associated Press", "Associated Press"),
        ("By JO ROE and ANN LEE Associated Press", "Associated Press"),
        ("Jo Roe, Associated Press", "Associated Press"),
        ("Jo Roe and Ann Lee, The Associated Press", "Associated Press"),
        ("Jo Roe of The Associated Press", "Associated Press"),
        ("By JO ROE, AP Sports Writer", "Associated Press"),
        ("JO ROE; AP National Political Writer", "Associated Press"),
        ("Jo Roe | AP", "Associated Press"),
        ("AFP", "Agence France-Presse"),
        ("AFP-JIJI", "Agence France-Presse"),
        ("Agence France-Presse in Paris", "Agence France-Presse"),
        ("Jo Roe/AFP", "Agence France-Presse"),
        ("Jo Roe AFP", "Agence France-Presse"),
        ("dpa", "dpa"),
        ("Von dpa", "dpa"),
        ("dpa/jor", "dpa"),
        ("jor/dpa", "dpa"),
        ("PTI", "Press Trust of India"),
        ("Jo Roe, CNN", "CNN"),
        ("Jo Roe, The Washington Post", "The Washington Post"),
        ("Jo Roe for KFF Health News", "KFF Health News"),
        ("CBS Sports Staff", "CBS Sports"),
        ("The Conversation", "The Conversation"),
        ("Tribune News Service", "Tribune News Service"),
    ],
)
def test_a_byline_names_the_agency(byline: str, agency: str) -> None:
    assert agency_in_byline(byline) == agency


@pytest.mark.parametrize(
    "byline",
    [
        "Jo Roe",
        "Michael Bloomberg",
        "Jo Roe and Reuters",
        "Jo Roe with AP",
        "Jo Roe via Reuters",
        "Jo Roe, formerly of Reuters",
        "Jo Roe, Special to Reuters",
        "Jo Roe/AFP via Getty Images",
        "Post staff and agencies",
        "Post Staff and AP",
        "Staff, AP",
        "Post staff and Agence France-Presse",
        "Reuters, AFP",
        "AP, dpa",
        "AFP/dpa",
        "with AFP",
        "By AP Photo",
        "Photo by AP",
        "Reuters Photographer",
        "Additional reporting by Reuters",
        "ap",
        "dw",
        "CP",
        "Elle",
        "Forbes",
        "Time",
        "Agencies",
        "",
        "x" * 5_000,
    ],
)
def test_staff_mixtures_and_photographers_are_no_agency(byline: str) -> None:
    assert agency_in_byline(byline) is None


@pytest.mark.parametrize(
    ("lines", "agency"),
    [
        (["It ended.", "© 2026 AFP"], "Agence France-Presse"),
        (["Copyright 2026 The Associated Press. All rights reserved. It may not be sold."], "Associated Press"),
        (["©2026 Bloomberg L.P."], "Bloomberg"),
        (["© Thomson Reuters 2026"], "Reuters"),
        (["(c) 2026, The Washington Post", "Visit us."], "The Washington Post"),
        (["Our Standards: The Thomson Reuters Trust Principles."], "Reuters"),
        (["This report by The Canadian Press was first published Nov. 3, 2025."], "The Canadian Press"),
        (["© dpa-infocom, dpa:251103-99-1/2"], "dpa"),
        (["The mill stayed shut. (PTI)"], "Press Trust of India"),
        (["The mill stayed shut. – Bernama"], "Bernama"),
        (["The mill stayed shut.", "dpa/jor"], "dpa"),
        (["The mill stayed shut.", "(dpa)", "A film shows the mill."], "dpa"),
        (["PTI JOR ALE"], "Press Trust of India"),
        (["Quelle: dpa"], "dpa"),
        (["It ended. - AFP", "© 2026 Ashford Media Ltd"], "Agence France-Presse"),
    ],
)  # fmt: skip
def test_a_closing_names_the_agency(lines: list[str], agency: str) -> None:
    assert agency_at_end(lines) == agency


@pytest.mark.parametrize(
    "line",
    [
        "© AFP",
        "© 2026 AFP / Jo Roe",
        "© 2026 Ashford Post. All rights reserved.",
        "Reuters",
        "Photo: Reuters",
        "(AP Photo/Jo Roe)",
        "The owner told Reuters.",
        "(With inputs from PTI)",
        "(AP, Reuters)",
        "AFP/dpa",
        "Source: Reuters, AP",
        "Additional reporting by Reuters",
        "The Associated Press contributed to this report.",
        "- Jo Roe",
        "",
    ],
)
def test_photo_credits_and_thanks_are_no_closing(line: str) -> None:
    assert agency_at_end(["The mill stayed shut.", line]) is None


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("This article was originally published on The Conversation. Read the original article.", "The Conversation"),
        ("This article is republished from The Conversation under a Creative Commons license.", "The Conversation"),
        ("This story was first published in Mill Review on May 3.", "Mill Review"),
        ("This article originally appeared on Detroit Free Press: Mill shuts", "Detroit Free Press"),
        ("This article by Jo Roe was originally published by Mill Radio.", "Mill Radio"),
        ("Originally published at https://www.propublica.org/article/mill.", "ProPublica"),
        ("Reprinted with permission of The Harbour Ledger.", "The Harbour Ledger"),
        ("Republished under a Creative Commons license from Mongabay.", "Mongabay"),
        ("This story was produced by Mill Times and reviewed and distributed by Stacker.", "Mill Times"),
        ("This article first appeared in the Winter 2024 issue of Mill Review.", "Mill Review"),
        ("This story originally appeared on our sister site Ashford Post.", "Ashford Post"),
        ("The mill shut. This piece was originally published in openMill and is republished here.", "openMill"),
        ("Mill State Journal is part of States Newsroom, a nonprofit news network.", "Mill State Journal"),
        ("Provided by University of Ashford", "University of Ashford"),
        ("The post Mill shuts appeared first on Harbour Ledger.", "Harbour Ledger"),
        ("Der Beitrag Mühle schließt erschien zuerst auf Hafenpost.", "Hafenpost"),
        ("Dieser Text ist zuerst bei Hafenpost erschienen.", "Hafenpost"),
        ("Cet article est republié à partir de The Conversation sous licence Creative Commons.", "The Conversation"),
        ("Este artículo fue publicado originalmente en Molino.", "Molino"),
        ("Questo articolo è stato pubblicato originariamente su Il Mulino.", "Il Mulino"),
        ("Dit artikel verscheen eerder op De Molen.", "De Molen"),
    ],
)
def test_a_note_says_where_the_text_was_printed_first(line: str, publisher: str) -> None:
    assert printed_first_by(["The mill shut.", line]) == publisher


@pytest.mark.parametrize(
    "line",
    [
        "This article was originally published on November 3, 2025.",
        "This story was first published in 2019.",
        "This story was first published at 9.30 am.",
        "This story was first published in January and has been updated.",
        "This article was originally published in English.",
        "This article was first published in our newsletter.",
        "This article appeared in the Books section of the print edition.",
        "This article was originally published on Medium.",
        "This post was written by Jo Roe.",
        "Originally published in the October issue.",
        "The news was first reported by Reuters.",
        "His novel was originally published by Mill Press.",
        "The report was first published by the ministry on Monday.",
        "Excerpted from The Mill: A History, published by Mill Press.",
        "The singer first appeared on Saturday Night Live.",
        "Read the full story on page 3.",
        "This content is provided by our advertisers.",
    ],
)
def test_a_note_on_when_or_of_something_else_names_nobody(line: str) -> None:
    assert printed_first_by(["The mill shut.", line]) is None


@pytest.mark.parametrize(
    ("line", "is_sure", "publisher"),
    [
        ("Originally published by Mill Review", False, "Mill Review"),
        ("Source: Reuters", False, "Reuters"),
        ("Jo Roe, The Associated Press", False, "Associated Press"),
        ("https://mill-review.org/a/b", False, "Mill Review"),
        ("Ashford Media Holdings", False, None),
        ("Harbour Ledger", True, "Harbour Ledger"),
        ("", True, None),
    ],
)
def test_a_bare_name_in_a_credit_counts_where_it_can_only_be_the_author(
    line: str, is_sure: bool, publisher: str | None
) -> None:
    assert named_in_credit(line, is_sure=is_sure) == publisher


@given(st.text(alphabet="AaP (Reuters)/-—.,:©19 By\n", max_size=200))
def test_any_line_is_read_without_a_fault(text: str) -> None:
    agency_in_dateline(text)
    agency_in_byline(text)
    agency_at_end(text.split("\n"))
    printed_first_by([f"This article was originally published by {text}"])
