"""Load the demonstration into an empty system, and print its accounts."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from demonstration.people import PASSWORD
from demonstration.story import tell
from permissions.models import Post, Unit


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
        """Print the accounts with their posts."""
        self.stdout.write(f"演示账号（口令均为 {PASSWORD}，人员姓名均为虚构）：")
        for post in Post.objects.select_related("user", "unit").order_by("-unit__kind", "pk"):
            name = f"{post.unit.name} {post.get_role_display()}"
            self.stdout.write(f"  {post.user.username:<22}{post.user.full_name}  {name}")
