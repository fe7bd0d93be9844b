"""Move running cases to a changed flow: a dry run by default, carried out or undone on demand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows.flows import versions
from workflows.refusals import Refusal


class Command(BaseCommand):
    """Tell a verdict for each running case; write nothing without --carry-out or --undo."""

    help = "将在办案件迁移到流程的新版本：默认只试算，逐件给出结论。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take both flows, renamed nodes and what to do."""
        parser.add_argument("old", metavar="原流程")
        parser.add_argument("new", metavar="新流程")
        parser.add_argument("--map", action="append", default=[], metavar="原环节=新环节")
        parser.add_argument("--reason", default="流程版本更新", metavar="事由")
        doing = parser.add_mutually_exclusive_group()
        doing.add_argument("--carry-out", action="store_true", help="执行迁移")
        doing.add_argument("--undo", action="store_true", help="撤销已执行的迁移")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        try:
            plan = versions.Plan(
                versions.flow_named(options["old"]),
                versions.flow_named(options["new"]),
                dict(pair.split("=", 1) for pair in options["map"]),
            )
        except (Refusal, ValueError) as wrong:
            raise CommandError(str(wrong)) from wrong
        if options["carry_out"]:
            told = versions.carry_out(plan, reason=options["reason"])
        elif options["undo"]:
            told = versions.undo(plan, reason=options["reason"])
        else:
            told = versions.dry_run(plan)
        for verdict in told:
            places = "、".join(f"{old}→{new}" for old, new in verdict.nodes)
            outcome = f"可以：{places}" if verdict.can_move else f"不能：{verdict.reason}"
            self.stdout.write(f"{verdict.case.number}  {outcome}")
        moved = sum(verdict.can_move for verdict in told)
        self.stdout.write(f"共{len(told)}件：可以{moved}件，不能{len(told) - moved}件。")
