"""The small bureau of the stage, and the cases it has on the way when an operation begins."""

from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from pypdf import PdfWriter

from accreditation.models import Application, Standard
from accreditation.rules.applications import MATERIALS
from audit import clock as office_clock
from documents import rendering
from permissions.models import User
from permissions.roles import Role
from tests import factories
from tests.accreditation.steps import Walk, claim_all, good_figures, material
from tests.conftest import START
from tests.faults import grounds
from tests.rehearsal.models import Rehearsal
from workflows import calendar
from workflows.door import open_case, perform
from workflows.lifecycle import case_models


class StageClock:
    """The clock of the stage and of all its children: it stands until it is moved."""

    def stand_at(self, moment: date) -> None:
        """Move the clock to a moment; a plain date stands for ten o'clock of that day."""
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time(10), office_clock.PLACE)
        # The default holds in every thread, also in those of a server.
        standing = type(office_clock._standing)("standing", default=moment)
        office_clock._standing = standing

    def now(self) -> datetime:
        """Return the moment at which the clock stands."""
        return office_clock.now()


@dataclass
class Point:
    """A point of the procedure: the walk as it then is, and the moment."""

    walk: Walk
    moment: datetime


class Office:
    """Tree, people and the walk of the stage; `at(point)` goes back to a point of it."""

    def __init__(self) -> None:
        settings.PASSWORD_HASHERS = [
            "django.contrib.auth.hashers.MD5PasswordHasher",
            "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        ]
        blank = _blank_page()
        rendering.pdf = lambda *_, **__: blank  # what typst does is not asked here
        self.clock = StageClock()
        self.clock.stand_at(START)
        self.tree = factories.make_tree()
        self.people = factories.make_people(self.tree)
        self.people.second_chief = self._known_anywhere("second_chief")
        self.walk = Walk(self.people, self.tree, self.clock)
        self.points: dict[str, Point] = {}

    def _known_anywhere(self, username: str) -> User:
        """Make a second chief whose password a server with the real settings takes."""
        person = factories.make_person(username)
        person.password = make_password(factories.PASSWORD, hasher="pbkdf2_sha256")
        person.save()
        factories.make_post(person, Role.STATION_CHIEF, self.tree.station)
        return person

    def keep(self, point: str) -> None:
        """Keep database and walk under the name of a point."""
        grounds.save(point)
        self.points[point] = Point(copy(self.walk), office_clock.now())

    def at(self, point: str) -> None:
        """Go back to a point; what a process knows by heart is learnt anew."""
        grounds.restore(point)
        self.walk = copy(self.points[point].walk)
        self.clock.stand_at(self.points[point].moment)
        ContentType.objects.clear_cache()
        for model in case_models():
            model.content_type()
        calendar.current()
        connections.close_all()

    def prepare(self) -> None:
        """Walk once through the procedure and keep every point at which an operation begins."""
        walk, people = self.walk, self.people
        good_figures(self.tree.station, people.chief)
        self.keep("open_case")
        walk.to("start_self_assessment")
        claim_all(walk.case)
        for slot in MATERIALS:
            material(walk.case, slot, people.officer)
        self.keep("submit_self_assessment")
        walk.do("submit_self_assessment", people.chief, summary="各项任务均已完成。")
        walk.step = 2
        walk.to("apply")
        self.keep("accept")
        walk.to("appoint_assessors")
        self.keep("overdue")
        walk.sheet(people.assessor_a)
        self.keep("submit_sheet")
        walk.sheet(people.assessor_b)
        walk.step = 7
        walk.to("publish_city")
        walk.clock.stand_at(date(2025, 12, 31))
        self.keep("name_station")
        self._prepare_desks()
        self._prepare_rehearsals()

    def _prepare_rehearsals(self) -> None:
        """Bring two rehearsals to the first check, to both branches, and to the last vote."""
        self.at("open_case")
        people = self.people
        cases = [
            open_case(Rehearsal, by=people.chief, unit=self.tree.station, title=title)
            for title in ("合同审查演练", "文件审查演练")
        ]
        panel = [people.assessor_a, people.assessor_b]
        for case in cases:
            perform(case, "submit", by=people.chief, panel=panel)
        self.keep("check")
        for case in cases:
            perform(case, "opine", by=people.reviewer, opinion="初审同意。")
        self.keep("branches")
        perform(cases[0], "opine", by=people.reviewer, opinion="复审同意。")
        perform(cases[0], "support", by=people.assessor_a)
        self.keep("last_vote")

    def _prepare_desks(self) -> None:
        """Bring two stations' applications to hand-in, and a third one's to the county's check."""
        self.at("open_case")
        people, tree = self.people, self.tree
        for chief, station in (
            (people.chief, tree.station),
            (people.other_chief, tree.other_station),
            (people.third_chief, tree.kongzhen_station),
        ):
            if chief is not people.chief:
                good_figures(station, chief)
            case = self.opened(chief, station)
            case = perform(case, "start_self_assessment", by=chief)
            claim_all(case)
            for slot in MATERIALS:
                material(case, slot, chief)
        self.keep("desks")

    def opened(self, chief: Any, station: Any) -> Application:
        """Open the application of a station."""
        return open_case(
            Application, by=chief, unit=station, title=f"{station}创建",
            standard=Standard.objects.get(), batch_year=2025,
        )  # fmt: skip


def _blank_page() -> bytes:
    """Return a PDF of one empty page."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(width=200, height=200)
    writer.write(out)
    return out.getvalue()
