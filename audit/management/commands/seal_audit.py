"""Seal the trace for today and print the seal."""

from typing import Any

from django.core.management.base import BaseCommand

from audit.seals import printed, seal_day


class Command(BaseCommand):
    """封印留痕: print today's seal as a line to keep outside; a second run prints the same."""

    help = "作出当日留痕封印并打印；请将此行保存在系统之外（打印、光盘、另一台机器）。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print today's seal."""
        self.stdout.write(printed(seal_day()))
