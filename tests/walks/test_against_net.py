"""The net is what the engine does: random walks over random flows, side by side.

Walks of one flow share their beginnings, so that a thousand of them cost what some hundred would.
`WALK_SEED=<seed> pytest tests/walks/test_against_net.py` walks the flow of one seed again.
"""

import os
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

import pytest

from tests.walks.made import Chance, flow_of
from tests.walks.walking import Differs, Moves, Walk, undone
from workflows.flows import moving
from workflows.soundness import Marking, Net, Token, Unsound

PARTS, FLOWS = 8, 11
"""So many parts of so many sound flows each."""
FORKS = ((1, 3), (3, 4), (4, 3))
"""How a flow is walked: so many ways, each of so many moves, three times over."""
WALKS = 1 * 3 * 4
"""The walks of one flow, from the opening of a case to the last move of each way."""


class Walked:
    """What was walked: flows, walks and their length, moves made, and flows that were skipped."""

    def __init__(self) -> None:
        self.flows = self.walks = self.length = self.moves = self.skipped = 0

    def fork(self, walk: Walk, forks: tuple[tuple[int, int], ...]) -> None:
        """Walk on from here several ways, each undone before the next."""
        if not forks:
            self.walks += 1
            self.length += len(walk.told)
            return
        (ways, most), *further = forks
        for _ in range(ways):
            with undone():
                twin = walk.twin()
                self.moves += twin.go(most)
                self.fork(twin, tuple(further))


def walk_flows(
    people: Any, tree: Any, seeds: Iterable[int], net: type[Net] = Net, most: int = FLOWS
) -> Walked:
    """Walk the sound flows among those of the seeds, until `most` of them are walked."""
    walked = Walked()
    for seed in seeds:
        with flow_of(seed) as flow:
            if flow is None:
                walked.skipped += 1
                continue
            random = Chance.begin(seed)
            try:
                with undone():
                    walked.fork(Walk(flow, Moves(net(flow)), people, tree, random), FORKS)
            except Exception as failure:
                failure.add_note(f"WALK_SEED={seed}")
                raise
        walked.flows += 1
        if walked.flows == most:
            break
    return walked


def seeds_of(part: int) -> Iterable[int]:
    """Return the seeds of a part; only one, if the surroundings name it."""
    wanted = os.environ.get("WALK_SEED", "")
    if wanted:
        return [int(wanted)] if part == 0 else []
    return count(part * 1000)


@pytest.mark.parametrize("part", range(PARTS))
def test_the_engine_stands_where_the_net_allows(
    part: int, people: Any, tree: Any, record_property: Callable[[str, object], None]
) -> None:
    """After every act and return, open steps, waiting joins and state are a marking of the net."""
    walked = walk_flows(people, tree, seeds_of(part))
    record_property("walked", vars(walked))
    if not os.environ.get("WALK_SEED"):
        assert (walked.flows, walked.walks) == (FLOWS, FLOWS * WALKS)
        assert walked.length > 5 * walked.walks
        assert walked.skipped < 2 * FLOWS


class NetWhoseJoinsDoNotWait(Net):
    """A broken net: a join goes on at the first arrival."""

    def _is_busy(self, at: Marking, join: Token) -> bool:
        return False


class NetThatKeepsSisters(Net):
    """A broken net: a return leaves what is open in other branches as it is."""

    def _return(self, at: Any, token: Token, way: Any) -> Any:
        for move, found in super()._return(at, token, way):
            kept = tuple(one for one in at.tokens if one != token)
            yield move, [Marking(m.state, m.tokens + kept, m.joins, m.done) for m in found]


@pytest.mark.parametrize("broken", [NetWhoseJoinsDoNotWait, NetThatKeepsSisters])
def test_a_broken_net_is_caught(broken: type[Net], people: Any, tree: Any) -> None:
    """Positive control: the same walks tell a net that does not do what the engine does."""
    with pytest.raises((Differs, Unsound)):
        walk_flows(people, tree, count(), net=broken, most=50)


def test_a_broken_engine_is_caught(people: Any, tree: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Positive control: an engine that never looks again at its joins leaves cases waiting."""
    monkeypatch.setattr(moving, "settle", lambda case: None)
    with pytest.raises(Differs):
        walk_flows(people, tree, count(), most=50)
