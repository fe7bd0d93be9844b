"""LR-30 to LR-35: every act of a document is done by its role, recorded, and refused to others."""

from datetime import date

import pytest

from audit.models import Entry, Outcome
from legality_review.models import NormativeDocument
from permissions.roles import Role
from tests import factories
from tests.legality_review.norm_steps import EFFECTIVE, PUBLISHED, NormWalk, staged, term_of
from workflows.door import open_case, perform
from workflows.models.tasks import Task
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByRace, RefusedByState


def overdue(norm):
    """Let the term of the correction pass."""
    norm.ordered()
    norm.clock.stand_at(date(2025, 11, 11))


REGISTRATION = {
    "document_number": "云政发〔2025〕3号", "printed_on": date(2025, 9, 15), "validity_years": 5,
}  # fmt: skip
KNOWN = {
    "registration_number": "LLDR-2023-0010007", "document_number": "云政发〔2023〕7号",
    "published_on": date(2023, 5, 8), "effective_on": date(2023, 6, 8), "validity_years": 3,
}  # fmt: skip
PUBLICATION = {"media": ["website"], "place": "网站", "effective_on": EFFECTIVE}
SAID, WHY = {"finding": "意见"}, {"reason": "理由"}
REPORT = {"lawfulness": "合法", "effect": "良好", "opinions": "已听取", "proposal": "lapse"}
ANSWERED = {"account": "已补"}
ANSWER = {"correction": "repealed", "account": "已废止。"}
DECISION = {"decision": "annul", "decision_number": "乐政字〔2025〕1号"}

# act, who, how to get there, its facts, the state after it
ACTS = [
    ("register", "township_clerk", lambda n: n.to("open"), REGISTRATION, "registered"),
    ("publish", "township_clerk", lambda n: n.to("register"), PUBLICATION, "published"),
    ("enter_existing", "reviewer", NormWalk.from_before, KNOWN, "in_force"),
    ("file", "township_clerk", lambda n: n.to("publish"), None, "filed"),
    ("register_filing", "reviewer", lambda n: n.to("file"), SAID, "in_force"),
    ("refuse_filing", "reviewer", lambda n: n.to("file"), SAID, "in_force"),
    ("ask_filing_supplement", "reviewer", lambda n: n.to("file"), SAID, "filing_supplement"),
    ("supply_filing", "township_clerk", NormWalk.asked_for_supplement, ANSWERED, "filed"),
    ("order_correction", "reviewer", lambda n: n.to("file"), SAID, "correcting"),
    ("report_correction", "township_clerk", NormWalk.ordered, ANSWER, "correction_reported"),
    ("accept_correction", "reviewer", NormWalk.reported, SAID, "in_force"),
    ("find_uncorrected", "reviewer", NormWalk.reported, SAID, "uncorrected"),
    ("note_uncorrected", "reviewer", overdue, {}, "uncorrected"),
    (
        "propose_alteration", "deputy", NormWalk.uncorrected, {"grounds": "违法"},
        "alteration_proposed",
    ),
    ("dismiss_alteration", "deputy", NormWalk.uncorrected, WHY, "in_force"),
    ("record_decision", "reviewer", NormWalk.proposed, DECISION, "annulled"),
    (
        "start_evaluation", "township_clerk",
        lambda n: (n.to("register_filing"), n.clock.stand_at(EFFECTIVE)),
        {"occasion": "上位法修改"}, "evaluating",
    ),
    ("evaluate", "township_clerk", NormWalk.evaluating, REPORT, "evaluated"),
    (
        "renew", "township_leader", NormWalk.evaluated, {"reason": "继续", "validity_years": 3},
        "registering",
    ),
    ("decide_amendment", "township_leader", NormWalk.evaluated, WHY, "amending"),
    ("decide_repeal", "township_leader", NormWalk.evaluated, WHY, "repealed"),
    ("let_lapse", "township_leader", NormWalk.evaluated, WHY, "in_force"),
    ("amend", "township_leader", lambda n: n.to("register_filing"), WHY, "amending"),
    ("stop_amending", "township_leader", NormWalk.amending, WHY, "in_force"),
    ("replace_by", "township_clerk", NormWalk.amending, None, "replaced"),
    ("repeal", "township_leader", lambda n: n.to("publish"), WHY, "repealed"),
]  # fmt: skip
BY_ITSELF = {"open_evaluation", "lapse"}
THROUGH_AN_OPERATION = {"terminate", "void", "reopen"}
SOME = ("officer", "other_township_clerk", "other_township_leader", "auditor", "system_admin")


def facts_of(norm, act, facts):
    """Return the facts of an act; some need what stands in the database."""
    if facts is not None:
        return facts
    if act == "replace_by":
        return {"successor": norm.successor()}
    by = norm.people.township_clerk
    return {"text": staged(by), "note": staged(by), "bases": staged(by)}


