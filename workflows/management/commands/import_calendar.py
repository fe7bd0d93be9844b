"""Take in a holiday arrangement from the command line; without --apply only tell."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows import arrangements
from workflows.refusals import Refusal


class Command(BaseCommand):
    """Show bad rows, changed days and moved terms; with --apply put the table in force."""

    help = "导入国务院办公厅放假安排（.xlsx 或 .csv）。默认只试算，加 --apply 才写入。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and --apply."""
        parser.add_argument("file", metavar="文件")
        parser.add_argument("--apply", action="store_true", help="写入并重算进行中的期限")

    def handle(self, **options: Any) -> None:
        """Read, tell, and where asked put in force; end with code 2 where the table is bad."""
        path = Path(options["file"])
        try:
            arrangement = arrangements.read(path.name, path.read_bytes())
        except OSError as missing:
            raise CommandError(f"读不到文件“{path}”。", returncode=2) from missing
        except Refusal as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
        for line in (*arrangement.faults, *arrangement.warnings, *arrangement.changes()):
            self.stdout.write(str(line))
        if arrangement.faults:
            raise CommandError("表中有错误，未导入。", returncode=2)
        apply = options["apply"]
        moves = arrangements.put_in_force(arrangement) if apply else arrangement.moves()
        for move in moves:
            self.stdout.write(f"{move.term.case}：{move}")
        self.stdout.write(
            f"{'已导入' if apply else '试算，未写入'}：{len(arrangement.days)}天，"
            f"{len(moves)}个期限{'已' if apply else '将'}变动。"
        )
