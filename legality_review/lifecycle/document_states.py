"""Name the states of an adopted normative document and their groups (law.md 1.7)."""

from django.db import models


class State(models.TextChoices):
    """States of a normative document, from registration to its end."""

    REGISTERING = "registering", "待登记编号"
    REGISTERED = "registered", "已登记待公布"
    PUBLISHED = "published", "已公布待备案"
    FILED = "filed", "备案审查中"
    FILING_SUPPLEMENT = "filing_supplement", "补充备案材料"
    CORRECTING = "correcting", "限期纠正"
    CORRECTION_REPORTED = "correction_reported", "纠正情况待核"
    UNCORRECTED = "uncorrected", "未予纠正"
    ALTERATION_PROPOSED = "alteration_proposed", "已提请改变或者撤销"
    IN_FORCE = "in_force", "有效期内"
    EVALUATING = "evaluating", "评估中"
    EVALUATED = "evaluated", "评估待决定"
    AMENDING = "amending", "修改中"
    REPEALED = "repealed", "已废止"
    LAPSED = "lapsed", "已失效"
    REPLACED = "replaced", "已被替代"
    ANNULLED = "annulled", "已被撤销"
    TERMINATED = "terminated", "已终止"
    VOIDED = "voided", "已作废"


CLOSED = (
    State.REPEALED,
    State.LAPSED,
    State.REPLACED,
    State.ANNULLED,
    State.TERMINATED,
    State.VOIDED,
)
"""States in which the document is over."""

OPEN = tuple(state for state in State if state not in CLOSED)
"""States in which it goes on; its validity runs out in any of them (LR-32)."""

UNPUBLISHED = (State.REGISTERING, State.REGISTERED)
"""States in which it can be ended without effect (终止)."""

REPEALABLE = (
    State.PUBLISHED,
    State.FILED,
    State.FILING_SUPPLEMENT,
    State.IN_FORCE,
    State.EVALUATING,
    State.AMENDING,
)
"""States in which its issuer may repeal it at any time."""
