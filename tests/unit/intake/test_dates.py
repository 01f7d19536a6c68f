"""Dates of publishers: read in one way, or not at all."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.challenges.intake.dates import UnreadableDate, read_date

EASTERN = ZoneInfo("America/New_York")


def eastern(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=EASTERN)  # type: ignore[arg-type,misc]


FORMS = {
    # every form found in the files
    "2020/03/19 12 p.m.": eastern(2020, 3, 19, 12, 0),
    "2021/12/03 11:59 p.m.": eastern(2021, 12, 3, 23, 59),
    "2021/01/29 2:00 PM": eastern(2021, 1, 29, 14, 0),
    "2021/04/08 12:00 AM": eastern(2021, 4, 8, 0, 0),
    "2021/04/12 10:00 AM": eastern(2021, 4, 12, 10, 0),
    "2020/08/18 08:00 AM": eastern(2020, 8, 18, 8, 0),
    "2021/10/15 05:00 PM": eastern(2021, 10, 15, 17, 0),
    "2021/03/25 1:00 PM ": eastern(2021, 3, 25, 13, 0),
    "2021/07/14 12:00 PM": eastern(2021, 7, 14, 12, 0),
    "2021/08/31": date(2021, 8, 31),
    "2021/9/16 8:00 AM": eastern(2021, 9, 16, 8, 0),
    "2022/3/27 11:59 PM": eastern(2022, 3, 27, 23, 59),
    "2022/01/31 8:00 AM ": eastern(2022, 1, 31, 8, 0),
    "2021/10/15 12:59 PM": eastern(2021, 10, 15, 12, 59),
    "2021/10/14 11:00 AM ET": eastern(2021, 10, 14, 11, 0),
    "2021-09-30": date(2021, 9, 30),
    # others that people write
    "2021-09-30T17:00:00Z": datetime(2021, 9, 30, 17, 0, tzinfo=UTC),
    "2021-09-30T17:00:00.123+01:00": datetime(2021, 9, 30, 17, 0, tzinfo=timezone(timedelta(hours=1))),
    "2021-09-30 17:00 UTC": datetime(2021, 9, 30, 17, 0, tzinfo=UTC),
    "30 September 2021": date(2021, 9, 30),
    "Thursday, 30th Sept. 2021 at 5pm": eastern(2021, 9, 30, 17, 0),
    "September 30, 2021, 12 noon": eastern(2021, 9, 30, 12, 0),
    "Sep 30, 2021 5:00 PM (PT)": datetime(2021, 9, 30, 17, 0, tzinfo=ZoneInfo("America/Los_Angeles")),
}


@pytest.mark.parametrize("text", FORMS)
def test_every_form_is_read(text: str) -> None:
    found = read_date(text, EASTERN)
    assert found == FORMS[text]
    assert type(found) is type(FORMS[text])


def test_the_form_without_a_zone_takes_the_publishers_and_its_summer_time() -> None:
    summer, winter = (read_date(f"2021/{month}/01 12:00 PM", EASTERN) for month in ("07", "12"))
    assert isinstance(summer, datetime)
    assert isinstance(winter, datetime)
    assert (summer.utcoffset(), winter.utcoffset()) == (timedelta(hours=-4), timedelta(hours=-5))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "04/05/2021",
        "2021/13/01",
        "2021/02/30",
        "2021/02/28 13:00 PM",
        "2021/02/28 0:30 AM",
        "2021/02/28 25:00",
        "2021/02/28 12:60 PM",
        "2021/02/28 midnight",
        "2021/02-28",
        "2021/02/28 5",
        "0001/01/01",
        "9999/12/31",
        "2021-01-01T00:00+99:99",
        "2021/02/28 5:00 PM XT",
        "30 September",
        "２０２１-01-01",
    ],
)
def test_what_could_be_two_days_or_none_is_not_guessed_at(text: str) -> None:
    with pytest.raises(UnreadableDate):
        read_date(text, EASTERN)


@settings(deadline=None)
@given(st.text() | st.from_regex(r"\d{1,4}[-/ .]\w{1,9}[-/ .,]\d{1,4}( \d\d?:?\d?\d? ?(am|PM|p\.m\.)?)?"))
def test_any_text_is_a_date_or_is_refused(text: str) -> None:
    try:
        found = read_date(text, EASTERN)
    except UnreadableDate:
        return
    assert 1900 <= found.year <= 2199
