"""FQ-11, FQ-12: yearly re-check, warning, revocation with statement and appeal, cancellation."""

from datetime import date
from decimal import Decimal

import pytest

from accreditation.models import Application, Standard, Title
from audit.models import Entry, Outcome
from documents.models import Paper
from permissions.roles import Role
from tests import factories
from tests.accreditation.steps import observations, sheet_of, term_of
from workflows import parameters
from workflows.door import open_acts, open_case, perform
from workflows.models.notices import Notice
from workflows.models.tasks import Task
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByRace, RefusedByState


class Register:
    """A title, led on by the people of the small bureau."""

    def __init__(self, walk):
        walk.to("name_station")
        self.walk, self.people, self.clock = walk, walk.people, walk.clock
        self.title = walk.title
        self.clock.stand_at(date(2026, 9, 1))

    def do(self, act, by, **facts):
        """Perform one act and keep the title as it then is."""
        self.title = perform(self.title, act, by=by, **facts)
        return self.title

    def recheck(self, points, veto=None):
        """Re-check with this result."""
        if self.title.state == "active":
            self.do("start_recheck", self.people.reviewer)
        return self.do(
            "record_recheck", self.people.reviewer, observations=sheet_of(self.title, points),
            remarks={}, finding="查看台账", veto=veto,
        )  # fmt: skip

    def warned(self):
        """Warn on 2026-09-01; the term for rectification ends on 2026-12-01."""
        self.recheck("85")
        return self.do("warn", self.people.deputy, requirements="补台账")

    def proposed(self):
        """Propose the revocation after a warning that did not help."""
        self.warned()
        self.do("submit_rectification", self.people.chief, rectification="已补")
        self.recheck("80")
        return self.do("propose_revocation", self.people.deputy, grounds="整改后仍不合格")

    def stated(self):
        """Let the station state its view."""
        self.proposed()
        return self.do("state_defence", self.people.chief, statement="困难")

    def revoked(self):
        """Revoke after the station was heard."""
        self.stated()
        return self.do("revoke", self.people.city_leader, decision="事实清楚")

    def appealed(self):
        """Appeal against the revocation."""
        self.revoked()
        return self.do("appeal", self.people.chief, grounds="程序有误")

    def node(self):
        """Return the step that waits."""
        return Task.objects.of_case(self.title).open().get().node


@pytest.fixture
def register(walk):
    """A title that was conferred on 2025-10-18; the clock stands at 2026-09-01."""
    return Register(walk)


def rechecking(register):
    """Start the re-check."""
    return register.do("start_recheck", register.people.reviewer)


def late(register):
    """Let the term of the warning pass."""
    register.warned()
    register.clock.stand_at(date(2026, 12, 2))


# act, who, how to get there, its facts, the state after it
ACTS = [
    ("start_recheck", "reviewer", lambda r: None, {}, "rechecking"),
    ("start_special_recheck", "reviewer", lambda r: None, {"event": "举报"}, "rechecking"),
    ("record_recheck", "reviewer", rechecking, None, "rechecking"),
    ("maintain", "deputy", lambda r: r.recheck("92"), {}, "active"),
    ("warn", "deputy", lambda r: r.recheck("85"), {"requirements": "补台账"}, "warned"),
    ("submit_rectification", "chief", Register.warned, {"rectification": "已补"}, "rechecking"),
    ("recheck_after_term", "reviewer", late, {}, "rechecking"),
    (
        "propose_revocation", "deputy",
        lambda r: r.recheck("95", veto=r.title.standard.veto_items.first()),
        {"grounds": "一票否决"}, "revocation_proposed",
    ),
    ("state_defence", "chief", Register.proposed, {"statement": "困难"}, "revocation_proposed"),
    (
        "revoke", "city_leader",
        lambda r: (r.proposed(), r.do("state_defence", r.people.chief, statement="困难")),
        {"decision": "事实清楚"}, "revoked",
    ),
    (
        "dismiss_revocation", "city_leader",
        lambda r: (r.proposed(), r.do("state_defence", r.people.chief, statement="困难")),
        {"decision": "情有可原"}, "active",
    ),
    ("appeal", "chief", Register.revoked, {"grounds": "程序有误"}, "appealed"),
    ("uphold_revocation", "second_city_leader", Register.appealed, {"decision": "维持"}, "revoked"),
    (
        "annul_revocation", "second_city_leader", Register.appealed, {"decision": "撤回"},
        "active",
    ),
    ("return_plaque", "reviewer", Register.revoked, {}, "revoked"),
    ("cancel", "city_leader", lambda r: None, {"reason": "机构合并"}, "cancelled"),
]  # fmt: skip


