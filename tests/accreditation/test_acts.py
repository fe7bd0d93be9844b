"""Every act of an application: done, by the right person only, once, and recorded (FQ-3, FQ-19)."""

from datetime import date
from decimal import Decimal

import pytest

from accreditation.models import Application
from accreditation.rules.applications import MATERIALS
from audit.models import Entry, Outcome
from tests.accreditation.steps import PATH, claim_all, material, observations
from workflows.door import open_acts, open_case, perform
from workflows.refusals import RefusedByPerson, RefusedByRace, RefusedByState

State = Application.State


def filled(walk):
    """Fill the station's sheet and materials without handing them in."""
    case = walk.before("submit_self_assessment")
    claim_all(case)
    for name in MATERIALS:
        material(case, name, walk.people.officer)
    return case


def in_supplement(walk):
    """Bring the case into supplement."""
    walk.before("accept")
    return walk.do("return_for_supplement", walk.people.reviewer, defects="缺照片")


def supplemented(walk):
    """Bring the case back from supplement."""
    in_supplement(walk)
    return walk.do("submit_supplement", walk.people.chief, supplement="已补")


def first_sheet(walk):
    """Bring the case to the assessors."""
    return walk.before("submit_sheet")


def with_objection(walk):
    """Bring the case into an objection during the county's publicity."""
    walk.to("publish_county")
    return walk.do(
        "record_objection", walk.people.reviewer, objector="王某", contact="1390000", content="不实"
    )


def investigated(walk):
    """Let somebody who did not confirm the score investigate the objection."""
    with_objection(walk)
    return walk.do("investigate_objection", walk.people.second_reviewer, **INVESTIGATION)


def with_city_objection(walk):
    """Bring the case into an objection during the city's publicity."""
    walk.to("publish_city")
    return walk.do("record_objection_at_city", walk.people.city_reviewer, **OBJECTION)


def investigated_at_city(walk):
    """Let somebody who did not inspect the station investigate the objection."""
    with_city_objection(walk)
    return walk.do("investigate_at_city", walk.people.second_city_reviewer, **INVESTIGATION)


def a_veto(case):
    """Return a veto circumstance of the case with its evidence."""
    return {"veto": case.standard.veto_items.get(number=2), "evidence": "法院判决书，在矫对象王某"}


def with_veto(walk):
    """Register a veto circumstance during the county's publicity."""
    case = walk.to("publish_county")
    return walk.do("record_veto", walk.people.reviewer, **a_veto(case))


def with_city_veto(walk):
    """Register a veto circumstance during the city's publicity."""
    case = walk.to("publish_city")
    return walk.do("record_veto_at_city", walk.people.second_city_reviewer, **a_veto(case))


def rectifying(walk):
    """Bring the case into rectification."""
    walk.to("propose_acceptance")
    return walk.do("pass_conditionally", walk.people.city_leader, requirements="补齐标识")


def overdue(walk):
    """Let the time for rectification pass."""
    rectifying(walk)
    return walk.clock.stand_at(date(2025, 12, 1)) and walk.case


def before(act):
    """Return the walk to just before an act of the straight path."""
    return lambda walk: walk.before(act)


FINDINGS = {
    "file_review": "齐全", "site_visit": "相符", "interviews": "满意",
    "satisfaction_percent": Decimal(95), "proposal": "pass", "problems": "",
}  # fmt: skip
MEETING = {"meeting": "第9次会议", "decision": "按规定"}
OBJECTION = {"objector": "王某", "contact": "1390000", "content": "不实"}
INVESTIGATION = {"proposal": "dismiss", "finding": "查阅卷宗，未见异议所称情形"}
DECISION = {"decision": "按核查情况决定"}

