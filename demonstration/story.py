"""Tell the years of the plan and today: every case is led by acts, the clock moving along.

The days of all lives are sorted, so that the trace is written in the order of time. No state is
written here.
"""

import heapq
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.apps import apps

from accreditation.models.loading import load_plan, load_standard
from audit import clock
from audit.seals import seal_day
from demonstration.applying import apply
from demonstration.keeping import keep
from demonstration.life import Life, Script
from demonstration.norms import enter, old_lives
from demonstration.people import add_people, give_passwords
from demonstration.places import STATIONS, add_places
from demonstration.registers import keep_registers
from demonstration.reviewing import matter_lives, review
from permissions.models import Unit

FOUNDED = date(2021, 1, 4)
REVIEWING = date(2023, 1, 9)
"""When the county puts its registers in order and legality review begins."""
FATES = {
    "郑店": "rechecking",
    "黄夹": "revoking",
    "朱集": "warned",
    "寨头堡": "revoked",
    "西段": "cancelled",
}
"""What becomes of a title; whoever loses his, or is in danger of it, has no application running."""
SEALED = timedelta(days=14)
"""How far back the days are sealed."""
PRESENT = (
    # station, begun so many days ago, rests after, level
    ("云红", 85, "pass_conditionally", "provincial"),
    ("杨安镇", 51, "record_objection", "provincial"),
    ("郭家", 48, "publish_county", "municipal"),
    ("市中", 44, "apply", "provincial"),
    ("丁坞", 42, "confirm_county_score", "provincial"),
    ("铁营", 39, "half_scored", "provincial"),
    ("胡家", 35, "return_for_supplement", "provincial"),
    ("化楼", 58, "report_to_city", "provincial"),
    ("郑店", 36, "accept", "provincial"),
    ("孔镇", 29, "submit_self_assessment", "provincial"),
    ("花园", 9, "start_self_assessment", "provincial"),
)
"""The applications under way; 大孙 has none, so that whoever looks around can open one.

Every post that works on applications finds one waiting.
"""


Tale = Callable[[Any], Script]
"""Tells a life: what is done, and how long is waited before the next."""


def told_lives(yesterday: date) -> list[tuple[Life, Tale]]:
    """Return every life with what tells it: stations, matters under review, old documents."""
    return [
        (Life("云红", REVIEWING), keep_registers),
        *[(life, script) for life in lives(yesterday)],
        *[(life, review) for life in matter_lives(yesterday)],
        *[(life, enter) for life in old_lives(yesterday)],
    ]


def lives(yesterday: date) -> list[Life]:
    """Return the lives of the plan's years and those under way."""
    stations = list(STATIONS)
    begun = [
        *[(name, date(2021, 3, 1 + place)) for place, name in enumerate(stations[:7])],
        *[(name, date(2022, 3, 1 + place)) for place, name in enumerate(stations[7:13])],
        ("寨头堡", date(2023, 3, 1)),
    ]
    return [
        *[Life(name, day, fate=FATES.get(name, "kept")) for name, day in begun],
        Life("大孙", date(2023, 6, 5), "withdraw"),
        Life("郭家", date(2023, 8, 7), "defer"),
        Life("大孙", date(2024, 3, 4), "decline_recommendation"),
        Life("郭家", date(2024, 9, 2), "fail_acceptance"),
        *[
            Life(name, yesterday - timedelta(days=ago), rests, level)
            for name, ago, rests, level in PRESENT
        ],
    ]


def script(life: Life) -> Script:
    """Tell a life: the application, then the title where it is conferred."""
    yield from apply(life)
    yield from keep(life)


def tell(say: Callable[[str], object]) -> None:
    """Set up the bureau and lead every life to where it rests, in the order of time."""
    yesterday = clock.today() - timedelta(days=1)
    told = told_lives(yesterday)
    with clock.standing_at(FOUNDED):
        units = add_places()
        people = add_people(units)
        load_plan(apps.get_model, {name: units[f"{name}司法所"] for name in STATIONS})
        year = min(life.begins.year for life in lives(yesterday) if life.level == "provincial")
        load_standard(apps.get_model, year=year, level="provincial")
    say(f"机构 {Unit.objects.count()} 个，人员 {len(people)} 人")
    for life, _ in told:
        life.units, life.people, life.latest = units, people, yesterday
    for count, life in enumerate(finished(told), start=1):
        say(f"[{count:>2}/{len(told)}] {life}")
    give_passwords(people.values())


def finished(told: list[tuple[Life, Tale]]) -> Iterator[Life]:
    """Lead all lives forward, always the one whose day is next; yield each as it comes to rest.

    Each day of the last weeks on which something happened is sealed at its end.
    """
    days = [life.days(tale) for life, tale in told]
    waiting = [(next(coming), order) for order, coming in enumerate(days)]
    heapq.heapify(waiting)
    while waiting:
        day, order = heapq.heappop(waiting)
        with clock.standing_at(day):
            coming = next(days[order], None)
        if coming is None:
            yield told[order][0]
        else:
            heapq.heappush(waiting, (coming, order))
        if day > told[order][0].latest - SEALED and (not waiting or waiting[0][0] > day):
            with clock.standing_at(day):
                seal_day()
