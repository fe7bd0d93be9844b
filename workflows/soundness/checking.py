"""Explore every marking of a flow and tell what is wrong, with the shortest path to it."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from viewflow.workflow import flow as engine

from workflows.acts import Act
from workflows.flows.base import CaseFlow
from workflows.flows.gateways import End, If, Join, Parallel
from workflows.flows.steps import Rest, Step
from workflows.soundness.net import Marking, Move, Net, Unsound
from workflows.vocabulary import Operation

ALLOWED = (engine.StartHandle, Step, Rest, If, Parallel, Join, End)
"""Nodes a flow may have. Automatic work is none of them: what fails would count as finished, so
work with an outside effect is a row that is done after the commit (papers, `tick`)."""

MOST_MARKINGS = 50_000
"""A flow with more markings than this is too large to be understood by anybody."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a flow, and the shortest way to it in words."""

    what: str
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.what}（路径：{' → '.join(self.path)}）" if self.path else self.what


@dataclass
class Checked:
    """What was found of a flow: how much was explored, and the faults."""

    flow: type[CaseFlow]
    markings: int = 0
    moves: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Tell whether no fault was found."""
        return not self.faults


class _Exploration:
    """All markings that can be reached, how each was reached first, and where each leads."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.came_by: dict[Marking, tuple[Marking | None, Move]] = {}
        self.leads_to: dict[Marking, set[Marking]] = {}
        self.taken: set[str] = set()
        self.moves = 0

    def run(self) -> None:
        """Explore breadth first, so that the first way to a marking is a shortest one."""
        waiting: deque[Marking] = deque()
        for marking in self.net.first():
            self.came_by[marking] = (None, Move("立案"))
            waiting.append(marking)
        while waiting:
            marking = waiting.popleft()
            followers = self.leads_to.setdefault(marking, set())
            for move, found in self.net.moves(marking):
                self.taken.add(move.node)
                for further in found:
                    self.moves += 1
                    followers.add(further)
                    if further not in self.came_by:
                        self.came_by[further] = (marking, move)
                        waiting.append(further)
            if len(self.came_by) > MOST_MARKINGS:
                raise Unsound(f"状态超过{MOST_MARKINGS}种，流程没有界限")

    def path_to(self, marking: Marking) -> tuple[str, ...]:
        """Return in words how a marking is reached."""
        words: list[str] = []
        at: Marking | None = marking
        while at is not None:
            at, move = self.came_by[at]
            words.insert(0, move.words)
        return tuple(words)

    def can_end(self) -> set[Marking]:
        """Return the markings from which the case can be brought to its end."""
        before: dict[Marking, set[Marking]] = {}
        for marking, followers in self.leads_to.items():
            for further in followers:
                before.setdefault(further, set()).add(marking)
        found = {marking for marking in self.came_by if marking.is_over}
        waiting = list(found)
        while waiting:
            for earlier in before.get(waiting.pop(), set()) - found:
                found.add(earlier)
                waiting.append(earlier)
        return found


@cache
def checked(flow: type[CaseFlow]) -> Checked:
    """Return what was found of a declared flow; worked out once for each process."""
    return check(flow)


def check(flow: type[CaseFlow]) -> Checked:
    """Explore a flow and return what is wrong with it."""
    told = Checked(flow)
    told.faults += _declaration_faults(flow)
    if told.faults:
        return told
    exploration = _Exploration(Net(flow))
    try:
        exploration.run()
    except Unsound as unsound:
        told.faults.append(Fault(str(unsound)))
        return told
    told.markings, told.moves = len(exploration.came_by), exploration.moves
    told.faults += _behaviour_faults(exploration)
    told.faults += _skipping_faults(exploration)
    return told


def _declaration_faults(flow: type[CaseFlow]) -> list[Fault]:
    """Tell what is wrong already in what is declared."""
    faults = [
        Fault(f"“{node.task_title}”不是允许的环节类型：流程中不设自动执行的环节")
        for node in flow.nodes_in_order()
        if not isinstance(node, ALLOWED)
    ]
    acts = flow.case_class.acts()
    downstream = {step.name: flow.downstream(step.name) for step in flow.steps()}
    for step in flow.steps():
        title = step.task_title
        missing = [name for name in step.acts if name not in acts]
        faults += [Fault(f"“{title}”环节的行为{name}没有规定") for name in missing]
        if missing:
            continue
        if not any(step.role in acts[name].verb.roles for name in step.acts):
            faults.append(Fault(f"“{title}”环节的岗位不能办理其中任何一项行为"))
        if Operation.ADD_AFTER in step.operations and any(acts[n].target for n in step.acts):
            faults.append(Fault(f"“{title}”环节的行为变更案件状态，不能后加签"))
        faults += _recall_faults(step, acts)
        faults += _return_faults(flow, step, downstream)
    return faults + _rest_faults(flow)


