"""Copy the date of a case into its participations, which lists of the newest cases ask."""

from django.db import migrations, models


def copy_dates(apps, schema_editor):
    """Take the date from the table of each kind of case; the apps of the kinds stand above this."""
    participations = apps.get_model("permissions", "Participation").objects
    kinds = apps.get_model("contenttypes", "ContentType").objects
    quoted = schema_editor.quote_name
    for kind in kinds.filter(pk__in=participations.values("content_type")):
        table = quoted(f"{kind.app_label}_{kind.model}")
        dates = f"SELECT opened_on FROM {table} WHERE id = object_id"  # noqa: S608 - a table's name
        copied = f"UPDATE permissions_participation SET opened_on = ({dates})"  # noqa: S608
        schema_editor.execute(f"{copied} WHERE content_type_id = %s", [kind.pk])


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("permissions", "0005_legal_counsel"),
    ]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="opened_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.RunPython(copy_dates, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="participation",
            name="opened_on",
            field=models.DateField(editable=False),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(
                fields=["user", "content_type", "-opened_on", "-object_id"],
                name="participation_newest",
            ),
        ),
    ]
