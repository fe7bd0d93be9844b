"""State the legal conditions of an application for the title (FQ-2 to FQ-10, FQ-17, FQ-18)."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from accreditation.rules import terms as t
from accreditation.rules.scoring import Deviation
from indicators.rules import plain
from workflows import terms
from workflows.conditions import MET, Unmet, Verdict, met_if
from workflows.parameters import Parameter
from workflows.reckoning import ReckoningError, Unit
from workflows.reckoning.lengths import corresponding, day_after

MATERIALS = (
    "自评报告",
    "佐证材料目录及佐证材料",
    "场所照片和平面图",
    "所内（村居）公示记录",
)
"""What must be uploaded (FQ-5); form, score sheet and township opinion come from the system."""

ENTRY: dict[str, str] = {
    "on_staffing_list": "列入县司法局机构编制名册",
    "has_mediation_room": "设人民调解功能区",
    "has_correction_room": "设社区矫正功能区",
    "has_assistance_room": "设安置帮教功能区",
    "has_service_room": "设法律服务功能区",
    "is_street_facing": "沿街落地（一楼）",
    "has_unified_exterior": "外观标识统一",
}
"""What a station must have to apply (FQ-4)."""

REQUIRED: dict[str, Parameter[bool]] = {
    name: Parameter(f"accreditation.entry_{name}", f"申报条件：{label}", True, "FQ-4", "design")
    for name, label in ENTRY.items()
}

LOWER_LEVEL: dict[str, str] = {"provincial": "municipal", "national": "provincial"}
"""The level whose title an upper one presupposes (FQ-10); the county recommends, it names none."""


def has_no_open_application(case: Any, on: date) -> Verdict:
    """One application of a station at a time (FQ-2)."""
    found = case.open_applications()
    return met_if(not found, f"该所已有在办的创建申报（{'、'.join(found)}）。")


def has_no_title(case: Any, on: date) -> Verdict:
    """A station that holds the title of this level needs no new one (FQ-9)."""
    return met_if(
        not case.holds_title(case.level), f"该所已有{case.level_label}称号，无需重复申报。"
    )


def has_waited_since_revocation(case: Any, on: date) -> Verdict:
    """After a revocation a station applies again when the waiting time is over (FQ-12)."""
    revoked_on = case.last_revocation()
    if revoked_on is None:
        return MET
    opens = first_day_after(revoked_on, t.REAPPLY_WAIT)
    return met_if(
        on >= opens, f"称号于{revoked_on}被撤销，等待期满后方可再次申报（{opens}起，FQ-12）。"
    )


def first_day_after(event: date, wait: Parameter[Any]) -> date:
    """Return the first day on which a waiting time in months, years or days is over (WD-3)."""
    length = wait.on(event)
    if length.unit in {Unit.MONTH, Unit.YEAR}:
        return day_after(corresponding(event, length.in_months)[0])
    if length.unit == Unit.DAY:
        return day_after(event, length.amount + 1)
    raise ReckoningError("等待期应以日、月或年为单位。")


def standard_is_complete(case: Any, on: date) -> Verdict:
    """A case is only opened under a complete standard that is in force (FQ-14, FQ-15)."""
    lacking = case.standard_defects()
    if lacking:
        return Unmet("所选标准尚不完整：" + "".join(lacking))
    return met_if(case.standard.valid_from <= on, f"所选标准自{case.standard.valid_from}起启用。")


def has_assessed_every_item(case: Any, on: date) -> Verdict:
    """Every item has its claim, and each claim is one the rules allow (FQ-5, FQ-14)."""
    wrong = [reason for score in case.self_sheet() for reason in claim_defects(score)]
    return met_if(not wrong, "".join(wrong))


def claim_defects(score: Any) -> Iterable[str]:
    """Yield what is wrong with one claim of the station.

    Where an indicator scores the item, the system's points may only be lowered, with a reason;
    elsewhere points are claimed with evidence (FQ-5, FQ-16).
    """
    item = score.item
    if not 0 <= score.claimed <= item.max_points:
        yield f"{item.code}自评得分应在0至{plain(item.max_points)}分之间。"
    elif item.source and score.claimed > score.proposed:
        yield f"{item.code}按指标只能得{plain(score.proposed)}分，不能上调。"
    elif item.source and score.claimed < score.proposed and not score.reason.strip():
        yield f"{item.code}低于系统计分，须说明理由。"
    elif not item.source and score.claimed > 0 and not score.evidence.strip():
        yield f"{item.code}自评得分须列明佐证。"


def meets_entry_conditions(case: Any, on: date) -> Verdict:
    """The station has what FQ-4 asks for; which of it is asked, the office may set."""
    lacking = [
        ENTRY[name]
        for name, required in REQUIRED.items()
        if required.on(on) and not getattr(case, name)
    ]
    return met_if(not lacking, f"不具备申报条件：{'、'.join(lacking)}。")


def declares_no_veto(case: Any, on: date) -> Verdict:
    """No veto circumstance in the look-back period (FQ-4, FQ-17)."""
    declared = case.declared_vetoes()
    return met_if(not declared, f"回溯期内存在一票否决情形：{'、'.join(declared)}。")


def has_complete_materials(case: Any, on: date) -> Verdict:
    """All materials of FQ-5 are in the file; all that lacks is named at once."""
    present = case.material_slots()
    lacking = [material for material in MATERIALS if material not in present]
    return met_if(not lacking, f"申报材料不全，缺：{'、'.join(lacking)}。")


def has_township_opinion(case: Any, on: date) -> Verdict:
    """The township has agreed in writing (FQ-3, FQ-5)."""
    return met_if(case.is_supported_by_township, "乡镇（街道）尚未出具同意申报的意见。")


def awaits_township_opinion(case: Any, on: date) -> Verdict:
    """The township speaks once on each self-assessment (FQ-3)."""
    return met_if(case.township_agrees is None, "乡镇（街道）已出具意见。")


def has_not_been_supplemented(case: Any, on: date) -> Verdict:
    """Supplement is asked once, with all defects at once (FQ-5; law.md 0.4)."""
    return met_if(case.supplement_asked_on is None, "补正只能要求一次，仍不齐全的转入下一批次。")


def is_within_formal_check(case: Any, on: date) -> Verdict:
    """A notice of defects within the term stops it; a later one finds it over (FQ-6, WD-15)."""
    term = terms.latest(case, t.FORMAL_CHECK)
    if term is None or term.due_on is None or on <= term.due_on:
        return MET
    return Unmet(f"形式审查期限已于{term.due_on}届满。")


def is_within_supplement_term(case: Any, on: date) -> Verdict:
    """What is missing comes within the term, else the case waits for the next batch (FQ-5)."""
    term = terms.latest(case, t.SUPPLEMENT)
    if term is None or term.due_on is None or on <= term.due_on:
        return MET
    return Unmet(f"补正期限已于{term.due_on}届满，该件转入下一批次（FQ-5）。")


def may_be_deferred(case: Any, on: date) -> Verdict:
    """The supplement is late, or was made and still does not do (FQ-5)."""
    if case.supplement_asked_on is None:
        return Unmet("未要求过补正，不能直接转入下一批次。")
    if case.is_awaiting_supplement and is_within_supplement_term(case, on):
        return Unmet("补正期限尚未届满。")
    return MET


def has_assessors(case: Any, on: date) -> Verdict:
    """Assessors are appointed before anybody scores (FQ-6)."""
    return met_if(case.assessor_list, "尚未指派评审员。")


def has_no_assessors(case: Any, on: date) -> Verdict:
    """Assessors are appointed once (FQ-6)."""
    return met_if(not case.assessor_list, "评审员已经指派。")


def assessor_defects(people: Iterable[Any], station: Any, attached: set[int]) -> Iterable[str]:
    """Yield who cannot be an assessor: `attached` are those who belong to the station (FQ-6)."""
    for person in people:
        if person.pk in attached:
            yield f"{person.full_name}在{station}任职（或曾任职），应当回避（FQ-6）。"


def is_awaiting_a_sheet(case: Any, on: date) -> Verdict:
    """An assessor is replaced only while a sheet is still to come (FQ-6)."""
    return met_if(case.assessors_without_sheet(), "评审员均已提交评分，不能再更换。")


def replacement_defects(case: Any, leaving: Any, successor: Any, reason: str) -> Iterable[str]:
    """Yield why one person cannot take the place of another: who scored stays (FQ-6)."""
    if all(leaving.pk != each.pk for each in case.assessors_to_score()):
        yield f"{leaving.full_name}不是尚未提交评分的评审员，不能更换。"
    if successor.pk in case.ever_assessors():
        yield f"{successor.full_name}已是或曾是该件评审员。"
    if not reason.strip():
        yield "更换评审员须说明原因。"


def number_of_assessors_fits(count: int, on: date) -> Verdict:
    """Between two and three assessors, as the office has set it (FQ-6)."""
    fewest, most = t.FEWEST_ASSESSORS.on(on), t.MOST_ASSESSORS.on(on)
    return met_if(fewest <= count <= most, f"评审员应为{fewest}至{most}人，现为{count}人（FQ-6）。")


def has_all_sheets(case: Any, on: date) -> Verdict:
    """Every assessor has submitted his own sheet (FQ-6)."""
    waiting = case.assessors_without_sheet()
    return met_if(
        bool(case.assessor_list) and not waiting, f"尚有评审员未提交评分：{'、'.join(waiting)}。"
    )


def settlement_defects(
    differing: Iterable[Deviation], settled: Mapping[int, tuple[Decimal, str]]
) -> Iterable[str]:
    """Yield what is not settled: points within the sheets', with a reason (FQ-6)."""
    for deviation in differing:
        code = deviation.item.code
        points, reason = settled.get(deviation.item.pk, (None, ""))
        if points is None or not reason.strip():
            yield f"{code}评审员评分不一致，须确定得分并说明理由。"
        elif not deviation.lowest <= points <= deviation.highest:
            yield (
                f"{code}的得分应在评审员评分{plain(deviation.lowest)}至"
                f"{plain(deviation.highest)}分之间。"
            )


