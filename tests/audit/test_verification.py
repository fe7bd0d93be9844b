"""`verify_audit` sees whatever is changed behind the application's back, and names the entry."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.models.functions import Cast

from audit import stored, triggers
from audit.models import ChainHead, Entry, Seal
from audit.seals import printed, seal_day
from audit.verification import Report, verify
from tests.audit.examples import record_one

ENTRY_COLUMNS = [field.attname for field in Entry._meta.concrete_fields]
TEXT_COLUMNS = [
    field.attname
    for field in Entry._meta.concrete_fields
    if isinstance(field, models.CharField | models.TextField)
]
ON_SQLITE = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL stores no bytes that are not its type's"
)


@contextmanager
def undone() -> Iterator[None]:
    """Undo what is done inside, so that the next change starts from the whole chain."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def execute(statement: str, *parameters: object) -> list[Any]:
    """Run one statement as the owner of the database."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return cursor.fetchall() if cursor.description else []


def stored_text(column: str, sequence: int) -> str | None:
    """Give a column as stored text; None where the database stores no text."""
    kept = Entry.objects.values_list(Cast(column, models.TextField()), flat=True).get(pk=sequence)
    is_text = column in TEXT_COLUMNS or (connection.vendor == "sqlite" and column == "at")
    return kept if is_text else None


def changes(column: str, sequence: int) -> list[tuple[str, object]]:
    """Write every change of one stored byte of a column: what to set, and to which value."""
    kept = stored_text(column, sequence)
    if column == "sequence":
        return [("sequence + %s", step) for step in (1000, -1000, 7)]
    if kept is None:
        return [("at + %s * INTERVAL '1 microsecond'", step) for step in (1, -1, 256, 1 << 40)]
    turned = [
        ("%s", kept[:place] + other + kept[place + 1 :])
        for place in range(len(kept))
        for other in [chr(ord(kept[place]) ^ 1)] + ["T"] * (column == "at")
    ]
    longer = [] if len(kept) == 64 else [("%s", kept + "x")]
    return [*turned, *longer, ("%s", kept[:-1])]


@pytest.mark.parametrize("column", ENTRY_COLUMNS)
def test_any_changed_byte_of_any_column_of_any_entry_is_named(
    five: list[Entry], column: str
) -> None:
    assert verify().faults == []
    triggers.remove(connection)
    tried = 0
    for sequence in (1, 3, 5):
        for expression, value in changes(column, sequence):
            with undone():
                setting = f"UPDATE audit_entry SET {column} = {expression}"  # noqa: S608
                execute(f"{setting} WHERE sequence = %s", value, sequence)
                report = verify()
            named = {sequence, sequence + value} if column == "sequence" else {sequence}
            assert report.faults[0].startswith(
                tuple(f"第 {number} 条留痕有误" for number in named)
            ), (column, sequence, value)
            tried += 1
    assert tried >= 9
    triggers.install(connection)
    assert verify().faults == []


@pytest.mark.parametrize("field", ENTRY_COLUMNS)
def test_no_column_stays_outside_the_digest(five: list[Entry], field: str) -> None:
    """A column added later must be covered as well: rows are read from the model's own list."""
    assert field in next(stored.rows(Entry)).values


@ON_SQLITE
@pytest.mark.parametrize(
    "value", ["CAST(x'ff41' AS TEXT)", "CAST({} AS BLOB)", "70000", "{} || x'00'", "1.5"]
)
def test_bytes_that_are_no_text_are_named_and_do_not_stop_the_check(
    five: list[Entry], value: str
) -> None:
    triggers.remove(connection)
    for column in ENTRY_COLUMNS[1:]:
        setting = f"UPDATE audit_entry SET {column} = {value.format(column)}"  # noqa: S608
        with undone():
            execute(f"{setting} WHERE sequence = 3")
            assert verify().faults[0].startswith("第 3 条留痕有误"), column
    assert len(verify().faults) == 1  # only the triggers are missing


