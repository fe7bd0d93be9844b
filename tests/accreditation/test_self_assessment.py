"""FQ-2 to FQ-5, FQ-16: opening, the station's sheet, entry conditions, materials."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accreditation.models import Application, SelfScore, Standard, copy_standard
from accreditation.rules.applications import ENTRY, MATERIALS, has_township_opinion
from audit.models import Entry
from demonstration.applying import blank_page
from documents import uploads
from documents.models import Paper
from indicators.models import report
from tests.accreditation.steps import claim_all, good_figures, material
from workflows import parameters
from workflows.door import open_case
from workflows.models.terms import Term
from workflows.refusals import RefusedByLaw, RefusedByRace, RefusedByState


def opened(walk, **facts):
    """Open one more application of the station."""
    asked = {"standard": Standard.objects.order_by("pk").first(), "batch_year": 2025, **facts}
    return open_case(
        Application, by=walk.people.chief, unit=walk.tree.station, title="创建", **asked
    )


def refuses(walk, act, reason, **facts):
    """The chief's act is refused by law with this reason, and nothing changes."""
    before = walk.case.state
    with pytest.raises(RefusedByLaw, match=reason):
        walk.do(act, walk.people.chief, **facts)
    assert Application.objects.get(pk=walk.case.pk).state == before


def test_fq2_a_station_outside_the_plan_applies_early(walk):
    case = walk.to("open")
    assert not hasattr(case.unit, "plan_entry")
    assert case.state == Application.State.PLANNED
    assert case.number == "乐司枫申〔2025〕1号"


def test_fq2_one_open_application_of_a_station_at_a_time(walk):
    walk.to("open")
    with pytest.raises(RefusedByLaw, match="已有在办"):
        opened(walk)


def test_fq9_a_station_that_holds_the_title_does_not_apply_again(walk):
    walk.to("name_station")
    with pytest.raises(RefusedByLaw, match="无需重复申报"):
        opened(walk)


def test_fq14_no_case_is_opened_under_an_incomplete_standard(walk):
    draft = copy_standard(Standard.objects.get(), year=2025)
    draft.items.filter(code="1.1").delete()
    with pytest.raises(RefusedByLaw, match="尚不完整"):
        opened(walk, standard=draft)


def test_fq14_no_case_is_opened_under_a_standard_not_yet_in_force(walk):
    draft = copy_standard(Standard.objects.get(), year=2026, valid_from=date(2026, 1, 1))
    with pytest.raises(RefusedByLaw, match="2026-01-01起启用"):
        opened(walk, standard=draft)


def test_fq14_the_self_assessment_freezes_the_standard(walk):
    case = walk.to("open")
    assert case.standard.is_draft
    case = walk.to("start_self_assessment")
    assert not Standard.objects.get(pk=case.standard_id).is_draft


def test_fq16_the_system_proposes_points_from_the_indicators(walk):
    good_figures(walk.tree.station, walk.people.chief)
    report(
        walk.tree.station, "mediation_success_rate", 2025, by=walk.people.chief,
        numerator=Decimal(22499), denominator=Decimal(25000), note="",
    )  # fmt: skip
    walk.case = opened(walk)
    case = walk.do("start_self_assessment", walk.people.chief)
    rows = {score.item.code: score for score in case.self_sheet()}
    assert rows["6.3"].proposed == 2
    assert "89.996%" in rows["6.3"].reading
    assert rows["6.1"].proposed == 2
    assert rows["1.1"].proposed == 0
    assert len(rows) == 50


def test_fq16_new_figures_are_taken_over_and_a_lowered_claim_stays(walk):
    case = walk.to("start_self_assessment")
    SelfScore.objects.filter(application=case, item__code="6.1").update(claimed=1, reason="缺账")
    for code in ("mediation_success_rate", "village_screening_rate"):
        report(
            walk.tree.station, code, 2025, by=walk.people.chief,
            numerator=Decimal(97), denominator=Decimal(100), note="",
        )  # fmt: skip
    assert case.refresh_proposals() == 2
    rows = {score.item.code: score for score in case.self_sheet()}
    assert (rows["6.1"].proposed, rows["6.1"].claimed) == (Decimal("1.4"), 1)
    assert (rows["6.3"].proposed, rows["6.3"].claimed) == (4, 4)