def test_every_act_stands_in_the_table():
    named = {row[0] for row in ACTS} | BY_ITSELF | THROUGH_AN_OPERATION
    assert set(NormativeDocument.acts()) == named
    assert {"extend", "prolong"} & set(NormativeDocument.acts()) == set()


@pytest.mark.parametrize(
    ("act", "who", "arrive", "facts", "after"), ACTS, ids=[row[0] for row in ACTS]
)
def test_an_act_is_done_by_its_role_and_recorded(norm, act, who, arrive, facts, after):
    arrive(norm)
    case, declared, person = norm.case, NormativeDocument.acts()[act], getattr(norm.people, who)
    facts = facts_of(norm, act, facts)
    for other in SOME:
        with pytest.raises(RefusedByPerson):
            perform(case, act, by=getattr(norm.people, other), **facts)
    norm.case = case
    norm.do(act, person, **facts)
    assert norm.case.state == after
    entries = Entry.objects.of_subject(case).filter(label=declared.label)
    assert entries.filter(outcome=Outcome.REFUSED).count() == len(SOME)
    assert entries.filter(outcome=Outcome.DONE).last().actor_name == person.full_name
    assert Task.objects.of_case(case).open().exists() is not (
        norm.case.is_closed or after == "in_force"
    )
    if after not in declared.sources:
        with pytest.raises((RefusedByState, RefusedByRace)):
            perform(norm.case, act, by=person, **facts)


def test_lr17_what_was_not_reviewed_is_not_registered(people, tree):
    with pytest.raises(RefusedByLaw, match="未经合法性审查"):
        open_case(
            NormativeDocument, by=people.reviewer, unit=tree.station, title="未经审查的办法",
            issuer_unit=tree.yunhong_government, issuer_type="township_government",
            adopted_on=None, validity_years=5,
        )  # fmt: skip
    assert not NormativeDocument.objects.exists()


@pytest.mark.parametrize("issuer", ["station", "temporary", "internal", "village"])
def test_lr4_who_may_not_issue_registers_nothing(norm, issuer):
    norm.facts = {"issuer_type": issuer}
    norm.to("open")
    with pytest.raises(RefusedByLaw, match="不得制定规范性文件"):
        norm.register()


def test_lr37_its_issuer_interprets_a_document(norm):
    norm.to("open")
    assert norm.case.interpreter == "由云红街道办事处负责解释"
    norm.register(interpretation="由街道办事处民政办公室承担解释工作")
    assert norm.case.interpreter == "由街道办事处民政办公室承担解释工作"


def test_who_evaluated_does_not_decide(norm):
    norm.evaluated()
    factories.make_post(
        norm.people.township_clerk, Role.TOWNSHIP_LEADER, norm.tree.yunhong_government
    )
    with pytest.raises(RefusedByPerson, match="评估人"):
        norm.do("let_lapse", norm.people.township_clerk, reason="到期")


def test_lr30_a_document_from_before_keeps_its_number_and_the_counter_goes_past_it(norm):
    norm.from_before()
    facts = {**KNOWN, "registration_number": "LLDR-2025-0010004",
             "published_on": date(2025, 3, 3), "effective_on": date(2025, 4, 3)}  # fmt: skip
    norm.do("enter_existing", norm.people.reviewer, **facts)
    assert norm.case.registration_number == "LLDR-2025-0010004"
    assert norm.case.expires_on == date(2028, 4, 2)
    later = NormWalk(norm.people, norm.tree, norm.clock)
    assert later.to("register").registration_number == "LLDR-2025-0010005"
    again = NormWalk(norm.people, norm.tree, norm.clock)
    again.from_before()
    with pytest.raises(RefusedByLaw, match="登记号LLDR-2025-0010004已由"):
        again.do("enter_existing", norm.people.reviewer, **facts)
    with pytest.raises(RefusedByLaw, match="不能晚于今天"):
        again.do("enter_existing", norm.people.reviewer, **{**KNOWN, "effective_on": EFFECTIVE})


def test_lr30_what_is_new_is_not_entered_and_what_is_old_is_not_registered(norm):
    norm.to("open")
    assert Task.objects.of_case(norm.case).open().get().node == "register"
    with pytest.raises((RefusedByLaw, RefusedByState)):
        norm.do("enter_existing", norm.people.reviewer, **KNOWN)
    norm.from_before()
    assert Task.objects.of_case(norm.case).open().get().node == "enter"
    with pytest.raises((RefusedByLaw, RefusedByState)):
        norm.register()


def test_lr38_a_document_that_was_closed_changes_no_more(norm):
    norm.to("publish")
    norm.do("repeal", norm.people.township_leader, reason="内容重复")
    assert norm.case.ended_on == PUBLISHED
    assert term_of(norm.case, "validity").state == term_of(norm.case, "filing").state == "cancelled"
    with pytest.raises((RefusedByState, RefusedByRace)):
        norm.file()
