"""Faults planted on purpose: each must be caught by what the tests ask (positive controls)."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Thread
from typing import Any

from django.db import connection

from workflows import door
from workflows.views import cases

Answer = Callable[[], None]


@contextmanager
def nothing(answer: Answer) -> Iterator[None]:
    """Plant nothing."""
    yield


def commits_after(statement: str) -> Callable[[Answer], AbstractContextManager[None]]:
    """Plant a commit in mid-act, between a statement that begins like this and the next one."""

    @contextmanager
    def plant(answer: Answer) -> Iterator[None]:
        last = ""

        def commit_after(execute: Any, sql: str, *rest: Any) -> Any:
            nonlocal last
            if last.startswith(statement):
                connection.connection.commit()
            last = sql
            return execute(sql, *rest)

        with connection.execute_wrapper(commit_after):
            yield

    return plant


@contextmanager
def answers_first(answer: Answer) -> Iterator[None]:
    """Plant an answer that is given before the work is done."""
    answer()
    yield


PLANTED = {
    "": nothing,
    "answers first": answers_first,
    "case": commits_after('UPDATE "accreditation_application"'),
    "number": commits_after("UPDATE documents_numbercounter"),
    "task": commits_after('UPDATE "workflows_task"'),
    "notice": commits_after('INSERT INTO "workflows_notice"'),
}


def halves_take_their_time() -> None:
    """Plant a commit between the case and its task, and a pause in which a death is likely."""
    move_on = door._move_on

    def late(*arguments: Any, **facts: Any) -> None:
        connection.connection.commit()
        time.sleep(0.2)
        move_on(*arguments, **facts)

    door._move_on = late


def answers_before_it_works() -> None:
    """Plant an answer that comes before the work, which a thread does later."""
    perform = cases.perform

    def later(*arguments: Any, **facts: Any) -> None:
        time.sleep(0.2)
        perform(*arguments, **facts)
        connection.close()

    def at_once(*arguments: Any, **facts: Any) -> None:
        Thread(target=later, args=arguments, kwargs=facts).start()

    cases.perform = at_once


PLANTED_IN_SERVER: dict[str, Callable[[], None]] = {
    "": lambda: None,
    "half": halves_take_their_time,
    "answers first": answers_before_it_works,
}
