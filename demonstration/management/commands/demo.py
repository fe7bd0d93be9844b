"""Load the demonstration into an empty system, and print its accounts."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from audit import clock
from demonstration.people import BUREAU, LOCAL, PASSWORD
from demonstration.places import STATIONS
from demonstration.story import tell
from permissions.models import Post, Unit
from workflows.models.tasks import Task


class Command(BaseCommand):
    """Load everything in one transaction: an interrupted load leaves nothing behind."""

    help = "在空系统中载入演示数据；--accounts 列出演示账号。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --if-empty and --accounts."""
        parser.add_argument("--if-empty", action="store_true", help="已有数据时不做任何事")
        parser.add_argument("--accounts", action="store_true", help="列出演示账号")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or list."""
        if settings.PRODUCTION:
            raise CommandError("生产环境不得载入演示数据。")
        if options["accounts"]:
            self.list_accounts()
            return
        if Unit.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("系统中已有数据，演示数据只能载入空系统。")
        self.stdout.write("正在载入演示数据（人员姓名均为虚构）……")
        with transaction.atomic():
            tell(lambda line: self.stdout.write(line))
        self.stdout.write("演示数据载入完毕。")

    def list_accounts(self) -> None:
        """Print the accounts of the bureaus, of one township and of whoever has work waiting."""
        first = next(iter(STATIONS.values()))
        shown = {*(account for account, *_ in BUREAU), *(f"{first}.{end}" for end, *_ in LOCAL)}
        posts = Post.objects.select_related("user", "unit").order_by("pk")
        if not posts.filter(user__username__in=shown):
            raise CommandError("尚未载入演示数据，请先执行 manage.py demo。")
        self.stdout.write("演示账号（人员姓名均为虚构，仅供演示）")
        self.stdout.write(f"  {'账号':<16}{'口令':<14}{'姓名':<6}{'待办':<4}岗位")
        for post in posts:
            person, waiting = post.user, Task.objects.awaiting(post.user, clock.today()).count()
            if waiting or person.username in shown:
                self.stdout.write(
                    f"  {person.username:<18}{PASSWORD:<16}{person.full_name:<5}{waiting:>3}   "
                    f"{post.unit.name} {post.get_role_display()}"
                )
        others = "、".join(f"{name} {word}" for name, word in list(STATIONS.items())[1:])
        self.stdout.write(f"  其余各所账号同样组成（{first} 换成所名拼音）：{others}")
