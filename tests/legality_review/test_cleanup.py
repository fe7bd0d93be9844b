"""LR-36: a clean-up is drafted, put to the public, and its result agrees with the register."""

from datetime import date

import pytest
from django.urls import reverse

from audit.models import Entry, Outcome
from documents.models import Paper
from legality_review.models import Cleanup, NormativeDocument
from legality_review.rules.cleanup import Conclusion, unlike
from legality_review.views import cleanups
from permissions.models import User
from permissions.workbooks import read_workbook
from tests.legality_review.norm_steps import NormWalk, term_of
from workflows.door import perform
from workflows.falling_due import befall_due
from workflows.models.tasks import Task
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByState

NEW = reverse("legality_review:new_cleanup")
DAY = date(2026, 1, 5)


class Cleaning:
    """A clean-up of 云红街道 on 2026-01-05: one valid document, one repealed, one to be lapsed."""

    def __init__(self, norm, signed_in):
        self.norm, self.people, self.signed_in = norm, norm.people, signed_in
        norm.to("register_filing")
        self.repealed = self.another("办法二")
        perform(self.repealed, "repeal", by=self.people.township_leader, reason="已被取代")
        self.trial = self.another("办法三（试行）", validity_years=1)
        norm.clock.stand_at(DAY)
        self.renew_passwords()
        self.clerk = signed_in(self.people.township_clerk)
        self.clerk.post(NEW, {"as_of": "2026-01-05"})
        self.case = Cleanup.objects.get()

    def another(self, title, **facts):
        """Publish one more document."""
        walk = NormWalk(self.people, self.norm.tree, self.norm.clock)
        walk.facts = {"title": title}
        walk.to("open")
        walk.register(f"云政发〔2025〕{NormativeDocument.objects.count() + 10}号",
                      **{"validity_years": 5, **facts})  # fmt: skip
        walk._publish()
        return walk.case

    def renew_passwords(self):
        """Let nobody's password be too old on the day."""
        User.objects.update(password_changed_at=self.norm.clock.now())

    def do(self, act, by, **facts):
        """Perform an act of the clean-up."""
        self.case = perform(self.case, act, by=by, **facts)
        return self.case

    def say(self, document, conclusion, reason=""):
        """Say something of one document on the page of the list."""
        form = {}
        for line in self.case.lines.all():
            form |= {f"conclusion_{line.pk}": line.conclusion, f"reason_{line.pk}": line.reason}
        line = self.case.lines.get(document=document)
        form |= {f"conclusion_{line.pk}": conclusion, f"reason_{line.pk}": reason}
        return self.clerk.post(
            reverse("legality_review:cleanup_lines", args=[self.case.uuid]), form
        )

    def consulting(self):
        """Put the draft on the website on 2026-01-05."""
        return self.do("publish_draft", self.people.township_clerk, place="街道网站")

    def revising(self):
        """Let the public have its time: until 2026-01-14."""
        self.consulting()
        self.norm.clock.stand_at(date(2026, 1, 15))
        return self.do("close_consultation", self.people.township_clerk, handling="没有意见。")


@pytest.fixture
def cleaning(norm, signed_in):
    """A clean-up that was begun."""
    return Cleaning(norm, signed_in)


def test_lr36_a_clean_up_takes_in_every_published_document_with_its_validity(cleaning):
    told = {
        line.document.title: (line.status, line.conclusion) for line in cleaning.case.lines.all()
    }
    assert told == {
        cleaning.norm.case.title: ("valid", "keep"), "办法二": ("repealed", "repeal"),
        "办法三（试行）": ("valid", "keep"),
    }  # fmt: skip
    assert cleaning.case.unit == cleaning.norm.tree.station
    assert Task.objects.of_case(cleaning.case).open().get().node == "draft"


def test_lr36_who_is_not_of_a_township_begins_none(norm, signed_in):
    for person in (norm.people.reviewer, norm.people.chief, norm.people.township_leader):
        assert signed_in(person).get(NEW).status_code == 403
    answer = signed_in(norm.people.township_clerk).post(NEW, {"as_of": "2030-01-01"})
    assert answer.status_code == 422
    assert "清理截止日期不能晚于今天" in answer.content.decode()
    assert not Cleanup.objects.exists()


def test_lr36_the_conclusions_are_filled_in_and_what_has_ended_stays_ended(cleaning):
    assert cleaning.say(cleaning.trial, "amend", "补充程序").status_code == 302
    assert cleaning.case.lines.get(document=cleaning.trial).reason == "补充程序"
    entry = Entry.objects.get(act="legality_review.edit_cleanup")
    assert entry.values_after == {cleaning.trial.number: ["amend", "补充程序"]}
    assert cleaning.say(cleaning.repealed, "keep").status_code == 422


def test_lr36_what_changes_a_document_is_explained_before_the_public_is_asked(cleaning):
    cleaning.say(cleaning.trial, "repeal")
    with pytest.raises(RefusedByLaw, match="须说明理由：办法三（试行）"):
        cleaning.consulting()
    cleaning.say(cleaning.trial, "repeal", "任务完成")
    assert cleaning.consulting().state == "consulting"
    draft = Paper.objects.of(cleaning.case).get(kind="legality_review.cleanup_draft")
    for words in ("公开征求意见至2026年1月14日", "任务完成", "继续有效的规范性文件（1件）"):
        assert words in draft.words


