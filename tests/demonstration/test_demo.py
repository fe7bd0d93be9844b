"""Load the demonstration once and ask what it must hold (issue: demonstration, FQ-1, FQ-2)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accreditation.lifecycle import applications, titles
from accreditation.models import Application, PlanEntry, Title
from audit import clock as office_clock
from audit.models import Entry, Outcome, Seal
from demonstration.people import PASSWORD
from documents.inspection.examining import kind_of
from documents.models import Number
from permissions.models import Post, Unit, UnitKind, User
from permissions.passwords import is_due
from permissions.roles import Role
from workflows.models.tasks import Task

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demonstration")]
TODAY = date(2026, 11, 23)


class KnownFiles:
    """The inspection of uploads, which looks once at each content: the stations hand in the same.

    Each is looked at in a process of its own; that alone took a tenth of the load.
    """

    def __init__(self) -> None:
        self.kinds: dict[bytes, str] = {}

    def __call__(self, path: Path) -> str:
        """Return the kind of a file."""
        content = path.read_bytes()
        if content not in self.kinds:
            self.kinds[content] = kind_of(path)
        return self.kinds[content]


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[str]:
    """The output of the load; all that was loaded is rolled back after the last test."""
    out = StringIO()
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr("django.conf.settings.FILES_ROOT", tmp_path_factory.mktemp("files"))
        patch.setattr("documents.uploads.kind_of", KnownFiles())
        with transaction.atomic(), office_clock.standing_at(TODAY):
            call_command("demo", if_empty=True, stdout=out)
            yield out.getvalue()
            transaction.set_rollback(True)


def test_about_twenty_cases_stand_in_many_states(told: str) -> None:
    """Applications and titles stand where work waits for somebody."""
    states = {*Application.objects.values_list("state", flat=True)}
    assert 20 <= Application.objects.count() <= 30
    assert states >= {
        *("self_assessing", "applied", "supplement", "county_check", "county_scored"),
        *("county_publicity", "objection", "rectifying", "named", "withdrawn", "deferred"),
        *("not_recommended", "failed"),
    }
    assert states <= set(applications.State.values)
    held = Counter(Title.objects.values_list("state", flat=True))
    assert held == {
        **{"active": 9, "rechecking": 1, "warned": 1, "revocation_proposed": 1},
        **{"revoked": 1, "cancelled": 1},
    }
    assert held.keys() <= set(titles.State.values)


def test_every_post_of_the_procedure_finds_work_waiting(told: str) -> None:
    """Whoever signs in to try his step finds a task, and no publicity is told as a due date."""
    waiting = Task.objects.open()
    steps = [act for act in Application.acts().values() if act.operation is None]
    assert steps, "what is confirmed by the nearest leader (终止、作废) is no step of the procedure"
    working = {str(role) for act in steps for role in act.verb.roles}
    assert {*waiting.values_list("role", flat=True)} >= working
    assert not waiting.filter(term_code__endswith="publicity", due_on__isnull=False).exists()


def test_fq_1_sixteen_stations_stand_in_the_plan_and_are_named_by_it(told: str) -> None:
    """Seven, six and three are planned; of the last three two are late (FQ-1, FQ-2)."""
    assert Counter(PlanEntry.objects.values_list("year", flat=True)) == {2021: 7, 2022: 6, 2023: 3}
    named = Counter(day.year for day in Title.objects.values_list("valid_from", flat=True))
    assert named == {2021: 7, 2022: 6, 2023: 1}


def test_what_went_wrong_is_there_as_well(told: str) -> None:
    """An appeal decided by another leader, a voided number, refusals and seals."""
    revoked = Title.objects.get(state="revoked")
    assert revoked.appeal_decision and revoked.plaque_returned_on
    decided = Entry.objects.get(label="维持撤销", outcome=Outcome.DONE)
    assert decided.actor_name != revoked.revoked_by.full_name
    number = Number.objects.get(state=Number.State.VOID)
    assert number.void_reason and number.text.startswith("乐司枫荐")
    refused = Entry.objects.filter(outcome=Outcome.REFUSED)
    assert {"受理", "推荐", "撤销称号", "维持撤销"} <= set(refused.values_list("label", flat=True))
    assert Seal.objects.count() >= 3
    assert Unit.objects.filter(kind=UnitKind.LEGAL_SERVICE_OFFICE).count() == 3


def test_every_role_has_an_account_that_opens_at_once(told: str) -> None:
    """The one password fits and is not over, though the people came in 2021."""
    assert set(Post.objects.values_list("role", flat=True)) == set(Role.values)
    chief = User.objects.get(username="yunhong.chief")
    assert chief.check_password(PASSWORD)
    with office_clock.standing_at(TODAY):
        assert not [person for person in User.objects.all() if is_due(person)]


def test_the_trace_runs_forward_and_verifies(told: str) -> None:
    """No entry is older than the one before it, none is in the future, the chain holds."""
    moments = list(Entry.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1].astimezone(office_clock.PLACE).date() < TODAY
    call_command("verify_audit", stdout=StringIO())


def test_loading_again_changes_nothing(told: str) -> None:
    """With --if-empty nothing is done; without it the command refuses."""
    before = Entry.objects.count()
    call_command("demo", if_empty=True, stdout=StringIO())
    with pytest.raises(CommandError, match="已有数据"):
        call_command("demo", stdout=StringIO())
    assert Entry.objects.count() == before


def test_the_accounts_are_listed_with_the_word_invented(told: str) -> None:
    """The table names account, password, person and post, and says that names are invented."""
    out = StringIO()
    call_command("demo", accounts=True, stdout=out)
    assert "虚构" in out.getvalue()
    assert all(word in out.getvalue() for word in ("yunhong.chief", "city.leader", PASSWORD))


def test_a_production_system_refuses_the_demonstration(settings: Any) -> None:
    """Invented people with a known password never enter a real system."""
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="生产环境"):
        call_command("demo")
