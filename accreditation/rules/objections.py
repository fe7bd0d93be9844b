"""State the conditions of objections (FQ-8) and of veto circumstances found late (FQ-17)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from workflows.conditions import Verdict, met_if


def objection_is_real_named(objector: str, contact: str) -> Verdict:
    """Objections are real-name, with a way to reach who objects (FQ-8)."""
    return met_if(
        objector.strip() and contact.strip(), "异议应当实名提出，须登记姓名和联系方式（FQ-8）。"
    )


def has_investigation(case: Any, on: date) -> Verdict:
    """An objection is investigated before anybody decides on it (FQ-8)."""
    return met_if(case.is_objection_investigated, "异议核查意见尚未提出。")


def has_no_investigation(case: Any, on: date) -> Verdict:
    """One investigation of each objection (FQ-8)."""
    return met_if(not case.is_objection_investigated, "异议核查意见已经提出。")


def has_recorded_veto(case: Any, on: date) -> Verdict:
    """A veto circumstance was registered after the score and is not decided yet (FQ-17)."""
    return met_if(case.undecided_vetoes(), "没有登记待决定的一票否决情形。")


def has_no_confirmed_veto(case: Any, on: date) -> Verdict:
    """One veto known at any moment keeps the case from going forward (FQ-17)."""
    vetoes = case.confirmed_vetoes()
    return met_if(not vetoes, f"存在一票否决情形：{'、'.join(vetoes)}。")


def veto_defects(case: Any, veto: Any, evidence: str) -> Iterable[str]:
    """Yield why a circumstance cannot be registered: foreign, known already, or unproved."""
    if veto.standard_id != case.standard_id:
        yield "所选否决情形不属于该件适用的标准。"
    if veto.title in case.confirmed_vetoes():
        yield "该否决情形已经登记或确认。"
    if not evidence.strip():
        yield "登记否决情形须写明事实和证据（FQ-17）。"