def test_lr36_without_documents_there_is_nothing_to_clean_up(norm, signed_in):
    signed_in(norm.people.township_clerk).post(NEW, {"as_of": "2025-09-15"})
    with pytest.raises(RefusedByLaw, match="没有已公布的规范性文件"):
        perform(Cleanup.objects.get(), "publish_draft", by=norm.people.township_clerk, place="网站")


def test_lr36_the_public_has_its_time_and_opinions_are_kept(cleaning):
    cleaning.consulting()
    clerk = cleaning.people.township_clerk
    assert term_of(cleaning.case, "cleanup_consultation").due_on == date(2026, 1, 14)
    cleaning.do("record_opinion", clerk, author="某村民", content="建议保留。")
    assert cleaning.case.opinions.get().content == "建议保留。"
    assert cleaning.say(cleaning.trial, "amend", "改").status_code == 403
    cleaning.norm.clock.stand_at(date(2026, 1, 14))
    with pytest.raises(RefusedByLaw, match="2026-01-15起方可办理"):
        cleaning.do("close_consultation", clerk, handling="采纳。")
    cleaning.norm.clock.stand_at(date(2026, 1, 15))
    assert cleaning.do("close_consultation", clerk, handling="采纳1条。").state == "revising"


def test_lr36_the_result_agrees_with_the_register(cleaning):
    cleaning.say(cleaning.trial, "repeal", "任务完成")
    cleaning.revising()
    leader = cleaning.people.township_leader
    with pytest.raises(RefusedByLaw, match="请先办理废止或者更正清理结论：办法三（试行）"):
        cleaning.do("conclude", leader, place="街道网站")
    perform(cleaning.trial, "repeal", by=leader, reason="经清理废止")
    cleaning.do("conclude", leader, place="街道网站")
    assert (cleaning.case.state, cleaning.case.concluded_on) == ("concluded", date(2026, 1, 15))
    paper = Paper.objects.of(cleaning.case).get(kind="legality_review.cleanup_list")
    for words in ("继续有效的规范性文件（1件）", "废止的规范性文件（2件）", "收到意见0条"):
        assert words in paper.words


def test_lr36_what_lapsed_meanwhile_is_not_called_valid(cleaning):
    cleaning.revising()
    after = date(2026, 10, 20)
    cleaning.norm.clock.stand_at(after)
    assert befall_due(after) == 1
    with pytest.raises(RefusedByLaw, match=r"不一致.*办法三（试行）"):
        cleaning.do("conclude", cleaning.people.township_leader, place="街道网站")


@pytest.mark.parametrize(
    ("conclusion", "status", "agrees"),
    [
        (Conclusion.KEEP, "valid", True), (Conclusion.KEEP, "pending", True),
        (Conclusion.KEEP, "lapsed", False), (Conclusion.AMEND, "repealed", False),
        (Conclusion.REPEAL, "repealed", True), (Conclusion.REPEAL, "valid", False),
        (Conclusion.LAPSED, "lapsed", True), (Conclusion.LAPSED, "repealed", False),
    ],
)  # fmt: skip
def test_lr36_when_a_conclusion_agrees(conclusion, status, agrees):
    assert (unlike([("办法", conclusion, status)]) == []) is agrees


@pytest.mark.parametrize(
    ("act", "who", "arrive", "facts"),
    [
        ("publish_draft", "township_clerk", None, {"place": "网站"}),
        ("record_opinion", "township_clerk", "consulting", {"author": "某", "content": "好"}),
        ("conclude", "township_leader", "revising", {"place": "网站"}),
    ],
)
def test_lr36_an_act_is_done_by_its_role_and_recorded(cleaning, act, who, arrive, facts):
    if arrive:
        getattr(cleaning, arrive)()
    case = cleaning.case
    for other in ("officer", "other_township_clerk", "reviewer", "auditor"):
        with pytest.raises(RefusedByPerson):
            perform(case, act, by=getattr(cleaning.people, other), **facts)
    cleaning.do(act, getattr(cleaning.people, who), **facts)
    label = Cleanup.acts()[act].label
    assert Entry.objects.of_subject(case).filter(label=label, outcome=Outcome.DONE).count() == 1


def test_lr36_a_published_result_changes_no_more(cleaning):
    cleaning.revising()
    cleaning.do("conclude", cleaning.people.township_leader, place="网站")
    with pytest.raises(RefusedByState, match="已办结"):
        cleaning.do("record_opinion", cleaning.people.township_clerk, author="某", content="迟了")


def test_lr36_the_list_is_shown_and_handed_out(cleaning):
    cleaning.consulting()
    client = cleaning.signed_in(cleaning.people.reviewer)
    page = client.get(cleaning.case.get_absolute_url()).content.decode()
    assert "办法三（试行）" in page and "填写清理结论" not in page
    assert cleaning.case.title in client.get(reverse("legality_review:cleanups")).content.decode()
    answer = client.get(reverse("legality_review:export_cleanup", args=[cleaning.case.uuid]))
    rows = read_workbook(answer.content, [cleanups.SHEET])[cleanups.SHEET.title]
    assert [row.texts["清理结论"] for row in rows] == ["继续有效", "废止", "继续有效"]
    assert Entry.objects.get(act="legality_review.export_cleanup").values_after == {"count": 3}
