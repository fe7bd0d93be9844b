"""FQ-16, FQ-18: a station enters its own figures, the bureau sees all in its reach."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfWriter

from audit.models import Entry
from documents.models import StoredFile
from indicators import registry
from indicators.models import Reported, report
from indicators.reading import read

SUCCESS = "mediation_success_rate"


def pdf():
    """Return a small real PDF."""
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    out = BytesIO()
    writer.write(out)
    return SimpleUploadedFile("台账.pdf", out.getvalue(), content_type="application/pdf")


def address(name, station, *more):
    """Return the address of a page about a station."""
    return reverse(f"indicators:{name}", args=[station.uuid, *more])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("chief", 200), ("officer", 200), ("township_leader", 200), ("reviewer", 200),
        ("city_reviewer", 200), ("auditor", 200), ("other_chief", 404),
        ("other_township_leader", 404), ("system_admin", 404),
    ],
)  # fmt: skip
def test_who_sees_the_sheet_of_a_station(people, tree, signed_in, who, status):
    browser = signed_in(getattr(people, who))
    assert browser.get(address("sheet", tree.station, 2025)).status_code == status
    assert browser.get(address("report", tree.station, 2025, SUCCESS)).status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    [("chief", 302), ("officer", 302), ("reviewer", 403), ("other_chief", 404)],
)
def test_who_reports_for_a_station(people, tree, signed_in, who, status):
    browser = signed_in(getattr(people, who))
    typed = {"numerator": "19", "denominator": "20", "note": "台账", "evidence": pdf()}
    answer = browser.post(address("report", tree.station, 2025, SUCCESS), typed)
    assert answer.status_code == status
    assert Reported.objects.exists() is (status == 302)


def test_a_report_is_recorded_with_figure_and_person(people, tree, signed_in):
    typed = {"numerator": "19", "denominator": "20", "note": "台账第3册", "evidence": pdf()}
    signed_in(people.officer).post(address("report", tree.station, 2025, SUCCESS), typed)
    entry = Entry.objects.get(label="填报指标")
    assert entry.actor_name == "云科员"
    assert "台账第3册" in entry.after and "19" in entry.after
    [kept] = StoredFile.objects.all()
    assert kept.sha256 in entry.after, "a name alone proves no content"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"numerator": "21", "denominator": "20", "note": "x"}, "计数不能大于基数"),
        ({"numerator": "-1", "denominator": "20", "note": "x"}, "大于或等于"),
        ({"numerator": "1", "denominator": "20"}, "必填"),
        ({"numerator": "1", "denominator": "20", "note": "x"}, "请选择文件"),
    ],
)
def test_what_is_wrong_stands_beside_the_field(people, tree, signed_in, typed, reason):
    answer = signed_in(people.chief).post(address("report", tree.station, 2025, SUCCESS), typed)
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not Reported.objects.exists()


def test_fq18_the_sheet_shows_89_996_percent_as_not_met(people, tree, signed_in):
    report(
        tree.station, SUCCESS, 2025, by=people.chief,
        numerator=Decimal(22499), denominator=Decimal(25000), note="",
    )  # fmt: skip
    page = signed_in(people.reviewer).get(address("sheet", tree.station, 2025)).content.decode()
    row = page[page.index("人民调解成功率") :]
    assert "89.996%" in row
    assert row.index("未达标") < row.index("手工填报")
    assert "90.00%" not in page


def test_a_figure_from_an_apps_records_shows_its_rows_and_takes_no_report(people, tree, signed_in):
    rows = (registry.Row("调解案件第7号", "/mediation/7/"),)
    registry.register_query(SUCCESS, lambda unit, year: registry.Figure(9, 10, rows))
    try:
        browser = signed_in(people.chief)
        page = browser.get(address("sheet", tree.station, 2025)).content.decode()
        form = browser.get(address("report", tree.station, 2025, SUCCESS)).content.decode()
    finally:
        registry.withdraw_query(SUCCESS)
    assert "系统数据" in page
    assert '<a href="/mediation/7/">调解案件第7号</a>' in page
    assert "不需填报" in form


@pytest.mark.parametrize(("year", "status"), [(2020, 404), (2021, 200), (2025, 200), (2026, 404)])
def test_years_before_the_plan_and_after_today_do_not_exist(people, tree, signed_in, year, status):
    assert signed_in(people.chief).get(address("sheet", tree.station, year)).status_code == status


def test_an_unknown_indicator_is_not_found(people, tree, signed_in):
    page = address("report", tree.station, 2025, "unknown")
    assert signed_in(people.chief).get(page).status_code == 404


def test_the_list_of_stations_follows_the_reach(people, tree, signed_in):
    page = signed_in(people.chief).get(reverse("indicators:stations")).content.decode()
    assert "云红司法所" in page and "铁营司法所" not in page
    page = signed_in(people.reviewer).get(reverse("indicators:stations")).content.decode()
    assert "云红司法所" in page and "铁营司法所" in page


def test_reported_figures_are_visible_by_reach(people, tree):
    report(tree.station, "major_incidents", 2025, by=people.chief, numerator=Decimal(0), note="")
    assert Reported.objects.visible_to(people.reviewer).count() == 1
    assert Reported.objects.visible_to(people.other_chief).count() == 0


def test_the_evidence_stands_behind_the_figure_and_follows_its_reach(people, tree, signed_in):
    typed = {"numerator": "19", "denominator": "20", "note": "台账", "evidence": pdf()}
    signed_in(people.officer).post(address("report", tree.station, 2025, SUCCESS), typed)
    row = read(SUCCESS, tree.station, 2025).rows[1]
    assert row.label == "台账.pdf"
    page = signed_in(people.reviewer).get(address("sheet", tree.station, 2025))
    assert row.url in page.content.decode()
    assert signed_in(people.reviewer).get(row.url).status_code == 200
    assert signed_in(people.other_chief).get(row.url).status_code == 404
