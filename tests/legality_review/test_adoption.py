"""LR-17, LR-21, LR-22, LR-28, LR-29, LR-39, LR-40: from the opinion to the signed text."""

from datetime import time
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from documents.models import Paper, StoredFile
from documents.reading.comparing import is_same
from legality_review.forms.acts import SEATS
from legality_review.models import NormativeDocument, Review
from legality_review.models.meetings import View
from legality_review.rules import adoption
from legality_review.rules.adoption import Spoken
from legality_review.rules.findings import Verdicts
from legality_review.rules.matters import Matter
from tests.legality_review.steps import AGREED, TEXT, Walk
from workflows.door import open_acts
from workflows.refusals import RefusedByLaw, RefusedByState

State = Review.State


def unlawful(walk: Walk, matter: str = Matter.CONTRACT, **facts):
    """Have a matter found unlawful."""
    walk.accepted(matter, **facts)
    if matter == Matter.DECISION:
        walk.examine(d1=Verdicts.UNLAWFUL)
        walk.do("give_counsel_opinion", walk.people.counsel, counsel_opinion="无权限。")
        walk.do("complete_examination", walk.people.chief)
    else:
        walk.examine(c1=Verdicts.UNLAWFUL)
    return walk.do("find_unlawful", walk.people.chief, reasoning="不合法。")


def test_lr_17_what_is_unlawful_has_no_way_to_the_meeting(walk: Walk):
    case = unlawful(walk)
    names = {act.name for act in open_acts(case, walk.people.township_clerk)}
    assert "table_for_deliberation" not in names
    with pytest.raises(RefusedByState):
        walk.do("table_for_deliberation", walk.people.township_clerk, text=None)
    with pytest.raises(RefusedByState):
        walk.do("sign_text", walk.people.township_leader, text=None)
    with pytest.raises(RefusedByLaw, match="只有重大行政决策"):
        walk.do("proceed_with_risk", walk.people.township_clerk, risk_note="风险")


def test_lr_17_an_exploratory_decision_goes_with_its_risk_stated(walk: Walk):
    unlawful(walk, Matter.DECISION, is_exploratory=True)
    with pytest.raises(RefusedByLaw, match="须载明法律风险"):
        walk.do("proceed_with_risk", walk.people.township_clerk, risk_note=" ")
    case = walk.do("proceed_with_risk", walk.people.township_clerk, risk_note="国家尚无规定。")
    assert case.state == State.READY
    walk.do(
        "table_for_deliberation", walk.people.township_clerk,
        text=walk.text(walk.people.township_clerk),
    )  # fmt: skip
    case = walk.meet()
    assert case.state == State.ADOPTED
    minutes = Paper.objects.of(case).get(kind="legality_review.minutes")
    assert "国家尚无规定" in minutes.words


def test_lr_17_a_decision_that_explores_nothing_does_not_go(walk: Walk):
    unlawful(walk, Matter.DECISION)
    with pytest.raises(RefusedByLaw, match="不适用例外"):
        walk.do("proceed_with_risk", walk.people.township_clerk, risk_note="风险")


def test_an_unlawful_text_is_abandoned_or_comes_anew(walk: Walk):
    unlawful(walk)
    case = walk.do(
        "resubmit", walk.people.township_clerk, text=walk.text(walk.people.township_clerk),
        explanation="更换了相对方。",
    )  # fmt: skip
    assert (case.state, case.round, case.conclusion) == (State.SUBMITTED, 2, "")
    walk.do("accept", walk.people.chief)
    assert not case.current_findings().exists()
    walk.examine(c1=Verdicts.UNLAWFUL)
    walk.do("find_unlawful", walk.people.chief, reasoning="仍不合法。")
    assert walk.do("abandon", walk.people.township_clerk, reason="不签了。").is_closed


@pytest.mark.parametrize("adopted", ["partly", "not"])
def test_lr_21_what_is_not_adopted_needs_reason_and_file(walk: Walk, adopted: str):
    walk.to_amend()
    with pytest.raises(RefusedByLaw) as refusal:
        walk.revise(adopted)
    assert "须说明理由" in refusal.value.message
    assert "不采纳（部分采纳）意见的说明材料" in refusal.value.message
    reasons = walk.text(walk.people.township_clerk, ("说明",), "说明.docx")
    case = walk.revise(adopted, "合同期短。", reasons=reasons)
    assert case.state == State.CONFIRMING
    assert "合同期短。" in Paper.objects.of(case).get(kind="legality_review.answers").words


