"""Design 8: random walks over the lives of application and title keep what must always hold.

People in random posts try acts on random days, most of them entitled ones. After every step: a
closed case is immutable, each act left one entry, no task or term is open on a closed case, and
nobody judged what he applied for; at the end the chain verifies.
"""

import inspect
from collections.abc import Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from accreditation.models import Objection
from accreditation.rules.applications import MATERIALS
from audit.models import Entry, Outcome
from audit.recording import record
from audit.verification import verify
from documents.models import StoredFile
from permissions.policy import who_may
from permissions.roles import ADMINISTRATORS, STATION_ROLES, Role
from tests import factories
from tests.accreditation.steps import Walk, claim_all, material, observations, sheet_of
from workflows import flows
from workflows.door import perform
from workflows.models.tasks import Task
from workflows.models.terms import Term
from workflows.refusals import Refusal

POSTS = (
    (Role.STATION_CHIEF, "station"), (Role.STATION_CHIEF, "other_station"),
    (Role.TOWNSHIP_LEADER, "yunhong_government"), (Role.COUNTY_REVIEWER, "section"),
    (Role.COUNTY_ASSESSOR, "bureau"), (Role.COUNTY_DEPUTY, "bureau"),
    (Role.PARTY_SECRETARY, "bureau"), (Role.CITY_REVIEWER, "city_bureau"),
    (Role.CITY_LEADER, "city_bureau"),
)  # fmt: skip
PROPOSALS = [choice.value for choice in Objection.Proposal]
FINDINGS = {
    "file_review": "齐全", "site_visit": "相符", "interviews": "满意",
    "satisfaction_percent": Decimal("95.5"), "problems": "",
}  # fmt: skip


class Life(RuleBasedStateMachine):
    """The life of one case, led on at random; what an example did is undone after it."""

    office: ClassVar[SimpleNamespace]

    def __init__(self) -> None:
        super().__init__()
        self.before = transaction.savepoint()
        self.start = self.office.clock.now()
        self.model, self.key = type(self.office.case), self.office.case.pk
        self.people = [p for p in self.office.people.all if not _administers(p)]
        self.done = self.entries(Outcome.DONE)
        self.seen: set[str] = set()

    @property
    def case(self) -> Any:
        """Return the case as it is stored."""
        return self.model.objects.get(pk=self.key)

    def row(self) -> dict[str, Any]:
        """Return every field of the case as it is stored."""
        found: dict[str, Any] = self.model.objects.filter(pk=self.key).values().get()
        return found

    def entries(self, outcome: str) -> int:
        """Return how many acts on the case were recorded with this outcome."""
        labels = [act.label for act in self.model.acts().values()]
        return Entry.objects.of_subject(self.case).filter(label__in=labels, outcome=outcome).count()

    @rule(data=st.data())
    def somebody_acts(self, data: st.DataObject) -> None:
        """Let somebody try an act: mostly one that is due, mostly an entitled person."""
        case = self.case
        name = data.draw(st.sampled_from(self._acts(case)), "act")
        by = data.draw(st.sampled_from(self._actors(case, name)), "by")
        self._try(case, name, by, self._facts(case, name, data))

    @rule(days=st.sampled_from([1, 5, 12, 40, 400]))
    def time_passes(self, days: int) -> None:
        """Let days pass, so that floors run and terms run out."""
        self.office.clock.forward(days=days)

    @rule(person=st.integers(0, 99), post=st.sampled_from(POSTS))
    def somebody_gets_a_post(self, person: int, post: tuple[Role, str]) -> None:
        """Give somebody one more post, the applicant as well."""
        role, unit = post
        user = self.people[person % len(self.people)]
        if not user.posts.filter(role=role).exists():
            factories.make_post(user, role, getattr(self.office.tree, unit))

    def _acts(self, case: Any) -> list[str]:
        """Return the names to draw from: each act once, those of the state and the due more."""
        names = list(case.acts())
        here = [name for name in names if case.state in case.acts()[name].sources]
        nodes = set(Task.objects.of_case(case).open().values_list("node", flat=True))
        flow = flows.flow_of(type(case))
        due = [act for step in flow.steps() if step.name in nodes for act in step.acts]
        return [*names, *(here * 9), *(due * len(names))]

    def _actors(self, case: Any, name: str) -> list[Any]:
        """Return the people to draw from: the entitled first and most."""
        entitled = [post.user for post in who_may(case.acts()[name].verb, case)]
        holders = [task.holder for task in Task.objects.of_case(case).open() if task.holder]
        found = sorted({p.pk: p for p in entitled}.values(), key=lambda user: user.pk)
        entitled_first = (holders + found) * 3 * len(self.people)
        return [*entitled_first, *self.people, *self.office.administrators]

    def _facts(self, case: Any, name: str, data: st.DataObject) -> dict[str, Any]:
        """Return facts for the act's parameters: by name where it says something, else words."""
        special = {
            "assessors": lambda: data.draw(st.sampled_from(self._teams())),
            "observations": lambda: self._sheet(case, name, data),
            "remarks": dict, "settled": dict, "vetoes": dict,
            "veto": lambda: case.standard.veto_items.get(number=2),
            "leaving": lambda: self.office.people.assessor_b,
            "successor": lambda: self.office.people.assessor_c,
            "direct": bool,
            "proposal": lambda: data.draw(st.sampled_from(PROPOSALS)),
        }  # fmt: skip
        facts = {}
        _, *asked = inspect.signature(getattr(self.model, name)).parameters.values()
        for parameter in asked:
            if parameter.name in {"by", "on"} or parameter.default is not parameter.empty:
                continue
            if parameter.kind is parameter.VAR_KEYWORD:
                proposal = data.draw(st.sampled_from(["pass", "rectify", "fail"]))
                facts |= {**FINDINGS, "proposal": proposal}
            else:
                facts[parameter.name] = special.get(parameter.name, lambda: "情况属实。")()
        return facts

    def _sheet(self, case: Any, name: str, data: st.DataObject) -> dict[int, Decimal]:
        """Return full points for an assessor; for a re-check points above or below the line."""
        if name == "submit_sheet":
            return observations(case)
        return sheet_of(case, data.draw(st.sampled_from(["95", "85", "80"])))

    def _teams(self) -> list[list[Any]]:
        """Return teams of assessors that fit, and one that does not."""
        people = self.office.people
        return [[people.assessor_a, people.assessor_b], [people.assessor_c]]

    def _try(self, case: Any, name: str, by: Any, facts: dict[str, Any]) -> None:
        """Let the person act, and compare what was done with what may have been."""
        act, row, refused = case.acts()[name], self.row(), self.entries(Outcome.REFUSED)
        if name == "submit_self_assessment":
            self._fill_in(case)
        try:
            perform(case, name, by=by, **facts)
        except Refusal:
            assert self.entries(Outcome.REFUSED) == refused + 1
            if name != "submit_self_assessment":
                assert self.row() == row
        else:
            self.done += 1
            self.seen.add(name)
            assert act.for_closed or not case.is_closed, name
            assert act.verb.roles & STATION_ROLES or by != self.office.people.chief, name
        self._check()

    def _fill_in(self, case: Any) -> None:
        """Fill in the station's sheet, as far as it is still open."""
        if case.state == "self_assessing":
            claim_all(case)
            for slot in MATERIALS:
                if not StoredFile.objects.of(case).filter(slot=slot).exists():
                    material(case, slot, self.office.people.officer)

    def _check(self) -> None:
        """Check what holds of every case at any time."""
        case = self.case
        assert self.entries(Outcome.DONE) == self.done
        assert case.is_closed is (case.closed_on is not None)
        open_tasks = Task.objects.of_case(case).open().count()
        if case.is_closed:
            assert not open_tasks
            assert not Term.objects.of_case(case).open().exists()
        else:
            assert open_tasks

    def teardown(self) -> None:
        """Follow the chain, then undo the example."""
        try:
            assert verify().faults == []
            self.office.seen |= self.seen
        finally:
            transaction.savepoint_rollback(self.before)
            self.office.clock.stand_at(self.start)


