"""LR-32: evaluated before expiry, renewed under a new number, or lapsed without anybody."""

from datetime import date

import pytest

from audit.models import Entry, Outcome
from documents.models import Paper
from legality_review.models import NormativeDocument
from legality_review.rules.register import Status, status_on
from tests.legality_review.norm_steps import EXPIRES, NormWalk, term_of
from workflows.door import befall, perform
from workflows.falling_due import befall_due
from workflows.models.tasks import Link, Task
from workflows.operations.proposing import Wanted, confirm, propose
from workflows.refusals import RefusedByLaw, RefusedByState
from workflows.vocabulary import Operation

OPENS, AFTER = date(2030, 4, 19), date(2030, 10, 20)


def fresh(case):
    """Read the case again."""
    return NormativeDocument.objects.get(pk=case.pk)


def test_lr32_six_months_before_expiry_the_evaluation_opens_by_itself(norm):
    case = norm.to("register_filing")
    assert befall_due(date(2030, 4, 18)) == 0
    assert not Task.objects.of_case(case).open().exists()
    norm.clock.stand_at(OPENS)
    assert befall_due(OPENS) == 1
    case = fresh(case)
    task = Task.objects.of_case(case).open().get()
    assert (case.state, task.node, task.due_on) == ("evaluating", "evaluate", EXPIRES)
    assert task.unit == norm.tree.yunhong_government
    assert case.evaluations.get().occasion == "有效期届满前评估"
    entry = Entry.objects.of_subject(case).get(label="期满前评估")
    assert (entry.actor_name, entry.reason) == (
        "系统", "参照《山东省司法厅规范性文件制定管理办法》第二十三条",
    )  # fmt: skip
    assert befall_due(OPENS) == 0


def test_lr32_at_expiry_it_lapses_without_human_action(norm):
    case = norm.to("register_filing")
    norm.clock.stand_at(EXPIRES)
    assert befall_due(EXPIRES) == 1
    assert fresh(case).state == "evaluating"
    norm.clock.stand_at(AFTER)
    assert befall_due(AFTER) == 1
    case = fresh(case)
    assert (case.state, case.closed_on) == ("lapsed", AFTER)
    assert term_of(case, "validity").state == "met"
    assert not Task.objects.of_case(case).open().exists()
    notice = Paper.objects.of(case).get(kind="legality_review.lapse_notice")
    assert "自动失效" in notice.words and notice.issued_by is None
    assert befall_due(AFTER) == 0


@pytest.mark.parametrize(
    "arrive",
    [
        lambda n: n.to("publish"), lambda n: n.to("file"), NormWalk.asked_for_supplement,
        NormWalk.ordered, NormWalk.reported, NormWalk.uncorrected, NormWalk.proposed,
        lambda n: n.to("register_filing"), NormWalk.evaluated, NormWalk.renewing,
        NormWalk.amending,
    ],
)  # fmt: skip
def test_lr32_a_document_lapses_in_whatever_state_it_is(norm, arrive):
    arrive(norm)
    with pytest.raises(RefusedByLaw, match="尚未届满"):
        norm.befall("lapse", EXPIRES)
    norm.clock.stand_at(AFTER)
    assert norm.befall("lapse", AFTER).state == "lapsed"


def test_lr32_nobody_performs_what_comes_about_by_itself(norm):
    norm.to("register_filing")
    for act, person in (("open_evaluation", "township_clerk"), ("lapse", "township_leader")):
        with pytest.raises(RefusedByState, match="到期依法自动发生"):
            perform(norm.case, act, by=getattr(norm.people, person), on=AFTER)
    refused = Entry.objects.of_subject(norm.case).filter(outcome=Outcome.REFUSED)
    assert refused.count() == 2
    with pytest.raises(LookupError, match="performed by a person"):
        befall(norm.case, "repeal")


