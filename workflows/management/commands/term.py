"""Reckon a period from the command line and say why."""

from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from audit.clock import PLACE
from workflows import calendar
from workflows.reckoning import Kind, Length, Reckoning, ReckoningError, Unit, reckon

EXAMPLE = "示例：manage.py term --from 2025-09-26 --length 5wd"


class Command(BaseCommand):
    """Print the end of a period on the first line and the reasons below it."""

    help = "计算期限：第一行为届满日，以下为逐日理由。" + EXAMPLE
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take everything as text, so that what is wrong is answered in Chinese."""
        parser.add_argument("--from", dest="start", default="", metavar="日期", help="起算日或时刻")
        parser.add_argument("--length", default="", metavar="长度", help="5wd、10cd、1mo、2y、48h")
        parser.add_argument(
            "--stop", action="append", default=[], metavar="起..止", help="中止期间，可多次"
        )
        parser.add_argument(
            "--extend", action="append", default=[], metavar="长度", help="延长，可多次"
        )
        kind = parser.add_mutually_exclusive_group()
        kind.add_argument("--floor", action="store_true", help="最短期限：期满次日起方可办理")
        kind.add_argument("--lead", action="store_true", help="提前期限：自事件之日倒推")
        parser.add_argument(
            "--no-roll", action="store_true", help="末日逢休息日不顺延（刑期、矫正期）"
        )
        parser.add_argument(
            "--first-day-counts", action="store_true", help="首日计入（刑期、矫正期）"
        )

    def handle(self, **options: Any) -> None:
        """Reckon and print; end with code 2 and a Chinese reason where the input is wrong."""
        try:
            answer = _reckoned(options, self._calendar())
        except ReckoningError as wrong:
            raise CommandError(f"{wrong}{EXAMPLE}", returncode=2) from wrong
        self.stdout.write(answer.headline)
        for line in answer.lines:
            self.stdout.write(line)

    def _calendar(self) -> calendar.Calendar:
        """Return the calendar in force, or the one shipped where no database is set up yet."""
        try:
            return calendar.current()
        except DatabaseError:
            self.stderr.write("数据库尚未建立（先执行 migrate），按随软件附带的日历计算。")
            return calendar.seeded_calendar()


def _reckoned(options: dict[str, Any], working_days: calendar.Calendar) -> Reckoning:
    """Read the options and reckon."""
    length = Length.parse(options["length"])
    kind = Kind.FLOOR if options["floor"] else Kind.LEAD if options["lead"] else Kind.DEADLINE
    return reckon(
        _moment(options["start"]) if length.unit == Unit.HOUR else _date(options["start"]),
        length,
        calendar=working_days,
        kind=kind,
        stops=[_interval(text) for text in options["stop"]],
        extensions=[Length.parse(text) for text in options["extend"]],
        rolls=not options["no_roll"],
        first_day_counts=options["first_day_counts"],
    )


def _date(text: str) -> date:
    """Read a date such as 2025-09-26."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ReckoningError(f"“{text}”不是日期，请写成 2025-09-26。") from None


def _moment(text: str) -> datetime:
    """Read a moment such as 2025-09-26T10:00, in China's time unless it says another zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ReckoningError(f"“{text}”不是时刻，请写成 2025-09-26T10:00。") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=PLACE)


def _interval(text: str) -> tuple[date, date | None]:
    """Read an interval such as 2025-03-06..2025-03-12; an open end means it still stands."""
    start, dots, end = text.partition("..")
    if not dots:
        raise ReckoningError(f"“{text}”不是期间，请写成 2025-03-06..2025-03-12。")
    return _date(start), _date(end) if end else None