@ON_SQLITE
def test_a_bit_flipped_in_the_file_itself_is_noticed(outcome: Callable[..., Any]) -> None:
    """Whoever edits the file of the database is seen, as is a disk that forgets."""
    found = outcome("migrate", "write 1 30", "damage 400")
    assert found["changed"] > 40
    assert found["unnoticed"] == []
    assert found["faults"] == []


def test_an_unknown_algorithm_is_named(
    five: list[Entry], behind_its_back: Callable[..., None]
) -> None:
    behind_its_back("UPDATE audit_entry SET algorithm = 'sm4' WHERE sequence = 2")
    assert verify().faults == ["第 2 条留痕有误：摘要算法“sm4”无法识别"]


WHOLE_ROWS: dict[str, tuple[tuple[str, ...], str]] = {
    "first cut": (("DELETE FROM audit_entry WHERE sequence = 1",), "第 1 条留痕有误：此条缺失"),
    "middle cut": (
        ("DELETE FROM audit_entry WHERE sequence IN (2, 3)",),
        "第 2 条留痕有误：此条缺失（其后一条为第 4 条）",
    ),
    "tail cut": (
        ("DELETE FROM audit_entry WHERE sequence = 5",),
        "第 5 条留痕有误：此条起缺失（链头为第 5 条）",
    ),
    "everything cut": (("DELETE FROM audit_entry",), "第 1 条留痕有误：此条起缺失"),
    "cut and closed up": (
        (
            "DELETE FROM audit_entry WHERE sequence = 3",
            "UPDATE audit_entry SET sequence = 3 WHERE sequence = 4",
            "UPDATE audit_entry SET sequence = 4 WHERE sequence = 5",
        ),
        "第 3 条留痕有误：所记前条摘要与前一条不符",
    ),
    "swapped": (
        (
            "UPDATE audit_entry SET sequence = 99 WHERE sequence = 2",
            "UPDATE audit_entry SET sequence = 2 WHERE sequence = 4",
            "UPDATE audit_entry SET sequence = 4 WHERE sequence = 99",
        ),
        "第 2 条留痕有误：所记前条摘要与前一条不符",
    ),
    "head moved back": (
        ("UPDATE audit_chainhead SET sequence = 4",),
        "链头有误：所记摘要与末条（第 4 条）不符",
    ),
    "head moved back with digest": (
        (
            "UPDATE audit_chainhead SET sequence = 4,"
            " digest = (SELECT digest FROM audit_entry WHERE sequence = 4)",
        ),
        "第 5 条留痕有误：序号超过链头",
    ),
    "head moved on": (
        ("UPDATE audit_chainhead SET sequence = 6",),
        "第 6 条留痕有误：此条起缺失（链头为第 6 条）",
    ),
    "head's digest changed": (
        ("UPDATE audit_chainhead SET digest = 'z' || SUBSTR(digest, 2)",),
        "链头有误：所记摘要与末条（第 5 条）不符",
    ),
    "head gone": (("DELETE FROM audit_chainhead",), "链头有误：链头缺失或者无法读取"),
    "two heads": (
        (
            "ALTER TABLE audit_chainhead DROP CONSTRAINT audit_chainhead_is_one_row"
            if connection.vendor == "postgresql"
            else "PRAGMA ignore_check_constraints = ON",
            "INSERT INTO audit_chainhead (id, sequence, digest) VALUES (2, 0, 'x')",
        ),
        "链头有误：链头缺失或者无法读取",
    ),
}


@pytest.mark.parametrize(("statements", "fault"), WHOLE_ROWS.values(), ids=WHOLE_ROWS.keys())
def test_cut_swapped_and_moved_rows_are_named(
    five: list[Entry],
    behind_its_back: Callable[..., None],
    statements: tuple[str, ...],
    fault: str,
) -> None:
    assert verify().faults == []
    behind_its_back(*statements)
    assert verify().faults[0].startswith(fault)
    if connection.vendor == "sqlite":
        execute("PRAGMA ignore_check_constraints = OFF")


