"""The product: whole cases through the door, the in-box, the list of cases, races."""

import os
from collections.abc import Callable
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Q  # noqa: E402
from django.middleware.csrf import _get_new_csrf_string  # noqa: E402
from django.test import Client  # noqa: E402

from audit import clock  # noqa: E402
from bench.peers import answer_all  # noqa: E402
from bench.permits.models import Permit  # noqa: E402
from bench.racing import Racer, race  # noqa: E402
from bench.telling import asked_of, told  # noqa: E402
from bench.timing import milliseconds  # noqa: E402
from documents import papers  # noqa: E402
from documents.models import Paper  # noqa: E402
from permissions.models import Post, Unit, User  # noqa: E402
from workflows import operations  # noqa: E402
from workflows import pages as paging  # noqa: E402
from workflows.door import open_case, perform  # noqa: E402
from workflows.models.tasks import Task  # noqa: E402
from workflows.refusals import Refusal  # noqa: E402

# Who works on the case of the first station: keys of `bench.tree`.
CHIEF, STATION, BUREAU = 1, 3001, 2001
REVIEWER, FIRST, SECOND, DEPUTY = 6401, 6404, 6405, 6407
STEPS: tuple[tuple[str, int], ...] = (
    ("return_to_applicant", REVIEWER),
    ("resubmit", CHIEF),
    ("accept", REVIEWER),
    ("review", FIRST),
    ("review", SECOND),
    ("decide", DEPUTY),
    ("issue", REVIEWER),
)


def person(key: int) -> User:
    """Return the person as a request has him: read anew, answers remembered."""
    found: User = User.objects.get(pk=key)
    found.remember_answers()
    return found


def submit() -> Permit:
    """Open a case."""
    units = Unit.objects.in_bulk([STATION, BUREAU])
    return open_case(
        Permit,
        by=person(CHIEF),
        unit=units[STATION],
        bureau=units[BUREAU],
        title="关于许可的申请",
    )


def do(case: Permit, act: str, by: User, *, claimed: bool) -> None:
    """Perform one act on a case read anew, as a request does; claim its task first if asked."""
    if claimed:
        task = Task.objects.of_case(case).open().filter(Q(holder=None) | Q(holder=by)).first()
        if task.holder_id is None:
            operations.claim(task, by=by)
            by = person(by.pk)
    facts: dict[str, Any] = {"opinion": "同意"}
    if act == "accept":
        facts["reviewers"] = [person(FIRST), person(SECOND)]
    perform(Permit.objects.get(pk=case.pk), act, by=by, **facts)


def whole_case(*, claimed: bool) -> None:
    """Carry one case through its eight actions."""
    case = submit()
    for act, by in STEPS:
        do(case, act, person(by), claimed=claimed)


def cases(count: int, claimed: bool = False) -> list[float]:
    """Return how long each of so many cases took.

    The file of a paper is made after the commit and apart (`papers` measures it): nothing of
    the kind exists on the other side. Its row, number and frozen words are written as ever.
    """
    render, papers._render_after_commit = papers._render_after_commit, lambda pk: None
    try:
        return [milliseconds(lambda: whole_case(claimed=claimed)) for _ in range(count)]
    finally:
        papers._render_after_commit = render


def statements_by_action() -> dict[str, int]:
    """Return how many statements each action of a case asks of Django, transactions left out."""
    found: dict[str, int] = {}
    with asked_of() as asked:
        case = submit()
    found["submit"] = len(asked)
    for place, (act, key) in enumerate(STEPS):
        by = person(key)
        with asked_of() as asked:
            do(case, act, by, claimed=False)
        found[f"{place + 1} {act}"] = len(asked)
    return found


def paper_files(count: int) -> list[float]:
    """Return how long the file of a paper takes, for papers that have none yet."""
    waiting = list(Paper.objects.unrendered().order_by("pk")[:count])
    return [milliseconds(lambda paper=paper: papers.render(paper)) for paper in waiting]


