"""LR-34, LR-35: filed within fifteen days with the right bodies; the county reviews the filing."""

from datetime import date

import pytest

from documents.models import Paper
from legality_review.models import Filing
from legality_review.rules import filing
from legality_review.rules.filing import Body
from legality_review.rules.register import Status
from permissions.roles import Role
from tests import factories
from tests.legality_review.norm_steps import NormWalk, staged, term_of
from workflows import parameters
from workflows.models.tasks import Task
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByState

DAY = date(2025, 9, 20)


def test_lr34_fifteen_days_from_publication_end_after_the_national_holiday(norm):
    case = norm.to("publish")
    term = term_of(case, "filing")
    assert (term.started_on, term.due_on) == (DAY, date(2025, 10, 9))
    assert case.due_on == date(2025, 10, 9)
    assert Task.objects.of_case(case).open().get().due_on == date(2025, 10, 9)


def test_lr34_the_term_runs_from_the_publication_and_not_from_its_being_noted(norm):
    norm.to("register")
    norm.clock.stand_at(date(2025, 9, 25))
    norm.publish(published_on=DAY)
    assert norm.case.published_on == DAY
    assert term_of(norm.case, "filing").due_on == date(2025, 10, 9)


@pytest.mark.parametrize(("day", "state"), [(9, "met"), (10, "met_late")])
def test_lr34_a_filing_is_kept_or_late(norm, day, state):
    norm.to("publish")
    norm.clock.stand_at(date(2025, 10, day))
    norm.file()
    assert term_of(norm.case, "filing").state == state


def test_lr34_a_township_files_with_the_county_government_alone(norm):
    case = norm.to("file")
    assert [row.to_body for row in case.filings.all()] == [Body.COUNTY_GOVERNMENT]
    assert case.filings.get().filed_on == date(2025, 9, 28)


def test_lr34_a_county_government_files_twice(norm):
    norm.facts = {"issuer_type": "county_government"}
    case = norm.to("file")
    assert {row.to_body for row in case.filings.all()} == {
        Body.HIGHER_GOVERNMENT, Body.STANDING_COMMITTEE,
    }  # fmt: skip


def test_lr34_a_department_files_with_its_government(db):
    assert filing.bodies_for("county_department", DAY) == (Body.COUNTY_GOVERNMENT,)


def test_lr34_the_bureau_may_send_townships_to_the_county_committee_as_well(norm):
    parameters.record(
        filing.ALSO_TO_COUNTY_COMMITTEE, "是", date(2025, 1, 1), by=norm.people.system_admin,
        source="市人大常委会通知",
    )  # fmt: skip
    norm.to("file")
    assert Filing.objects.filter(to_body=Body.COUNTY_COMMITTEE).count() == 1


def test_lr34_what_lacks_of_the_materials_is_told_at_once_and_nothing_is_attached(norm):
    case = norm.to("publish")
    note = staged(norm.people.township_clerk, "说明")
    with pytest.raises(RefusedByLaw, match="报送备案缺少：规范性文件正式文本、制定依据"):
        norm.do("file", norm.people.township_clerk, note=note)
    note.refresh_from_db()
    assert note.subject_type is None
    assert case.state == "published"


def test_lr34_the_opinion_counts_by_its_number_or_as_a_file(norm):
    case = norm.to("publish")
    assert filing.OPINION in case.present_materials()
    case.opinion_number = ""
    assert filing.OPINION not in case.present_materials()


def test_lr34_the_report_names_bodies_dates_and_materials(norm):
    case = norm.to("file")
    report = Paper.objects.of(case).get(kind="legality_review.filing_report")
    for word in (
        "司法局承办",
        "2025年9月20日公布",
        "有效期至2030年10月19日",
        "起草说明",
        "制定依据",
    ):
        assert word in report.words
    assert case.text_file.slot == filing.TEXT


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("register_filing", "予以备案登记"), ("refuse_filing", "不予备案"),
        ("ask_filing_supplement", "备案材料不齐全"), ("order_correction", "请自行修改或者废止"),
    ],
)  # fmt: skip
def test_lr35_each_outcome_has_its_opinion_in_writing(norm, act, words):
    norm.to("file")
    case = norm.do(act, norm.people.reviewer, finding="详见意见。")
    paper = Paper.objects.of(case).get(kind="legality_review.filing_opinion")
    assert str(paper.number) == "乐司备审〔2025〕1号"
    assert words in paper.words and "详见意见。" in paper.words


def test_lr35_a_refused_filing_leaves_the_validity_as_it_is(norm):
    norm.to("file")
    case = norm.do("refuse_filing", norm.people.reviewer, finding="属于内部管理制度。")
    assert (case.state, case.filing_outcome) == ("in_force", "not_for_filing")
    assert case.status_on(date(2025, 10, 20)) == Status.VALID
    assert case.expires_on == date(2030, 10, 19)


def test_lr35_the_clock_of_the_review_stands_while_the_issuer_supplements(norm):
    norm.asked_for_supplement()
    review = term_of(norm.case, "filing_review")
    assert review.open_stop.from_on == date(2025, 9, 28)
    assert term_of(norm.case, "filing_supplement").due_on == date(2025, 10, 11)
    norm.clock.stand_at(date(2025, 10, 9))
    norm.do("supply_filing", norm.people.township_clerk, account="已盖章。",
            files=[staged(norm.people.township_clerk, "盖章页")])  # fmt: skip
    assert term_of(norm.case, "filing_review").due_on == date(2025, 11, 10)
    asked = norm.case.findings.get()
    assert (asked.answer, asked.answered_on) == ("已盖章。", date(2025, 10, 9))
    assert Task.objects.of_case(norm.case).open().get().node == "check_filing"