def test_lr_21_the_reviewer_confirms_or_sends_back(walk: Walk):
    walk.to_amend()
    walk.revise()
    case = walk.do("reject_revision", walk.people.chief, reason="第二条未改。")
    assert case.state == State.REVISING
    walk.revise()
    case = walk.do("confirm_revision", walk.people.chief)
    assert (case.state, case.reviewed_file) == (State.READY, case.revision_file)


def test_lr_22_one_changed_character_blocks_the_signature(walk: Walk):
    """Done means 5."""
    walk.lawful()
    changed = (*TEXT[:3], TEXT[3].replace("有效期5年", "有效期6年"))
    with pytest.raises(RefusedByLaw, match="1处条文不同（第三条）"):
        walk.do(
            "sign_text", walk.people.township_leader,
            text=walk.text(walk.people.township_leader, changed),
        )  # fmt: skip
    stored = Review.objects.get(pk=walk.case.pk)
    assert (stored.state, stored.signing_file) == (State.READY, None)
    signed = walk.do(
        "sign_text", walk.people.township_leader, text=walk.text(walk.people.township_leader)
    )
    assert signed.state == State.SIGNED


def test_lr_22_a_changed_text_opens_a_new_review(walk: Walk):
    walk.lawful()
    case = walk.do(
        "submit_changed_text", walk.people.township_leader,
        text=walk.text(walk.people.township_leader, (*TEXT, "第四条 新增。")),
        explanation="增加第四条。",
    )  # fmt: skip
    assert (case.state, case.round, case.reviewed_file) == (State.SUBMITTED, 2, None)


@given(place=st.integers(0, 10_000), sign=st.sampled_from("的、，。不元一〇A1（"))
def test_lr_22_any_single_change_is_found(place: int, sign: str):
    from_text = "".join(TEXT)
    at = place % len(from_text)
    changed = from_text[:at] + sign + from_text[at:]
    assert not is_same([from_text], [changed])


def test_lr_28_the_head_speaks_last_and_explains(walk: Walk):
    walk.lawful(Matter.NORMATIVE)
    walk.do(
        "table_for_deliberation", walk.people.township_clerk,
        text=walk.text(walk.people.township_clerk),
    )  # fmt: skip
    early = (Spoken("丙镇长", "agree", "", time(8, 0), is_head=True), *AGREED[:2])
    with pytest.raises(RefusedByLaw, match="最后发表意见"):
        walk.meet(views=early)
    against = (
        Spoken("甲副镇长", "disagree", "罚款无依据。", time(9, 0)),
        Spoken("乙委员", "disagree", "同甲。", time(9, 10)),
        Spoken("丙镇长", "agree", "同意。", time(9, 30), is_head=True),
    )
    with pytest.raises(RefusedByLaw, match="说明理由"):
        walk.meet(views=against)
    assert walk.meet(views=against, explanation="已听取意见。").state == State.ADOPTED


def test_lr_28_meetings_defer_and_reject(walk: Walk):
    walk.lawful(Matter.NORMATIVE)
    table = ("table_for_deliberation", walk.people.township_clerk)
    walk.do(*table, text=walk.text(walk.people.township_clerk))
    assert walk.meet("defer", explanation="再议。").state == State.READY
    walk.do(*table, text=walk.text(walk.people.township_clerk))
    assert walk.meet("reject", explanation="不成熟。").state == State.REJECTED


def test_lr_28_a_document_is_not_signed_without_the_meeting(walk: Walk):
    walk.lawful(Matter.NORMATIVE)
    verdict = adoption.has_been_deliberated(walk.case, walk.clock.today())
    assert "尚未经集体讨论" in verdict.reason
    with pytest.raises(RefusedByState):
        walk.do(
            "sign_text", walk.people.township_leader,
            text=walk.text(walk.people.township_leader), validity_years=5,
        )  # fmt: skip