@pytest.mark.parametrize(
    ("code", "change", "reason"),
    [
        ("6.3", {"claimed": 3}, "须说明理由"),
        ("6.3", {"proposed": 2, "claimed": 4}, "不能上调"),
        ("1.1", {"claimed": 2, "evidence": ""}, "须列明佐证"),
        ("1.1", {"claimed": 3}, "0至2分之间"),
        ("1.1", {"claimed": -1}, "0至2分之间"),
    ],
)
def test_fq5_a_claim_is_lowered_with_reason_or_proved_with_evidence(walk, code, change, reason):
    case = prepared(walk)
    SelfScore.objects.filter(application=case, item__code=code).update(**change)
    refuses(walk, "submit_self_assessment", reason, summary="完成")


def prepared(walk):
    """Fill everything in, without handing it in."""
    case = walk.before("submit_self_assessment")
    claim_all(case)
    for name in MATERIALS:
        material(case, name, walk.people.officer)
    return case


def test_fq5_an_item_may_be_claimed_with_nothing_and_no_evidence(walk):
    case = prepared(walk)
    SelfScore.objects.filter(application=case, item__code="1.1").update(claimed=0, evidence="")
    case = walk.do("submit_self_assessment", walk.people.chief, summary="完成")
    assert case.self_total == 98


@pytest.mark.parametrize("name", ENTRY)
def test_fq4_each_entry_condition_is_asked(walk, name):
    case = prepared(walk)
    Application.objects.filter(pk=case.pk).update(**{name: False})
    refuses(walk, "submit_self_assessment", ENTRY[name].replace("（", ".").replace("）", "."),
            summary="完成")  # fmt: skip


def test_fq4_the_office_may_waive_an_entry_condition(walk):
    case = prepared(walk)
    Application.objects.filter(pk=case.pk).update(is_street_facing=False)
    parameters.record(
        parameters.parameter("accreditation.entry_is_street_facing"), "否", date(2025, 1, 1),
        by=walk.people.system_admin, source="局文件",
    )  # fmt: skip
    assert walk.do("submit_self_assessment", walk.people.chief, summary="完成")


def test_fq4_fq17_a_declared_veto_keeps_the_station_from_applying(walk):
    case = prepared(walk)
    case.veto_checks.filter(veto__number=4).update(is_declared=True)
    refuses(walk, "submit_self_assessment", "弄虚作假", summary="完成")


def test_fq5_all_missing_materials_are_named_at_once(walk):
    case = prepared(walk)
    case.materials().filter(slot__in=[MATERIALS[0], MATERIALS[2]]).update(
        withdrawn_at=walk.clock.now()
    )
    refuses(walk, "submit_self_assessment", f"缺：{MATERIALS[0]}、{MATERIALS[2]}。", summary="完成")


def test_fq5_the_sheet_and_the_form_are_issued_as_papers(walk):
    case = walk.to("apply")
    kinds = set(Paper.objects.of(case).values_list("kind", flat=True))
    assert kinds == {"accreditation.self_sheet", "accreditation.application_form"}
    form = Paper.objects.of(case).get(kind="accreditation.application_form")
    assert "云主任" in form.words and "100分" in form.words


def test_fq3_the_township_returns_and_speaks_again_on_the_next_sheet(walk):
    walk.before("give_township_opinion")
    case = walk.do("return_to_station", walk.people.township_leader, township_opinion="缺台账")
    assert (case.state, case.township_agrees) == ("self_assessing", False)
    case = walk.do("submit_self_assessment", walk.people.chief, summary="已补台账")
    assert case.township_agrees is None
    with pytest.raises(RefusedByState):
        walk.do("apply", walk.people.chief)
    assert "尚未出具同意" in has_township_opinion(case, walk.clock.today()).reason
    walk.do("give_township_opinion", walk.people.township_leader, township_opinion="同意")
    with pytest.raises(RefusedByRace, match="云主任"):
        walk.do("give_township_opinion", walk.people.township_leader, township_opinion="再说")
    assert walk.do("apply", walk.people.chief).state == "applied"


def test_fq6_applying_starts_the_formal_check_of_five_working_days(walk):
    case = walk.to("apply")
    term = Term.objects.of_case(case).get(code="formal_check")
    assert term.due_on == date(2025, 10, 10)
    assert case.due_on == date(2025, 10, 10)


def sheet_page(case):
    """Return the address of the station's sheet."""
    return reverse("accreditation:sheet", args=[case.uuid])