def flush() -> None:
    """Let the server count what this connection wrote."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")


def client_of(key: int) -> Client:
    """Return a client in which the person is signed in."""
    client = Client()
    client.force_login(
        User.objects.get(pk=key), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


class Pages:
    """The in-box of one person, its first page and one far down."""

    def __init__(self, key: int) -> None:
        """Sign the person in and find the address of the page far down."""
        self.client = client_of(key)
        self.addresses = {"first": "/inbox/", "far": f"/inbox/?after={self._far_key(key)}"}

    def _far_key(self, key: int) -> str:
        """Return the key of a page after nine tenths of the rows."""
        rows = Task.objects.awaiting(User.objects.get(pk=key), clock.today())
        rows = rows.order_by("sorts_on", "pk").values_list("sorts_on", "pk")
        return paging._write(*rows[rows.count() * 9 // 10])

    def get(self, page: str) -> Any:
        """Fetch a page."""
        answer = self.client.get(self.addresses[page])
        if answer.status_code != 200:
            raise RuntimeError(f"the in-box answers {answer.status_code}")
        return answer


_pages: dict[int, Pages] = {}


def pages_of(key: int) -> Pages:
    """Return the pages of a person, signed in once."""
    if key not in _pages:
        _pages[key] = Pages(key)
    return _pages[key]


def inbox(key: int, page: str, count: int) -> list[float]:
    """Return how long each of so many whole pages took."""
    pages = pages_of(key)
    return [milliseconds(lambda: pages.get(page)) for _ in range(count)]


def inbox_cost(key: int, page: str) -> dict[str, Any]:
    """Return statements, rows shown, rows counted and size of the page."""
    pages = pages_of(key)
    pages.get(page)
    with told() as asked:
        answer = pages.get(page)
    return {
        "statements": len(asked),
        "shown": len(answer.context["page"].rows),
        "counted": answer.context["counts"]["todo"],
        "kib": len(answer.content) / 1024,
        "asked": asked,
    }


def newest(key: int, count: int) -> list[float]:
    """Return how long the twenty newest visible cases took, each time asked anew.

    The person's posts are remembered as within a request; the rows are read from the database.
    """
    found = []
    for _ in range(count):
        by = person(key)
        by.posts_on(clock.today())
        found.append(milliseconds(lambda by=by: _newest(by)))
    return found


def newest_cost(key: int) -> dict[str, Any]:
    """Return the keys of the twenty newest visible cases, and the statements they took."""
    by = person(key)
    by.posts_on(clock.today())
    with asked_of() as asked:
        keys = _newest(by)
    return {
        "keys": keys,
        "statements": len(asked),
        "asked": asked,
    }


def _newest(by: User) -> list[int]:
    parts = Permit.objects.visible_parts(by)
    page = paging.page_of_parts(parts, "", by=("-opened_on", "-pk"))
    return [case.pk for case in page.rows]


def requests(count: int) -> dict[str, Any]:
    """Open cases for requests to act on; return cookies of the reviewer and their addresses."""
    token = _get_new_csrf_string()
    session = client_of(REVIEWER).cookies["sessionid"].value
    opened = [submit() for _ in range(count)]
    return {
        "cookie": f"sessionid={session}; csrftoken={token}",
        "csrf": token,
        "pages": [case.get_absolute_url() for case in opened],
        "acts": [case.act_url("return_to_applicant") for case in opened],
        "fields": {"opinion": "请补正"},
        "inbox": "/inbox/",
    }


def session_of(key: int) -> str:
    """Return the cookie of a person who is signed in."""
    return f"sessionid={client_of(key).cookies['sessionid'].value}"


def races(rounds: int, racers: int) -> dict[str, Any]:
    """Let so many reviewers of one post race for one task, round after round."""
    opened = [submit().pk for _ in range(rounds)]
    keys = _colleagues(racers)

    def racer(place: int) -> Racer:
        by = User.objects.get(pk=keys[place])

        def run(key: int) -> str:
            try:
                perform(Permit(pk=key), "return_to_applicant", by=by, opinion="请补正")
            except Refusal as refusal:
                return type(refusal).__name__
            return "won"

        return run

    outcome = race(opened, racer, racers)
    done = Task.objects.filter(object_id__in=opened, node="check", state=Task.State.DONE)
    outcome["effects"] = done.filter(content_type=Permit.content_type()).count()
    return outcome


def _colleagues(number: int) -> list[int]:
    """Return reviewers of the first bureau; those that lack are appointed."""
    keys = list(range(REVIEWER, REVIEWER + number))
    for key in keys:
        Post.objects.get_or_create(
            user_id=key,
            role="county_reviewer",
            unit_id=2001,
            defaults={"starts_on": clock.today()},
        )
    return keys


ANSWERS: dict[str, Callable[..., Any]] = {
    "cases": cases,
    "flush": flush,
    "statements_by_action": statements_by_action,
    "paper_files": paper_files,
    "inbox": inbox,
    "inbox_cost": inbox_cost,
    "newest": newest,
    "newest_cost": newest_cost,
    "requests": requests,
    "session_of": session_of,
    "races": races,
}

if __name__ == "__main__":
    answer_all(ANSWERS)
