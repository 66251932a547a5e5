"""Times between programs are RFC 3339 in UTC with milliseconds."""

from __future__ import annotations

import pytest

from contract.times import from_rfc3339, optional_rfc3339, to_rfc3339

TIMES = [
    (0, "1970-01-01T00:00:00.000Z"),
    (1, "1970-01-01T00:00:00.001Z"),
    (-1, "1969-12-31T23:59:59.999Z"),
    (1_713_056_710_123, "2024-04-14T01:05:10.123Z"),
    (1_709_251_199_999, "2024-02-29T23:59:59.999Z"),
    (4_102_444_800_000, "2100-01-01T00:00:00.000Z"),
]


@pytest.mark.parametrize(("ms", "text"), TIMES)
def test_a_time_is_written_with_milliseconds(ms: int, text: str) -> None:
    assert to_rfc3339(ms) == text


@pytest.mark.parametrize(("ms", "text"), TIMES)
def test_a_written_time_is_read_back_to_the_millisecond(ms: int, text: str) -> None:
    assert from_rfc3339(text) == ms


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("2024-04-14T08:05:10.123+07:00", 1_713_056_710_123),
        ("2024-04-14T01:05:10+00:00", 1_713_056_710_000),
        ("2024-04-14 08:05:10+07:00", 1_713_056_710_000),
    ],
)
def test_other_zones_are_understood(text: str, ms: int) -> None:
    assert from_rfc3339(text) == ms


@pytest.mark.parametrize("text", ["2024-04-14T01:05:10", "2024-04-14", "yesterday", ""])
def test_a_time_without_a_zone_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_rfc3339(text)


def test_no_time_is_written_as_nothing() -> None:
    assert optional_rfc3339(None) is None
    assert optional_rfc3339(0) == "1970-01-01T00:00:00.000Z"
