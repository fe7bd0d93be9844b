"""Install the triggers that keep administrators apart from other posts (三员分立)."""

from django.db import migrations

from permissions import guards


def install(apps, schema_editor):
    """Create the triggers."""
    guards.install(schema_editor.connection)


def remove(apps, schema_editor):
    """Drop the triggers."""
    guards.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("permissions", "0001_units_people_posts")]

    operations = [migrations.RunPython(install, remove)]