def _administers(person: Any) -> bool:
    """Tell whether a person holds an administrator's post."""
    return person.posts.filter(role__in=ADMINISTRATORS).exists()


def walk_at_random(office: SimpleNamespace, examples: int) -> set[str]:
    """Lead the office's case through random lives; return the acts that were done in any."""
    office.seen = set()
    office.administrators = [person for person in office.people.all if _administers(person)]
    machine = type("LifeOfThisCase", (Life,), {"office": office})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=50, deadline=None, database=None,
            derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        ),
    )  # fmt: skip
    seen: set[str] = office.seen
    return seen


@pytest.fixture
def office(people: Any, tree: Any, clock: Any) -> SimpleNamespace:
    """People, tree and clock, and a walk to lead the case to where it begins."""
    return SimpleNamespace(
        people=people, tree=tree, clock=clock, walk=Walk(people, tree, clock)
    )  # fmt: skip


def test_an_application_led_at_random_keeps_what_must_hold(office: SimpleNamespace) -> None:
    office.case = office.walk.to("open")
    done = walk_at_random(office, 12)
    assert {"start_self_assessment", "submit_self_assessment", "apply", "accept"} <= done
    assert len(done) >= 8


def test_a_title_led_at_random_keeps_what_must_hold(office: SimpleNamespace) -> None:
    office.walk.to("name_station")
    office.case = office.walk.title
    done = walk_at_random(office, 8)
    assert {"start_special_recheck", "record_recheck", "warn", "cancel"} <= done


def test_a_walk_finds_a_closed_case_that_can_be_changed(
    office: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: terms left open when a case is closed are found."""
    monkeypatch.setattr("workflows.door.terms.cancel_open", lambda case, **facts: 0)
    office.case = office.walk.to("apply")
    monkeypatch.setattr(Life, "_acts", lambda life, case: ["withdraw"])
    with pytest.raises(AssertionError):
        walk_at_random(office, 4)


def test_a_walk_finds_an_act_that_leaves_two_entries(
    office: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: an act that is recorded twice is found."""
    advance = flows.advance

    def twice(case: Any, task: Task, others: Sequence[Task]) -> None:
        advance(case, task, others)
        record(case.acts()["withdraw"].verb, "撤回申报", subject=case, by=case.opened_by)

    monkeypatch.setattr("workflows.door.flows.advance", twice)
    office.case = office.walk.to("apply")
    monkeypatch.setattr(Life, "_acts", lambda life, case: ["accept"])
    monkeypatch.setattr(Life, "_actors", lambda life, case, name: [office.people.reviewer])
    with pytest.raises(AssertionError):
        walk_at_random(office, 4)
