"""People, a case and a full entry for the tests of the trace."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from audit.clock import PLACE, standing_at
from audit.context import Origin, coming_from
from audit.models import Entry, Outcome
from audit.recording import record

ORIGIN = Origin("10.1.2.3", "Firefox/140", "request-0001")
START = datetime(2025, 9, 26, 9, 30, 15, 123456, PLACE)


@dataclass(frozen=True)
class Someone:
    pk: int
    full_name: str


@dataclass(frozen=True)
class Held:
    pk: int
    text: str

    def __str__(self) -> str:
        return self.text


CHIEF = Someone(11, "张三")
DEPUTY = Someone(12, "李四")
CHIEF_POST = Held(21, "张三（市中司法所 所长）")
CASE = ContentType(pk=7, app_label="accreditation", model="application")


def record_one(**facts: Any) -> Entry:
    """Record an entry that has something in every column."""
    full = {
        "subject": CASE,
        "subject_title": "市中司法所创建",
        "by": CHIEF,
        "post": CHIEF_POST,
        "on_behalf_of": DEPUTY,
        "before": {"state": "submitted"},
        "after": {"state": "accepted", "分数": 98},
        "reason": "材料齐全",
        "outcome": Outcome.DONE,
    }
    with transaction.atomic(), coming_from(ORIGIN), standing_at(START):
        return record("accreditation.accept", "受理", **{**full, **facts})