def test_a_wrong_claim_is_told_beside_its_item_and_nothing_is_lost(walk, signed_in):
    case = walk.to("start_self_assessment")
    typed = {f"entry-{name}": "on" for name in ENTRY}
    for score in case.self_sheet():
        prefix = f"i{score.item.code.replace('.', '_')}"
        typed[f"{prefix}-claimed"] = score.proposed
    typed["i1_1-claimed"] = "2"
    typed["i1_2-evidence"] = "支部记录本"
    browser = signed_in(walk.people.officer)
    answer = browser.post(sheet_page(case), typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "1.1自评得分须列明佐证" in page
    assert "支部记录本" in page
    typed["i1_1-evidence"] = "党员名册"
    assert browser.post(sheet_page(case), typed).status_code == 302
    assert case.self_scores.get(item__code="1.1").claimed == 2
    assert Application.objects.get(pk=case.pk).has_unified_exterior
    assert Entry.objects.of_subject(case).filter(label="填写自评").exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("other_chief", 404), ("township_leader", 403), ("reviewer", 403), ("chief", 200)],
)
def test_only_the_station_fills_its_sheet_in(walk, signed_in, who, status):
    case = walk.to("start_self_assessment")
    answer = signed_in(getattr(walk.people, who)).get(sheet_page(case))
    assert answer.status_code == status


def test_the_sheet_is_closed_once_it_is_handed_in(walk, signed_in):
    case = walk.to("submit_self_assessment")
    browser = signed_in(walk.people.chief)
    assert browser.get(sheet_page(case)).status_code == 403
    materials = reverse("accreditation:materials", args=[case.uuid])
    assert browser.get(materials).status_code == 200
    walk.to("apply")
    assert browser.get(materials).status_code == 403


def test_a_material_is_withdrawn_but_kept(walk, signed_in):
    case = prepared(walk)
    stored = case.materials().first()
    address = reverse("accreditation:withdraw_material", args=[case.uuid, stored.uuid])
    assert signed_in(walk.people.other_chief).post(address).status_code == 404
    assert signed_in(walk.people.officer).post(address).status_code == 302
    stored.refresh_from_db()
    assert stored.withdrawn_at is not None
    assert stored.slot not in case.material_slots()


@pytest.mark.parametrize(
    ("last", "opens"),
    [
        ("start_self_assessment", True), ("submit_self_assessment", True),
        ("give_township_opinion", False), ("apply", False), ("accept", False),
    ],
)  # fmt: skip
def test_fq5_materials_are_closed_once_the_township_has_agreed(walk, signed_in, last, opens):
    case = walk.to(last)
    stored = case.materials().first() or material(case, MATERIALS[0], walk.people.officer)
    browser = signed_in(walk.people.chief)
    address = reverse("accreditation:materials", args=[case.uuid])
    out = reverse("accreditation:withdraw_material", args=[case.uuid, stored.uuid])
    assert browser.get(address).status_code == (200 if opens else 403)
    assert browser.post(out).status_code == (302 if opens else 403)
    stored.refresh_from_db()
    assert (stored.withdrawn_at is not None) is opens
    assert ("上传申报材料" in browser.get(case.get_absolute_url()).content.decode()) is opens


def test_fq5_materials_open_again_for_the_supplement(walk, signed_in):
    walk.to("apply")
    case = walk.do("return_for_supplement", walk.people.reviewer, defects="缺照片")
    address = reverse("accreditation:materials", args=[case.uuid])
    assert signed_in(walk.people.chief).get(address).status_code == 200


def test_fq5_the_trace_of_a_material_holds_its_digest(walk, signed_in):
    case = walk.to("start_self_assessment")
    browser = signed_in(walk.people.chief)
    stored = uploads.receive(SimpleUploadedFile("自评报告.pdf", blank_page()), by=walk.people.chief)
    address = reverse("accreditation:materials", args=[case.uuid])
    typed = {"slot": MATERIALS[0], "files-staged": str(stored.uuid)}
    assert browser.post(address, typed).status_code == 302
    kept = Entry.objects.get(label="上传材料")
    assert stored.sha256 in kept.after and "自评报告.pdf" in kept.after
    out = reverse("accreditation:withdraw_material", args=[case.uuid, stored.uuid])
    assert browser.post(out).status_code == 302
    assert stored.sha256 in Entry.objects.get(label="撤下材料").before
