from django.db import migrations

from accreditation.models.loading import load_standard, load_targets
from audit.guards import Guard, install, remove

MESSAGE = "标准已被案件使用并锁定，不得修改"
DRAFT = "(SELECT frozen_at FROM accreditation_standard WHERE id = {standard}) IS NULL"
CATEGORY_OF = "(SELECT standard_id FROM accreditation_category WHERE id = {category})"


def _of_category(row):
    return DRAFT.format(standard=CATEGORY_OF.format(category=f"{row}.category_id"))


def _of_standard(row):
    return DRAFT.format(standard=f"{row}.standard_id")


# Deletion needs no trigger: the scores of the case that froze a standard point at its rows.
GUARDS = (
    Guard("accreditation_standard", "UPDATE", "OLD.frozen_at IS NULL", MESSAGE),
    Guard("accreditation_category", "INSERT", _of_standard("NEW"), MESSAGE),
    Guard(
        "accreditation_category",
        "UPDATE",
        f"{_of_standard('OLD')} AND {_of_standard('NEW')}",
        MESSAGE,
    ),
    Guard("accreditation_item", "INSERT", _of_category("NEW"), MESSAGE),
    Guard(
        "accreditation_item", "UPDATE", f"{_of_category('OLD')} AND {_of_category('NEW')}", MESSAGE
    ),
    Guard("accreditation_vetoitem", "INSERT", _of_standard("NEW"), MESSAGE),
    Guard(
        "accreditation_vetoitem",
        "UPDATE",
        f"{_of_standard('OLD')} AND {_of_standard('NEW')}",
        MESSAGE,
    ),
)


def put_up(apps, schema_editor):
    install(schema_editor.connection, GUARDS)
    load_standard(apps.get_model)
    load_targets(apps.get_model)


def take_down(apps, schema_editor):
    remove(schema_editor.connection, GUARDS)


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0001_standards_applications_titles")]

    operations = [migrations.RunPython(put_up, take_down)]