def test_lr32_a_renewed_document_has_a_new_number_and_a_term_from_publication(norm):
    norm.renewing()
    assert Task.objects.of_case(norm.case).open().get().node == "register"
    norm.clock.stand_at(date(2030, 5, 10))
    norm.register("云政发〔2030〕1号", validity_years=3)
    assert norm.case.registration_number == "LLDR-2030-0010001"
    norm.clock.stand_at(date(2030, 5, 20))
    case = norm.publish(effective_on=None)
    assert (case.valid_from, case.expires_on) == (date(2030, 5, 20), date(2033, 5, 19))
    assert case.effective_on == date(2025, 10, 20)
    numbers = [(row.number, row.expires_on) for row in case.registrations.all()]
    assert numbers == [
        ("LLDR-2025-0010001", EXPIRES), ("LLDR-2030-0010001", date(2033, 5, 19)),
    ]  # fmt: skip
    assert case.status_on(date(2031, 1, 1)) == Status.VALID
    assert not case.is_evaluated


def test_lr32_a_renewal_too_late_is_none(norm):
    norm.renewing()
    norm.clock.stand_at(AFTER)
    with pytest.raises(RefusedByLaw, match="已于2030-10-19届满，文件自动失效，不能再延续"):
        norm.register("云政发〔2030〕1号", validity_years=3)
    norm.clock.stand_at(EXPIRES)
    norm.register("云政发〔2030〕1号", validity_years=3)
    norm.clock.stand_at(AFTER)
    with pytest.raises(RefusedByLaw, match="不能再延续"):
        norm.publish(effective_on=None)
    assert befall_due(AFTER) == 1
    assert fresh(norm.case).state == "lapsed"


def test_lr31_a_renewal_may_not_be_longer_than_any_other(norm):
    norm.evaluated()
    with pytest.raises(RefusedByLaw, match="不得超过5年"):
        norm.do("renew", norm.people.township_leader, reason="需要", validity_years=6)


def test_lr32_what_was_decided_to_lapse_is_not_evaluated_again(norm):
    norm.evaluated("lapse")
    norm.do("let_lapse", norm.people.township_leader, reason="阶段性任务完成。")
    norm.clock.stand_at(date(2030, 6, 1))
    assert befall_due(date(2030, 6, 1)) == 0
    with pytest.raises(RefusedByLaw, match="只自动开展一次"):
        norm.befall("open_evaluation")
    norm.clock.stand_at(AFTER)
    assert befall_due(AFTER) == 1


def test_lr32_the_report_tells_everything_and_is_a_paper(norm):
    norm.evaluating()
    clerk = norm.people.township_clerk
    with pytest.raises(RefusedByLaw, match="评估报告缺少：合法性评估、听取意见情况"):
        norm.do("evaluate", clerk, lawfulness=" ", effect="好", opinions="", proposal="continue")
    with pytest.raises(RefusedByLaw, match="请选择评估建议"):
        norm.do("evaluate", clerk, lawfulness="合法", effect="好", opinions="有", proposal="extend")
    norm.do("evaluate", clerk, lawfulness="合法", effect="好", opinions="有", proposal="amend")
    report = Paper.objects.of(norm.case).get(kind="legality_review.evaluation_report")
    assert "三、实施效果" in report.words and "修改" in report.words


def test_lr32_an_evaluation_before_its_day_needs_a_document_in_effect(norm):
    norm.to("register_filing")
    with pytest.raises(RefusedByLaw, match="2025-10-20起施行"):
        norm.do("start_evaluation", norm.people.township_clerk, occasion="清理")
    norm.clock.stand_at(date(2026, 3, 2))
    norm.do("start_evaluation", norm.people.township_clerk, occasion="清理")
    assert Task.objects.of_case(norm.case).open().get().node == "evaluate"


def test_lr32_a_replaced_document_ends_with_the_effect_of_the_new_one(norm):
    norm.amending()
    successor, clerk = norm.successor(), norm.people.township_clerk
    case = norm.do("replace_by", clerk, successor=successor)
    assert (case.state, case.ended_on) == ("replaced", successor.effective_on)
    assert case.status_on(date(2025, 10, 19)) == Status.PENDING
    link = Link.objects.get(meaning="替代文件")
    assert (link.from_id, link.to_id) == (case.pk, successor.pk)


