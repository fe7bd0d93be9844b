"""Tell how a station applies: the script of an application, with its turns (FQ-3 to FQ-9)."""

import io
from collections.abc import Mapping
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from accreditation.models import Application, Standard
from accreditation.rules.applications import ENTRY, MATERIALS
from accreditation.rules.scoring import Mode
from audit import clock
from demonstration.life import Life, Script
from documents import papers
from documents.models import Paper
from documents.uploads import receive
from indicators.models import report
from workflows.door import open_case

FIGURES = {
    "mediation_success_rate": (19, 20),
    "village_committee_coverage": (20, 20),
    "five_implementations_six_unifications": (11, None),
    "township_fulltime_mediators": (2, None),
    "village_screening_rate": (480, 480),
    "township_screening_rate": (12, 12),
    "major_incidents": (0, None),
    "village_counsel_coverage": (20, 20),
    "handover_rate": (9, 10),
    "key_handover_rate": (3, 3),
    "law_minded_villagers": (3, None),
    "rule_of_law_leaders": (1, None),
    "law_culture_sites": (1, None),
}
FULL = {Mode.ALL_OR_NOTHING: 1, Mode.DEDUCT_PER_UNIT: 0, Mode.TIERED: 1000, Mode.BONUS: 0}

POOR = {"1.2": 6, "11.1": 6, "6.4": 4, "2.4": 4, "9.2": 4, "8.2": 4, "7.1": 4}
"""Faults by item code that cost sixteen points, no category below its floor."""
NOTICED = "1.2"
"""The item in which the second assessor notices one fault more than the first."""
TRIES_ITSELF = {"云红", "花园"}
"""Stations whose people try to decide on their own case."""
MISPRINTED = {"郑店"}
"""Stations for which a paper was voided and issued again."""


def apply(life: Life) -> Script:
    """Lead an application from its opening to the naming."""
    yield from _prepare(life)
    yield from _check(life)
    yield from _score(life)
    yield from _publish(life)
    yield from _inspect(life)
    life.do("publish_city", "city.reviewer", place="市局门户网站")
    yield "city_publicity"
    life.do("name_station", "city.leader")


def _prepare(life: Life) -> Script:
    """Self-assessment, the township's opinion, application."""
    _open(life)
    yield 3
    life.do("start_self_assessment", "chief")
    yield 20
    _claim(life)
    life.do("submit_self_assessment", "chief", summary="各项任务均已完成（示例）。")
    yield 4
    life.do("give_township_opinion", "leader", township_opinion="同意申报。")
    yield 1
    life.do("apply", "chief")
    yield 2


def _check(life: Life) -> Script:
    """Formal check, with the turns that end before it is passed (FQ-5, FQ-6)."""
    if life.rests_after == "withdraw":
        life.do("withdraw", "chief", reason="本所搬迁，完成后再行申报。")
    if life.rests_after in {"return_for_supplement", "defer"}:
        defects = "场所照片缺少社区矫正功能区；公示记录缺少张贴照片。"
        life.do("return_for_supplement", "section.reviewer", defects=defects)
        yield 20
        life.do("defer", "section.reviewer")
    if life.station in TRIES_ITSELF:
        life.attempt("accept", "chief")
        life.attempt("recommend", "officer", meeting="局党组会议", decision="同意推荐。")
    life.do("accept", "section.reviewer")
    yield 2


def _score(life: Life) -> Script:
    """On-site scoring by two assessors and the decision of the party group (FQ-6)."""
    assessors = [life.who("assessor.a"), life.who("assessor.b")]
    life.do("appoint_assessors", "deputy", assessors=assessors)
    yield 5
    _hand_in_sheet(life, "assessor.a")
    life.rest_after("half_scored")
    yield 1
    _hand_in_sheet(life, "assessor.b")
    yield 2
    settled = {
        found.item.pk: (found.lowest, "经核对台账，以现场所见为准（示例）。")
        for found in life.case.deviations()
    }
    life.do("confirm_county_score", "section.reviewer", settled=settled, vetoes=[])
    yield 5
    if life.rests_after == "decline_recommendation":
        life.do(
            "decline_recommendation", "party.secretary", meeting="局党组会议",
            decision="总分未达合格线，整改后再行申报（示例）。",
        )  # fmt: skip
    life.do("recommend", "party.secretary", meeting="局党组会议", decision="同意推荐。")
    if life.station in MISPRINTED:
        _issue_again(life)
    yield 1


