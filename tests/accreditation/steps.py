"""Lead an application through the procedure: every state is reached by performing acts."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from accreditation.models import Application, Standard, Title
from accreditation.rules.applications import ENTRY, MATERIALS
from accreditation.rules.scoring import Mode
from audit import clock as office_clock
from documents.models import StoredFile
from indicators.models import report
from tests import replaying
from workflows.door import open_case, perform
from workflows.models.terms import Term
from workflows.signatures import prove

FIGURES = {
    "mediation_success_rate": (19, 20),
    "village_committee_coverage": (20, 20),
    "five_implementations_six_unifications": (11, None),
    "township_fulltime_mediators": (2, None),
    "village_screening_rate": (480, 480),
    "township_screening_rate": (12, 12),
    "major_incidents": (0, None),
    "village_counsel_coverage": (20, 20),
    "handover_rate": (9, 10),
    "key_handover_rate": (3, 3),
    "law_minded_villagers": (3, None),
    "rule_of_law_leaders": (1, None),
    "law_culture_sites": (1, None),
}
FULL = {Mode.ALL_OR_NOTHING: 1, Mode.DEDUCT_PER_UNIT: 0, Mode.TIERED: 1000, Mode.BONUS: 0}
PATH = (
    "open", "start_self_assessment", "submit_self_assessment", "give_township_opinion", "apply",
    "accept", "appoint_assessors", "submit_sheet", "confirm_county_score", "recommend",
    "publish_county", "report_to_city", "propose_acceptance", "pass_acceptance", "publish_city",
    "name_station",
)  # fmt: skip


def good_figures(station: Any, by: Any, year: int = 2025) -> None:
    """Report figures that meet every target."""
    for code, (numerator, denominator) in FIGURES.items():
        report(
            station, code, year, by=by, numerator=Decimal(numerator),
            denominator=None if denominator is None else Decimal(denominator), note="台账",
        )  # fmt: skip


def material(case: Any, slot: str, by: Any) -> StoredFile:
    """Put a file into the case as if it had been uploaded and checked."""
    return StoredFile.objects.create(
        original_name=f"{slot}.pdf", kind="pdf", size=1, sha256="0" * 64,
        stored_name=f"{case.uuid.hex}{MATERIALS.index(slot)}", subject=case, slot=slot,
        uploaded_by=by, uploaded_by_name=by.full_name, attached_at=office_clock.now(),
    )  # fmt: skip


def claim_all(case: Any) -> None:
    """Claim every point with evidence and declare every entry condition."""
    for score in case.self_scores.select_related("item"):
        if not score.item.source and score.item.mode != Mode.BONUS:
            score.claimed, score.evidence = score.item.max_points, "台账第1册"
            score.save()
    Application.objects.filter(pk=case.pk).update(**dict.fromkeys(ENTRY, True))


def observations(case: Any, **changes: Any) -> dict[int, Decimal]:
    """Return observations that give full points, but for changes by item code."""
    found = {item.pk: Decimal(FULL[item.mode]) for item in case.standard.items}
    for item in case.standard.items:
        key = f"i{item.code.replace('.', '_')}"
        if key in changes:
            found[item.pk] = Decimal(changes[key])
    return found


SLACK = (
    ("1.2", 6), ("11.1", 6), ("11.2", 3), ("6.4", 4), ("2.4", 4), ("9.2", 4), ("8.2", 4),
    ("7.1", 4), ("10.2", 4), ("4.1", 6),
)  # fmt: skip
"""Items that lose half a point a fault, each with as many faults as its category bears."""


def sheet_of(case: Any, points: str) -> dict[int, Decimal]:
    """Return observations that add up to these points, every category above its floor."""
    found = observations(case)
    keys = {item.code: item.pk for item in case.standard.items}
    faults = int((100 - Decimal(points)) * 2)
    for code, most in SLACK:
        found[keys[code]] = Decimal(min(faults, most))
        faults -= min(faults, most)
    assert faults == 0, "no category bears so many faults"
    return found


class Walk:
    """Walks an application forward with the people of the small bureau."""

    def __init__(self, people: SimpleNamespace, tree: SimpleNamespace, clock: Any) -> None:
        self.people, self.tree, self.clock = people, tree, clock
        self.case: Any = None
        self.vetoes: dict[int, str] = {}
        self.changes: dict[str, Any] = {}

    def to(self, act: str) -> Any:
        """Perform every act of the path up to and with this one; return the case."""
        done = 0 if self.case is None else self.step + 1
        for place in range(done, PATH.index(act) + 1):
            self._take(PATH[place])
            self.step = place
        return self.case

    def _take(self, act: str) -> None:
        """Take one step; the plain path is walked once in a process and then put back."""
        if self.vetoes or self.changes:
            getattr(self, f"_{act}")()
            return
        people = {name: person.pk for name, person in vars(self.people).items() if name != "all"}
        place = self.case.pk if self.case else f"unit {self.tree.station.pk}"
        name = f"{act} of {place} by {people}"
        self.case, moment = replaying.once(name, lambda: self._taken(act))
        self.clock.stand_at(moment)

    def _taken(self, act: str) -> tuple[Any, datetime]:
        """Take one step in full; return the case and the moment at which the clock then stands."""
        getattr(self, f"_{act}")()
        return self.case, self.clock.now()

    def before(self, act: str) -> Any:
        """Perform every act of the path before this one; return the case."""
        return self.to(PATH[PATH.index(act) - 1])

    def do(self, act: str, by: Any, on: date | None = None, **facts: Any) -> Any:
        """Perform one act and keep the case as it then is."""
        proof = prove(self.case, act, by=by, factors="口令")
        self.case = perform(self.case, act, by=by, on=on, proof=proof, **facts)
        return self.case

    def _open(self) -> None:
        good_figures(self.tree.station, self.people.chief)
        self.case = open_case(
            Application, by=self.people.chief, unit=self.tree.station, title="云红司法所创建",
            standard=Standard.objects.get(), batch_year=2025,
        )  # fmt: skip

    def _start_self_assessment(self) -> None:
        self.do("start_self_assessment", self.people.chief)

    def _submit_self_assessment(self) -> None:
        claim_all(self.case)
        for slot in MATERIALS:
            material(self.case, slot, self.people.officer)
        self.do("submit_self_assessment", self.people.chief, summary="各项任务均已完成。")

    def _give_township_opinion(self) -> None:
        self.do("give_township_opinion", self.people.township_leader, township_opinion="同意。")

    def _apply(self) -> None:
        self.do("apply", self.people.chief)

    def _accept(self) -> None:
        self.do("accept", self.people.reviewer)

    def _appoint_assessors(self) -> None:
        people = [self.people.assessor_a, self.people.assessor_b]
        self.do("appoint_assessors", self.people.deputy, assessors=people)

    def _submit_sheet(self) -> None:
        self.sheet(self.people.assessor_a, **self.changes)
        self.sheet(self.people.assessor_b, **self.changes)

    def sheet(self, by: Any, **changes: Any) -> Any:
        """Hand in one assessor's sheet."""
        return self.do(
            "submit_sheet", by, observations=observations(self.case, **changes), remarks={},
            vetoes=self.vetoes, note="现场查看属实",
        )  # fmt: skip

    def _confirm_county_score(self) -> None:
        self.do("confirm_county_score", self.people.reviewer, settled={}, vetoes=list(self.vetoes))

    def _recommend(self) -> None:
        self.do("recommend", self.people.secretary, meeting="第9次局党组会议", decision="同意。")

    def _publish_county(self) -> None:
        self.do("publish_county", self.people.reviewer, place="局门户网站")

    def _report_to_city(self) -> None:
        self.clock.stand_at(first_open_day(self.case, "county_publicity"))
        self.do("report_to_city", self.people.reviewer)

    def _propose_acceptance(self) -> None:
        self.inspect()

    def inspect(self, **changes: Any) -> Any:
        """Propose the acceptance of the present round."""
        findings = {
            "file_review": "齐全", "site_visit": "相符", "interviews": "满意",
            "satisfaction_percent": Decimal("95.5"), "proposal": "pass", "problems": "", **changes,
        }  # fmt: skip
        return self.do("propose_acceptance", self.people.city_reviewer, **findings)

    def _pass_acceptance(self) -> None:
        self.do("pass_acceptance", self.people.city_leader)

    def _publish_city(self) -> None:
        self.do("publish_city", self.people.city_reviewer, place="市局门户网站")

    def _name_station(self) -> None:
        self.clock.stand_at(first_open_day(self.case, "city_publicity"))
        self.do("name_station", self.people.city_leader)

    @property
    def title(self) -> Title:
        """Return the title that was conferred."""
        return Title.objects.get(application=self.case)


def first_open_day(case: Any, code: str) -> date:
    """Return the first day on which a floor allows the next act."""
    return term_of(case, code).due_on + timedelta(days=1)


def term_of(case: Any, code: str) -> Any:
    """Return the newest term of a case by its rule's code."""
    return Term.objects.of_case(case).filter(code=code).last()