def facts_of(register, facts):
    """Return the facts of an act; those of a re-check need the title's standard."""
    if facts is not None:
        return facts
    return {"observations": sheet_of(register.title, "92"), "remarks": {}, "finding": "查看台账"}


def test_every_act_stands_in_the_table():
    assert set(Title.acts()) == {row[0] for row in ACTS}


@pytest.mark.parametrize(
    ("act", "who", "arrive", "facts", "after"), ACTS, ids=[row[0] for row in ACTS]
)
def test_fq11_fq12_an_act_is_done_by_its_role_and_recorded(
    register, act, who, arrive, facts, after
):
    arrive(register)
    declared, person = Title.acts()[act], getattr(register.people, who)
    facts = facts_of(register, facts)
    strangers = [
        other
        for other in register.people.all
        if not {post.role for post in other.posts.all()} & declared.verb.roles
    ]
    assert len(strangers) >= len(register.people.all) - 5
    for other in strangers:
        with pytest.raises(RefusedByPerson):
            perform(register.title, act, by=other, **facts)
    title = register.do(act, person, **facts)
    assert title.state == after
    entries = Entry.objects.of_subject(title).filter(label=declared.label)
    assert entries.filter(outcome=Outcome.REFUSED).count() == len(strangers)
    assert entries.filter(outcome=Outcome.DONE).last().actor_name == person.full_name
    if after not in declared.sources:
        with pytest.raises((RefusedByState, RefusedByRace)):
            perform(title, act, by=person, **facts)


def test_fq9_a_title_cannot_be_entered_without_a_naming(walk):
    walk.to("open")
    with pytest.raises(RefusedByLaw, match="由命名产生"):
        open_case(Title, by=walk.people.city_leader, unit=walk.tree.station, title="登记")


def test_fq11_one_recheck_a_year(register):
    register.clock.stand_at(date(2025, 12, 31))
    with pytest.raises(RefusedByLaw, match="2025年度已命名或复核"):
        rechecking(register)
    register.clock.stand_at(date(2026, 1, 1))
    assert rechecking(register).state == "rechecking"
    assert term_of(register.title, "yearly_recheck").state == "met"


def test_fq11_a_kept_title_is_due_again_in_a_year(register):
    register.recheck("90")
    title = register.do("maintain", register.people.deputy)
    assert term_of(title, "yearly_recheck").due_on == date(2027, 9, 1)
    assert register.node() == "await_recheck"
    decision = Paper.objects.of(title).get(kind="accreditation.recheck_decision")
    assert "决定保持称号" in decision.words


def test_fq11_below_the_pass_line_the_title_is_not_kept(register):
    register.recheck("89.5")
    with pytest.raises(RefusedByLaw, match=r"未达到合格线.*总分89\.5分，低于合格线90分"):
        register.do("maintain", register.people.deputy)


def test_fq11_a_recheck_follows_the_standard_item_by_item_and_its_sheet_is_kept(register):
    rechecking(register)
    found = observations(register.title, i1_2=4, i3_2=1)
    item = register.title.standard.items.get(code="3.2")
    title = register.do(
        "record_recheck", register.people.reviewer, observations=found,
        remarks={item.pk: "缺一室"}, finding="现场核查",
    )  # fmt: skip
    recheck = title.current_recheck
    assert recheck.points == 97
    assert recheck.scores.count() == title.standard.items.count()
    assert (recheck.scores.get(item=item).points, recheck.scores.get(item=item).remark) == (
        3, "缺一室",
    )  # fmt: skip
    sheet = Paper.objects.of(title).get(kind="accreditation.recheck_sheet")
    assert "缺一室" in sheet.words and "复核得分97分" in sheet.words