def test_an_older_row_put_back_is_named(
    five: list[Entry], behind_its_back: Callable[..., None]
) -> None:
    """A row of a backup, whole in itself, restored over what stands there now."""
    with undone():
        triggers.remove(connection)
        execute("DELETE FROM audit_entry WHERE sequence > 3")
        execute("UPDATE audit_chainhead SET sequence = 3, digest = %s", five[2].digest)
        triggers.install(connection)
        record_one(reason="备份中的旧记录")
        old = Entry.objects.values().get(pk=4)
    with triggers.lifted(connection):
        Entry.objects.filter(pk=4).update(**old)
    assert verify().faults[0].startswith("第 5 条留痕有误：所记前条摘要与前一条不符")


def test_a_row_forged_with_a_right_digest_breaks_the_next(five: list[Entry]) -> None:
    with triggers.lifted(connection):
        forge(five[2], reason="改写")
    assert verify().faults[0].startswith("第 4 条留痕有误：所记前条摘要与前一条不符")


def forge(entry: Entry, **changed: str) -> Entry:
    """Rewrite an entry with a digest that fits it."""
    with undone():
        execute("DELETE FROM audit_entry WHERE sequence >= %s", entry.pk)
        execute(
            "UPDATE audit_chainhead SET sequence = %s, digest = %s",
            entry.pk - 1,
            entry.previous_digest,
        )
        forged = record_one(**changed)
        values = Entry.objects.values().get(pk=forged.pk)
    Entry.objects.filter(pk=entry.pk).update(**values)
    return forged


def test_the_first_broken_entry_is_named_once(
    five: list[Entry], behind_its_back: Callable[..., None]
) -> None:
    behind_its_back("UPDATE audit_entry SET label = 'x' WHERE sequence IN (2, 4)")
    assert verify().faults == ["第 2 条留痕有误：内容与摘要不符（本条被改动）"]


def test_chunks_do_not_matter(five: list[Entry], monkeypatch: pytest.MonkeyPatch) -> None:
    for size in (1, 2, 5, 6):
        monkeypatch.setattr(stored, "CHUNK", size)
        assert (verify().entries, verify().faults) == (5, [])
    monkeypatch.setattr(stored, "CHUNK", 2)
    with triggers.lifted(connection):
        execute("UPDATE audit_entry SET label = 'x' WHERE sequence = 4")
    assert verify().faults[0].startswith("第 4 条留痕有误")


def test_entries_written_during_the_check_are_no_fault(
    five: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "CHUNK", 2)
    read = stored._chunk

    def read_while_another_writes(model: type[models.Model], start: int) -> Any:
        chunk = read(model, start)
        if model is Entry:
            record_one()
        return chunk

    monkeypatch.setattr(stored, "_chunk", read_while_another_writes)
    report = verify()
    assert (report.entries, report.faults) == (5, [])
    assert Entry.objects.count() > 5


def test_missing_triggers_are_reported(five: list[Entry]) -> None:
    triggers.remove(connection)
    assert "audit_entry_guards_update" in verify().faults[0]
    triggers.install(connection)
    assert verify().faults == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite cannot switch triggers off")
def test_triggers_switched_off_are_reported(five: list[Entry]) -> None:
    execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_guards_update")
    assert verify().faults == ["数据库防护触发器缺失：audit_entry_guards_update"]


