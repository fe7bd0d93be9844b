"""State the legal conditions of a title: re-check, warning, revocation (FQ-11, FQ-12)."""

from datetime import date
from typing import Any

from accreditation.rules import terms as t
from workflows import terms
from workflows.conditions import MET, Unmet, Verdict, met_if


def is_due_for_recheck(case: Any, on: date) -> Verdict:
    """The re-check is yearly; an extraordinary one needs its event (FQ-11)."""
    return met_if(
        on.year > case.last_checked_on.year,
        f"{case.last_checked_on.year}年度已命名或复核，本年度内无需再次复核。",
    )


def has_recheck_result(case: Any, on: date) -> Verdict:
    """Somebody has re-checked before somebody else decides (FQ-11)."""
    return met_if(case.recheck_points is not None, "复核得分尚未登记。")


def has_no_recheck_result(case: Any, on: date) -> Verdict:
    """One result for each re-check (FQ-11)."""
    return met_if(case.recheck_points is None, "本次复核得分已经登记。")


def recheck_passes(case: Any, on: date) -> Verdict:
    """Pass line and category floors are reached and no veto stands (FQ-11, FQ-15, FQ-17)."""
    shortfalls = case.recheck_result().shortfalls
    return met_if(not shortfalls, f"复核未达到合格线，不能保持称号：{''.join(shortfalls)}")


def may_be_warned(case: Any, on: date) -> Verdict:
    """Warn once before revoking, where points lack and no veto stands (FQ-11)."""
    if case.recheck_veto:
        return Unmet("存在一票否决情形，应提请撤销。")
    if recheck_passes(case, on):
        return Unmet("复核合格，不应警告。")
    return met_if(not case.is_after_warning, "警告整改后仍不合格，应提请撤销。")


def has_ground_for_revocation(case: Any, on: date) -> Verdict:
    """Ground: a veto event, or below the pass line after rectification (FQ-12)."""
    if case.recheck_veto:
        return MET
    return met_if(
        case.is_after_warning and not recheck_passes(case, on),
        "撤销须有一票否决情形，或者警告整改后复核仍不合格（FQ-12）。",
    )


def is_within_warning_term(case: Any, on: date) -> Verdict:
    """Rectification is reported within its term (FQ-11)."""
    term = terms.latest(case, t.WARNING)
    if term is None or term.due_on is None or on <= term.due_on:
        return MET
    return Unmet(f"整改期限已于{term.due_on}届满。")


def warning_term_has_run_out(case: Any, on: date) -> Verdict:
    """Without a report the re-check goes on only when the term is over (FQ-11)."""
    return met_if(not is_within_warning_term(case, on), "整改期限尚未届满。")


def is_within_statement_term(case: Any, on: date) -> Verdict:
    """The station states its view within the term (FQ-12)."""
    term = terms.latest(case, t.STATEMENT)
    if term is None or term.due_on is None or on <= term.due_on:
        return MET
    return Unmet(f"陈述申辩期限已于{term.due_on}届满。")


def has_not_stated(case: Any, on: date) -> Verdict:
    """One statement for each notice (FQ-12)."""
    return met_if(not case.statement, "已提交过陈述申辩。")


def has_heard_the_station(case: Any, on: date) -> Verdict:
    """No revocation before the station was heard or let its term pass (FQ-12)."""
    return met_if(
        case.statement or not is_within_statement_term(case, on),
        "陈述申辩期限未满且尚未收到陈述申辩，不能决定撤销（FQ-12）。",
    )


def is_within_appeal_term(case: Any, on: date) -> Verdict:
    """An appeal comes within its term (FQ-12)."""
    return met_if(
        case.appeal_until is not None and on <= case.appeal_until,
        f"申诉期限已于{case.appeal_until}届满。",
    )


def has_not_appealed(case: Any, on: date) -> Verdict:
    """One appeal against a decision (FQ-12)."""
    return met_if(case.appealed_on is None, "已申诉过一次。")


def arises_from_naming(case: Any, on: date) -> Verdict:
    """A title comes from a naming and from nothing else (FQ-9)."""
    return met_if(case.application_id is not None, "称号由命名产生，不能直接登记。")


def plaque_is_out(case: Any, on: date) -> Verdict:
    """The plaque of a revoked or cancelled title goes back once (FQ-12)."""
    return met_if(case.plaque_to_return, "牌匾已交回或无需交回。")
