"""FQ-7, FQ-9, FQ-10, FQ-17: acceptance, one re-visit, naming, the register."""

from datetime import date
from decimal import Decimal

import pytest

from accreditation.models import Standard, Title, copy_standard
from documents.models import Number, Paper
from permissions.roles import Role
from tests import factories
from tests.accreditation.steps import PATH, term_of
from workflows import parameters
from workflows.door import perform
from workflows.models.tasks import Link, Task
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByState


def rectifying(walk):
    """Bring the case into rectification on 2025-10-11."""
    walk.before("propose_acceptance")
    walk.inspect(proposal="conditional", problems="缺标识牌")
    return walk.do("pass_conditionally", walk.people.city_leader, requirements="补齐标识牌")


def test_fq7_the_reviewer_proposes_and_another_decides(walk):
    case = walk.to("propose_acceptance")
    assert term_of(case, "city_review").state == "met"
    assert term_of(case, "feedback").due_on == date(2025, 10, 15)
    factories.make_post(walk.people.city_reviewer, Role.CITY_LEADER, walk.tree.city_bureau)
    with pytest.raises(RefusedByPerson, match="验收审核人"):
        perform(case, "pass_acceptance", by=walk.people.city_reviewer)


def test_fq7_nothing_is_decided_before_the_inspection(walk):
    walk.before("propose_acceptance")
    for act, facts in (
        ("pass_acceptance", {}),
        ("pass_conditionally", {"requirements": "补"}),
        ("fail_acceptance", {"reasons": "不符"}),
    ):
        with pytest.raises((RefusedByLaw, RefusedByState)):
            walk.do(act, walk.people.city_leader, **facts)


@pytest.mark.parametrize(("percent", "passes"), [("79.99", False), ("80", True)])
def test_fq7_satisfaction_below_the_least_does_not_pass(walk, percent, passes):
    walk.before("propose_acceptance")
    walk.inspect(satisfaction_percent=Decimal(percent))
    if passes:
        assert walk.do("pass_acceptance", walk.people.city_leader).state == "accepted"
    else:
        with pytest.raises(RefusedByLaw, match=r"满意度79\.99%，低于80%"):
            walk.do("pass_acceptance", walk.people.city_leader)


def test_fq7_rectification_has_its_term_notice_and_one_re_visit(walk):
    case = rectifying(walk)
    assert case.state == "rectifying"
    # 30 days from 2025-10-11 end on Monday 2025-11-10.
    assert term_of(case, "rectification").due_on == date(2025, 11, 10)
    notice = Paper.objects.of(case).get(kind="accreditation.rectification_notice")
    assert str(notice.number) == "德司枫改〔2025〕1号"
    assert "缺标识牌" in notice.words and "2025年11月10日" in notice.words
    walk.clock.stand_at(date(2025, 11, 10))
    case = walk.do("submit_rectification", walk.people.chief, rectification="已补齐")
    assert (case.state, case.round) == ("city_review", 2)
    walk.inspect()
    with pytest.raises(RefusedByLaw, match="已整改复验一次"):
        walk.do("pass_conditionally", walk.people.city_leader, requirements="再改")
    case = walk.do("pass_acceptance", walk.people.city_leader)
    assert case.state == "accepted"
    assert [inspection.round for inspection in case.inspections.all()] == [1, 2]


def test_fq7_unused_time_for_rectification_fails_only_when_it_is_over(walk):
    rectifying(walk)
    walk.clock.stand_at(date(2025, 11, 10))
    with pytest.raises(RefusedByLaw, match="尚未届满"):
        walk.do("fail_overdue", walk.people.city_leader)
    walk.clock.stand_at(date(2025, 11, 11))
    with pytest.raises(RefusedByLaw, match="已于2025-11-10届满"):
        walk.do("submit_rectification", walk.people.chief, rectification="晚了")
    case = walk.do("fail_overdue", walk.people.city_leader)
    assert (case.state, case.end_reason) == ("failed", "整改期限届满未报送整改情况")
    assert term_of(case, "rectification").state == "missed"
    notice = Paper.objects.of(case).get(kind="accreditation.failure_notice")
    assert "整改期限届满未报送整改情况" in notice.words
    assert not Task.objects.of_case(case).open().exists()


