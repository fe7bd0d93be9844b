from django.db import migrations

from audit import triggers


def guard(apps, schema_editor):
    """Install the triggers and begin the chain."""
    triggers.install(schema_editor.connection)


def unguard(apps, schema_editor):
    """Drop the triggers."""
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_entry_chain_head_and_seal")]

    operations = [migrations.RunPython(guard, unguard)]
