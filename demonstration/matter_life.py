"""Lead one matter under review: what its people upload, find and answer, besides the acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from audit.recording import record
from demonstration import texts
from demonstration.life import Life
from demonstration.matters.plans import Found, Round, Told
from demonstration.places import STREETS
from demonstration.texts.word_file import word_file
from documents.models import StoredFile
from documents.texts import text_of
from documents.uploads import attach, receive
from legality_review.models import Advice, ContractTemplate, Review
from legality_review.permissions import ReviewVerb as Verb
from legality_review.rules import materials
from legality_review.rules.findings import Verdicts, items_of
from legality_review.rules.intake import NORMATIVE_TESTS
from legality_review.rules.matters import Issuer, Matter
from permissions.models import Unit
from permissions.policy import may
from workflows.door import open_case, perform

COUNTY = "section.reviewer"


def told_in(told: Told) -> dict[str, Any]:
    """Return what the drafter tells of the matter beside its title."""
    facts = dict(told.facts)
    if told.matter == Matter.NORMATIVE:
        facts = {**dict.fromkeys(NORMATIVE_TESTS, True), **facts}
    if told.template:
        facts["template"] = ContractTemplate.objects.get(title=told.template)
    return facts


@dataclass
class MatterLife(Life):
    """A matter from its draft to its end, with the text as it stands now."""

    told: Any = None
    text: str = ""

    @property
    def government(self) -> Unit:
        """Return the township government (street office) that drafts."""
        return self.units[f"{self.station}政府"]

    @property
    def reviewer(self) -> str:
        """Return the account of who reviews in this round: the station's chief, or the county."""
        return COUNTY if self.case.is_for_county else "chief"

    @property
    def issuer(self) -> dict[str, str]:
        """Return who issues the text: the government itself, where nothing else is told."""
        street = self.station in STREETS
        kind = Issuer.STREET_OFFICE if street else Issuer.TOWNSHIP_GOVERNMENT
        return {"issuer_type": kind, "issuer_name": self.government.name}

    def open_matter(self, title: str, **facts: Any) -> Review:
        """Open a matter of this township at its station."""
        return open_case(
            Review, by=self.who("clerk"), unit=self.unit, title=title, drafter=self.government,
            **facts,
        )  # fmt: skip

    def word(self, title: str, text: str, account: str = "clerk") -> StoredFile:
        """Upload a text as .docx, staged by the person."""
        file = SimpleUploadedFile(f"{title}（示例）.docx", word_file(text))
        return receive(file, by=self.who(account))

    def upload(self, slot: str, text: str) -> None:
        """Upload a material; the draft is the text under review from then on."""
        stored = attach(
            self.word(f"{slot}：{self.case.title}", text), subject=self.case,
            by=self.who("clerk"), slot=slot,
        )  # fmt: skip
        if slot == materials.DRAFT:
            text_of(stored)
            self.case.take_draft(stored)
            self.case.save(update_fields=["draft_file"])
        self.note(Verb.EDIT, "上传材料", "clerk", {slot: [stored.fingerprint]})

    def supply(self) -> None:
        """Upload every material that lacks."""
        for slot in materials.missing(self.case, self.case.today()):
            self.upload(slot, self.text if slot == materials.DRAFT else self.paper(slot))

    def paper(self, slot: str) -> str:
        """Return the text of a material, written for this matter."""
        return texts.read(
            f"papers/{PAPERS[slot]}", title=self.case.title, drafter=self.government.name,
            summary=self.case.summary or "见送审稿",
        )  # fmt: skip

    def note(self, verb: Verb, label: str, account: str, after: Mapping[str, Any]) -> None:
        """Leave the entry of what is done at a desk besides the acts."""
        by = self.who(account)
        record(
            verb, label, subject=self.case, subject_title=self.case.title, by=by,
            post=may(by, verb, self.case).post, after=after,
        )  # fmt: skip

    def examine(self, account: str, told: Round) -> None:
        """Find on every item, and advise on the clauses unless the station did so before."""
        for item in items_of(self.case.matter):
            verdict, note = told.found.get(item.code, (Verdicts.FINE, ""))
            self.case.keep_finding(self.who(account), item.code, verdict, note)
        self.note(Verb.EXAMINE, "填写审查发现", account, shown(told.found))
        if not self.case.advice.exists():
            self.advise(account, told)

    def advise(self, account: str, told: Round) -> None:
        """Give the advice of the round, each on the article in which the quoted words stand."""
        for one in told.advice:
            given = {
                "clause": texts.article_with(self.text, one.quoted), "quoted": one.quoted,
                "problem": one.problem, "basis": one.basis, "suggestion": one.suggestion,
            }  # fmt: skip
            Advice.objects.create(
                review=self.case, round=self.case.round, level=self.case.level,
                given_by=self.who(account), **given,
            )  # fmt: skip
            self.note(Verb.EXAMINE, "提出修改意见", account, given)

    def answers(self, told: Round) -> dict[int, tuple[str, str]]:
        """Return what the drafter does with each piece of advice."""
        planned = {one.quoted: (one.adopted, one.answer) for one in told.advice}
        return {advice.pk: planned[advice.quoted] for advice in self.case.advice}

    def correct_issuer(self) -> None:
        """Correct the issuer that was refused, as the form of the drafter does."""
        for name, value in self.issuer.items():
            setattr(self.case, name, value)
        self.case.save(update_fields=list(self.issuer))
        self.note(Verb.EDIT, "修改送审信息", "clerk", self.issuer)

    @transaction.atomic
    def hand_in_at_once(self) -> None:
        """Hand a contract in by the short form: opened, filed and handed in, all or nothing."""
        told = self.told
        self.case = self.open_matter(
            told.title, matter=told.matter, is_short_form=True, **self.issuer, **told_in(told)
        )
        self.supply()
        self.case = perform(self.case, "submit", by=self.who("clerk"))


def shown(found: Found) -> dict[str, list[str]]:
    """Return findings as an entry keeps them."""
    return {code: list(verdict) for code, verdict in found.items()}


PAPERS = {
    materials.NOTE: "note",
    materials.BASES: "bases",
    materials.CONSULTED: "consulted",
    materials.OWN_OPINION: "own_opinion",
    materials.STEPS_DONE: "steps",
    materials.CASE_FILE: "case_file",
    materials.FAIR_COMPETITION: "fair_competition",
    materials.HEARING: "hearing",
    materials.EXPERTS: "experts",
    materials.RISKS: "risks",
    materials.PARTY_PAPERS: "party",
    materials.REASONS: "reasons",
    materials.OTHER: "supplement",
}
"""Where the text of each material stands."""
