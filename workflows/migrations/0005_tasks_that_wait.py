"""Let tasks wait for a term; those that stand under a floor lose the due date it was shown as."""

from datetime import timedelta

from django.db import migrations, models


def release_from_floors(apps, schema_editor):
    """Turn the due date of open tasks under a floor into the first day on which they are done."""
    tasks = apps.get_model("workflows", "Task").objects.filter(closed_at=None)
    floors = apps.get_model("workflows", "Term").objects.filter(state="open", kind="floor")
    for term in floors.exclude(due_on=None):
        tasks.filter(
            content_type_id=term.content_type_id, object_id=term.object_id, term_code=term.code
        ).update(
            due_on=None,
            opens_on=term.due_on + timedelta(days=1),
            sorts_on=term.due_on + timedelta(days=1),
        )


class Migration(migrations.Migration):
    dependencies = [("workflows", "0004_operations")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="awaits_term",
            field=models.BooleanField(default=False, verbose_name="期满方可办理"),
        ),
        migrations.AddField(
            model_name="task",
            name="opens_on",
            field=models.DateField(blank=True, null=True, verbose_name="可办理日"),
        ),
        migrations.RunPython(release_from_floors, migrations.RunPython.noop),
    ]
