"""Times of dossiers, in every form that the one-stop software writes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.dossiers.times import InvalidTime, parse_time, rfc3339

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIVE = time(17)
FORMS = [
    "%Y%m%d%H%M%S",
    "%d/%m/%Y %H:%M:%S",
    "%H:%M:%S %d/%m/%Y",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%d-%m-%Y %H:%M:%S",
    "%d.%m.%Y, %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S+07:00",
    "%Y-%m-%dT%H:%M:%S.000+0700",
]


def told(value: object) -> str | None:
    moment = parse_time(value, ZONE, FIVE)
    return None if moment is None else rfc3339(moment)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)), st.sampled_from(FORMS))
def test_a_moment_is_the_same_in_every_form(moment: datetime, form: str) -> None:
    moment = moment.replace(microsecond=0)
    assert parse_time(moment.strftime(form), ZONE, FIVE) == moment.replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("20240414080510", "2024-04-14T01:05:10.000Z"),
        (20240414080510, "2024-04-14T01:05:10.000Z"),
        (20240414080510.0, "2024-04-14T01:05:10.000Z"),
        ("202404140805", "2024-04-14T01:05:00.000Z"),
        ("20240414", "2024-04-14T10:00:00.000Z"),
        ("14/4/2024", "2024-04-14T10:00:00.000Z"),
        ("14/04/2024  8:05", "2024-04-14T01:05:00.000Z"),
        ("8 giờ 05 ngày 14/04/2024", "2024-04-14T01:05:00.000Z"),
        ("08h05 14/04/2024", "2024-04-14T01:05:00.000Z"),
        ("2024-04-14T17:00:00.000+0000", "2024-04-14T17:00:00.000Z"),
        ("2024-04-14T17:00:00z", "2024-04-14T17:00:00.000Z"),
        (datetime(2024, 4, 14, 8, 5), "2024-04-14T01:05:00.000Z"),
        (datetime(2024, 4, 14, 8, 5, tzinfo=UTC), "2024-04-14T08:05:00.000Z"),
        (date(2024, 4, 14), "2024-04-14T10:00:00.000Z"),
        (datetime(2024, 4, 14), "2024-04-14T10:00:00.000Z"),
        (datetime(2024, 4, 14, tzinfo=UTC), "2024-04-14T00:00:00.000Z"),
        ("2024-04-14T00:00:00", "2024-04-13T17:00:00.000Z"),
        (45396, "2024-04-14T10:00:00.000Z"),
        (45396.25, "2024-04-13T23:00:00.000Z"),
        ("", None),
        (None, None),
        ("  ", None),
    ],
)
def test_a_time_is_read_as_it_was_meant(value: object, expected: str | None) -> None:
    assert told(value) == expected


MARCH_2 = (  # in the morning at eight of 2 March 2026, as programs of the world write it
    "02-Mar-2026 08:00",
    "2-Mar-26 8:00",
    "02-MAR-26 08:00:00",
    "2 March 2026 08:00",
    "Mar 2, 2026 8:00 AM",
    "Mar. 2, 2026, 8:00:00 AM",
    "March 2nd, 2026 08:00",
    "Monday, March 2, 2026 at 8:00\u202fAM",
    "Mon Mar 02 2026 08:00:00",
    "Mon, 02 Mar 2026 08:00:00",
    "2026-Mar-02 08:00",
    "08:00 02-Mar-2026",
    "2 thg 3 2026 08:00",
    "2 thg 3, 2026, 08:00",
    "02-Thg3-26 08:00",
    "02\u00a0tháng\u00a03 năm 2026 08:00",
    "ngày 02 tháng 3 năm 2026 08:00",
    "ngày 02 tháng ba năm 2026, lúc 08 giờ 00",
    "02 Tháng Ba 2026 8:00 SA",
    "Thứ Hai, 2 tháng 3, 2026 lúc 08:00",
    "lúc 08:00 Thứ Hai, 2 tháng 3, 2026",
    "8 giờ 00 phút, ngày 2 tháng 3 năm 2026",
    "2 tha\u0301ng 3 na\u0306m 2026 08:00",
    "02 thang 3 nam 2026 08:00",
)


@pytest.mark.parametrize("text", MARCH_2)
def test_a_month_may_have_its_name(text: str) -> None:
    assert told(text) == "2026-03-02T01:00:00.000Z"


@pytest.mark.parametrize(
    ("text", "month"),
    [(f"5 {datetime(2026, month, 1):%b} 2026", month) for month in range(1, 13)]
    + [(f"{datetime(2026, month, 1):%B} 5, 2026", month) for month in range(1, 13)]
    + [(f"5 thg {month}, 2026", month) for month in range(1, 13)]
    + [("5 Sept 2026", 9), ("05 Tháng Giêng 2026", 1), ("5 tháng tư 2026", 4), ("5 tháng năm năm 2026", 5)]
    + [("5 tháng mười 2026", 10), ("5 tháng mười một 2026", 11), ("5 tháng mười hai năm 2026", 12)],
)
def test_every_month_has_its_names(text: str, month: int) -> None:
    assert told(text) == f"2026-{month:02d}-05T10:00:00.000Z"


@pytest.mark.parametrize(
    "text",
    [
        "Mar 2026",
        "Mar 2",
        "2 Mar",
        "Mar 2, 26",
        "26 Mar 2, 2026",
        "2 Mar 08:00",
        "31 Feb 2026",
        "30-thg 2-2026",
        "2 thg 13 2026",
        "2 thg 0 2026",
        "2 Mär 2026",
        "2 tháng chạp 2026",
        "2-3-Mar-2026",
        "2 Mar 2026 25:00",
    ],
)
def test_a_day_of_which_a_part_is_missing_or_doubtful_is_refused(text: str) -> None:
    with pytest.raises(InvalidTime):
        told(text)


@pytest.mark.parametrize(
    "value",
    [
        "31/02/2024",
        "04/14/2024",
        "14/04/24",
        "hôm qua",
        "2024-13-01",
        "14/04/2024 25:00",
        "0000",
        3,
        -5,
        1e300,
        "14/04/1024",
        "0987654321",
        "20241414080510",
        float("nan"),
        float("inf"),
    ],
)
def test_what_is_no_time_is_never_guessed(value: object) -> None:
    with pytest.raises(InvalidTime):
        told(value)


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers()))
def test_nothing_but_a_time_or_a_refusal_comes_out(value: object) -> None:
    try:
        moment = parse_time(value, ZONE, FIVE)
    except InvalidTime:
        return
    assert moment is None or moment.tzinfo is not None