# act, who, how to get there, its facts, the state after it
ACTS = [
    ("start_self_assessment", "chief", before("start_self_assessment"), {}, State.SELF_ASSESSING),
    ("submit_self_assessment", "chief", filled, {"summary": "完成"}, State.TOWNSHIP_OPINION),
    (
        "give_township_opinion", "township_leader", before("give_township_opinion"),
        {"township_opinion": "同意"}, State.TOWNSHIP_OPINION,
    ),
    (
        "return_to_station", "township_leader", before("give_township_opinion"),
        {"township_opinion": "缺台账"}, State.SELF_ASSESSING,
    ),
    ("apply", "chief", before("apply"), {}, State.APPLIED),
    ("accept", "reviewer", before("accept"), {}, State.COUNTY_CHECK),
    (
        "return_for_supplement", "reviewer", before("accept"), {"defects": "缺照片"},
        State.SUPPLEMENT,
    ),
    ("submit_supplement", "chief", in_supplement, {"supplement": "已补"}, State.APPLIED),
    ("defer", "reviewer", supplemented, {}, State.DEFERRED),
    ("appoint_assessors", "deputy", before("appoint_assessors"), None, State.COUNTY_CHECK),
    ("replace_assessor", "deputy", first_sheet, None, State.COUNTY_CHECK),
    ("submit_sheet", "assessor_a", first_sheet, None, State.COUNTY_CHECK),
    (
        "confirm_county_score", "reviewer", before("confirm_county_score"), {"settled": {}},
        State.COUNTY_SCORED,
    ),
    ("recommend", "secretary", before("recommend"), MEETING, State.RECOMMENDED),
    (
        "decline_recommendation", "secretary", before("recommend"), MEETING,
        State.NOT_RECOMMENDED,
    ),
    (
        "publish_county", "reviewer", before("publish_county"), {"place": "公告栏"},
        State.COUNTY_PUBLICITY,
    ),
    ("record_objection", "reviewer", before("report_to_city"), OBJECTION, State.OBJECTION),
    (
        "record_objection_at_city", "city_reviewer", lambda walk: walk.to("publish_city"),
        OBJECTION, State.CITY_OBJECTION,
    ),
    (
        "investigate_objection", "second_reviewer", with_objection, INVESTIGATION,
        State.OBJECTION,
    ),
    ("dismiss_objection", "secretary", investigated, DECISION, State.COUNTY_PUBLICITY),
    ("correct_and_republish", "secretary", investigated, DECISION, State.COUNTY_PUBLICITY),
    ("uphold_objection", "secretary", investigated, DECISION, State.NOT_RECOMMENDED),
    (
        "investigate_at_city", "second_city_reviewer", with_city_objection, INVESTIGATION,
        State.CITY_OBJECTION,
    ),
    ("dismiss_at_city", "city_leader", investigated_at_city, DECISION, State.PUBLICITY),
    ("republish_at_city", "city_leader", investigated_at_city, DECISION, State.PUBLICITY),
    ("uphold_at_city", "city_leader", investigated_at_city, DECISION, State.FAILED),
    ("record_veto", "reviewer", before("publish_county"), None, State.RECOMMENDED),
    ("end_by_veto", "secretary", with_veto, DECISION, State.NOT_RECOMMENDED),
    ("drop_veto", "secretary", with_veto, DECISION, State.COUNTY_PUBLICITY),
    ("record_veto_at_city", "city_reviewer", before("publish_city"), None, State.ACCEPTED),
    ("end_by_veto_at_city", "city_leader", with_city_veto, DECISION, State.FAILED),
    ("drop_veto_at_city", "city_leader", with_city_veto, DECISION, State.PUBLICITY),
    (
        "propose_acceptance", "city_reviewer", before("propose_acceptance"), FINDINGS,
        State.CITY_REVIEW,
    ),
    ("pass_acceptance", "city_leader", before("pass_acceptance"), {}, State.ACCEPTED),
    (
        "pass_conditionally", "city_leader", before("pass_acceptance"), {"requirements": "补"},
        State.RECTIFYING,
    ),
    (
        "fail_acceptance", "city_leader", before("pass_acceptance"), {"reasons": "不符"},
        State.FAILED,
    ),
    ("fail_overdue", "city_leader", overdue, {}, State.FAILED),
    (
        "submit_rectification", "chief", rectifying, {"rectification": "已改"},
        State.CITY_REVIEW,
    ),
    ("publish_city", "city_reviewer", before("publish_city"), {"place": "网站"}, State.PUBLICITY),
    ("withdraw", "chief", before("accept"), {"reason": "明年再报"}, State.WITHDRAWN),
]  # fmt: skip
AFTER_A_FLOOR = {"report_to_city", "name_station"}
"""Acts that wait for a publicity; they have tests of their own in test_publicity.py."""


