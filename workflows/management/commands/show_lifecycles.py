"""Print every declared lifecycle for documentation and for outside checks."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from workflows import declarations


class Command(BaseCommand):
    """Print the declared lifecycles as JSON, or as a short list."""

    help = "列出全部已声明的案件状态与行为。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --json."""
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print."""
        declared = declarations.lifecycles()
        if options["json"]:
            self.stdout.write(json.dumps(declared, ensure_ascii=False, indent=2))
            return
        for told in declared:
            self.stdout.write(f"{told['title']}（{told['kind']}）")
            for line in told["acts"]:
                self.stdout.write(f"  {line['act']}  {line['label']}")
