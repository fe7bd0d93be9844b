"""Tell how a reviewed text is adopted: the meeting, the party committee, the signature."""

from datetime import time

from audit import clock
from demonstration import texts
from demonstration.life import Script
from demonstration.matter_life import MatterLife
from legality_review.rules.adoption import EvaluationGround, Spoken, Stance


def adopt(life: MatterLife) -> Script:
    """Bring the reviewed text before the meeting where one decides, and have it signed."""
    yield 1
    if life.case.is_for_meeting:
        yield from _deliberate(life)
    if life.case.is_for_party:
        yield 1
        life.do(
            "report_to_party", "clerk", reported_on=clock.today(), result="党委会议同意（示例）。"
        )
    yield 2
    _sign(life)
    if life.told.evaluated_because:
        yield 300
        life.do(
            "evaluate_decision", "leader", ground=EvaluationGround.OBJECTIONS,
            evaluator="示例社会调查中心", made_prior_assessment=False,
            result=life.told.evaluated_because,
        )  # fmt: skip


def _deliberate(life: MatterLife) -> Script:
    """Let the meeting hear everybody, the head last (LR-28)."""
    title = f"提交讨论稿：{life.case.title}"
    life.do("table_for_deliberation", "clerk", text=life.word(title, life.text))
    yield 2
    life.do(
        "deliberate", "leader", meeting=life.told.meeting, held_on=clock.today(),
        views=views(life), outcome=life.told.outcome,
        explanation="多数同意，反对意见已记录在案（示例）。",
    )  # fmt: skip


def views(life: MatterLife) -> list[Spoken]:
    """Return what everybody said; who dissents has his words on record (LR-40)."""
    told, head = life.told, life.who("leader").full_name
    rejects = told.outcome == "reject"
    most = Stance.DISAGREE if rejects else Stance.AGREE
    words = told.dissent if rejects else ""
    return [
        Spoken("甲示例副镇长", most, words, time(9, 5)),
        Spoken("乙示例委员", Stance.RESERVE if told.dissent else most,
               told.dissent, time(9, 12)),
        Spoken("丙示例所长（列席）", most, words, time(9, 20)),
        Spoken(f"{head}（主要负责人）", most, words or "同意。", time(9, 40), is_head=True),
    ]  # fmt: skip


def _sign(life: MatterLife) -> None:
    """Sign the reviewed text; where somebody changed it first, that is refused (LR-22)."""
    facts = {}
    if life.told.published is not None:
        facts = {"validity_years": life.told.published.years,
                 "is_trial": "试行" in life.told.title}  # fmt: skip
    title = f"签发稿：{life.case.title}"
    if life.told.tampers:
        other = texts.changed(life.text, life.told.tampers)
        life.attempt("sign_text", "leader", text=life.word(title, other, "leader"), **facts)
    life.do("sign_text", "leader", text=life.word(title, life.text, "leader"), **facts)
