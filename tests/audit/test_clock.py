"""The one clock of the project."""

from datetime import UTC, date, datetime, timedelta

import pytest

from audit.clock import PLACE, now, standing_at, today


def test_the_clock_runs_and_is_aware() -> None:
    first = now()
    assert first.utcoffset() is not None
    assert timedelta(0) <= now() - first < timedelta(seconds=5)
    assert abs(first - datetime.now(UTC)) < timedelta(seconds=5)  # noqa: TID251


def test_today_is_the_day_in_china_while_it_is_still_yesterday_in_greenwich() -> None:
    with standing_at(datetime(2025, 9, 26, 17, 0, tzinfo=UTC)):
        assert today() == date(2025, 9, 27)


def test_standing_clocks_nest_and_end() -> None:
    with standing_at(date(2025, 9, 26)) as outer:
        assert now() == outer == datetime(2025, 9, 26, 9, 0, tzinfo=PLACE)
        with pytest.raises(KeyError), standing_at(date(2021, 3, 1)):
            assert today() == date(2021, 3, 1)
            raise KeyError
        assert now() == outer
    assert now() - outer > timedelta(days=1)


def test_a_naive_moment_is_refused() -> None:
    naive = datetime(2025, 9, 26, 9, 0)
    with pytest.raises(ValueError, match="aware"), standing_at(naive):
        pass
