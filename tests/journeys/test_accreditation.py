"""From the application of a station to its plaque, through the pages, with ten people (FQ-3)."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfWriter

from accreditation.models import Application, Standard, Title
from accreditation.rules.applications import ENTRY, MATERIALS
from accreditation.rules.scoring import Mode
from audit.models import Entry
from documents.models import Paper
from documents.papers import render
from tests.accreditation.steps import FIGURES, FULL
from tests.factories import PASSWORD
from workflows.models.tasks import Task

pytestmark = pytest.mark.django_db


def pdf():
    """Return a small real PDF."""
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    out = BytesIO()
    writer.write(out)
    return SimpleUploadedFile("佐证.pdf", out.getvalue(), content_type="application/pdf")


class Office:
    """The people of the bureau at their browsers."""

    def __init__(self, people, signed_in, station):
        self.people, self.signed_in, self.station = people, signed_in, station
        self.case = None
        self.acted = set()

    def of(self, person):
        """Return the browser of a person."""
        self.acted.add(person.pk)
        return self.signed_in(person)

    def act(self, person, name, **typed):
        """Perform an act on its page: look at the form, then hand it in."""
        browser = self.of(person)
        address = reverse("workflows:act", args=[self.case.KIND, self.case.uuid, name])
        asked = browser.get(address)
        assert asked.status_code == 200, (name, asked.status_code, asked.get("Location"))
        if 'name="signing-password"' in asked.content.decode():
            typed["signing-password"] = PASSWORD
        answer = browser.post(address, typed)
        assert answer.status_code == 302, (name, answer.status_code, answer.content.decode())
        self.case = type(self.case).objects.get(pk=self.case.pk)

    def sees_task(self, person, title):
        """The person's in-box shows the step."""
        page = self.of(person).get(reverse("workflows:inbox")).content.decode()
        assert title in page, (person.full_name, title)

    def page(self, person):
        """Return the case's page as the person sees it."""
        answer = self.of(person).get(self.case.get_absolute_url())
        assert answer.status_code == 200
        return answer.content.decode()


def open_by_page(office):
    """The chief opens the application."""
    browser = office.of(office.people.chief)
    address = reverse("accreditation:new_application")
    assert browser.get(address).status_code == 200
    answer = browser.post(
        address, {"batch_year": "2025", "standard": str(Standard.objects.get().pk)}
    )
    office.case = Application.objects.get()
    assert answer.url == office.case.get_absolute_url()


def report_figures(office):
    """The officer reports every figure of the year."""
    browser = office.of(office.people.officer)
    for code, (numerator, denominator) in FIGURES.items():
        address = reverse("indicators:report", args=[office.station.uuid, 2025, code])
        typed = {"numerator": numerator, "note": "台账", "evidence": pdf()}
        if denominator is not None:
            typed["denominator"] = denominator
        assert browser.post(address, typed).status_code == 302, code


def fill_sheet(office):
    """The officer claims every item, declares the conditions and uploads the materials."""
    browser = office.of(office.people.officer)
    address = reverse("accreditation:sheet", args=[office.case.uuid])
    assert browser.get(address).status_code == 200
    browser.post(reverse("accreditation:refresh_sheet", args=[office.case.uuid]))
    typed = {f"entry-{name}": "on" for name in ENTRY}
    for score in office.case.self_sheet():
        prefix = f"i{score.item.code.replace('.', '_')}"
        full = score.item.max_points if score.item.mode != Mode.BONUS else 0
        typed[f"{prefix}-claimed"] = score.proposed if score.item.source else full
        typed[f"{prefix}-evidence"] = "台账第1册"
    answer = browser.post(address, typed)
    assert answer.status_code == 302, answer.content.decode()
    address = reverse("accreditation:materials", args=[office.case.uuid])
    for material in MATERIALS:
        assert browser.post(address, {"slot": material, "files": pdf()}).status_code == 302


def sheet_fields(case, **changes):
    """Return an assessor's form, full points but for changes."""
    typed = {"opinion": "属实"}
    for item in case.standard.items:
        typed[f"observed_{item.code.replace('.', '_')}"] = str(FULL[item.mode])
    return {**typed, **changes}


def self_assessment(office):
    """From the application to the township's opinion and back to the county."""
    people = office.people
    office.act(people.chief, "start_self_assessment")
    report_figures(office)
    fill_sheet(office)
    office.act(people.chief, "submit_self_assessment", summary="各项任务均已完成。")
    office.sees_task(people.township_leader, "乡镇（街道）意见")
    office.act(people.township_leader, "give_township_opinion", township_opinion="同意申报。")
    office.act(people.chief, "apply")


def county_stage(office, clock):
    """Formal check, two sheets that differ, party group, publicity."""
    people = office.people
    office.sees_task(people.reviewer, "形式审查")
    office.act(people.reviewer, "accept")
    office.act(
        people.deputy, "appoint_assessors",
        assessors=[people.assessor_a.pk, people.assessor_b.pk],
    )  # fmt: skip
    office.act(people.assessor_a, "submit_sheet", **sheet_fields(office.case, observed_3_2="1"))
    assert "评甲的评分" not in office.page(people.assessor_b)
    office.act(people.assessor_b, "submit_sheet", **sheet_fields(office.case))
    assert "评甲的评分" in office.page(people.assessor_b)
    office.act(
        people.reviewer, "confirm_county_score", settled_3_2="3.5", reason_3_2="缺一块标识牌"
    )
    office.act(
        people.secretary, "recommend", meeting="2025年第9次局党组会议", decision="同意推荐。"
    )
    office.act(people.reviewer, "publish_county", place="局门户网站")
    assert clock.today() == date(2025, 9, 26)
    clock.stand_at(date(2025, 10, 11))
    office.act(people.reviewer, "report_to_city")


def city_stage(office, clock):
    """Acceptance, publicity, naming."""
    people = office.people
    office.sees_task(people.city_reviewer, "市级验收")
    office.act(
        people.city_reviewer, "propose_acceptance", file_review="齐全", site_visit="相符",
        interviews="满意", satisfaction_percent="96", proposal="pass", problems="",
    )  # fmt: skip
    office.act(people.city_leader, "pass_acceptance")
    office.act(people.city_reviewer, "publish_city", place="市局门户网站")
    clock.stand_at(date(2025, 10, 18))
    office.act(people.city_leader, "name_station")


def test_fq3_a_station_goes_from_application_to_naming_through_the_pages(
    people, tree, clock, signed_in
):
    office = Office(people, signed_in, tree.station)
    open_by_page(office)
    self_assessment(office)
    county_stage(office, clock)
    city_stage(office, clock)
    case = office.case
    assert case.state == Application.State.NAMED
    assert case.county_total == 99.5
    assert len(office.acted) >= 9
    assert not Task.objects.of_case(case).open().exists()
    title = Title.objects.get(application=case)
    assert (title.state, title.document_number) == ("active", "德司枫命〔2025〕1号")
    naming = Paper.objects.of(case).get(kind="accreditation.naming_document")
    assert render(naming).pdf_sha256
    filed = office.of(people.chief).get(reverse("documents:paper_pdf", args=[naming.uuid]))
    assert filed.status_code == 200, filed.content.decode()
    assert b"".join(filed).startswith(b"%PDF")
    office.case = title
    assert "德司枫命〔2025〕1号" in office.page(people.chief)
    register = office.of(people.deputy).get(reverse("accreditation:titles")).content.decode()
    assert title.plaque_number in register
    labels = set(Entry.objects.values_list("label", flat=True))
    assert {"发起创建申报", "填写自评", "上传材料", "申报", "受理", "推荐", "命名"} <= labels
