from django.db import migrations

from documents import triggers


def guard(apps, schema_editor):
    """Install the triggers."""
    triggers.install(schema_editor.connection)


def unguard(apps, schema_editor):
    """Drop the triggers."""
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_numbers_papers_files")]

    operations = [migrations.RunPython(guard, unguard)]
