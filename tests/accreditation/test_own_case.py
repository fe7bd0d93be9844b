"""FQ-3, FQ-6: whoever applied, or belongs to the station, decides nothing on its case."""

import pytest

from accreditation.models import Application, Title
from audit.models import Entry, Outcome
from permissions.roles import CITY_ROLES, COUNTY_ROLES, STATION_ROLES, Role
from tests import factories
from tests.accreditation import test_acts, test_title
from tests.accreditation.steps import first_open_day
from workflows.door import open_acts, perform
from workflows.refusals import RefusedByPerson

APPLICATION_ROWS = {
    row[0]: row
    for row in [
        *test_acts.ACTS,
        ("report_to_city", "reviewer", lambda walk: walk.before("report_to_city"), {}, ""),
        ("name_station", "city_leader", lambda walk: walk.before("name_station"), {}, ""),
    ]
}
TITLE_ROWS = {row[0]: row for row in test_title.ACTS}


def judging(model):
    """Return the acts of a kind that are not the station's own, nor done by an operation."""
    return [
        name
        for name, act in model.acts().items()
        if not act.verb.roles & STATION_ROLES and act.operation is None
    ]


def test_an_operation_that_judges_is_closed_to_the_applicant_too():
    """退回、终止、作废、恢复办理: who applied is named in the four eyes of each."""
    acts = [act for act in Application.acts().values() if act.operation is not None]
    assert len(acts) > 4
    assert all("opened_by" in act.not_by for act in acts)


def give_every_post(person, tree):
    """Put a person into every deciding post of township, county and city besides his own."""
    factories.make_post(person, Role.TOWNSHIP_LEADER, tree.yunhong_government)
    for role in COUNTY_ROLES:
        factories.make_post(person, role, tree.bureau)
    for role in CITY_ROLES:
        factories.make_post(person, role, tree.city_bureau)
    person.forget_posts()


def test_there_are_judging_acts():
    assert len(judging(Application)) > 18
    assert len(judging(Title)) > 10


@pytest.mark.parametrize("act", judging(Application))
def test_fq3_the_applicant_with_every_post_judges_nothing_on_his_case(walk, act):
    case = APPLICATION_ROWS[act][2](walk) or walk.case
    if act in test_acts.AFTER_A_FLOOR:
        level = "county" if act == "report_to_city" else "city"
        walk.clock.stand_at(first_open_day(case, f"{level}_publicity"))
    give_every_post(walk.people.chief, walk.tree)
    facts = test_acts.facts_of(act, walk, APPLICATION_ROWS[act][3])
    with pytest.raises(RefusedByPerson, match="您是该件的发起人"):
        perform(case, act, by=walk.people.chief, **facts)
    shown = {each.name: each for each in open_acts(case, walk.people.chief)}
    assert not shown[act].allowed and "须由他人办理" in shown[act].reason
    assert Application.objects.get(pk=case.pk).state == case.state
    label = Application.acts()[act].label
    assert Entry.objects.of_subject(case).filter(label=label, outcome=Outcome.REFUSED).exists()


@pytest.mark.parametrize("act", judging(Title))
def test_fq11_the_stations_people_with_every_post_judge_nothing_on_its_title(walk, act):
    register = test_title.Register(walk)
    _, _, arrive, facts, _ = TITLE_ROWS[act]
    arrive(register)
    facts = test_title.facts_of(register, facts)
    give_every_post(walk.people.officer, walk.tree)
    with pytest.raises(RefusedByPerson, match="您是该件的所在司法所人员"):
        perform(register.title, act, by=walk.people.officer, **facts)


def test_fq6_an_officer_of_the_station_who_reviews_elsewhere_does_not_accept_its_case(walk):
    case = walk.before("accept")
    factories.make_post(walk.people.officer, Role.COUNTY_REVIEWER, walk.tree.section)
    with pytest.raises(RefusedByPerson, match="申报单位人员"):
        perform(case, "accept", by=walk.people.officer)


def test_fq6_a_reviewer_who_left_the_station_may_accept_its_case(walk):
    case = walk.before("accept")
    factories.make_post(
        walk.people.reviewer, Role.STATION_OFFICER, walk.tree.station,
        ends_on=walk.clock.today().replace(year=2024),
    )  # fmt: skip
    assert perform(case, "accept", by=walk.people.reviewer).state == "county_check"


@pytest.mark.parametrize("act", ["recommend", "decline_recommendation"])
def test_fq6_who_confirmed_the_score_does_not_decide_on_the_recommendation(walk, act):
    case = walk.before("recommend")
    factories.make_post(walk.people.reviewer, Role.PARTY_SECRETARY, walk.tree.bureau)
    with pytest.raises(RefusedByPerson, match="得分确认人"):
        perform(case, act, by=walk.people.reviewer, **test_acts.MEETING)
