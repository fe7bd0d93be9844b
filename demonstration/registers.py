"""Keep what legality review rests on: who is qualified, and the county's contract templates."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from audit.recording import record
from demonstration import texts
from demonstration.life import Life, Script
from demonstration.matters.writing import CLEANING, LAND, LEASE
from demonstration.people import COUNSEL
from demonstration.places import STATIONS
from demonstration.texts.word_file import word_file
from documents import uploads
from legality_review.models import ContractTemplate, Qualification
from legality_review.permissions import TemplateVerb as Verb
from legality_review.rules.intake import ContractKind
from permissions.models import User
from permissions.policy import may

UNQUALIFIED = frozenset({"胡家", "大孙", "郭家"})
"""Stations without anybody qualified: what they review goes up to the county (LR-12)."""
TEMPLATES = (
    ("cleaning", CLEANING, ContractKind.PROCUREMENT),
    ("lease", LEASE, ContractKind.LEASE),
    ("land", LAND, ContractKind.LAND),
)


def keep_registers(life: Life) -> Script:
    """Record who is qualified and publish the contract templates, before reviews begin."""
    keeper, people = life.who("section.reviewer"), life.people
    for order, (station, word) in enumerate(STATIONS.items(), start=1):
        if station not in UNQUALIFIED:
            _qualify(keeper, people[f"{word}.chief"], "bar", order)
        if station in COUNSEL:
            _qualify(keeper, people[f"{word}.counsel"], "bar", 100 + order)
    _qualify(keeper, people["counsel"], "government_lawyer", 200)
    for name, title, kind in TEMPLATES:
        _publish(keeper, name, title, kind)
    yield from ()


def _qualify(keeper: User, person: User, kind: str, order: int) -> None:
    """Record that somebody is qualified for a legal profession."""
    facts = {
        "kind": kind, "certificate": f"示例A2018371481{order:04d}", "obtained_on": date(2018, 3, 1),
    }  # fmt: skip
    kept = Qualification.objects.create(user=person, recorded_by=keeper, **facts)
    _note(keeper, "登记审查人员资格", kept, {"user": person.pk, **facts})


def _publish(keeper: User, name: str, title: str, kind: str) -> None:
    """Publish a contract template, its blanks still to be filled in."""
    file = SimpleUploadedFile(f"{title}.docx", word_file(texts.read(f"contracts/{name}")))
    stored = uploads.receive(file, by=keeper)
    kept = ContractTemplate.objects.create(
        title=title, kind=kind, file=stored, published_by=keeper,
        note="条款由起草单位按实际填写；修改条款的，系统会标出与示范文本不同之处。",
    )  # fmt: skip
    uploads.attach(stored, subject=kept, by=keeper, slot="合同示范文本")
    _note(keeper, "发布合同示范文本", kept, {"title": title, "file": stored.fingerprint})


def _note(keeper: User, label: str, subject: Any, after: Mapping[str, Any]) -> None:
    """Leave the entry that the register's page leaves."""
    post = may(keeper, Verb.MAINTAIN).post
    record(Verb.MAINTAIN, label, subject=subject, by=keeper, post=post, after=after)
