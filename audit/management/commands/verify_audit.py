"""Verify the trace: recompute the chain and name the first broken entry."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.seals import PrintedSeal, read_printed
from audit.stored import UNREADABLE
from audit.verification import verify


class Command(BaseCommand):
    """核验留痕: exit 0 if the chain is unbroken, 1 if it is not."""

    help = "核验留痕链：逐条重算摘要，指出第一条有误的留痕；有误时以状态码 1 退出。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a file of seals that were kept outside."""
        parser.add_argument(
            "--seals",
            type=Path,
            metavar="FILE",
            help="在系统之外保存的封印文本（seal_audit 的输出，一行一个），一并比对",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was checked, or every fault."""
        kept = self._kept(options["seals"]) if options["seals"] else []
        try:
            report = verify(kept)
        except UNREADABLE as error:
            raise CommandError(f"数据库损坏，留痕链无法核验：{error}") from error
        if report.faults:
            self.stderr.write("留痕链核验不通过：")
            for fault in report.faults:
                self.stderr.write(fault)
            raise SystemExit(1)
        self.stdout.write(
            f"留痕链完整：共 {report.entries} 条，封印 {report.seals} 个，"
            f"比对库外封印 {len(kept)} 个；链头摘要 {report.digest}"
        )

    def _kept(self, path: Path) -> list[PrintedSeal]:
        """Read the seals that were kept outside."""
        try:
            return read_printed(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"无法读取封印文件 {path}：{error}") from error
