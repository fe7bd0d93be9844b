"""Narrow the reach of stations and legal-service offices to themselves."""

from django.db import migrations
from django.db.models import F

WORKING_FOR_THEMSELVES = ("station", "legal_service_office")


def narrow(apps, schema_editor):
    """Let each reach itself alone; until now it reached its whole township."""
    units = apps.get_model("permissions", "Unit").objects
    units.filter(kind__in=WORKING_FOR_THEMSELVES).update(reach=F("path"))


class Migration(migrations.Migration):
    dependencies = [("permissions", "0003_stand_ins")]

    operations = [migrations.RunPython(narrow, migrations.RunPython.noop)]
