from django.db import migrations

from audit.guards import NEVER, Guard, install, remove

GUARDS = (Guard("indicators_reported", "UPDATE", NEVER, "填报的数据只能追加新版，不得修改"),)


def put_up(apps, schema_editor):
    install(schema_editor.connection, GUARDS)


def take_down(apps, schema_editor):
    remove(schema_editor.connection, GUARDS)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_reported_figures")]

    operations = [migrations.RunPython(put_up, take_down)]
