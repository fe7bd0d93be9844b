"""The operations that are killed at every statement; a new one is one function declared here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from django.core.management import call_command

from accreditation.models import Application
from documents import papers
from documents.models import Paper
from tests.faults.office import Office
from workflows import operations
from workflows.door import perform
from workflows.models.tasks import Task

Work = Callable[[Office], Any]


@dataclass(frozen=True)
class Operation:
    """An operation of the product that must survive a sudden death.

    `at`, the point of the procedure (`Office.prepare`) at which it begins; `work` does it;
    `go_on` does what comes next once it is stored (raises where the case cannot go on);
    `prepare` makes ready what the point lacks; `renew` prepares another round on the same database
    where going back to the point would take too long; `in_one`: it is one transaction, so
    whatever is stored is all of it — otherwise `work` done again must complete it.
    """

    name: str
    at: str
    work: Work
    go_on: Work
    prepare: Work | None = None
    renew: Work | None = None
    in_one: bool = True


OPERATIONS: dict[str, Operation] = {}


def operation(
    at: str, go_on: Work, *, prepare: Work | None = None, renew: Work | None = None,
    in_one: bool = True,
) -> Callable[[Work], Work]:  # fmt: skip
    """Declare the function below as an operation, by its name."""

    def declare(work: Work) -> Work:
        name = work.__name__
        OPERATIONS[name] = Operation(name, at, work, go_on, prepare, renew, in_one)
        return work

    return declare


def papers_come_out(office: Office) -> None:
    """What the death kept from being rendered is made by the next `tick`."""
    papers.render_pending()
    left = Paper.objects.unrendered().count()
    if left:
        raise AssertionError(f"{left} papers cannot be rendered")


def _after_opening(office: Office) -> None:
    perform(Application.objects.get(), "start_self_assessment", by=office.people.chief)


@operation("open_case", go_on=_after_opening)
def opens_a_case(office: Office) -> Any:
    """立案: allocate the case number, write the case, begin the flow."""
    return office.opened(office.people.chief, office.tree.station)


def _after_submitting(office: Office) -> None:
    papers_come_out(office)
    office.walk._give_township_opinion()


@operation("submit_self_assessment", go_on=_after_submitting)
def submits_the_self_assessment(office: Office) -> Any:
    """提交自评: freeze the sheet and issue its paper."""
    return office.walk.do("submit_self_assessment", office.people.chief, summary="均已完成。")


@operation("accept", go_on=lambda office: office.walk._accept())
def claims_a_task(office: Office) -> Any:
    """签收: take the task of one's post."""
    return operations.claim(Task.objects.open().get(), by=office.people.reviewer)


@operation("accept", go_on=lambda office: office.walk._appoint_assessors())
def accepts_within_the_term(office: Office) -> Any:
    """受理: meets the term of the formal check."""
    return office.walk.do("accept", office.people.reviewer)


@operation("submit_sheet", go_on=lambda office: office.walk._confirm_county_score())
def submits_the_last_sheet(office: Office) -> Any:
    """提交现场评分: the last of two holders lets the flow go on."""
    return office.walk.sheet(office.people.assessor_b)


def _after_naming(office: Office) -> None:
    papers_come_out(office)
    office.clock.stand_at(date(2026, 12, 1))
    perform(office.walk.title, "start_recheck", by=office.people.reviewer)


@operation("name_station", go_on=_after_naming)
def names_the_station(office: Office) -> Any:
    """命名: closes the case, opens the title out of it, issues two papers, gives out numbers."""
    return office.walk.do("name_station", office.people.city_leader)


def tick(office: Office) -> None:
    """Do every duty of the clock, each of which must succeed."""
    call_command("tick", stdout=StringIO(), stderr=StringIO())


def _unmark(office: Office) -> None:
    """Let the same tasks be due for reminder and report again."""
    Task.objects.update(reminded_on=None, escalated_on=None)


def _stand_before_the_end(office: Office) -> None:
    office.clock.stand_at(Task.objects.open().first().due_on)
    tick(office)
    _unmark(office)


@operation("overdue", go_on=tick, prepare=_stand_before_the_end, renew=_unmark, in_one=False)
def reminds(office: Office) -> None:
    """到期提醒: one notice to each of two holders."""
    tick(office)


def _stand_after_the_end(office: Office) -> None:
    office.clock.stand_at(date(2025, 12, 31))
    tick(office)
    _unmark(office)


@operation("overdue", go_on=tick, prepare=_stand_after_the_end, renew=_unmark, in_one=False)
def escalates(office: Office) -> None:
    """超期上报: one notice to the deputy and one entry for each of two tasks."""
    tick(office)
