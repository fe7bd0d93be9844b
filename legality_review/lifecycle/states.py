"""Name the states of a matter under legality review."""

from django.db import models


class State(models.TextChoices):
    """States of a matter under review."""

    DRAFT = "draft", "起草中"
    CONSULTATION = "consultation", "公开征求意见"
    SUBMITTED = "submitted", "已送审"
    SUPPLEMENT = "supplement", "补正中"
    STATION_REVIEW = "station_review", "司法所审查"
    COUNTY_REVIEW = "county_review", "县级复审"
    REVISING = "revising", "按意见修改"
    CONFIRMING = "confirming", "复核修改稿"
    UNLAWFUL = "unlawful", "审查不合法"
    READY = "ready", "审查通过"
    DELIBERATION = "deliberation", "集体讨论"
    ADOPTED = "adopted", "讨论通过"
    SIGNED = "signed", "已签发"
    REJECTED = "rejected", "讨论未通过"
    RETURNED = "returned", "已退回"
    NOT_IN_SCOPE = "not_in_scope", "不属于审查范围"
    ABANDONED = "abandoned", "不予制定"
    WITHDRAWN = "withdrawn", "已撤回"
    TERMINATED = "terminated", "已终止"
    VOIDED = "voided", "已作废"


IN_REVIEW = (State.STATION_REVIEW, State.COUNTY_REVIEW)
"""States in which the text is examined and an opinion is written."""

EDITABLE = (State.DRAFT, State.SUPPLEMENT)
"""States in which the drafter may change what he tells of the matter, and its materials."""

BEFORE_MEETING = (
    State.DRAFT,
    State.CONSULTATION,
    State.SUBMITTED,
    State.SUPPLEMENT,
    *IN_REVIEW,
    State.REVISING,
    State.CONFIRMING,
    State.UNLAWFUL,
    State.READY,
)
"""States in which the drafter may withdraw the matter, with a reason."""

CLOSED = (
    State.SIGNED,
    State.REJECTED,
    State.RETURNED,
    State.NOT_IN_SCOPE,
    State.ABANDONED,
    State.WITHDRAWN,
    State.TERMINATED,
    State.VOIDED,
)
"""States in which a matter is over."""

OPEN = tuple(state for state in State if state not in CLOSED)

DRAFTERS = ("opened_by", "drafted_by", "drafters")
"""Who opened or drafted the text, and those in post at the drafting unit: they review nothing."""

NOT_REVIEWERS = (*DRAFTERS, "reviewers_elsewhere")
"""Whom a review at one level is closed to: drafters, and the reviewers of the other level."""
