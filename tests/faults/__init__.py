"""Sudden death, races and a database that goes away: what a user was told stands, nothing half.

`conftest.py` copies the suite's migrated database and starts `stage.py` on the copy, a process
that can be forked and killed. To kill a further operation at every statement, declare it in
`operations.py` (acts, the clock) or `task_operations.py` (what is done with a task or a case) and
name it in `test_killed_at_every_statement.py`; to hold a further invariant, add it to
`invariants.py`. On SQLite everything declared is killed, on PostgreSQL one operation of each kind.
"""
