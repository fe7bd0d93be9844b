"""Send notices about a task."""

from audit import clock
from permissions.models import User
from workflows.models.notices import Notice
from workflows.models.tasks import Task


def tell(task: Task, text: str, person: User | None = None) -> None:
    """Send one notice to a person, or to the post a task is addressed to."""
    Notice.objects.create(
        user=person,
        role="" if person else task.role,
        unit=None if person else task.unit,
        content_type_id=task.content_type_id,
        object_id=task.object_id,
        text=text,
        created_at=clock.now(),
    )


def tell_holder(task: Task, text: str) -> None:
    """Send one notice to whoever holds the task, or to its post while nobody does."""
    tell(task, text, task.holder)