def facts_of(act, walk, facts):
    """Return the facts of an act that need the case or its people."""
    if act == "appoint_assessors":
        return {"assessors": [walk.people.assessor_a, walk.people.assessor_b]}
    if act in {"record_veto", "record_veto_at_city"}:
        return a_veto(walk.case)
    if act == "replace_assessor":
        return {
            "leaving": walk.people.assessor_b, "successor": walk.people.assessor_c,
            "reason": "调离",
        }  # fmt: skip
    if act == "submit_sheet":
        return {"observations": observations(walk.case), "remarks": {}, "vetoes": {}}
    return facts


def test_every_act_stands_in_the_table():
    alone = {name for name, act in Application.acts().items() if act.operation is None}
    assert alone == {row[0] for row in ACTS} | AFTER_A_FLOOR
    assert set(PATH) >= AFTER_A_FLOOR


@pytest.mark.parametrize(
    ("act", "who", "arrive", "facts", "after"), ACTS, ids=[row[0] for row in ACTS]
)
def test_fq19_an_act_is_done_once_by_its_role_and_recorded(walk, act, who, arrive, facts, after):
    case = arrive(walk)
    declared, source = Application.acts()[act], case.state
    typed = facts_of(act, walk, facts)
    strangers = [
        person
        for person in walk.people.all
        if not {post.role for post in person.posts.all()} & declared.verb.roles
    ]
    assert len(strangers) >= len(walk.people.all) - 5
    for person in strangers:
        with pytest.raises(RefusedByPerson):
            perform(case, act, by=person, **typed)
    assert Application.objects.get(pk=case.pk).state == source

    case = walk.do(act, getattr(walk.people, who), **typed)
    assert case.state == after
    entries = Entry.objects.of_subject(case).filter(label=declared.label).order_by("sequence")
    assert entries.filter(outcome=Outcome.REFUSED).count() == len(strangers)
    done = entries.get(outcome=Outcome.DONE)
    assert done.actor_name == getattr(walk.people, who).full_name
    assert done.post_text.startswith(done.actor_name)
    if after not in declared.sources:
        with pytest.raises((RefusedByState, RefusedByRace)):
            perform(case, act, by=getattr(walk.people, who), **typed)


@pytest.mark.parametrize(
    ("act", "who"),
    [
        ("start_self_assessment", "other_chief"),
        ("give_township_opinion", "other_township_leader"),
        ("apply", "third_chief"),
    ],
)
def test_the_same_role_of_another_township_is_refused(walk, act, who):
    case = walk.before(act)
    with pytest.raises(RefusedByPerson, match="辖区"):
        perform(case, act, by=getattr(walk.people, who), township_opinion="同意")


def test_fq3_the_acts_open_to_a_person_say_why_the_others_are_closed(walk):
    case = walk.before("apply")
    shown = {act.name: act for act in open_acts(case, walk.people.chief)}
    assert shown["apply"].allowed and shown["withdraw"].allowed
    assert not shown["return_to_station"].allowed
    assert "乡镇（街道）负责人" in shown["return_to_station"].reason


def test_a_closed_case_takes_no_act(walk):
    walk.before("accept")
    case = walk.do("withdraw", walk.people.chief, reason="明年再报")
    for act in Application.acts():
        with pytest.raises((RefusedByState, RefusedByRace)):
            perform(case, act, by=walk.people.reviewer)


def test_fq2_only_the_chief_of_the_station_opens_its_application(walk):
    case = walk.to("open")
    for person in (walk.people.officer, walk.people.other_chief, walk.people.reviewer):
        with pytest.raises(RefusedByPerson):
            open_case(
                Application, by=person, unit=case.unit, title="又一件", standard=case.standard,
                batch_year=2025,
            )  # fmt: skip