def test_fq7_a_failure_meets_the_term_of_feedback_and_is_told_in_writing(walk):
    walk.before("pass_acceptance")
    case = walk.do("fail_acceptance", walk.people.city_leader, reasons="档案与实际不符。")
    assert term_of(case, "feedback").state == "met"
    notice = Paper.objects.of(case).get(kind="accreditation.failure_notice")
    assert str(notice.number) == "德司枫验〔2025〕1号"
    assert "档案与实际不符。" in notice.words and "云红司法所" in notice.words


def test_fq9_naming_gives_document_plaque_and_a_line_in_the_register(walk):
    case = walk.to("name_station")
    title = walk.title
    assert (title.state, title.level, title.batch_year) == ("active", "municipal", 2025)
    assert title.valid_from == case.named_on == walk.clock.today()
    assert title.document_number == "德司枫命〔2025〕1号"
    assert title.plaque_number == case.plaque_number == "枫桥所牌〔2025〕1号"
    assert title.number == "枫桥所册〔2025〕1号"
    assert Number.objects.get(text=title.plaque_number).subject == case
    kinds = set(Paper.objects.of(case).values_list("kind", flat=True))
    assert {"accreditation.naming_document", "accreditation.plaque_certificate"} <= kinds
    assert Link.objects.get(to_id=title.pk).meaning == "命名产生称号"
    assert case.is_closed and not Task.objects.of_case(case).open().exists()


def test_fq11_the_yearly_recheck_is_due_one_year_after_the_naming(walk):
    walk.to("name_station")
    term = term_of(walk.title, "yearly_recheck")
    assert term.due_on == date(2026, 10, 19)  # 10-18 is a Sunday
    task = Task.objects.of_case(walk.title).open().get()
    assert (task.node, task.unit, task.due_on) == (
        "await_recheck",
        walk.tree.section,
        date(2026, 10, 19),
    )


def test_fq17_a_veto_known_at_the_naming_forbids_it(walk):
    case = walk.to("publish_city")
    case.veto_checks.filter(veto__number=3).update(is_confirmed=True)
    with pytest.raises(RefusedByLaw, match="一票否决"):
        walk.to("name_station")
    assert not Title.objects.exists()


def provincial(walk):
    """Walk an application under a provincial standard to the naming."""
    walk.to("open")
    standard = copy_standard(Standard.objects.get(), level="provincial")
    type(walk.case).objects.filter(pk=walk.case.pk).update(standard=standard)
    walk.case = type(walk.case).objects.get(pk=walk.case.pk)
    return walk.to("publish_city")


def test_fq10_an_upper_title_presupposes_the_lower_one(walk):
    provincial(walk)
    with pytest.raises(RefusedByLaw, match="尚无下一级称号"):
        walk.to("name_station")


def test_fq10_the_office_may_switch_that_off(walk):
    provincial(walk)
    parameters.record(
        parameters.parameter("accreditation.needs_lower_title"), "否", date(2025, 1, 1),
        by=walk.people.system_admin, source="局文件",
    )  # fmt: skip
    assert walk.to("name_station").state == "named"
    assert walk.title.level == "provincial"


def test_fq19_the_states_are_those_of_the_rule(walk):
    states = set(type(walk.to("open")).State.values) | set(Title.State.values)
    assert states >= {
        "planned", "self_assessing", "applied", "supplement", "county_check", "county_scored",
        "recommended", "not_recommended", "city_review", "rectifying", "accepted", "failed",
        "publicity", "objection", "named", "active", "rechecking", "warned", "revoked",
        "cancelled",
    }  # fmt: skip


def test_fq3_the_chain_runs_station_township_county_city(walk):
    case = walk.to("name_station")
    done = Task.objects.of_case(case).filter(state=Task.State.DONE).order_by("pk")
    chain = [task.unit.name for task in done]
    ordered = list(dict.fromkeys(chain))
    assert ordered == [
        "云红司法所", "云红街道办事处", "基层科", "乐陵市司法局", "德州市司法局",
    ]  # fmt: skip
    assert len(PATH) == 16
