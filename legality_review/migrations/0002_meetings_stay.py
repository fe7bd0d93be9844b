from django.db import migrations

from audit.guards import NEVER, Guard, install, remove

GUARDS = tuple(
    Guard(table, event, NEVER, "集体讨论记录不得修改、删除（LR-40）")
    for table in ("legality_review_meeting", "legality_review_view")
    for event in ("UPDATE", "DELETE")
)


def put_up(apps, schema_editor):
    install(schema_editor.connection, GUARDS)


def take_down(apps, schema_editor):
    remove(schema_editor.connection, GUARDS)


class Migration(migrations.Migration):
    dependencies = [("legality_review", "0001_reviews")]

    operations = [migrations.RunPython(put_up, take_down)]
