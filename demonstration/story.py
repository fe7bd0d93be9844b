"""Tell three years of the bureau and today: every case is led by acts, the clock moving along.

Each case is a life that says on which day it goes on; the days of all lives are sorted, so that
the trace is written in the order of time. No state is written here.
"""

import heapq
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from accreditation.models import Application, Standard, Title
from accreditation.models.loading import load_plan
from accreditation.rules.applications import ENTRY, MATERIALS
from accreditation.rules.scoring import Mode
from audit import clock
from demonstration.people import add_people
from demonstration.places import STATIONS, add_places
from documents.uploads import receive
from indicators.models import report
from permissions.models import Unit, User
from workflows.door import open_case, perform
from workflows.models.terms import Term

FOUNDED = date(2021, 1, 4)
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
Days = Iterator[date]


@dataclass
class Life:
    """One application of a station: when it begins, and the act after which it rests."""

    station: str
    begins: date
    rests_after: str = "name_station"
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    case: Any = None

    def who(self, ending: str) -> User:
        """Return a person of the station's township by the ending of his account."""
        return self.people[f"{STATIONS[self.station]}.{ending}"]

    def do(self, act: str, by: User, opinion: str = "", **facts: Any) -> bool:
        """Perform an act; tell whether the life rests after it."""
        self.case = perform(self.case, act, by=by, opinion=opinion, **facts)
        return act == self.rests_after

    def days(self) -> Days:
        """Yield each day on which the life goes on, then act on it."""
        for wait, step in self._steps():
            day = self.begins if self.case is None else self._after(wait)
            yield day
            if step():
                return

    def _after(self, wait: int | str) -> date:
        """Return the day after so many days, or the first one a floor leaves open."""
        if isinstance(wait, int):
            return clock.today() + timedelta(days=wait)
        term = Term.objects.of_case(self.case).filter(code=wait).latest("pk")
        return max(term.due_on + timedelta(days=1), clock.today())

    def _steps(self) -> Iterator[tuple[int | str, Callable[[], bool]]]:
        """Yield the acts of the procedure in order, each with how long it is waited for."""
        people = self.people
        reviewer, city = people["section.reviewer"], people["city.reviewer"]
        yield 0, self._open
        yield 3, lambda: self.do("start_self_assessment", self.who("chief"))
        yield 20, self._assess
        yield (
            4,
            lambda: self.do(
                "give_township_opinion", self.who("leader"), township_opinion="同意申报。"
            ),
        )
        yield 1, lambda: self.do("apply", self.who("chief"))
        if self.rests_after in {"return_for_supplement", "supplement"}:
            yield 2, self._return
        if self.rests_after == "withdraw":
            yield (
                2,
                lambda: self.do("withdraw", self.who("chief"), reason="本所搬迁，待完成后再报。"),
            )
        yield 2, lambda: self.do("accept", reviewer)
        yield 2, self._appoint
        yield 5, lambda: self._sheet("assessor.a")
        if self.rests_after == "one_sheet":
            return
        yield 1, lambda: self._sheet("assessor.b")
        yield 2, lambda: self.do("confirm_county_score", reviewer, settled={}, vetoes=[])
        yield (
            5,
            lambda: self.do(
                "recommend", people["party.secretary"], meeting="局党组会议", decision="同意推荐。"
            ),
        )
        yield 1, lambda: self.do("publish_county", reviewer, place="局门户网站")
        yield "county_publicity", lambda: self.do("report_to_city", reviewer)
        yield 12, self._inspect
        if self.rests_after == "pass_conditionally":
            return
        yield 3, lambda: self.do("pass_acceptance", people["city.leader"])
        yield 1, lambda: self.do("publish_city", city, place="市局门户网站")
        yield "city_publicity", lambda: self.do("name_station", people["city.leader"])

    def _open(self) -> bool:
        station, chief = self.units[f"{self.station}司法所"], self.who("chief")
        year = self.begins.year
        for code, (numerator, denominator) in FIGURES.items():
            total = None if denominator is None else Decimal(denominator)
            report(
                station, code, year, by=chief, numerator=Decimal(numerator), denominator=total,
                note="示例台账",
            )  # fmt: skip
        self.case = open_case(
            Application, by=chief, unit=station, title=f"{self.station}司法所创建枫桥式司法所",
            standard=Standard.objects.get(), batch_year=year,
        )  # fmt: skip
        return self.rests_after == "open"

    def _assess(self) -> bool:
        for score in self.case.self_scores.select_related("item"):
            if not score.item.source and score.item.mode != Mode.BONUS:
                score.claimed, score.evidence = score.item.max_points, "示例台账"
                score.save()
        Application.objects.filter(pk=self.case.pk).update(**dict.fromkeys(ENTRY, True))
        for slot in MATERIALS:
            paper = SimpleUploadedFile(f"{slot}（示例）.pdf", blank_page())
            receive(paper, by=self.who("officer"), subject=self.case, slot=slot)
        return self.do(
            "submit_self_assessment", self.who("chief"), summary="各项任务均已完成（示例）。"
        )

    def _return(self) -> bool:
        return self.do(
            "return_for_supplement", self.people["section.reviewer"],
            defects="场所照片缺少社区矫正功能区；公示记录缺少照片。",
        )  # fmt: skip

    def _appoint(self) -> bool:
        chosen = [self.people["assessor.a"], self.people["assessor.b"]]
        return self.do("appoint_assessors", self.people["deputy"], assessors=chosen)

    def _sheet(self, account: str) -> bool:
        seen = {item.pk: Decimal(FULL[item.mode]) for item in self.case.standard.items}
        return self.do(
            "submit_sheet", self.people[account], observations=seen, remarks={}, vetoes={},
            note="现场查看属实（示例）。",
        )  # fmt: skip

    def _inspect(self) -> bool:
        return self.do(
            "propose_acceptance", self.people["city.reviewer"], file_review="材料齐全",
            site_visit="与申报相符", interviews="群众满意", satisfaction_percent=Decimal("95.5"),
            proposal="pass", problems="",
        )  # fmt: skip


