"""Write the generated documents below docs/, or check that they are current."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows.documentation import documents

PLACE = Path(settings.BASE_DIR) / "docs"


class Command(BaseCommand):
    """Write, or with --check compare."""

    help = "生成 docs/ 中由代码导出的文档；--check 只检查是否最新。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check."""
        parser.add_argument("--check", action="store_true", help="只检查，不写入")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare or write."""
        wanted = {PLACE / path: text for path, text in documents().items()}
        stale = [p for p, text in wanted.items() if not p.exists() or p.read_text() != text]
        generated = {*(PLACE / "lifecycles").glob("*.md"), *(PLACE / "flows").glob("*.md")}
        left = generated - set(wanted)
        if options["check"]:
            if stale or left:
                names = "、".join(str(path.relative_to(PLACE)) for path in [*stale, *left])
                raise CommandError(f"文档不是最新，请运行 manage.py write_docs：{names}")
            self.stdout.write("文档均为最新。")
            return
        for path in left:
            path.unlink()
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path])
        self.stdout.write(f"已写入 {len(stale)} 份文档。")
