"""Goals 7 to 9: two at once on two connections — one decision, and the other is told who was first.

On SQLite and PostgreSQL alike; `tests/accreditation/test_race.py` has more pairs on PostgreSQL.
"""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db

ROUNDS = 3


def one_won(told: list[str]) -> str:
    """Return what the loser was told; exactly one of the two has won."""
    assert sorted(words == "won" for words in told) == [False, True], told
    return next(words for words in told if words != "won")


@pytest.mark.parametrize("pair", ["accept_twice", "accept_or_return"])
def test_of_two_who_decide_one_wins_and_the_other_is_told_who_and_when(
    stage: Any, pair: str
) -> None:
    for _ in range(ROUNDS):
        ended = stage.race(name=pair)
        lost = one_won(ended["told"])
        winner = "乐审核" if ended["told"][0] == "won" else "乐复核"
        assert lost.startswith(f"race：该件已由{winner}于2025年09月26日 10:00办理"), lost
        assert (ended["entries"], ended["refusals"]) == (1, 1)
        assert ended["broken"] == []


def test_of_two_who_claim_one_wins_and_the_other_is_told_who(stage: Any) -> None:
    for _ in range(ROUNDS):
        ended = stage.race(name="claim_twice")
        winner = "乐审核" if ended["told"][0] == "won" else "乐复核"
        assert one_won(ended["told"]) == f"race：该件已由{winner}签收。"
        assert ended["entries"] == 1
        assert ended["broken"] == []


def test_of_two_openings_one_stands(stage: Any) -> None:
    for _ in range(ROUNDS):
        ended = stage.race(name="open_twice")
        assert one_won(ended["told"]).startswith("law：")
        assert ended["cases"] == 1
        assert ended["broken"] == []


def test_the_last_two_holders_both_stay(stage: Any) -> None:
    for _ in range(ROUNDS):
        ended = stage.race(name="both_sheets")
        assert ended["told"] == ["won", "won"]
        assert ended["entries"] == 2
        assert ended["broken"] == []


def test_two_clocks_at_once_report_once(stage: Any) -> None:
    for _ in range(ROUNDS):
        ended = stage.race(name="tick_twice", late=True)
        assert ended["told"] == ["won", "won"]
        assert (ended["notices"], ended["entries"]) == (2, 2)
        assert ended["broken"] == []
