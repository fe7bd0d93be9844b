"""No sequence of operations loses a case: every operation, several people, random sound flows.

`OPERATION_SEED=<seed> pytest tests/walks/test_operations.py` runs the sequence of one seed again.
"""

import os
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

import pytest

from audit.verification import verify
from tests.conftest import START
from tests.walks.made import Chance, flow_of
from tests.walks.office import WEIGHTS, Office, Told
from tests.walks.walking import undone
from workflows.flows import moving

PARTS, EACH = 8, 120
OPERATIONS = int(os.environ.get("OPERATIONS_A_PART", "1260"))
"""So many parts of so many operations at least, in sequences of so many attempts each.

Together ten thousand on each database; `OPERATIONS_A_PART=100` looks quickly.
"""


def seeds_of(part: int) -> Iterable[int]:
    """Return the seeds of a part; only one, if the surroundings name it."""
    wanted = os.environ.get("OPERATION_SEED", "")
    if wanted:
        return [int(wanted)] if part == 0 else []
    return count(part * 1000)


def work(people: Any, tree: Any, clock: Any, seed: int, told: Told) -> bool:
    """Run the sequence of a seed; False where its flow is not sound."""
    with flow_of(seed) as flow:
        if flow is None:
            return False
        random = Chance.begin(seed)
        office = None
        clock.stand_at(START)
        try:
            with undone():
                office = Office(flow, people, tree, random)
                for _ in range(EACH):
                    clock.forward(minutes=random.choice([1, 5, 40]))
                    office.work(told)
                office.bring_home()
                report = verify()
                assert (report.faults, report.entries >= len(office.told) // 2) == ([], True)
        except BaseException as failure:
            failure.add_note(f"OPERATION_SEED={seed}")
            failure.add_note("\n".join(office.told[-12:] if office else []))
            raise
    return True


@pytest.mark.parametrize("part", range(PARTS))
def test_no_sequence_of_operations_loses_a_case(
    part: int, people: Any, tree: Any, clock: Any, record_property: Callable[[str, object], None]
) -> None:
    """Tokens conserved, no orphan, no lost history, closed means closed, one entry each."""
    told = Told()
    flows = 0
    for seed in seeds_of(part):
        flows += work(people, tree, clock, seed, told)
        if told.operations >= OPERATIONS:
            break
    record_property("told", f"{flows} flows, done {told.done}, refused {told.refused}")
    if not os.environ.get("OPERATION_SEED"):
        assert told.operations >= OPERATIONS
        assert told.done.total() > told.refused.total()
        assert len(set(told.done) | set(told.refused)) >= len(WEIGHTS) // 2


def test_a_lost_token_is_caught(
    people: Any, tree: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positive control: joins that never go on leave cases where the net never stands."""
    monkeypatch.setattr(moving, "settle", lambda case: None)
    with pytest.raises(AssertionError, match=r"never stand together|is lost|brought to its end"):
        for seed in count():
            work(people, tree, clock, seed, Told())
