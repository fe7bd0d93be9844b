"""The floor: the same case by hand in psycopg2, four statements in a transaction for each action.

Every action locks the case, closes its task if it is still open, opens the next one and writes
an entry; a step that is left out costs nothing. Nothing is asked of persons, terms or papers.
"""

import os
from typing import Any

from bench import server
from bench.peers import answer_all
from bench.timing import milliseconds

SCHEMA = """
CREATE TABLE floor_case (id bigserial PRIMARY KEY, unit int NOT NULL, state smallint NOT NULL,
    opened timestamptz NOT NULL DEFAULT now(), title text NOT NULL);
CREATE TABLE floor_task (id bigserial PRIMARY KEY, case_id bigint NOT NULL REFERENCES floor_case,
    node smallint NOT NULL, role int NOT NULL, unit int NOT NULL, owner int,
    due timestamptz NOT NULL, created timestamptz NOT NULL DEFAULT now(), closed timestamptz);
CREATE INDEX ON floor_task (case_id);
CREATE INDEX ON floor_task (role, unit, due, id) WHERE closed IS NULL;
CREATE TABLE floor_entry (id bigserial PRIMARY KEY, case_id bigint NOT NULL, actor int NOT NULL,
    act smallint NOT NULL, at timestamptz NOT NULL DEFAULT now(), note text NOT NULL);
CREATE INDEX ON floor_entry (case_id);
"""
OPEN_CASE = "INSERT INTO floor_case (unit, state, title) VALUES (7, 0, %s) RETURNING id"
LOCK = "SELECT unit, state FROM floor_case WHERE id = %s FOR UPDATE"
CLOSE_TASK = "UPDATE floor_task SET closed = now(), owner = 2 WHERE id = %s AND closed IS NULL"
OPEN_TASKS = """INSERT INTO floor_task (case_id, node, role, unit, due)
    SELECT %s, node, node, 7, now() + interval '5 days' FROM unnest(%s) node RETURNING id"""
ENTRY = "INSERT INTO floor_entry (case_id, actor, act, note) VALUES (%s, 2, %s, '同意')"
CLOSE_CASE = "UPDATE floor_case SET state = 1 WHERE id = %s"

CHECK, SUPPLEMENT, FIRST, SECOND, DECIDE, ISSUE = range(1, 7)
# After each action: which task it did (by place among the open ones), which tasks come next.
STEPS = ((0, [SUPPLEMENT]), (0, [CHECK]), (0, [FIRST, SECOND]), (0, []), (0, [DECIDE]),
         (0, [ISSUE]), (0, []))  # fmt: skip


def whole_case(cursor: Any) -> None:
    """Carry one case through its eight actions."""
    cursor.execute("BEGIN")
    cursor.execute(OPEN_CASE, ["关于许可的申请"])
    (case,) = cursor.fetchone()
    cursor.execute(OPEN_TASKS, [case, [CHECK]])
    waiting = [task for (task,) in cursor.fetchall()]
    cursor.execute(ENTRY, [case, 0])
    cursor.execute("COMMIT")
    for act, (place, following) in enumerate(STEPS, start=1):
        cursor.execute("BEGIN")
        cursor.execute(LOCK, [case])
        cursor.execute(CLOSE_TASK, [waiting.pop(place)])
        if cursor.rowcount != 1:
            raise RuntimeError("the task is closed already")
        if following:
            cursor.execute(OPEN_TASKS, [case, following])
            waiting += [task for (task,) in cursor.fetchall()]
        elif not waiting:
            cursor.execute(CLOSE_CASE, [case])
        cursor.execute(ENTRY, [case, act])
        cursor.execute("COMMIT")


def main() -> None:
    """Answer what is asked of the floor."""
    cursor = server.connected(os.environ["BENCH_DATABASE"]).cursor()

    def cases(count: int) -> list[float]:
        return [milliseconds(lambda: whole_case(cursor)) for _ in range(count)]

    def flush() -> None:
        cursor.execute("SELECT pg_stat_force_next_flush()")

    answer_all({"cases": cases, "flush": flush})


if __name__ == "__main__":
    main()