def test_lr_29_a_decision_is_reported_to_the_party_first(walk: Walk):
    walk.adopted(Matter.DECISION)
    leader = walk.people.township_leader
    verdict = adoption.has_reported_to_party(walk.case, walk.clock.today())
    assert "向同级党委请示报告" in verdict.reason
    with pytest.raises(RefusedByState):
        walk.do("sign_text", leader, text=walk.text(leader))
    today = walk.clock.now().date()
    walk.do("report_to_party", walk.people.township_clerk, reported_on=today, result="同意。")
    assert walk.do("sign_text", leader, text=walk.text(leader)).state == State.SIGNED


def test_lr_39_a_decision_is_evaluated_by_others_and_suspended(walk: Walk):
    test_lr_29_a_decision_is_reported_to_the_party_first(walk)
    told = {"ground": "missed", "evaluator": "第三方", "result": "未达预期。"}
    with pytest.raises(RefusedByLaw, match="不得再作决策后评估"):
        walk.do(
            "evaluate_decision", walk.people.township_leader, made_prior_assessment=True, **told
        )
    case = walk.do(
        "evaluate_decision", walk.people.township_leader, made_prior_assessment=False, **told
    )
    assert case.evaluations.get().evaluator == "第三方"
    case = walk.do("suspend_execution", walk.people.township_leader, reason="汛情紧急。")
    assert case.suspended_on is not None


def test_lr_40_dissent_cannot_be_changed(walk: Walk):
    case = walk.adopted()
    view = View.objects.filter(meeting__review=case).first()
    with pytest.raises(DatabaseError, match="LR-40"), transaction.atomic():
        View.objects.filter(pk=view.pk).update(words="改")
    with pytest.raises(DatabaseError, match="LR-40"), transaction.atomic():
        View.objects.filter(pk=view.pk).delete()


def test_the_drafter_withdraws_before_the_meeting_only(walk: Walk):
    walk.adopted()
    with pytest.raises(RefusedByState):
        walk.do("withdraw", walk.people.township_clerk, reason="不办了。")


def test_texts_are_files_of_the_case(walk: Walk):
    case = walk.lawful()
    assert case.reviewed_file == case.draft_file
    assert StoredFile.objects.of(case).filter(pk=case.draft_file_id).exists()


def test_lr_28_the_form_of_a_meeting_presets_no_outcome_and_unfolds_more_seats(
    walk: Walk, signed_in: Any
) -> None:
    walk.lawful(Matter.NORMATIVE)
    text = walk.text(walk.people.township_clerk)
    client = signed_in(walk.people.township_leader)
    walk.do("table_for_deliberation", walk.people.township_clerk, text=text)
    address = walk.case.act_url("deliberate")
    form = client.get(address).context["form"]
    assert form["outcome"].value() is None and form["held_on"].value() == walk.clock.today()
    assert (len(form.rows()) + len(form.more_rows()), form.is_large()) == (SEATS, False)
    head = {"name_0": "云主任", "at_0": "09:30", "stance_0": "agree", "words_0": ""}
    many = {"name_1": "甲", "at_1": "09:00", "name_9": "乙", "at_9": "09:10"}
    told = {**head, **many, "meeting": "办公会", "held_on": f"{walk.clock.today():%Y-%m-%d}"}
    wrong = client.post(address, told)
    assert wrong.status_code == 422 and wrong.context["form"].is_large()
    client.post(address, {**told, "outcome": "adopt"})
    assert [view.name for view in walk.case.last_meeting.views.all()] == ["甲", "乙", "云主任"]


def test_lr_30_a_signed_document_names_what_goes_on_in_its_place(
    walk: Walk, signed_in: Any
) -> None:
    walk.adopted(Matter.NORMATIVE)
    client = signed_in(walk.people.township_leader)
    form = client.get(walk.case.act_url("sign_text")).content.decode()
    assert walk.case.reviewed_file.original_name in form and "可以下载后直接上传" in form
    text = walk.text(walk.people.township_leader)
    walk.do("sign_text", walk.people.township_leader, text=text, validity_years=5)
    document = NormativeDocument.objects.get()
    page = client.get(walk.case.get_absolute_url()).content.decode()
    step = page[page.index("next-step-title") : page.index("next-step-title") + 1500]
    assert document.number in step and "待登记编号" in step
