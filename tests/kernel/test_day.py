"""Which day it is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numirror.kernel.day import known_zone, local_day

MOMENT = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("zone", "day_start", "expected"),
    [("Etc/UTC", 0, 22), ("Europe/Berlin", 0, 23), ("Europe/Berlin", 4, 22), ("Pacific/Kiritimati", 0, 23)],
)
def test_the_day_is_the_persons_and_begins_when_they_say(zone: str, day_start: int, expected: int) -> None:
    instant = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert local_day(instant, zone, timedelta(hours=day_start)).day == expected


@given(
    st.sampled_from(sorted(available_timezones())),
    st.datetimes(MOMENT.replace(year=1975), MOMENT.replace(year=2100)),
    st.integers(0, 6),
)
def test_a_day_is_never_left_backwards_by_more_than_the_clock_change(zone: str, naive: datetime, hours: int) -> None:
    instant = naive.replace(tzinfo=UTC)
    start = timedelta(hours=hours)
    assert 0 <= (local_day(instant + timedelta(hours=26), zone, start) - local_day(instant, zone, start)).days <= 3


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "Europe/\0Berlin", "x" * 5000])
def test_an_unknown_zone_counts_as_utc(name: str) -> None:
    assert known_zone(name) == "Etc/UTC"