def test_lr32_only_a_published_document_of_the_same_issuer_replaces(norm):
    norm.amending()
    clerk = norm.people.township_clerk
    with pytest.raises(RefusedByLaw, match="没有已公布的文件可以替代本文件"):
        norm.do("replace_by", clerk, successor=norm.case)
    norm.successor()
    with pytest.raises(RefusedByLaw, match="不能以本文件替代"):
        norm.do("replace_by", clerk, successor=norm.case)
    other = NormWalk(norm.people, norm.tree, norm.clock)
    unborn = other.to("open")
    unborn.issuer_unit = norm.tree.tieying_government
    unborn.save()
    with pytest.raises(RefusedByLaw, match=r"不是云红街道办事处制定的文件.*尚未登记公布"):
        norm.do("replace_by", clerk, successor=unborn)


def test_lr32_an_amendment_may_be_stopped_and_the_document_goes_on(norm):
    norm.amending()
    assert Task.objects.of_case(norm.case).open().get().node == "replace"
    norm.do("stop_amending", norm.people.township_leader, reason="暂不修改")
    assert not Task.objects.of_case(norm.case).open().exists()
    norm.clock.stand_at(OPENS)
    assert befall_due(OPENS) == 1


def test_lr32_a_repeal_is_announced_and_ends_the_validity(norm):
    norm.to("register_filing")
    case = norm.do("repeal", norm.people.township_leader, reason="上位法已有规定。")
    notice = Paper.objects.of(case).get(kind="legality_review.repeal_notice")
    assert "2025年10月9日起废止" in notice.words and "上位法已有规定" in notice.words
    assert case.status_on(date(2025, 10, 8)) == Status.PENDING
    assert case.status_on(date(2025, 10, 20)) == Status.REPEALED


GRID = [None, date(2025, 1, 1), date(2026, 1, 1), date(2027, 1, 1)]


@pytest.mark.parametrize("day", [date(2024, 12, 31), *[d for d in GRID if d], date(2028, 1, 1)])
def test_lr36_the_database_tells_the_same_validity_as_one_document(norm, day):
    case = norm.to("open")
    for effective in GRID:
        for expires in GRID:
            for ended in GRID:
                NormativeDocument.objects.filter(pk=case.pk).update(
                    effective_on=effective, expires_on=expires, ended_on=ended
                )
                found = [s for s in Status if NormativeDocument.objects.in_status(s, day)]
                assert found == [status_on(day, effective, expires, ended)]


def test_lr32_what_has_had_effect_is_not_ended_as_if_it_never_had(norm):
    norm.renewing()
    wanted = Wanted(Operation.TERMINATE, "不再延续")
    with pytest.raises(RefusedByLaw, match="已经公布生效，不能终止"):
        propose(norm.case, wanted, by=norm.people.reviewer)
    fresh_one = NormWalk(norm.people, norm.tree, norm.clock)
    fresh_one.facts = {"title": "云红街道集市管理办法"}
    unborn = fresh_one.to("open")
    confirm(propose(unborn, wanted, by=norm.people.second_reviewer), by=norm.people.deputy)
    assert fresh(unborn).state == "terminated"


def test_lr30_what_was_published_is_repealed_and_never_void(norm):
    """A wrong entry of an older document is void; an act of the issuer is not."""
    norm.to("register_filing")
    wanted = Wanted(Operation.VOID, "重复登记")
    with pytest.raises(RefusedByLaw, match="已经公布，不能作废；需要停止执行的，由制定机关废止"):
        propose(norm.case, wanted, by=norm.people.reviewer)
    assert (
        norm.do("repeal", norm.people.township_leader, reason="上位法已经修改").state == "repealed"
    )
    norm.from_before()
    older = norm.do(
        "enter_existing", norm.people.reviewer, registration_number="LLDR-2023-0019999",
        document_number="云政发〔2023〕9号", published_on=date(2023, 5, 8),
        effective_on=date(2023, 6, 8), validity_years=3,
    )  # fmt: skip
    confirm(propose(older, wanted, by=norm.people.second_reviewer), by=norm.people.deputy)
    assert fresh(older).state == "voided"