def test_fq11_a_category_below_sixty_percent_is_not_kept_whatever_the_total(register):
    rechecking(register)
    register.do(
        "record_recheck", register.people.reviewer, remarks={}, finding="现场核查",
        observations=observations(register.title, i13_1=0, i13_3=0),
    )  # fmt: skip
    assert register.title.recheck_points == 98
    with pytest.raises(RefusedByLaw, match="基层法治建设"):
        register.do("maintain", register.people.deputy)
    assert register.do("warn", register.people.deputy, requirements="补").state == "warned"


def test_fq11_the_bonus_does_not_lift_a_recheck(register):
    rechecking(register)
    register.do(
        "record_recheck", register.people.reviewer, remarks={}, finding="现场核查",
        observations={
            **sheet_of(register.title, "89"),
            register.title.standard.items.get(code="13.4").pk: Decimal(3),
        },
    )  # fmt: skip
    assert register.title.current_recheck.bonus == 3
    with pytest.raises(RefusedByLaw, match="低于合格线"):
        register.do("maintain", register.people.deputy)


def test_fq11_who_rechecked_does_not_decide(register):
    register.recheck("92")
    factories.make_post(register.people.reviewer, Role.COUNTY_DEPUTY, register.walk.tree.bureau)
    with pytest.raises(RefusedByPerson, match="复核登记人"):
        register.do("maintain", register.people.reviewer)


def test_fq11_a_good_title_is_not_warned_and_a_veto_is_more_than_a_warning(register):
    register.recheck("95", veto=register.title.standard.veto_items.first())
    with pytest.raises(RefusedByLaw, match="应提请撤销"):
        register.do("warn", register.people.deputy, requirements="改")
    with pytest.raises(RefusedByLaw):
        register.do("maintain", register.people.deputy)


def test_fq12_revocation_needs_a_veto_or_a_failed_rectification(register):
    register.recheck("85")
    with pytest.raises(RefusedByLaw, match="整改后复核仍不合格"):
        register.do("propose_revocation", register.people.deputy, grounds="分数低")


def test_fq11_the_warning_is_given_once(register):
    register.warned()
    term = term_of(register.title, "warning")
    assert term.due_on == date(2026, 12, 1)
    assert register.node() == "rectify"
    register.do("submit_rectification", register.people.chief, rectification="已补")
    register.recheck("89")
    with pytest.raises(RefusedByLaw, match="警告整改后仍不合格"):
        register.do("warn", register.people.deputy, requirements="再改")


def test_fq11_rectification_that_helps_keeps_the_title(register):
    register.warned()
    register.do("submit_rectification", register.people.chief, rectification="已补")
    register.recheck("91")
    assert register.do("maintain", register.people.deputy).state == "active"


def test_fq11_without_a_report_the_county_goes_on_when_the_term_is_over(register):
    register.warned()
    register.clock.stand_at(date(2026, 12, 1))
    with pytest.raises(RefusedByLaw, match="尚未届满"):
        register.do("recheck_after_term", register.people.reviewer)
    register.clock.stand_at(date(2026, 12, 2))
    with pytest.raises(RefusedByLaw, match="已于2026-12-01届满"):
        register.do("submit_rectification", register.people.chief, rectification="晚了")
    title = register.do("recheck_after_term", register.people.reviewer)
    assert term_of(title, "warning").state == "missed"
    assert register.node() == "recheck"
    ended = Task.objects.of_case(title).get(node="rectify")
    assert (ended.state, ended.close_reason) == ("cancelled", "整改期满未报送")
    register.recheck("80")
    register.do("propose_revocation", register.people.deputy, grounds="未整改")


def test_fq12_the_county_proposes_and_only_the_naming_level_revokes(register):
    register.proposed()
    register.do("state_defence", register.people.chief, statement="困难")
    for name in ("deputy", "director", "secretary", "reviewer", "city_reviewer"):
        with pytest.raises(RefusedByPerson):
            register.do("revoke", getattr(register.people, name), decision="撤销")