def county_score_passes(case: Any, on: date) -> Verdict:
    """Pass line and category floors are reached and no veto stands (FQ-15, FQ-17)."""
    shortfalls = case.county_result().shortfalls
    return met_if(not shortfalls, "".join(shortfalls))


def county_publicity_has_run(case: Any, on: date) -> Verdict:
    """Reporting to the city is open from the day after the publicity's last day (FQ-8, WD-12)."""
    return terms.floor_has_run(case, t.COUNTY_PUBLICITY, on)


def city_publicity_has_run(case: Any, on: date) -> Verdict:
    """Naming is open from the day after the publicity's last day (FQ-8, WD-12)."""
    return terms.floor_has_run(case, t.CITY_PUBLICITY, on)


def has_inspection(case: Any, on: date) -> Verdict:
    """The reviewer's proposal of this round is there: file, site, satisfaction (FQ-7)."""
    return met_if(case.current_inspection is not None, "市局审核人尚未提出本轮验收意见。")


def has_no_inspection(case: Any, on: date) -> Verdict:
    """One proposal in each round (FQ-7)."""
    return met_if(case.current_inspection is None, "本轮验收意见已经提出。")


def satisfies_those_served(case: Any, on: date) -> Verdict:
    """The people served are satisfied as far as the office asks (FQ-7), unrounded (FQ-18)."""
    inspection, least = case.current_inspection, t.LEAST_SATISFACTION.on(on)
    if inspection is None:
        return MET
    return met_if(
        inspection.satisfaction_percent >= least,
        f"服务对象满意度{inspection.satisfaction_percent}%，低于{least}%。",
    )


def is_first_round(case: Any, on: date) -> Verdict:
    """There is one re-visit: a second conditional pass does not exist (FQ-7)."""
    return met_if(case.round == 1, "已整改复验一次，只能决定合格或不合格（FQ-7）。")


def is_within_rectification_term(case: Any, on: date) -> Verdict:
    """Rectification is reported within its term (FQ-7)."""
    term = terms.latest(case, t.RECTIFICATION)
    if term is None or term.due_on is None or on <= term.due_on:
        return MET
    return Unmet(f"整改期限已于{term.due_on}届满。")


def rectification_term_has_run_out(case: Any, on: date) -> Verdict:
    """Fail without a re-visit only when the time for rectification ran out unused (FQ-7)."""
    return met_if(not is_within_rectification_term(case, on), "整改期限尚未届满。")


def has_lower_title(case: Any, on: date) -> Verdict:
    """An upper title presupposes the lower one, unless the office has switched this off (FQ-10)."""
    lower = LOWER_LEVEL.get(case.level)
    if lower is None or not t.NEEDS_LOWER_TITLE.on(on) or case.holds_title(lower):
        return MET
    return Unmet("尚无下一级称号，不能命名上一级称号（FQ-10）。")
