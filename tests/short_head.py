"""Keep the chain's head short in a test that writes thousands of entries in one transaction.

PostgreSQL keeps every version of a row until the transaction ends. The head has one for each
entry, also for each that a savepoint took back, and every look at it passes them all: in a long
test the entries took the server longer than all else. Rewriting the table drops the old ones.
"""

from typing import Any

from django.db import connection

MOST_VERSIONS = 50
WRITING = 'INSERT INTO "audit_entry"'
# Each changes where the table is kept, and so writes it anew; together they change nothing.
REWRITING = "ALTER TABLE audit_chainhead SET UNLOGGED; ALTER TABLE audit_chainhead SET LOGGED"


class ShortHead:
    """Counts the entries of a transaction, and rewrites the head now and then.

    Only where one connection has the transaction for itself: that of a test (`of_test`), or one
    that the user of this class began.
    """

    def __init__(self, *, of_test: bool = True) -> None:
        self.number = 0
        self.of_test = of_test

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Let the statement run; before every so manieth entry, rewrite the head."""
        if sql.startswith(WRITING):
            self.number += 1
            if self.number % MOST_VERSIONS == 0 and self._is_alone():
                # Below the wrappers: nothing of a test's own is written.
                with connection.connection.cursor() as cursor:
                    cursor.execute(REWRITING)
        return execute(sql, params, many, context)

    def _is_alone(self) -> bool:
        """Tell whether no other connection can wait for the head."""
        if connection.vendor != "postgresql" or not connection.in_atomic_block:
            return False
        outermost: Any = connection.atomic_blocks[0]
        return not self.of_test or outermost._from_testcase