def test_fq12_the_station_is_heard_first_or_lets_its_term_pass(register):
    title = register.proposed()
    assert term_of(title, "statement").due_on == date(2026, 9, 8)
    assert Notice.objects.filter(unit=title.unit, role=Role.STATION_CHIEF).exists()
    for day in (date(2026, 9, 1), date(2026, 9, 8)):
        register.clock.stand_at(day)
        with pytest.raises(RefusedByLaw, match="陈述申辩期限未满"):
            register.do("revoke", register.people.city_leader, decision="撤销")
    register.clock.stand_at(date(2026, 9, 9))
    with pytest.raises(RefusedByLaw, match="已于2026-09-08届满"):
        register.do("state_defence", register.people.chief, statement="晚了")
    assert register.do("revoke", register.people.city_leader, decision="撤销").state == "revoked"


def test_fq12_the_chief_finds_the_statement_among_his_acts(register):
    title = register.proposed()
    shown = {act.name: act for act in open_acts(title, register.people.chief)}
    assert shown["state_defence"].allowed
    register.do("state_defence", register.people.chief, statement="困难")
    with pytest.raises(RefusedByLaw, match="已提交过"):
        register.do("state_defence", register.people.chief, statement="再说")


def test_fq12_revocation_has_notice_decision_and_the_plaque_goes_back(register):
    title = register.revoked()
    notice = Paper.objects.of(title).get(kind="accreditation.revocation_notice")
    assert "2026年9月8日" in notice.words
    decision = Paper.objects.of(title).get(kind="accreditation.revocation_decision")
    assert str(decision.number) == "德司枫撤〔2026〕1号"
    assert "困难" in decision.words and "1年" in decision.words
    assert title.plaque_to_return
    title = register.do("return_plaque", register.people.reviewer)
    assert (title.plaque_to_return, title.plaque_returned_on) == (False, date(2026, 9, 1))
    with pytest.raises(RefusedByLaw, match="已交回"):
        register.do("return_plaque", register.people.reviewer)


def test_fq12_an_appeal_comes_within_its_term_and_once(register):
    title = register.revoked()
    assert title.appeal_until == date(2026, 9, 15)
    register.clock.stand_at(date(2026, 9, 16))
    with pytest.raises(RefusedByLaw, match="申诉期限已于2026-09-15届满"):
        register.do("appeal", register.people.chief, grounds="不服")
    register.clock.stand_at(date(2026, 9, 15))
    register.do("appeal", register.people.chief, grounds="不服")
    assert register.node() == "decide_appeal"
    title = register.do("uphold_revocation", register.people.second_city_leader, decision="维持")
    assert (title.state, title.revoked_on) == ("revoked", date(2026, 9, 1))
    with pytest.raises(RefusedByLaw, match="已申诉过"):
        register.do("appeal", register.people.chief, grounds="再诉")


def test_fq12_a_successful_appeal_restores_the_title_and_its_yearly_round(register):
    register.appealed()
    title = register.do("annul_revocation", register.people.second_city_leader, decision="撤回")
    assert (title.state, title.revoked_on, title.closed_on) == ("active", None, None)
    assert register.node() == "await_recheck"
    assert term_of(title, "yearly_recheck").due_on == date(2027, 9, 1)


@pytest.mark.parametrize("act", ["uphold_revocation", "annul_revocation"])
def test_fq12_who_revoked_does_not_decide_the_appeal(register, act):
    register.appealed()
    with pytest.raises(RefusedByPerson, match="您是该件的撤销决定人"):
        register.do(act, register.people.city_leader, decision="复查")
    assert register.title.state == "appealed"
    assert register.do(act, register.people.second_city_leader, decision="复查").appeal_decision


def test_fq12_who_proposed_the_revocation_does_not_decide_it(register):
    register.proposed()
    register.do("state_defence", register.people.chief, statement="困难")
    factories.make_post(register.people.deputy, Role.CITY_LEADER, register.walk.tree.city_bureau)
    for act in ("revoke", "dismiss_revocation"):
        with pytest.raises(RefusedByPerson, match="提请撤销人"):
            register.do(act, register.people.deputy, decision="自己定")


