"""Put the first administrators into office on an empty system, or reset the password of one.

`manage.py administrators --found 37=山东省 3714=德州市 371481=乐陵市 371481SF=乐陵市司法局
--accounts zhang=张三 li=李四 wang=王五` (system, security, audit administrator);
`manage.py administrators --reset zhang`.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from permissions import founding
from permissions.founding import Given
from permissions.refusals import Impossible


def _pair(text: str) -> tuple[str, str]:
    """Read `code=name`."""
    code, sign, name = text.partition("=")
    if not (code and sign and name):
        raise CommandError(f"“{text}”应写成 代码=名称 的样子。")
    return code, name


class Command(BaseCommand):
    """Found the three administrators' offices, or reset an administrator's password."""

    help = "设立首任系统、安全、审计管理员，或者重置某个管理员的口令。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take either a founding or a reset."""
        parser.add_argument("--found", nargs=4, metavar="代码=名称", help="省 市 县 司法局")
        parser.add_argument("--accounts", nargs=3, metavar="账号=姓名", help="系统 安全 审计")
        parser.add_argument("--reset", metavar="账号", help="重置该管理员的口令")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or stop with the reason."""
        try:
            for given in self._given(options):
                self.stdout.write(
                    f"{given.office}　账号 {given.user.username}　初始口令 {given.password}"
                )
        except Impossible as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValidationError as fault:
            raise CommandError("；".join(fault.messages)) from fault
        self.stdout.write("初始口令只显示这一次，首次登录须修改。")

    def _given(self, options: dict[str, Any]) -> list[Given]:
        """Found or reset."""
        if options["reset"]:
            return [founding.reset_administrator(options["reset"])]
        if not (options["found"] and options["accounts"]):
            raise CommandError("请给出 --found 和 --accounts，或者 --reset。")
        line = [_pair(text) for text in options["found"]]
        return founding.found(line, [_pair(text) for text in options["accounts"]])
