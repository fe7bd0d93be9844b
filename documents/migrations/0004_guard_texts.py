from django.db import migrations

from audit.guards import NEVER, Guard, install, remove

TABLE = "documents_readtext"
# SQLite's INSERT OR REPLACE fires no delete trigger, hence the guard on insertion.
NEW_TEXT = """NOT EXISTS (SELECT 1 FROM documents_readtext former
    WHERE former.id = NEW.id OR former.file_id = NEW.file_id)"""
GOES_WITH_ITS_FILE = """(OLD.problem <> '' OR EXISTS (SELECT 1 FROM documents_storedfile kept
    WHERE kept.id = OLD.file_id AND kept.subject_id IS NULL))"""
GUARDS = (
    Guard(TABLE, "INSERT", NEW_TEXT, "文件的文字不得覆盖"),
    Guard(TABLE, "UPDATE", NEVER, "文件的文字不得修改"),
    Guard(TABLE, "DELETE", GOES_WITH_ITS_FILE, "已入卷文件的文字不得删除"),
    Guard(TABLE, "TRUNCATE", NEVER, "文件的文字不得清空"),
)


def put_up(apps, schema_editor):
    install(schema_editor.connection, GUARDS)


def take_down(apps, schema_editor):
    remove(schema_editor.connection, GUARDS)


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_read_texts")]

    operations = [migrations.RunPython(put_up, take_down)]