def test_lr35_a_supplement_asked_for_too_late_is_noted_and_the_review_begins_anew(norm):
    norm.to("file")
    norm.clock.stand_at(date(2025, 12, 1))
    norm.do("ask_filing_supplement", norm.people.reviewer, finding="缺依据。")
    assert term_of(norm.case, "filing_review").state == "met_late"
    norm.clock.stand_at(date(2025, 12, 3))
    norm.do("supply_filing", norm.people.township_clerk, account="已补。")
    assert term_of(norm.case, "filing_review").started_on == date(2025, 12, 3)


def test_lr35_a_correction_has_its_term_and_an_amended_text_takes_the_place(norm):
    norm.ordered()
    assert term_of(norm.case, "correction").due_on == date(2025, 11, 10)
    clerk = norm.people.township_clerk
    with pytest.raises(RefusedByLaw, match="须上传修改后的文本"):
        norm.do("report_correction", clerk, correction="amended", account="已改。")
    text = staged(clerk, "修改后")
    norm.do("report_correction", clerk, correction="amended", account="已删第五条。", text=text)
    assert norm.case.text_file != text
    assert Task.objects.of_case(norm.case).open().get().node == "verify"
    norm.do("accept_correction", norm.people.reviewer, finding="已纠正。")
    assert (norm.case.state, norm.case.text_file) == ("in_force", text)


def test_lr35_an_issuer_may_repeal_what_it_was_to_correct(norm):
    norm.reported("repealed")
    norm.clock.stand_at(date(2025, 10, 15))
    norm.do("accept_correction", norm.people.reviewer, finding="已废止。")
    assert (norm.case.state, norm.case.ended_on) == ("repealed", date(2025, 10, 15))
    assert norm.case.status_on(date(2025, 10, 20)) == Status.REPEALED


def test_lr35_a_refusal_cannot_be_taken_for_a_correction(norm):
    norm.reported("refused")
    with pytest.raises(RefusedByLaw, match="应认定未予纠正"):
        norm.do("accept_correction", norm.people.reviewer, finding="算了。")


def test_lr35_without_a_report_the_county_goes_on_when_the_term_is_over(norm):
    norm.ordered()
    norm.clock.stand_at(date(2025, 11, 10))
    with pytest.raises(RefusedByLaw, match="纠正期限尚未届满"):
        norm.do("note_uncorrected", norm.people.reviewer)
    norm.clock.stand_at(date(2025, 11, 11))
    norm.do("note_uncorrected", norm.people.reviewer)
    assert term_of(norm.case, "correction").state == "missed"
    assert Task.objects.of_case(norm.case).open().get().node == "propose"
    ended = Task.objects.of_case(norm.case).get(node="correct")
    assert (ended.state, ended.close_reason) == ("cancelled", "逾期未报告纠正情况")


def test_lr35_the_bureau_proposes_and_the_government_decides(norm):
    norm.uncorrected()
    with pytest.raises(RefusedByState):
        norm.do("record_decision", norm.people.reviewer, decision="annul", decision_number="一号")
    norm.do("propose_alteration", norm.people.deputy, grounds="违法设定罚款。")
    paper = Paper.objects.of(norm.case).get(kind="legality_review.alteration_proposal")
    assert str(paper.number) == "乐司备提〔2025〕1号"
    assert "第五条设定罚款" in paper.words and "未予纠正" in paper.words
    norm.do(
        "record_decision",
        norm.people.reviewer,
        decision="annul",
        decision_number="乐政字〔2025〕9号",
    )
    assert (norm.case.state, norm.case.ended_on) == ("annulled", date(2025, 10, 9))
    assert "乐政字〔2025〕9号" in norm.case.end_reason


@pytest.mark.parametrize(("decision", "has_text"), [("alter", True), ("uphold", False)])
def test_lr35_the_government_may_alter_or_leave_a_document(norm, decision, has_text):
    norm.proposed()
    reviewer = norm.people.reviewer
    facts = {"decision": decision, "decision_number": "乐政字〔2025〕9号"}
    if has_text:
        with pytest.raises(RefusedByLaw, match="须上传改变后的文本"):
            norm.do("record_decision", reviewer, **facts)
        facts["text"] = staged(reviewer, "改变后")
    norm.do("record_decision", reviewer, **facts)
    assert norm.case.state == "in_force"
    assert not has_text or norm.case.text_file == facts["text"]


def test_lr35_who_checked_does_not_propose(norm):
    norm.uncorrected()
    factories.make_post(norm.people.reviewer, Role.COUNTY_DEPUTY, norm.tree.bureau)
    for act, fact in (("propose_alteration", "grounds"), ("dismiss_alteration", "reason")):
        with pytest.raises(RefusedByPerson, match="备案审查人"):
            norm.do(act, norm.people.reviewer, **{fact: "自己定"})


def test_lr34_a_renewed_document_is_filed_anew(norm):
    norm.renewing()
    norm.register("云政发〔2030〕1号", validity_years=3)
    norm.publish(effective_on=None)
    assert term_of(norm.case, "filing").started_on == date(2030, 4, 19)
    norm.file()
    assert norm.case.filings.count() == 2


def test_lr35_another_townships_clerk_reports_nothing(norm):
    norm.ordered()
    other = NormWalk(norm.people, norm.tree, norm.clock)
    other.case = norm.case
    with pytest.raises(RefusedByPerson):
        other.do(
            "report_correction", norm.people.other_township_clerk, correction="repealed",
            account="已废止。",
        )  # fmt: skip
