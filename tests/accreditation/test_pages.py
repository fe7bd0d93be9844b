"""FQ-1, FQ-2, FQ-9: plan, lists and case pages show each person his own part and no more."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.urls import reverse

from accreditation.forms.applications import ACT_FORMS as APPLICATION_FORMS
from accreditation.forms.titles import ACT_FORMS as TITLE_FORMS
from accreditation.models import Application, PlanEntry, Standard, Title
from accreditation.models.loading import load_targets
from accreditation.views import ApplicationPage
from permissions import exceptions
from tests.accreditation.steps import FULL
from workflows.door import open_case


@pytest.fixture
def planned(tree):
    """Put the four stations of the small county into the plan."""
    load_targets(apps.get_model)
    years = {"yunhong": 2021, "tieying": 2021, "kongzhen": 2022, "yangan": 2023}
    for name, year in years.items():
        PlanEntry.objects.create(station=getattr(tree, f"{name}_station"), year=year)


def shows(signed_in, person, name, *args):
    """Return the page as the person sees it."""
    answer = signed_in(person).get(reverse(f"accreditation:{name}", args=args))
    assert answer.status_code == 200, (person.full_name, answer.status_code)
    return answer.content.decode()


def test_fq1_fq2_the_plan_shows_targets_chart_and_late_stations(walk, planned, signed_in):
    walk.to("name_station")
    page = shows(signed_in, walk.people.deputy, "plan")
    rows = re.sub(r' data-label="[^"]*"', "", page)
    assert "<td>2021年</td><td>0/4</td><td>0.00%</td><td>40.00%</td>" in rows
    assert "<td>2025年</td><td>1/4</td><td>25.00%</td><td>100.00%</td>" in rows
    assert 'data-chart="plan-chart"' in page
    assert "未达目标" in page and "未到年末" in page
    late = page[page.index("滞后提醒") : page.index("</section>")]
    assert "铁营司法所" in late and "孔镇司法所" in late
    assert "云红司法所" not in late


def test_fq2_nobody_is_late_before_the_plan_year_is_over(planned, people, clock, signed_in):
    clock.stand_at(date(2021, 12, 31))
    assert "滞后提醒" not in shows(signed_in, people.deputy, "plan")
    clock.stand_at(date(2022, 1, 4))
    assert "滞后提醒" in shows(signed_in, people.deputy, "plan")


def test_fq2_a_station_is_called_late_only_until_it_is_named(walk, planned):
    case = walk.to("name_station")
    remarks = ApplicationPage.context(case, walk.people.chief)["plan_remarks"]
    assert remarks == ["该所计划2021年建成，已滞后于计划。"]
    case.opened_on = date(2026, 1, 5)
    assert ApplicationPage.context(case, walk.people.chief)["plan_remarks"] == []


def test_the_plan_of_a_station_shows_no_other_station(walk, planned, signed_in):
    walk.to("apply")
    page = shows(signed_in, walk.people.other_chief, "plan")
    assert "铁营司法所" in page
    assert "云红" not in page and "孔镇" not in page
    assert walk.case.number not in page
    assert "plan-chart" not in page


def test_the_plan_does_not_tell_of_an_application_from_which_one_is_recused(
    walk, planned, signed_in
):
    """FQ-7: it says that there is one, not that none was handed in."""
    case, people = walk.to("apply"), walk.people
    assert case.number in shows(signed_in, people.reviewer, "plan")
    exceptions.recuse(case, people.reviewer, reason="近亲属", by=people.security_admin)
    page = shows(signed_in, people.reviewer, "plan")
    assert case.number not in page and str(case.uuid) not in page
    assert "该件您已回避" in page and case.state_label not in page
    assert "该件您已回避" not in shows(signed_in, people.second_reviewer, "plan")


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("chief", True), ("officer", True), ("township_leader", True), ("reviewer", True),
        ("secretary", True), ("city_leader", True), ("auditor", True),
        ("other_chief", False), ("other_township_leader", False), ("third_chief", False),
    ],
)  # fmt: skip
def test_lists_and_case_pages_follow_the_reach_of_the_post(walk, signed_in, who, sees):
    walk.to("name_station")
    person = getattr(walk.people, who)
    assert (walk.case.number in shows(signed_in, person, "applications")) is sees
    assert (walk.title.number in shows(signed_in, person, "titles")) is sees
    browser = signed_in(person)
    for case in (walk.case, walk.title):
        assert browser.get(case.get_absolute_url()).status_code == (200 if sees else 404)
    sheet = reverse("accreditation:materials", args=[walk.case.uuid])
    assert browser.get(sheet).status_code == (403 if sees else 404)


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "audit_admin"])
def test_administrators_have_no_business_here(walk, signed_in, who):
    case = walk.to("open")
    browser = signed_in(getattr(walk.people, who))
    for name in ("plan", "applications", "titles", "standards"):
        assert browser.get(reverse(f"accreditation:{name}")).status_code == 403
    assert browser.get(case.get_absolute_url()).status_code == 404


def test_applications_are_narrowed_by_state(walk, signed_in):
    case = walk.to("open")
    browser = signed_in(walk.people.reviewer)
    address = reverse("accreditation:applications")
    assert case.number in browser.get(address, {"state": "planned"}).content.decode()
    assert case.number not in browser.get(address, {"state": "named"}).content.decode()


def test_the_list_runs_as_many_statements_for_many_rows(
    walk, signed_in, django_assert_max_num_queries
):
    walk.to("open")
    for name in ("other_chief", "third_chief", "fourth_chief"):
        person = getattr(walk.people, name)
        open_case(
            Application, by=person, unit=person.posts.get().unit, title="创建",
            standard=Standard.objects.get(), batch_year=2025,
        )  # fmt: skip
    browser = signed_in(walk.people.reviewer)
    address = reverse("accreditation:applications")
    with django_assert_max_num_queries(30):
        assert "4号" in browser.get(address).content.decode()


def test_only_a_chief_of_a_station_gets_the_opening_page(people, signed_in):
    address = reverse("accreditation:new_application")
    assert signed_in(people.chief).get(address).status_code == 200
    for person in (people.officer, people.reviewer, people.township_leader):
        assert signed_in(person).get(address).status_code == 403


def test_a_second_application_is_refused_on_the_page_with_its_reason(walk, signed_in):
    walk.to("open")
    typed = {"batch_year": "2026", "standard": str(Standard.objects.get().pk)}
    answer = signed_in(walk.people.chief).post(reverse("accreditation:new_application"), typed)
    assert answer.status_code == 422
    assert "已有在办的创建申报" in answer.content.decode()


@pytest.mark.parametrize(
    ("model", "forms"), [(Application, APPLICATION_FORMS), (Title, TITLE_FORMS)]
)
def test_every_form_belongs_to_an_act(model, forms):
    assert set(forms) <= set(model.acts())


def test_the_case_page_tells_where_points_are_lost(walk, signed_in):
    case = walk.to("start_self_assessment")
    page = signed_in(walk.people.chief).get(case.get_absolute_url()).content.decode()
    assert "失分最多的项目" in page
    assert "填写自评打分表" in page
    assert "未列入创建计划，属自行提前申报" in page


def test_the_recheck_page_takes_a_result(walk, signed_in, settings):
    settings.PASSWORD_MAX_AGE_DAYS = 10_000
    walk.to("name_station")
    walk.clock.stand_at(date(2026, 3, 2))
    browser = signed_in(walk.people.reviewer)
    title = walk.title
    start = reverse("workflows:act", args=["title", title.uuid, "start_recheck"])
    assert browser.post(start, {}).status_code == 302
    address = reverse("workflows:act", args=["title", title.uuid, "record_recheck"])
    page = browser.get(address).content.decode()
    assert "一票否决情形" in page and "其他评审员看不到" not in page
    typed = {"finding": "好"}
    for item in title.standard.items:
        typed[f"observed_{item.code.replace('.', '_')}"] = str(FULL[item.mode])
    typed["observed_1_2"] = "6"
    assert browser.post(address, {**typed, "observed_3_2": ""}).status_code == 422
    assert browser.post(address, typed).status_code == 302
    assert walk.title.recheck_points == 97
    page = browser.get(title.get_absolute_url()).content.decode()
    assert "年度复核：97.00分" in page and "<td>组织生活制度</td>" in page


def test_the_stage_bar_tells_what_was_left_out(walk, signed_in):
    """A stage before the present one counts as done only where the case was in it."""
    walk.to("accept")
    case = walk.do("withdraw", walk.people.chief, reason="搬迁")
    bar = signed_in(walk.people.chief).get(case.get_absolute_url()).context["stages"]
    labels = [stage.label for stage in bar]
    assert labels == ["已办"] * 4 + ["未经过"] * 5
