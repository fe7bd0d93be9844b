"""Print every declared flow for documentation and for outside checks."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from workflows import declarations


class Command(BaseCommand):
    """Print the declared flows as JSON, or as a short list."""

    help = "列出全部已声明的流程环节。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --json."""
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print."""
        declared = declarations.flows()
        if options["json"]:
            self.stdout.write(json.dumps(declared, ensure_ascii=False, indent=2))
            return
        for told in declared:
            self.stdout.write(f"{told['title']}（{told['kind']}）")
            for line in told["nodes"]:
                self.stdout.write(f"  {line['node']}  {line['title']}")