def blank_page() -> bytes:
    """Return a PDF of one empty page, standing for a scanned material."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()


def lives() -> list[Life]:
    """Return the applications: those of the plan's years, and those under way today."""
    named = [
        *[(name, date(2021, 3, 1 + place)) for place, name in enumerate(list(STATIONS)[:7])],
        *[(name, date(2022, 3, 1 + place)) for place, name in enumerate(list(STATIONS)[7:12])],
        ("寨头堡", date(2023, 4, 3)),
    ]
    ago = [clock.today() - timedelta(days=days) for days in range(120)]
    return [
        *[Life(name, begins) for name, begins in named],
        Life("大孙", date(2023, 6, 5), "withdraw"),
        Life("郭家", date(2024, 3, 4), "return_for_supplement"),
        Life("大孙", ago[50], "one_sheet"),
        Life("朱集", ago[60], "publish_county"),
    ]


def tell(say: Callable[[str], object]) -> None:
    """Set up the bureau and lead every life to where it rests, in the order of time."""
    told = lives()
    with clock.standing_at(FOUNDED):
        units = add_places()
        people = add_people(units)
        load_plan(apps.get_model, {name: units[f"{name}司法所"] for name in STATIONS})
    say(f"机构 {Unit.objects.count()} 个，人员 {len(people)} 人")
    waiting: list[tuple[date, int, Days]] = []
    for order, life in enumerate(told):
        life.units, life.people = units, people
        days = life.days()
        heapq.heappush(waiting, (next(days), order, days))
    left = len(told)
    while waiting:
        day, order, days = heapq.heappop(waiting)
        with clock.standing_at(day):
            coming = next(days, None)
        if coming is not None:
            heapq.heappush(waiting, (coming, order, days))
            continue
        left -= 1
        case = told[order].case
        say(f"[{len(told) - left:>2}/{len(told)}] {case}：{case.state_label}")
    recheck_titles(people)


def recheck_titles(people: dict[str, User]) -> None:
    """Begin the yearly re-check of the first two titles."""
    for title in Title.objects.order_by("pk")[:2]:
        perform(title, "start_recheck", by=people["section.reviewer"])
