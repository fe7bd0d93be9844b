"""Hold the rehearsal: a kind of case with one long legal state, so that the flow does the work."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django_fsm import FSMField

from permissions.models import CaseException, Unit, UnitKind
from tests.rehearsal.permissions import Verb
from workflows import closing
from workflows.acts import act
from workflows.lifecycle import Case, Opening, Stage
from workflows.reckoning import Kind, Length
from workflows.terms import TermRule
from workflows.vocabulary import Operation

REVIEW_TERM = TermRule(
    "rehearsal_review", "演练审查期限", Length.parse("10wd"), Kind.DEADLINE, "演练", "自提交之日起"
)


class State(models.TextChoices):
    """States of a rehearsal."""

    DRAFT = "draft", "起草中"
    RUNNING = "running", "审查中"
    DECIDED = "decided", "已同意"
    REFUSED = "refused", "不予通过"
    TERMINATED = "terminated", "已终止"
    VOIDED = "voided", "已作废"


OPEN = (State.DRAFT, State.RUNNING)


class Rehearsal(Case):
    """A rehearsal (演练件)."""

    State = State
    KIND = "rehearsal"
    SERIES = "rehearsal.rehearsal"
    CLOSED = frozenset({State.DECIDED, State.REFUSED, State.TERMINATED, State.VOIDED})
    VIEW_VERB = Verb.VIEW
    OPENING = Opening("发起演练", Verb.OPEN, "演练")
    STAGES = (
        Stage("起草", frozenset({State.DRAFT})),
        Stage("审查", frozenset({State.RUNNING})),
        Stage("办结", frozenset({State.DECIDED, State.REFUSED, State.TERMINATED, State.VOIDED})),
    )

    state = FSMField("状态", default=State.DRAFT, choices=State.choices, protected=True)
    panel = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    resumed_directly = models.BooleanField(default=False)

    class Meta:
        verbose_name = "演练件"
        verbose_name_plural = "演练件"
        permissions = Verb.for_model("rehearsal")
        default_permissions = ()

    @property
    def panel_list(self) -> list[Any]:
        """Return who signs together, in order of their keys."""
        return list(self.panel.order_by("pk"))

    @property
    def section(self) -> Unit:
        """Return the section of the county bureau."""
        return Unit.objects.get(kind=UnitKind.SECTION)

    @property
    def bureau(self) -> Unit:
        """Return the county bureau."""
        return self.section.parent

    @act(
        "提交", field=state, source=State.DRAFT, target=State.RUNNING, verb=Verb.SUBMIT, law="演练"
    )
    def submit(self, *, by: Any, on: date, panel: Iterable[Any] | None = None) -> None:
        """提交: hand in; the review term starts unless it runs already."""
        if panel is not None:
            self.panel.set(panel)
        if self.due_on is None:
            self.start(REVIEW_TERM, on)

    @act("审查", field=state, source=State.RUNNING, target=None, verb=Verb.OPINE, law="演练")
    def opine(self, *, by: Any, on: date) -> None:
        """审查: say something; nothing legal changes."""

    @act(
        "赞成", field=state, source=State.RUNNING, target=None, verb=Verb.OPINE, law="演练",
        not_by=["opened_by"],
    )  # fmt: skip
    def support(self, *, by: Any, on: date) -> None:
        """赞成: agree in countersigning."""

    @act("反对", field=state, source=State.RUNNING, target=None, verb=Verb.OPINE, law="演练")
    def oppose(self, *, by: Any, on: date) -> None:
        """反对: disagree in countersigning."""

    @act("弃权", field=state, source=State.RUNNING, target=None, verb=Verb.OPINE, law="演练")
    def abstain(self, *, by: Any, on: date) -> None:
        """弃权: abstain in countersigning."""

    @act(
        "亲自签署", field=state, source=State.RUNNING, target=None, verb=Verb.DECIDE, law="演练",
        reserved=True,
    )  # fmt: skip
    def seal(self, *, by: Any, on: date) -> None:
        """亲自签署: what the law reserves to the person."""

    @act(
        "同意", field=state, source=State.RUNNING, target=State.DECIDED, verb=Verb.DECIDE,
        law="演练", not_by=["opened_by"],
    )  # fmt: skip
    def conclude(self, *, by: Any, on: date) -> None:
        """同意: decide, and end the case."""
        self.meet(REVIEW_TERM, on)

    @act(
        "不予通过", field=state, source=State.RUNNING, target=State.REFUSED, verb=Verb.DECIDE,
        law="演练",
    )  # fmt: skip
    def refuse(self, *, by: Any, on: date) -> None:
        """不予通过: refuse, and end the case."""

    @act(
        "退回起草", field=state, source=State.RUNNING, target=State.DRAFT, verb=Verb.OPINE,
        law="演练", operation=Operation.SEND_BACK,
    )  # fmt: skip
    def return_to_draft(self, *, by: Any, on: date, direct: bool) -> None:
        """退回起草: the law goes back with the flow."""
        self.resumed_directly = direct

    terminate = closing.termination(state, OPEN, State.TERMINATED, law="演练")
    void = closing.voiding(state, OPEN, State.VOIDED, law="演练")
    reopen = closing.reopening(state, State.TERMINATED, OPEN, law="演练")


class RehearsalException(CaseException):
    """A dated exception on one rehearsal."""

    content_object = models.ForeignKey(
        Rehearsal, on_delete=models.PROTECT, related_name="exceptions"
    )

    class Meta:
        verbose_name = "演练件例外权限"
