"""Load the demonstration once and ask what it must hold (issue: demonstration, FQ-1, FQ-2)."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accreditation.lifecycle import applications, titles
from accreditation.models import Application, PlanEntry, Title
from audit import clock as office_clock
from audit.models import Entry, Outcome, Seal
from demonstration.people import PASSWORD
from documents.inspection.examining import kind_of
from documents.models import Number, ReadText, StoredFile
from legality_review.flows import NormativeDocumentFlow, ReviewFlow
from legality_review.models import Advice, NormativeDocument, Review
from legality_review.permissions import ReviewVerb
from legality_review.rules.findings import Verdicts
from legality_review.rules.matters import Conclusion, Matter
from permissions.models import Post, Unit, UnitKind, User
from permissions.passwords import is_due
from permissions.roles import Role
from tests.short_head import ShortHead
from workflows.flows import Step
from workflows.models.tasks import Link, Task

pytestmark = pytest.mark.django_db
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
            with connection.execute_wrapper(ShortHead(of_test=False)):
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


def test_lr_1_forty_matters_of_all_types_came_in_over_three_years(told: str) -> None:
    """Four types, every year from 2023 on, more than half by contract, each with a real text."""
    reviews = Review.objects.all()
    assert reviews.count() >= 44
    types = Counter(reviews.values_list("matter", flat=True))
    assert types.keys() == set(Matter.values)
    assert types[Matter.CONTRACT] == max(types.values()) >= 20
    assert {2023, 2024, 2025} <= {day.year for day in reviews.values_list("opened_on", flat=True)}
    drafts = StoredFile.objects.filter(pk__in=reviews.values("draft_file"))
    assert {*drafts.values_list("kind", flat=True)} == {"docx"}
    read = ReadText.objects.filter(file__in=drafts)
    assert read.count() == drafts.count() == reviews.exclude(draft_file=None).count()
    assert not read.exclude(problem="")
    assert all("第一条" in text for text in read.values_list("labels", flat=True) if text[-1])


def test_lr_20_every_conclusion_and_every_end_is_there(told: str) -> None:
    """Four conclusions by their letters, and each way in which a matter ends."""
    given = {*Entry.objects.filter(act=ReviewVerb.CONCLUDE).values_list("label", flat=True)}
    letters = {f"出具“{c.label}”意见" for c in Conclusion if c != Conclusion.RETURN_FOR_PROCEDURE}
    assert given >= {*letters, Conclusion.RETURN_FOR_PROCEDURE.label}
    states = {*Review.objects.values_list("state", flat=True)}
    assert states >= {"signed", "rejected", "returned", "not_in_scope", "abandoned", "withdrawn"}
    assert {*Advice.objects.values_list("adopted", flat=True)} >= {"adopted", "partly"}
    done = {*Entry.objects.filter(outcome=Outcome.DONE).values_list("label", flat=True)}
    assert done >= {
        "延长审查期限", "要求补正", "逾期未补正退回", "载明法律风险提交讨论", "登记向党委报告",
        "启动专家论证（听证、调查）", "修改后重新送审", "退回重新修改", "启动决策后评估",
    }  # fmt: skip


def test_every_step_of_the_review_has_a_matter_waiting(told: str) -> None:
    """Whoever signs in to try a step of legality review finds a matter at it."""
    assert waiting_at(Review) == steps(ReviewFlow)
    norms = waiting_at(NormativeDocument)
    assert {"enter", "register", "propose", "evaluate", "decide", "replace"} <= norms
    assert norms <= steps(NormativeDocumentFlow)


def waiting_at(kind: Any) -> set[str]:
    """Return the steps at which cases of a kind wait."""
    found = Task.objects.open().filter(content_type=kind.content_type())
    return {*found.values_list("node", flat=True)}


def steps(flow: Any) -> set[str]:
    """Return the names of the steps at which people work."""
    return {node.name for node in flow.nodes_in_order() if isinstance(node, Step)}


def test_lr_32_documents_are_renewed_repealed_lapsed_and_corrected(told: str) -> None:
    """Adopted texts live on: registered, filed, evaluated, and ended each in its way."""
    documents = NormativeDocument.objects.all()
    assert {*documents.values_list("state", flat=True)} >= {"in_force", "lapsed", "repealed"}
    assert Link.objects.filter(to_type=NormativeDocument.content_type()).count() >= 8
    assert documents.filter(is_from_before=True).count() >= 5
    done = Entry.objects.filter(outcome=Outcome.DONE)
    labels = {*done.values_list("label", flat=True)}
    assert labels >= {
        "延续",
        "废止",
        "失效",
        "限期纠正",
        "确认已纠正",
        "补充备案材料",
        "逾期未报告纠正",
    }
    for lapsed in documents.filter(state="lapsed"):
        told_on = done.filter(subject_id=str(lapsed.pk), label="失效").latest("pk").at
        assert (told_on.astimezone(office_clock.PLACE).date() - lapsed.expires_on).days <= 4


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("云红街道公共停车场管理办法", "司法所不得制定行政规范性文件（山东省政府令第353号第五条）"),
        ("西段镇关于汛期实施临时交通和人员管控的通告", "有1处条文不同"),
    ],
)
def test_lr_4_lr_22_what_may_not_be_was_tried_and_refused(
    told: str, title: str, reason: str
) -> None:
    """A station as issuer, and a text changed by a character before it was signed."""
    assert Entry.objects.filter(
        outcome=Outcome.REFUSED, subject_title=title, reason__contains=reason
    ).exists()
    assert Review.objects.get(title=title).state == "signed"


def test_lr_7_a_guarantee_was_not_opened_at_all(told: str) -> None:
    """No organ stands surety: the contract handed in by the short form left no case."""
    assert not Review.objects.filter(title__contains="担保").exists()
    assert not Review.objects.filter(is_guarantee=True).exists()


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (
            "花园镇村庄环境卫生管理办法",
            ["设定罚款", "《中华人民共和国行政处罚法》第十六条", "不合法"],
        ),
        ("郑店镇农村集贸市场管理办法", ["未公开征求意见", "退回补正程序"]),
        ("铁营镇农村公益性公墓管理办法", ["《中华人民共和国合同法》已于2021年1月1日废止", "采纳"]),
        ("化楼镇秸秆禁烧和综合利用工作方案", ["工作方案", "第八条"]),
        ("云红街道冷链物流园投资协议", ["《公平竞争审查条例》第十条", "税收"]),
    ],
)
def test_planted_defects_stand_on_the_page_of_the_case(
    told: str, signed_in: Callable[[Any], Client], title: str, shown: list[str]
) -> None:
    """Who reviews reads on the page what was found, on which law it rests, and what followed."""
    case = Review.objects.get(title=title)
    client = signed_in(User.objects.get(username="section.reviewer"))
    page = client.get(case.get_absolute_url()).content.decode()
    assert [words for words in shown if words not in page] == []


def test_planted_defects_stand_on_the_desk_beside_the_text(
    told: str, signed_in: Callable[[Any], Client]
) -> None:
    """A fine, a deposit and a repealed law: text, finding and advice side by side."""
    case = Review.objects.get(title="市中街道住宅小区物业管理办法")
    client = signed_in(User.objects.get(username="section.reviewer"))
    page = client.get(reverse("legality_review:desk", args=[case.uuid])).content.decode()
    for words in ("一千元以上五千元以下罚款", "诚信保证金", "物权法", "已于2021年1月1日废止"):
        assert words in page
    doubtful = {found.citation.title for found in case.doubtful_citations()}
    assert "中华人民共和国物权法" in doubtful
    assert "引用核查" in page
    assert set(case.items_found(Verdicts.UNLAWFUL)) == {"n2", "f2", "f6"}


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