def run(*words: str) -> tuple[int, str]:
    """Run the command; give its exit status and what it printed."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", *words, stdout=out, stderr=err)
    except SystemExit as end:
        return int(str(end.code)), err.getvalue()
    return 0, out.getvalue()


def test_the_command_passes_on_an_empty_and_on_a_whole_chain(db: None) -> None:
    assert run()[0] == 0
    record_one()
    status, printed_text = run()
    assert status == 0
    assert "留痕链完整：共 1 条" in printed_text


def test_the_command_exits_1_and_names_the_broken_entry(
    five: list[Entry], behind_its_back: Callable[..., None]
) -> None:
    behind_its_back("UPDATE audit_entry SET actor_name = '王五' WHERE sequence = 4")
    status, printed_text = run()
    assert status == 1
    assert "第 4 条留痕有误：内容与摘要不符" in printed_text


def rewrite_everything(five: list[Entry]) -> Report:
    """Rewrite the third entry and everything after it, head included: no fault is left inside."""
    with triggers.lifted(connection):
        execute("DELETE FROM audit_entry WHERE sequence >= 3")
        execute("UPDATE audit_chainhead SET sequence = 2, digest = %s", five[1].digest)
    for number in range(3):
        record_one(reason=f"改写{number}")
    return verify()


def test_a_chain_rewritten_as_a_whole_contradicts_a_seal_inside(five: list[Entry]) -> None:
    seal_day()
    assert (
        rewrite_everything(five)
        .faults[0]
        .endswith("与第 5 条的摘要不符（此条或者以前的留痕被整体改写）")
    )


def test_a_chain_rewritten_with_its_seals_contradicts_the_seal_kept_outside(
    five: list[Entry], tmp_path: Path
) -> None:
    kept = tmp_path / "seals.txt"
    kept.write_text(printed(seal_day()) + "\n\n", encoding="utf-8")
    assert run("--seals", str(kept))[0] == 0
    with triggers.lifted(connection):
        Seal.objects.all().delete()
    assert rewrite_everything(five).faults == []
    status, printed_text = run("--seals", str(kept))
    assert status == 1
    assert "库外封印不符" in printed_text
    assert "第 5 条" in printed_text


def test_a_tail_cut_with_head_and_seals_contradicts_the_seal_kept_outside(
    five: list[Entry], tmp_path: Path
) -> None:
    kept = tmp_path / "seals.txt"
    kept.write_text(printed(seal_day()), encoding="utf-8")
    with triggers.lifted(connection):
        Seal.objects.all().delete()
        execute("DELETE FROM audit_entry WHERE sequence > 3")
        ChainHead.objects.update(sequence=3, digest=five[2].digest)
    assert run()[0] == 0
    status, printed_text = run("--seals", str(kept))
    assert status == 1
    assert "封至第 5 条，库内只有 3 条" in printed_text


def test_a_seal_taken_away_contradicts_the_copy_kept_outside(
    five: list[Entry], tmp_path: Path
) -> None:
    kept = tmp_path / "seals.txt"
    kept.write_text(printed(seal_day()), encoding="utf-8")
    with triggers.lifted(connection):
        Seal.objects.all().delete()
    status, printed_text = run("--seals", str(kept))
    assert (status, "库内没有相同的封印" in printed_text) == (1, True)


def test_a_file_that_holds_something_else_is_refused_by_line(db: None, tmp_path: Path) -> None:
    kept = tmp_path / "seals.txt"
    kept.write_text(printed(seal_day()) + "\n乱写\n", encoding="utf-8")
    with pytest.raises(CommandError, match="第 2 行不是留痕封印"):
        call_command("verify_audit", "--seals", str(kept))
    with pytest.raises(CommandError, match="无法读取封印文件"):
        call_command("verify_audit", "--seals", str(tmp_path / "absent.txt"))


def test_a_database_too_damaged_to_read_ends_the_command_with_an_error(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SystemExit 1 comes of a CommandError on the command line; no traceback, no pass."""

    def read_nothing(model: type[models.Model], start: int) -> Any:
        raise DatabaseError("database disk image is malformed")

    monkeypatch.setattr(stored, "_chunk", read_nothing)
    with pytest.raises(CommandError, match="数据库损坏") as refusal:
        call_command("verify_audit")
    assert refusal.value.returncode == 1


def test_a_key_that_cannot_be_followed_is_named_and_those_before_it_are_checked(
    five: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A torn page: the rows before it read well, from it on nothing does."""
    select = stored._select

    def torn(model: Any, columns: list[str], comparison: str, key: int) -> Iterator[Any]:
        for row in select(model, columns, comparison, key):
            if model is Entry and row[0] == 4:
                raise DatabaseError("database disk image is malformed")
            yield row

    monkeypatch.setattr(stored, "_select", torn)
    assert verify().faults == ["第 4 条留痕有误：此条起无法读取"]
    triggers.remove(connection)
    execute("UPDATE audit_entry SET label = 'x' WHERE sequence = 2")
    assert verify().faults[0].startswith("第 2 条留痕有误：内容与摘要不符")