def _recall_faults(step: Step, acts: Mapping[str, Act]) -> list[Fault]:
    """Tell where taking a step back could never be done, or would not undo what it did."""
    title, back = step.task_title, step.recall_act
    if back and (back not in acts or acts[back].operation != Operation.TAKE_BACK):
        return [Fault(f"“{title}”收回的行为{back}没有规定为收回")]
    if back and not any(_leads_back(acts[back], acts[name]) for name in step.acts):
        return [Fault(f"“{title}”收回的行为{back}没有回到办理前的状态")]
    if step.recall and not back and all(acts[name].target for name in step.acts):
        return [Fault(f"“{title}”环节的行为变更案件状态，不能收回")]
    return []


def _leads_back(back: Act, done: Act) -> bool:
    """Tell whether one act begins where the other ends and ends where the other begins."""
    return set(back.sources) <= set(done.targets) and set(back.targets) <= set(done.sources)


def _rest_faults(flow: type[CaseFlow]) -> list[Fault]:
    """Tell from which rests no act leads on, because it is not declared to divert the flow."""
    return [
        Fault(f"“{node.task_title}”没有引出的行为：{name}不在diverts中")
        for node in flow.nodes_in_order()
        if isinstance(node, Rest)
        for name in node.acts or ("（空）",)
        if name not in flow.diverts or name not in flow.case_class.acts()
    ]


def _return_faults(
    flow: type[CaseFlow], step: Step, downstream: dict[str, set[str]]
) -> list[Fault]:
    """Tell which declared returns lead nowhere, or where the step does not come from."""
    faults = []
    acts = flow.case_class.acts()
    for way in step.returns:
        target = flow.step(way.to)
        if target is None:
            faults.append(Fault(f"“{step.task_title}”退回的环节{way.to}不存在"))
        elif step.name not in downstream[way.to]:
            faults.append(
                Fault(f"“{step.task_title}”不在“{target.task_title}”之后，不能退回到该环节")
            )
        elif way.act and (way.act not in acts or acts[way.act].operation != Operation.SEND_BACK):
            faults.append(Fault(f"“{step.task_title}”退回的行为{way.act}没有规定为退回"))
    return faults


def _behaviour_faults(exploration: _Exploration) -> list[Fault]:
    """Tell where a case hangs, cannot end, or leaves something behind; each by its first way."""
    net, faults = exploration.net, []
    for marking in exploration.came_by:
        stuck = [token for token in marking.tokens if not net.can_act(marking, token)]
        if stuck and not _can_be_freed(exploration, marking):
            title = net.title(stuck[0].node)
            what = f"“{title}”环节在状态“{_label(net, marking.state)}”下没有可以办理的行为"
            faults.append(Fault(what, exploration.path_to(marking)))
            break
    able = exploration.can_end()
    hanging = next((one for one in exploration.came_by if one not in able), None)
    if hanging is not None:
        at = "、".join(net.title(token.node) for token in (*hanging.tokens, *hanging.joins))
        faults.append(Fault(f"停在“{at}”后不能办结", exploration.path_to(hanging)))
    improper = next(
        (one for one in exploration.came_by if one.is_over and one.state not in net.closed),
        None,
    )
    if improper is not None:
        what = f"流程结束时案件仍为“{_label(net, improper.state)}”"
        faults.append(Fault(what, exploration.path_to(improper)))
    dead = [step for step in net.flow.steps() if step.name not in exploration.taken]
    faults += [Fault(f"“{step.task_title}”环节永远不会办理") for step in dead]
    return faults


def _can_be_freed(exploration: _Exploration, marking: Marking) -> bool:
    """Tell whether an act outside the flow leads out of a marking in which a step must wait."""
    return bool(exploration.leads_to.get(marking, set()) - {marking})


def _skipping_faults(exploration: _Exploration) -> list[Fault]:
    """Tell which steps can be reached without what the law puts before them (`must_pass`)."""
    net, faults = exploration.net, []
    for target, via in net.flow.must_pass.items():
        for before in via:
            found = next(
                (
                    one
                    for one in exploration.came_by
                    if any(token.node == target for token in one.tokens)
                    and not any(done.node == before for done in one.done)
                ),
                None,
            )
            if found is not None:
                what = f"不经“{net.title(before)}”就到达“{net.title(target)}”"
                faults.append(Fault(what, exploration.path_to(found)))
    return faults


def _label(net: Net, state: str) -> str:
    """Return the Chinese name of a legal state."""
    return str(dict(net.flow.case_class.state_field().choices).get(state, state))