def _publish(life: Life) -> Script:
    """County publicity, with an objection where one is raised (FQ-8)."""
    life.do("publish_county", "section.reviewer", place="局门户网站")
    if life.rests_after == "record_objection":
        yield 2
        life.do(
            "record_objection", "section.reviewer", objector="王示例", contact="示例电话",
            content="反映该所公示的调解卷宗数量与实际不符（示例）。",
        )  # fmt: skip
    yield "county_publicity"
    life.do("report_to_city", "section.reviewer")
    yield 12


def _inspect(life: Life) -> Script:
    """Acceptance by the city: passed, to be rectified, or failed (FQ-7)."""
    rectify, fail = (life.rests_after == act for act in ("pass_conditionally", "fail_acceptance"))
    life.do(
        "propose_acceptance", "city.reviewer", file_review="材料齐全", site_visit="与申报相符",
        interviews="群众满意", satisfaction_percent=Decimal("95.5"),
        proposal="conditional" if rectify else "fail" if fail else "pass",
        problems="档案室与调解室混用。" if rectify else "",
    )  # fmt: skip
    yield 3
    if rectify:
        life.do("pass_conditionally", "city.leader", requirements="三十日内分设档案室和调解室。")
    if fail:
        life.do("fail_acceptance", "city.leader", reasons="台账与卷宗数量不符（示例）。")
    life.do("pass_acceptance", "city.leader")
    yield 1


def _open(life: Life) -> None:
    """Report the year's figures and open the application."""
    chief, year = life.who("chief"), life.begins.year
    for code, (numerator, denominator) in FIGURES.items():
        report(
            life.unit, code, year, by=chief, numerator=Decimal(numerator),
            denominator=None if denominator is None else Decimal(denominator), note="示例台账",
        )  # fmt: skip
    standard = Standard.objects.get(level=life.level)
    life.case = open_case(
        Application, by=chief, unit=life.unit, standard=standard, batch_year=year,
        title=f"{life.unit}创建枫桥式司法所（{standard.get_level_display()}）",
    )  # fmt: skip
    life.rest_after("open")


def _claim(life: Life) -> None:
    """Fill in the station's sheet, declare the entry conditions and upload the materials."""
    for score in life.case.self_scores.select_related("item"):
        if not score.item.source and score.item.mode != Mode.BONUS:
            score.claimed, score.evidence = score.item.max_points, "示例台账"
            score.save()
    Application.objects.filter(pk=life.case.pk).update(**dict.fromkeys(ENTRY, True))
    for slot in MATERIALS:
        page = SimpleUploadedFile(f"{slot}（示例）.pdf", blank_page())
        receive(page, by=life.who("officer"), subject=life.case, slot=slot)


def _hand_in_sheet(life: Life, account: str) -> None:
    """Hand in an assessor's sheet: in full, but for what only the second one noticed, or poor."""
    faults, remarks = {}, {}
    if life.rests_after == "decline_recommendation":
        faults = POOR
    elif account == "assessor.b":
        faults = {NOTICED: 1}
        noticed = life.case.standard.items.get(code=NOTICED)
        remarks = {noticed.pk: "缺一次记录（示例）。"}
    life.do(
        "submit_sheet", account, observations=seen(life, faults), remarks=remarks, vetoes={},
        note="现场查看属实（示例）。",
    )  # fmt: skip


def seen(life: Life, faults: Mapping[str, int]) -> dict[int, Decimal]:
    """Return what was observed of each item: all in order but for so many faults by item code."""
    return {
        item.pk: Decimal(faults.get(item.code, FULL[item.mode]))
        for item in life.case.standard.items
    }


def _issue_again(life: Life) -> None:
    """Void the county's opinion for a misprint and issue it under the next number."""
    reviewer, kind = life.who("section.reviewer"), "accreditation.county_opinion"
    papers.void(
        Paper.objects.of(life.case).get(kind=kind), by=reviewer, reason="落款日期有误（示例）"
    )
    papers.issue(life.case, kind, by=reviewer, on=clock.today())


def blank_page() -> bytes:
    """Return a PDF of one empty page, standing for a scanned material."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()