def test_fq12_a_dismissed_revocation_leaves_no_term_of_statement(register):
    register.proposed()
    register.clock.stand_at(date(2026, 9, 9))
    title = register.do("dismiss_revocation", register.people.city_leader, decision="情有可原")
    assert title.state == "active"
    assert term_of(title, "statement").state == "cancelled"
    assert register.node() == "await_recheck"


def test_fq12_a_statement_that_did_not_come_is_noted_as_missed(register):
    register.proposed()
    register.clock.stand_at(date(2026, 9, 9))
    title = register.do("revoke", register.people.city_leader, decision="撤销")
    assert term_of(title, "statement").state == "missed"


@pytest.mark.parametrize(
    ("arrive", "act", "who", "kind", "number", "words"),
    [
        (
            Register.stated, "dismiss_revocation", "city_leader", "dismissal_decision",
            "德司枫留〔2026〕1号", "决定不予撤销",
        ),
        (
            Register.appealed, "uphold_revocation", "second_city_leader", "appeal_decision",
            "德司枫诉〔2026〕1号", "决定维持撤销决定",
        ),
        (
            Register.appealed, "annul_revocation", "second_city_leader", "appeal_decision",
            "德司枫诉〔2026〕1号", "视为自始未被撤销",
        ),
    ],
)  # fmt: skip
def test_fq12_every_decision_is_given_in_writing(register, arrive, act, who, kind, number, words):
    arrive(register)
    title = register.do(act, getattr(register.people, who), decision="理由如下")
    paper = Paper.objects.of(title).get(kind=f"accreditation.{kind}")
    assert str(paper.number) == number
    assert words in paper.words and "理由如下" in paper.words


def test_fq11_a_cancellation_is_given_in_writing(register):
    title = register.do("cancel", register.people.city_leader, reason="机构合并")
    paper = Paper.objects.of(title).get(kind="accreditation.cancellation_decision")
    assert str(paper.number) == "德司枫注〔2026〕1号"
    assert "机构合并" in paper.words and "注销不是处分" in paper.words


def apply_again(register):
    """Open one more application of the station."""
    return open_case(
        Application, by=register.people.chief, unit=register.title.unit, title="再次创建",
        standard=Standard.objects.get(), batch_year=2027,
    )  # fmt: skip


def test_fq12_after_a_revocation_the_station_waits_a_year(register):
    register.revoked()
    register.clock.stand_at(date(2027, 9, 1))
    with pytest.raises(RefusedByLaw, match="2027-09-02起"):
        apply_again(register)
    register.clock.stand_at(date(2027, 9, 2))
    assert apply_again(register).state == "planned"


def test_fq12_the_office_may_set_two_years(register):
    parameters.record(
        parameters.parameter("accreditation.reapply_wait"), "2y", date(2026, 1, 1),
        by=register.people.system_admin, source="局文件",
    )  # fmt: skip
    register.revoked()
    register.clock.stand_at(date(2028, 9, 1))
    with pytest.raises(RefusedByLaw, match="2028-09-02起"):
        apply_again(register)


def test_fq11_a_cancellation_is_neutral_and_needs_no_waiting(register):
    title = register.do("cancel", register.people.city_leader, reason="机构合并")
    assert (title.state, title.revoked_on) == ("cancelled", None)
    assert not Task.objects.of_case(title).open().exists()
    assert apply_again(register).state == "planned"


def test_fq12_an_event_leads_to_a_recheck_within_the_year(register):
    register.clock.stand_at(date(2025, 11, 3))
    title = register.do("start_special_recheck", register.people.reviewer, event="媒体曝光泄密")
    assert register.node() == "recheck"
    assert term_of(title, "yearly_recheck").state == "cancelled"
    veto = title.standard.veto_items.get(number=6)
    register.recheck("95", veto=veto)
    register.do("propose_revocation", register.people.deputy, grounds="泄密")
    assert register.node() == "decide_revocation"
