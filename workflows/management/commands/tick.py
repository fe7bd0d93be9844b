"""Let time pass: timers, reminders, reports of overdue tasks, papers left to render, the seal."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from viewflow.workflow.timers import fire_due_timers

from audit import clock
from audit.seals import seal_day
from documents.papers import render_pending
from documents.uploads import sweep
from workflows import reminders
from workflows.falling_due import befall_due

logger = logging.getLogger(__name__)

DUTIES: tuple[tuple[str, Callable[[], Any]], ...] = (
    ("定时器", fire_due_timers),
    ("到期自动办理", lambda: befall_due(clock.today())),
    ("到期提醒", lambda: reminders.remind(clock.today())),
    ("超期上报", lambda: reminders.escalate(clock.today())),
    ("补制文书", render_pending),
    ("清理无主文件", sweep),
    ("每日封存", seal_day),
)


class Command(BaseCommand):
    """Do every duty once, or again and again; doing it twice, or twice at once, does no harm."""

    help = "执行到期提醒、超期上报、补制文书、每日封存等定时工作，可重复执行。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --loop."""
        parser.add_argument(
            "--loop", type=int, nargs="?", const=60, metavar="秒", help="每隔若干秒重复执行"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        while True:
            failed = self.run_duties(quiet=options["loop"] is not None)
            if options["loop"] is None:
                if failed:
                    raise SystemExit(1)
                return
            close_old_connections()
            time.sleep(options["loop"])

    def run_duties(self, *, quiet: bool) -> list[str]:
        """Do every duty; one that fails is reported and keeps no other from being done.

        Quiet, only what was done is told: a terminal keeps the accounts and the address in sight.
        """
        failed = []
        for name, duty in DUTIES:
            try:
                done = duty()
            except Exception:
                logger.exception("tick: %s failed", name)
                failed.append(name)
                self.stderr.write(f"{name}：失败，详见日志。")
            else:
                counted = isinstance(done, int)
                if not quiet or (counted and done):
                    self.stdout.write(f"{name}：{done if counted else '完成'}")
        return failed
