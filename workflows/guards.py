"""Guard cases and tasks inside the database: declared changes of state only, nothing deleted.

The pairs of states come from the declared acts and stand in `DeclaredStep`; after every
migration the pairs and the triggers are brought in line with the lifecycles.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from viewflow.workflow.models import Process
from viewflow.workflow.models import Task as EngineTask

from audit.guards import NEVER, Guard, install, remove
from workflows.acts import acts_of
from workflows.lifecycle import Case, case_models
from workflows.models.operations import Signature
from workflows.models.tasks import DeclaredStep, Link, Task
from workflows.models.terms import Term, TermExtension, TermStop

UNDECLARED = "状态只能按规定的行为变更"
NOT_INITIAL = "案件只能从初始状态开始"
KEPT = "案件和办理记录不得删除"
SIGNED = "电子签名不得修改、删除"
KEPT_MODELS = (Task, Link, Term, TermStop, TermExtension, Process, EngineTask)


def pairs_of(model: type[Case]) -> set[tuple[str, str]]:
    """Return every pair of states between which a declared act of the kind can lead."""
    return {
        (str(source), str(target))
        for act in acts_of(model).values()
        for source in act.sources
        for target in act.targets
        if source != target
    }


def guards_of(model: type[Case]) -> list[Guard]:
    """Return the guards of a kind of case."""
    table = model._meta.db_table
    initial = model.state_field().get_default()
    declared = DeclaredStep._meta.db_table
    moves = f"""NEW.state = OLD.state OR EXISTS (SELECT 1 FROM {declared} step
        WHERE step.case_table = '{table}' AND step.source = OLD.state
        AND step.target = NEW.state)"""  # noqa: S608 - names of our own tables
    return [
        Guard(table, "UPDATE", moves, UNDECLARED),
        Guard(table, "INSERT", f"NEW.state = '{initial}'", NOT_INITIAL),
        Guard(table, "DELETE", NEVER, KEPT),
    ]


def all_guards() -> Iterator[Guard]:
    """Yield the guards of every kind of case and of the rows that tell its story."""
    for model in case_models():
        yield from guards_of(model)
    for kept in KEPT_MODELS:
        yield Guard(kept._meta.db_table, "DELETE", NEVER, KEPT)
    for event in ("UPDATE", "DELETE"):
        yield Guard(Signature._meta.db_table, event, NEVER, SIGNED)


def align(using: str = "default", **_: Any) -> None:
    """Bring declared pairs and triggers in line with the lifecycles (after every migration)."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if any(guard.table not in tables for guard in all_guards()):
        return
    if DeclaredStep._meta.db_table not in tables:
        return
    with transaction.atomic(using=using):
        _store_pairs(using)
        install(connection, list(all_guards()))


def _store_pairs(using: str) -> None:
    """Replace the stored pairs by the declared ones."""
    rows = [
        DeclaredStep(case_table=model._meta.db_table, source=source, target=target)
        for model in case_models()
        for source, target in sorted(pairs_of(model))
    ]
    DeclaredStep.objects.using(using).all().delete()
    DeclaredStep.objects.using(using).bulk_create(rows)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Drop the guards, for flushing a test database; `align` brings them back."""
    remove(connection, list(all_guards()))
