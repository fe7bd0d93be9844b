"""Tell how a matter goes through legality review: the script of a review (LR-1 to LR-40).

Every state is reached by acts through the door; every text is a real .docx that is received,
checked and read as any upload is.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

from django.db import transaction

from audit import clock
from demonstration import texts
from demonstration.adopting import adopt
from demonstration.life import Script
from demonstration.matter_life import COUNTY, MatterLife, told_in
from demonstration.matters import MATTERS
from demonstration.matters.plans import Round, Told
from demonstration.norms import live
from legality_review.rules import materials
from legality_review.rules.matters import Issuer, Matter
from workflows.door import perform
from workflows.refusals import Refusal

ALWAYS_CONSULTED = "收到意见3条，采纳2条；未采纳的1条已电话说明理由（示例）。"


def matter_lives(yesterday: date) -> list[MatterLife]:
    """Return the lives of all matters, those under way counted back from yesterday."""
    return [_life(told, yesterday) for told in MATTERS]


def _life(told: Told, yesterday: date) -> MatterLife:
    """Return the life of one matter, its text written."""
    begins = told.begins
    day = begins if isinstance(begins, date) else yesterday - timedelta(days=begins)
    text = texts.changed(texts.read(told.text, **told.words), told.changes)
    return MatterLife(told.station, day, told.rests_after, told=told, text=text)


def review(life: MatterLife) -> Script:
    """Lead a matter from its draft to the signed text, and what follows from it."""
    told = life.told
    if told.tries_guarantee:
        _try_guarantee(life)
    yield from _begin(life)
    yield 1
    if told.ends:
        yield from ENDS[told.ends](life)
    for one in told.rounds:
        yield from _review(life, one)
    yield from adopt(life)
    if told.published is not None:
        yield from live(life)


def _try_guarantee(life: MatterLife) -> None:
    """Hand in a contract in which the government stands surety; nothing is opened (LR-7)."""
    with suppress(Refusal), transaction.atomic():
        case = life.open_matter(
            "为企业贷款提供保证担保的合同", matter=Matter.CONTRACT, contract_kind="loan",
            counterparty="乐陵示例农商银行", is_guarantee=True, amount=200, is_short_form=True,
            **life.issuer,
        )  # fmt: skip
        perform(case, "submit", by=life.who("clerk"))


def _begin(life: MatterLife) -> Script:
    """Open the matter, bring its materials in, ask the public, and hand it in."""
    told = life.told
    if told.matter == Matter.CONTRACT and told.rests_after != "open":
        life.hand_in_at_once()
        life.rest_after("submit")
        return
    facts = {**life.issuer, **told_in(told)}
    if told.tries_as_station:
        facts |= {"issuer_type": Issuer.STATION, "issuer_name": life.unit.name}
    life.case = life.open_matter(told.title, matter=told.matter, **facts)
    life.rest_after("open")
    life.supply()
    if told.tries_as_station:
        life.attempt("submit", "clerk")
        life.correct_issuer()
    yield 1
    if told.consults:
        yield from _consult(life)
    life.do("submit", "clerk")


def _consult(life: MatterLife) -> Script:
    """Ask the public for as long as the law wants (LR-15)."""
    life.do("open_consultation", "clerk", since=clock.today(), place="乐陵市政府网站、镇街公开栏")
    yield "consultation"
    life.do("close_consultation", "clerk", result=ALWAYS_CONSULTED)
    life.supply()
    yield 1


def _review(life: MatterLife, told: Round) -> Script:
    """Lead one round of review: accepted, examined, sent up where it must, concluded."""
    counsel = life.who(life.told.counsel) if life.told.counsel else None
    life.do("accept", life.reviewer, counsel=counsel)
    yield 1
    if told.lacks:
        yield from _supplement(life, told)
    if told.inquiry:
        yield from _inquire(life, told)
    if told.corrected and not life.case.second_review_grounds():
        life.do("correct_facts", life.reviewer, facts=told.corrected)
    life.examine(life.reviewer, told)
    life.rest_after("examine")
    if life.case.asks_counsel:
        yield from _hear_counsel(life)
    if told.extended_because:
        life.do("extend_review", "deputy", reason=told.extended_because)
        yield 5
    yield 1
    if life.case.second_review_grounds():
        yield from _send_up(life, told)
    life.do(told.concludes, life.reviewer, reasoning=told.reasoning)
    yield from AFTER[told.concludes](life, told)


def _supplement(life: MatterLife, told: Round) -> Script:
    """Ask for what lacks; the clock of the review stands until it is there (LR-27)."""
    life.do("request_supplement", life.reviewer, defects=told.lacks)
    if told.lets_term_pass:
        yield "supplement"
        life.do("return_overdue", life.reviewer)
    yield 6
    life.upload(materials.OTHER, life.paper(materials.OTHER))
    life.do("submit_supplement", "clerk", supplement="已按要求补正（示例）。")
    yield 1


def _inquire(life: MatterLife, told: Round) -> Script:
    """Let experts argue; the notice says that their time is not counted (LR-27)."""
    life.do("begin_inquiry", life.reviewer, notice=told.inquiry, is_excluded=True)
    yield 6
    life.do("end_inquiry", life.reviewer, result="专家组一致认为方案可行（示例）。")


def _hear_counsel(life: MatterLife) -> Script:
    """Let counsel write his opinion beside the examination (LR-14)."""
    life.do("complete_examination", life.reviewer)
    yield 2
    life.do("give_counsel_opinion", life.told.counsel, counsel_opinion=life.told.counsel_opinion)


def _send_up(life: MatterLife, told: Round) -> Script:
    """Send the matter up with the first opinion, and let the county examine it (LR-12)."""
    life.do("escalate", "chief", first_opinion=f"初审意见：{told.reasoning}")
    yield 2
    if told.corrected:
        life.do("correct_facts", COUNTY, facts=told.corrected)
    life.examine(COUNTY, told)
    life.rest_after("second_examine")
    yield 2


def _go_on(life: MatterLife, told: Round) -> Script:
    """Found lawful: nothing more is asked of the drafter."""
    yield from ()


def _revise(life: MatterLife, told: Round) -> Script:
    """Answer every piece of advice with a revised text, until it is as advised (LR-21)."""
    yield 4
    drafts = [told.careless_changes, told.changes] if told.careless_changes else [told.changes]
    reviewed = life.text
    for order, changes in enumerate(drafts, start=1):
        life.text = texts.changed(reviewed, changes)
        _hand_in_revision(life, told)
        yield 1
        if order < len(drafts):
            life.do("reject_revision", life.reviewer, reason="还有意见没有修改到位（示例）。")
            yield 3
    life.do("confirm_revision", life.reviewer)


def _hand_in_revision(life: MatterLife, told: Round) -> None:
    """Hand in the revised text, with a paper where advice was not fully adopted."""
    declines = any(one.adopted != "adopted" for one in told.advice)
    reasons = life.word(materials.REASONS, life.paper(materials.REASONS)) if declines else None
    life.do(
        "submit_revision", "clerk", answers=life.answers(told),
        text=life.word(f"修改稿：{life.case.title}", life.text),
        reasons=reasons,
    )  # fmt: skip


def _reconsider(life: MatterLife, told: Round) -> Script:
    """Found unlawful: give it up, hand in a new version, or go on with the risk (LR-17)."""
    yield 3
    if told.then == "abandon":
        life.attempt("table_for_deliberation", "clerk", text=None)
        life.do("abandon", "clerk", reason=told.said)
    if told.then == "proceed_with_risk":
        life.do("proceed_with_risk", "clerk", risk_note=told.said)
    else:
        life.text = texts.changed(life.text, told.changes)
        stored = life.word(f"送审稿（修改后）：{life.case.title}", life.text)
        life.do("resubmit", "clerk", text=stored, explanation=told.said)
    yield 1


def _make_up_procedure(life: MatterLife, told: Round) -> Script:
    """A step lacked: make it up and hand the matter in anew (LR-10)."""
    yield 2
    yield from _consult(life)
    life.do("submit", "clerk")
    yield 1


AFTER: dict[str, Callable[[MatterLife, Round], Script]] = {
    "find_lawful": _go_on,
    "find_needing_amendment": _revise,
    "find_unlawful": _reconsider,
    "return_for_procedure": _make_up_procedure,
}
"""What follows from a conclusion."""


def _withdraw(life: MatterLife) -> Script:
    """The drafter takes the matter back."""
    life.do("withdraw", "clerk", reason=life.told.because)
    yield from ()


def _return(life: MatterLife) -> Script:
    """The reviewer returns the matter; it comes again only as a new one."""
    life.do("return_matter", "chief", reason=life.told.because)
    yield from ()


def _decline(life: MatterLife) -> Script:
    """The reviewer recognises that the text is no normative document (LR-2)."""
    life.do("decline_scope", "chief", reason=life.told.because)
    yield from ()


ENDS: dict[str, Callable[[MatterLife], Script]] = {
    "withdraw": _withdraw,
    "return_matter": _return,
    "decline_scope": _decline,
}
"""How a matter ends before it is accepted; its life then rests after that act."""
