"""Tell the legal life of a title: re-check, warning, revocation, appeal (FQ-11, FQ-12)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django_fsm import FSMField

from accreditation.permissions import TitleVerb as Verb
from accreditation.rules import terms as t
from accreditation.rules import titles as rules
from workflows import flows, terms
from workflows.acts import act
from workflows.calendar import current
from workflows.lifecycle import Case, Opening, Stage
from workflows.reckoning import reckon


class State(models.TextChoices):
    """States of a title (FQ-19)."""

    ACTIVE = "active", "有效"
    RECHECKING = "rechecking", "复核中"
    WARNED = "warned", "警告整改"
    REVOCATION_PROPOSED = "revocation_proposed", "拟撤销"
    REVOKED = "revoked", "已撤销"
    APPEALED = "appealed", "申诉复查"
    CANCELLED = "cancelled", "已注销"


STANDING = (
    State.ACTIVE,
    State.RECHECKING,
    State.WARNED,
    State.REVOCATION_PROPOSED,
)
"""States in which the station bears the title."""


class TitleLifecycle(Case):
    """The acts of a title in the register (FQ-9)."""

    State = State
    KIND = "title"
    SERIES = "accreditation.title"
    CLOSED = frozenset({State.REVOKED, State.CANCELLED})
    VIEW_VERB = Verb.VIEW
    GROUPS = {"station_people": "所在司法所人员"}
    OPENING = Opening("列入称号名册", Verb.REGISTER, "FQ-9", (rules.arises_from_naming,))
    STAGES = (
        Stage("有效", frozenset({State.ACTIVE})),
        Stage("年度复核", frozenset({State.RECHECKING})),
        Stage("警告整改", frozenset({State.WARNED})),
        Stage("拟撤销", frozenset({State.REVOCATION_PROPOSED})),
        Stage("申诉复查", frozenset({State.APPEALED})),
        Stage("撤销或注销", frozenset({State.REVOKED, State.CANCELLED})),
    )

    state = FSMField("状态", default=State.ACTIVE, choices=State.choices, protected=True)

    class Meta:
        abstract = True

    def begin(self, *, by: Any, on: date, **facts: Any) -> None:
        """Enter the title in the register as of its naming (FQ-9)."""
        super().begin(by=by, on=on, **facts)
        self.valid_from = self.last_checked_on = on

    def restart_flow(self, reason: str) -> None:
        """Lead the flow anew to the step that the facts ask for; its open task ends with reason."""
        flows.end(self, reason=reason)
        flows.prepare(self)
        flows.begin(self)

    @act(
        "启动年度复核", field=state, source=State.ACTIVE, target=State.RECHECKING,
        verb=Verb.RECHECK, law="FQ-11", not_by=["station_people"],
        conditions=[rules.is_due_for_recheck],
    )  # fmt: skip
    def start_recheck(self, *, by: Any, on: date) -> None:
        """启动年度复核: the yearly re-check begins."""
        self.meet(t.YEARLY_RECHECK, on)
        self.open_recheck(on, occasion="年度复核")

    @act(
        "启动专项复核", field=state, source=State.ACTIVE, target=State.RECHECKING,
        verb=Verb.RECHECK, law="FQ-11、FQ-12", not_by=["station_people"],
    )  # fmt: skip
    def start_special_recheck(self, *, by: Any, on: date, event: str) -> None:
        """启动专项复核: an event asks for a re-check before its year."""
        terms.cancel(self, t.YEARLY_RECHECK, on, reason="启动专项复核")
        self.open_recheck(on, occasion=event)
        self.restart_flow("启动专项复核")

    @act(
        "登记复核得分", field=state, source=State.RECHECKING, target=None, verb=Verb.RECHECK,
        law="FQ-11", not_by=["station_people"], conditions=[rules.has_no_recheck_result],
        papers=["accreditation.recheck_sheet"],
    )  # fmt: skip
    def record_recheck(
        self, *, by: Any, on: date, observations: Mapping[int, Decimal],
        remarks: Mapping[int, str], finding: str, veto: Any = None,
    ) -> None:  # fmt: skip
        """登记复核得分: the sheet item by item, findings, and a veto circumstance."""
        self.keep_recheck(
            by, on, observations=observations, remarks=remarks, finding=finding, veto=veto
        )
        self.rechecked_by = by

    @act(
        "保持称号", field=state, source=State.RECHECKING, target=State.ACTIVE,
        verb=Verb.DECIDE, law="FQ-11", not_by=["station_people", "rechecked_by"],
        conditions=[rules.has_recheck_result, rules.recheck_passes],
        papers=["accreditation.recheck_decision"],
    )  # fmt: skip
    def maintain(self, *, by: Any, on: date) -> None:
        """保持称号: the re-check is passed; the next one is due in a year."""
        self.close_recheck(by, on, "maintain")
        self.last_checked_on = on
        self.start(t.YEARLY_RECHECK, on)

    @act(
        "警告并限期整改", field=state, source=State.RECHECKING, target=State.WARNED,
        verb=Verb.DECIDE, law="FQ-11", not_by=["station_people", "rechecked_by"],
        conditions=[rules.has_recheck_result, rules.may_be_warned],
        papers=["accreditation.recheck_decision"],
    )  # fmt: skip
    def warn(self, *, by: Any, on: date, requirements: str) -> None:
        """警告并限期整改: below the pass line; rectify in time, then one more re-check."""
        self.close_recheck(by, on, "warn")
        self.requirements, self.rectification = requirements, ""
        self.last_checked_on = on
        self.start(t.WARNING, on)

    @act(
        "报送整改情况", field=state, source=State.WARNED, target=State.RECHECKING,
        verb=Verb.RECTIFY, law="FQ-11", conditions=[rules.is_within_warning_term],
    )  # fmt: skip
    def submit_rectification(self, *, by: Any, on: date, rectification: str) -> None:
        """报送整改情况: report what was rectified; the re-check after the warning follows."""
        self.rectification = rectification
        self.meet(t.WARNING, on)
        self.open_recheck(on, occasion="警告整改后复核", after_warning=True)

    @act(
        "整改期满复核", field=state, source=State.WARNED, target=State.RECHECKING,
        verb=Verb.RECHECK, law="FQ-11", not_by=["station_people"],
        conditions=[rules.warning_term_has_run_out],
    )  # fmt: skip
    def recheck_after_term(self, *, by: Any, on: date) -> None:
        """整改期满复核: the term ran out without a report; the re-check goes on."""
        terms.miss(self, t.WARNING, on)
        self.open_recheck(on, occasion="整改期满未报送，复核", after_warning=True)
        self.restart_flow("整改期满未报送")

    @act(
        "提请撤销", field=state, source=State.RECHECKING, target=State.REVOCATION_PROPOSED,
        verb=Verb.PROPOSE, law="FQ-12", not_by=["station_people", "rechecked_by"],
        conditions=[rules.has_recheck_result, rules.has_ground_for_revocation],
        papers=["accreditation.revocation_notice"],
    )  # fmt: skip
    def propose_revocation(self, *, by: Any, on: date, grounds: str) -> None:
        """提请撤销: the county proposes; the station is told and may state its view."""
        self.close_recheck(by, on, "revoke")
        self.grounds, self.statement, self.proposed_by = grounds, "", by
        self.last_checked_on = on
        self.start(t.STATEMENT, on)
        self.tell_station("县局提请撤销称号，可在期限内陈述申辩。")

    @act(
        "陈述申辩", field=state, source=State.REVOCATION_PROPOSED, target=None,
        verb=Verb.RECTIFY, law="FQ-12",
        conditions=[rules.has_not_stated, rules.is_within_statement_term],
    )  # fmt: skip
    def state_defence(self, *, by: Any, on: date, statement: str) -> None:
        """陈述申辩: the station states its view before the decision."""
        self.statement, self.stated_on = statement, on
        self.meet(t.STATEMENT, on)

    @act(
        "撤销称号", field=state, source=State.REVOCATION_PROPOSED, target=State.REVOKED,
        verb=Verb.REVOKE, law="FQ-12", not_by=["station_people", "proposed_by"],
        conditions=[rules.has_heard_the_station],
        papers=["accreditation.revocation_decision"],
    )  # fmt: skip
    def revoke(self, *, by: Any, on: date, decision: str) -> None:
        """撤销称号: the naming level revokes; the plaque goes back, an appeal is open."""
        self.revocation_decision, self.revoked_by = decision, by
        if terms.is_open(self, t.STATEMENT):
            terms.miss(self, t.STATEMENT, on)
        self.revoked_on, self.plaque_to_return = on, True
        reckoning = reckon(on, t.APPEAL.on(on), calendar=current())
        self.appeal_until = reckoning.due_on
        self.appealed_on = self.appeal_decided_on = None
        self.tell_station("称号已被撤销，请交回牌匾；可在期限内申诉。")

    @act(
        "不予撤销", field=state, source=State.REVOCATION_PROPOSED, target=State.ACTIVE,
        verb=Verb.REVOKE, law="FQ-12", not_by=["station_people", "proposed_by"],
        conditions=[rules.has_heard_the_station],
        papers=["accreditation.dismissal_decision"],
    )  # fmt: skip
    def dismiss_revocation(self, *, by: Any, on: date, decision: str) -> None:
        """不予撤销: the naming level keeps the title; the next re-check is due in a year."""
        self.revocation_decision = decision
        self.drop_statement_term(on)
        self.start(t.YEARLY_RECHECK, on)

    @act(
        "申诉", field=state, source=State.REVOKED, target=State.APPEALED, verb=Verb.APPEAL,
        law="FQ-12", for_closed=True,
        conditions=[rules.has_not_appealed, rules.is_within_appeal_term],
    )  # fmt: skip
    def appeal(self, *, by: Any, on: date, grounds: str) -> None:
        """申诉: the station asks the naming level to look again; the revocation stands."""
        self.appeal_grounds, self.appealed_on = grounds, on
        self.restart_flow("申诉复查")

    @act(
        "维持撤销", field=state, source=State.APPEALED, target=State.REVOKED, verb=Verb.REVOKE,
        law="FQ-12", not_by=["station_people", "revoked_by"],
        papers=["accreditation.appeal_decision"],
    )  # fmt: skip
    def uphold_revocation(self, *, by: Any, on: date, decision: str) -> None:
        """维持撤销: the appeal fails; the day of the revocation stays."""
        self.appeal_decision, self.appeal_decided_on = decision, on

    @act(
        "撤回撤销决定", field=state, source=State.APPEALED, target=State.ACTIVE,
        verb=Verb.REVOKE, law="FQ-12", not_by=["station_people", "revoked_by"],
        papers=["accreditation.appeal_decision"],
    )  # fmt: skip
    def annul_revocation(self, *, by: Any, on: date, decision: str) -> None:
        """撤回撤销决定: the appeal succeeds; the title stands as if never revoked."""
        self.appeal_decision, self.appeal_decided_on = decision, on
        self.revoked_on, self.plaque_to_return = None, False
        self.last_checked_on = on
        self.start(t.YEARLY_RECHECK, on)

    @act(
        "确认交回牌匾", field=state, source=[State.REVOKED, State.CANCELLED], target=None,
        verb=Verb.RECHECK, law="FQ-12", not_by=["station_people"], for_closed=True,
        conditions=[rules.plaque_is_out],
    )  # fmt: skip
    def return_plaque(self, *, by: Any, on: date) -> None:
        """确认交回牌匾: the plaque of a revoked or cancelled title is back."""
        self.plaque_to_return, self.plaque_returned_on = False, on

    @act(
        "注销称号", field=state, source=[*STANDING, State.APPEALED], target=State.CANCELLED,
        verb=Verb.CANCEL, law="FQ-11", not_by=["station_people"],
        papers=["accreditation.cancellation_decision"],
    )  # fmt: skip
    def cancel(self, *, by: Any, on: date, reason: str) -> None:
        """注销称号: the station was merged or abolished; neutral, no fault (FQ-11)."""
        self.cancel_reason, self.cancelled_on, self.plaque_to_return = reason, on, True
