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
