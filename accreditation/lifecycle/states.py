"""Name the states of an application (FQ-19) and their groups."""

from django.db import models


class State(models.TextChoices):
    """States of an application (FQ-19)."""

    PLANNED = "planned", "已列入计划"
    SELF_ASSESSING = "self_assessing", "自评中"
    TOWNSHIP_OPINION = "township_opinion", "征求乡镇（街道）意见"
    APPLIED = "applied", "已申报"
    SUPPLEMENT = "supplement", "补正中"
    COUNTY_CHECK = "county_check", "县级评审"
    COUNTY_SCORED = "county_scored", "县级已评分"
    RECOMMENDED = "recommended", "已推荐"
    NOT_RECOMMENDED = "not_recommended", "不予推荐"
    COUNTY_PUBLICITY = "county_publicity", "县级公示"
    OBJECTION = "objection", "县级异议核查"
    CITY_REVIEW = "city_review", "市级验收"
    RECTIFYING = "rectifying", "限期整改"
    ACCEPTED = "accepted", "验收合格"
    FAILED = "failed", "验收不合格"
    PUBLICITY = "publicity", "市级公示"
    CITY_OBJECTION = "city_objection", "市级异议核查"
    NAMED = "named", "已命名"
    DEFERRED = "deferred", "转入下一批次"
    WITHDRAWN = "withdrawn", "已撤回"
    TERMINATED = "terminated", "已终止"
    VOIDED = "voided", "已作废"


APPLICANT = ("opened_by", "station_people")
"""Who applied, and those in post at the station: they do nothing that county or city decide."""

UNDECIDED = (
    State.PLANNED,
    State.SELF_ASSESSING,
    State.TOWNSHIP_OPINION,
    State.APPLIED,
    State.SUPPLEMENT,
    State.COUNTY_CHECK,
    State.COUNTY_SCORED,
)
"""States before the decision of the party group, in which the station may withdraw."""


CLOSED = (
    State.NOT_RECOMMENDED,
    State.FAILED,
    State.NAMED,
    State.DEFERRED,
    State.WITHDRAWN,
    State.TERMINATED,
    State.VOIDED,
)
"""States in which an application is over."""

OPEN = tuple(state for state in State if state not in CLOSED)
"""States in which it goes on, and in which it can be terminated or voided (operations.md 2.5)."""
