"""Schedules as people type them: what is understood, and the sentence for what is not."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import RequestError
from bot.news.schedule import next_occurrences
from bot.news.schedule_words import note_zone, read_schedule, take_schedule

NOW = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)  # a Thursday
PARIS = ZoneInfo("Europe/Paris")
CODES = {f"D{number:02}" for number in range(1, 11)}


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("weekdays 8:30", "on weekdays at 08:30"),
        ("daily 7am and 18:00", "every day at 07:00 and 18:00"),
        ("every 4 hours", "every 4 hours"),
        ("every 30 minutes", "every 30 minutes"),
        ("1st of the month 9:00", "on the 1st of the month at 09:00"),
        ("last friday of the month 10:00", "on the last Friday of the month at 10:00"),
        ("noon", "every day at 12:00"),
        ("at 9 every day", "every day at 09:00"),
        ("weekends 10", "on weekends at 10:00"),
        ("8:30", "every day at 08:30"),
        ("Mon, Wed & Fri at 8.15", "on Mondays, Wednesdays and Fridays at 08:15"),
        ("mon/wed/fri 8:15", "on Mondays, Wednesdays and Fridays at 08:15"),
        ("Mon–Fri 7:45", "on weekdays at 07:45"),
        ("M-F 0830", "on weekdays at 08:30"),
        ("friday to monday 10:00", "on Mondays, Fridays, Saturdays and Sundays at 10:00"),
        ("every day except sunday at 8:00", "every day except Sundays at 08:00"),
        ("daily but not weekends 8:00", "on weekdays at 08:00"),
        ("every weekday morning at half past eight", "on weekdays at 08:30"),
        ("every evening at 6", "every day at 18:00"),
        ("monday mornings at 9", "on Mondays at 09:00"),
        ("daily at 7 in the evening and 8 in the morning", "every day at 08:00 and 19:00"),
        ("daily 18h", "every day at 18:00"),
        ("thursdays 4 p.m.", "on Thursdays at 16:00"),
        ("weekdays 8:30, weekends 10:00", "on weekdays at 08:30 and on weekends at 10:00"),
        ("9:00 on mondays and 17:00 on thursdays", "on Mondays at 09:00 and on Thursdays at 17:00"),
        ("monday 9:00, wednesday 9:00", "on Mondays and Wednesdays at 09:00"),
        ("1st and 15th at 9:00", "on the 1st and 15th of the month at 09:00"),
        ("first and third monday of the month 9:30", "on the first and third Monday of the month at 09:30"),
        ("every third thursday 9:00", "on the third Thursday of the month at 09:00"),
        ("end of the month 18:00", "on the last day of the month at 18:00"),
        ("monthly on the 15th 9:00", "on the 15th of the month at 09:00"),
        ("weekly 9:00", "on Mondays at 09:00"),
        ("every other day 9:00", "every 2 days from 27 November 2026 at 09:00"),
        ("every 2 days 23:00", "every 2 days from 26 November 2026 at 23:00"),
        ("every 3 days from 1 December 9:00", "every 3 days from 1 December 2026 at 09:00"),
        ("mondays 9:00 from 7 December", "every week on Mondays from 7 December 2026 at 09:00"),
        ("every 3 days from 1 November 2026 9:00", "every 3 days from 1 November 2026 at 09:00"),
        ("8am/6pm", "every day at 08:00 and 18:00"),
        ("9:00,17:00", "every day at 09:00 and 17:00"),
        ("monthly on the last day at 18:00", "on the last day of the month at 18:00"),
        ("2027-01-04T09:00", "on 4 January 2027 at 09:00"),
        ("every other monday at 9:00", "every 2 weeks on Mondays from 30 November 2026 at 09:00"),
        (
            "fortnightly on fridays and mondays 9:00",
            "every 2 weeks on Mondays and Fridays from 27 November 2026 at 09:00",
        ),
        ("tomorrow 8:00", "on 27 November 2026 at 08:00"),
        ("next thursday at noon", "on 3 December 2026 at 12:00"),
        ("5 December 9:00", "on 5 December 2026 at 09:00"),
        ("2026-12-05 9:00", "on 5 December 2026 at 09:00"),
        ("january 5 9am", "on 5 January 2027 at 09:00"),
        ("hourly 9-17 weekdays", "on weekdays every hour from 09:00 to 17:00"),
        ("every 2 hours between 8:00 and 20:00", "every 2 hours from 08:00 to 20:00"),
        ("every hour on weekdays from 9 to 5pm", "on weekdays every hour from 09:00 to 17:00"),
        ("every 7 hours", "every 7 hours from 00:00 to 21:00"),
        ("every half hour", "every 30 minutes"),
        ("every quarter of an hour", "every 15 minutes"),
        ("every 48 hours 9:00", "every 2 days from 27 November 2026 at 09:00"),
        ("0 9 * * 1-5", "on weekdays at 09:00"),
        ("*/30 * * * *", "every 30 minutes"),
        ("0 9 * * sun", "on Sundays at 09:00"),
        ("0 9 * * 0,7", "on Sundays at 09:00"),
        ("30 8,17 * * mon-fri", "on weekdays at 08:30 and 17:30"),
        ("0 9 1 * 1", "on Mondays and on the 1st of the month at 09:00"),
        ("0 9 l * *", "on the last day of the month at 09:00"),
        ("0 9 * * 5L", "on the last Friday of the month at 09:00"),
        ("0 9 * * 1#2", "on the second Monday of the month at 09:00"),
        ("@daily", "every day at 00:00"),
    ],
)
def test_what_people_type_is_understood_and_said_back(typed: str, understood: str) -> None:
    schedule = read_schedule(typed, PARIS, NOW)
    assert schedule.in_words() == f"{understood}, Europe/Paris"
    assert read_schedule(schedule.in_words(), ZoneInfo("UTC"), NOW) == schedule


@pytest.mark.parametrize(
    ("typed", "zone", "said"),
    [
        ("mondays and thursdays 9:00 Europe/Paris", "Europe/Paris", None),
        ("mondays 9:00 Asia/Tokyo", "Asia/Tokyo", None),
        ("asia/tokyo mondays 9:00", "Asia/Tokyo", "I took the time zone as Asia/Tokyo."),
        ("8:30 Tokyo time", "Asia/Tokyo", "I took the time zone as Asia/Tokyo."),
        ("8:30am ET", "America/New_York", "I took the time zone as America/New_York."),
        ("weekdays 8:30 in new york", "America/New_York", "I took the time zone as America/New_York."),
        ("8:30 (UTC+2)", "Etc/GMT-2", None),
        ("9:00 GMT+1", "Etc/GMT-1", "I took the time zone as UTC+1."),
        ("0 9 * * 1-5 Asia/Tokyo", "Asia/Tokyo", None),
        ("weekdays 8:30", "Europe/Paris", None),
    ],
)
def test_a_schedule_may_name_its_zone(typed: str, zone: str, said: str | None) -> None:
    schedule = read_schedule(typed, PARIS, NOW)
    assert schedule.zone == ZoneInfo(zone)
    assert note_zone(typed, schedule, PARIS) == said


def test_today_is_that_of_the_zone_that_is_named() -> None:
    """At 20:00 UTC on the 26th it is the 27th in Tokyo."""
    schedule = read_schedule("tomorrow 9:00 Asia/Tokyo", PARIS, NOW)
    assert schedule.in_words() == "on 28 November 2026 at 09:00, Asia/Tokyo"
    with pytest.raises(RequestError, match=r"That is in the past\."):
        read_schedule("2026-11-27 4:00 Asia/Tokyo", PARIS, NOW)


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("25:00", "D01", "I cannot read `25:00` as a time; write 09:00 or 9am."),
        ("daily 9.75", "D01", "I cannot read `9.75` as a time; write 09:00 or 9am."),
        ("noonish", "D01", "I cannot read `noonish` as a time; write 09:00 or 9am."),
        ("9 o'clock pm", "D01", "I cannot read `9 o'clock pm` as a time; write 09:00 or 9am."),
        ("daily 13pm", "D01", "I cannot read `13pm` as a time; write 09:00 or 9am."),
        ("weekdays 24:00", "D01", "I cannot read `24:00` as a time; write 09:00 or 9am."),
        ("", "D01", "Say when: for example weekdays 8:30, or every 4 hours."),
        ("daily 8:00-20:00", "D01", "How often? Write for example every 2 hours daily 8:00-20:00."),
        ("every 36 hours", "D01", "I cannot read `every 36 hours` as an interval; write whole minutes, hours or days."),
        ("daily 9:00 until christmas", "D01", "I do not understand `until`; write for example weekdays 8:30."),
        ("x" * 301, "D01", "A schedule can have 300 characters; write less."),
        ("9", "D02", "9 in the morning or evening? Write 09:00 or 21:00."),
        ("nine thirty", "D02", "9:30 in the morning or evening? Write 09:30 or 21:30."),
        ("daily at 5", "D02", "5 in the morning or evening? Write 05:00 or 17:00."),
        ("daily at 12", "D02", "12 at noon or at midnight? Write 12:00 or 00:00."),
        ("daily 7 and 8pm", "D02", "7 in the morning or evening? Write 07:00 or 19:00."),
        ("mondays", "D02", "At what time? Write for example `mondays 09:00`."),
        ("mondays 9:00 thursdays", "D02", "At what time? Write for example `mondays 9:00 thursdays 09:00`."),
        ("weekdays 8:30 EST5EDTX", "D03", "I do not know that time zone; use a name such as Europe/Paris."),
        ("weekdays 8:30 UTC+25", "D03", "I do not know that time zone; use a name such as Europe/Paris."),
        ("weekdays 8:30 ../etc/passwd", "D03", "I do not know that time zone; use a name such as Europe/Paris."),
        ("8:30 Asia/Tokyo Europe/Rome", "D03", "Two time zones are named. Write one, such as Europe/Paris."),
        (
            "weekdays 8:30 CST",
            "D04",
            "`CST` can mean three zones; write America/Chicago, Asia/Shanghai or America/Havana.",
        ),
        ("funday 9:00", "D05", "I do not know the day `funday`; write Monday to Sunday, or weekdays."),
        ("31 February 9:00", "D05", "31 February does not exist. Write a date such as 5 December."),
        ("29 February 2027 9:00", "D05", "29 February 2027 does not exist. Write a date such as 5 December."),
        ("32nd of the month 9:00", "D05", "Day 32 of a month does not exist. Write 1st to 31st, or last."),
        ("6th monday 9:00", "D05", "`6th monday` does not exist. A month has at most five of a weekday."),
        (
            "9:00 on mondays and 17:00",
            "D05",
            "On which days is the last time meant? Name days for every time, or none.",
        ),
        (
            "1st of the month 9:00 from 1 December",
            "D05",
            "Days that are counted go with no others. Give them a time of their own.",
        ),
        ("2026-01-05 9:00", "D06", "That is in the past. Write a later date, or set times such as weekdays 09:00."),
        ("today 8:00", "D06", "That is in the past. Write a later date, or set times such as weekdays 09:00."),
        ("every 10 s", "D07", "The shortest interval is 15 minutes."),
        ("every 10 minutes", "D07", "The shortest interval is 15 minutes."),
        ("daily 9:00, 9:10", "D07", "The shortest interval is 15 minutes."),
        ("23:55 and 00:05", "D07", "The shortest interval is 15 minutes."),
        ("weekdays 9:00, mondays 9:05", "D07", "The shortest interval is 15 minutes."),
        ("24 June 9:00, 9:10", "D07", "The shortest interval is 15 minutes."),
        ("*/5 * * * *", "D07", "The shortest interval is 15 minutes."),
        ("every 400 days", "D08", "The longest is 31 days."),
        ("every 5 weeks on monday 9:00", "D08", "The longest is 31 days."),
        ("every 3 months 9:00", "D08", "The longest is 31 days."),
        ("every 5 december 9:00", "D08", "The longest is 31 days."),
        ("0 9 1 */3 *", "D08", "The longest is 31 days. Leave out no month: write * for it."),
        ("61 * * * *", "D09", "Minute must be 0-59."),
        ("0 24 * * *", "D09", "Hour must be 0-23."),
        ("0 9 * * 8", "D09", "Weekday must be 0-7."),
        (
            "0 0 9 * * 1 2026",
            "D09",
            "A cron line has 5 fields: minute, hour, day of the month, month, weekday. This has 7 fields.",
        ),
        ("@reboot", "D09", "I do not know `@reboot`; write for example @daily, or 0 9 * * 1-5."),
        ("0 0 30 2 *", "D10", "This never happens. No month that it names has such a day."),
        ("0 0 31 4,6,9,11 *", "D10", "This never happens. No month that it names has such a day."),
        ("weekends except weekends 9:00", "D10", "This never happens. Leave out fewer days."),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_write(typed: str, code: str, said: str) -> None:
    with pytest.raises(RequestError) as refused:
        read_schedule(typed, PARIS, NOW)
    assert (str(refused.value), refused.value.code) == (said, code)


@pytest.mark.parametrize(
    ("typed", "understood", "topic"),
    [
        ("weekdays 8:30 tariffs", "on weekdays at 08:30, Europe/Paris", "tariffs"),
        ("daily 9:00 US tariffs on Japan", "every day at 09:00, Europe/Paris", "US tariffs on Japan"),
        ('weekdays 8:30 "Interest Rates" -japan', "on weekdays at 08:30, Europe/Paris", '"Interest Rates" -japan'),
        ("weekdays 8:30 about steel", "on weekdays at 08:30, Europe/Paris", "steel"),
        ("every 4 hours: chips", "every 4 hours, Europe/Paris", "chips"),
        ("0 9 * * 1-5 chips", "on weekdays at 09:00, Europe/Paris", "chips"),
        ("mondays 9:00 Asia/Tokyo chips", "on Mondays at 09:00, Asia/Tokyo", "chips"),
        ("mondays 9:00 ET chips", "on Mondays at 09:00, America/New_York", "chips"),
        ("mondays 9:00 Tokyo time chips", "on Mondays at 09:00, Asia/Tokyo", "chips"),
        ("mondays 9:00 Tokyo", "on Mondays at 09:00, Europe/Paris", "Tokyo"),
        ("mondays 9:00 US", "on Mondays at 09:00, Europe/Paris", "US"),
        ("daily 9:00 2026 election", "every day at 09:00, Europe/Paris", "2026 election"),
        ("daily 9:00 5G networks", "every day at 09:00, Europe/Paris", "5G networks"),
        ("daily 9:00 24.5% tariff", "every day at 09:00, Europe/Paris", "24.5% tariff"),
        ("daily 9:00 march 4 protests", "every day at 09:00, Europe/Paris", "march 4 protests"),
        ("daily 9:00 second world war", "every day at 09:00, Europe/Paris", "second world war"),
        ("daily 9:00 32nd congress", "every day at 09:00, Europe/Paris", "32nd congress"),
        ("daily 9:00 monday.com", "every day at 09:00, Europe/Paris", "monday.com"),
        ("daily 9:00", "every day at 09:00, Europe/Paris", ""),
    ],
)
def test_the_words_behind_a_schedule_are_its_topic(typed: str, understood: str, topic: str) -> None:
    schedule, rest = take_schedule(typed, PARIS, NOW)
    assert (schedule.in_words(), rest) == (understood, topic)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("tariffs", "D01"),
        ("weekdays 25:00 tariffs", "D01"),
        ("weekdays 8:30 and 25:00 tariffs", "D01"),
        ("9 tariffs", "D02"),
        ("weekdays tariffs", "D01"),
        ("weekdays 8:30 and mondays", "D02"),
        ("every 5 minutes tariffs", "D07"),
    ],
)
def test_no_topic_hides_what_is_wrong_with_a_schedule(typed: str, code: str) -> None:
    with pytest.raises(RequestError) as refused:
        take_schedule(typed, PARIS, NOW)
    assert refused.value.code == code


_WORDS = st.sampled_from(
    "every each other 2 3 15 90 400 0 day days week weeks month hour hours minutes s m h daily weekly monthly hourly "
    "weekdays weekends mon monday tuesdays wed thu-sat fri sun except but and at on the of from to between until in "
    "9 9:00 9am 18h 25:00 12 0830 noon midnight half past morning evening 1st 2nd 31st 32nd first last february 29 30 "
    "31 december 2026-12-01 2020-01-01 today tomorrow next starting Europe/Paris Asia/Tokyo ET CST UTC+2 time * */5 "
    "1-5 61 0,30 l 5l 1#2 @daily ? , ; / - ' \" ` tariffs".split()
)
_TYPED = st.one_of(
    st.lists(_WORDS, max_size=9).map(" ".join),
    st.lists(st.one_of(_WORDS, st.text(max_size=5)), max_size=6).map(" ".join),
    st.text(max_size=40),
    st.text(alphabet="0123456789*,-/# LlWw?@", max_size=20),
)


@settings(max_examples=1_000)
@given(st.lists(_TYPED, min_size=10, max_size=10))
def test_ten_thousand_lines_give_a_schedule_that_comes_or_a_sentence(lines: list[str]) -> None:
    for typed in lines:
        for read in (read_schedule, lambda *given: take_schedule(*given)[0]):
            try:
                schedule = read(typed, PARIS, NOW)
            except RequestError as refused:
                assert refused.code in CODES and str(refused)
            else:
                assert next_occurrences(schedule, NOW)
                assert read_schedule(schedule.in_words(), PARIS, NOW) == schedule
