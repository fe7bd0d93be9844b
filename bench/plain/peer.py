"""Plain viewflow through its activations: what its own pages do when they are handed in.

A task of a permission waits in the queue: it is claimed first and then executed, in two
transactions, as the documentation has it.
"""

import os
from collections.abc import Callable
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.plain.settings"
django.setup()

from django.contrib.auth.models import Permission, User  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.middleware.csrf import _get_new_csrf_string  # noqa: E402
from django.test import Client  # noqa: E402
from viewflow.workflow import STATUS  # noqa: E402
from viewflow.workflow.models import Process, Task  # noqa: E402

from bench.peers import answer_all  # noqa: E402
from bench.plain import urls  # noqa: E402
from bench.plain.flows import PermitFlow  # noqa: E402
from bench.racing import Racer, race  # noqa: E402
from bench.telling import told  # noqa: E402
from bench.timing import milliseconds  # noqa: E402

# Who works on a case: any people of the province, given the permission of their node.
APPLICANT = 1
WORKERS = {
    "check": 6401,
    "review_first": 6404,
    "review_second": 6405,
    "decide": 6407,
    "issue": 6402,
}
STEPS = (
    ("check", "return"),
    ("supplement", ""),
    ("check", "accept"),
    ("review_first", "accept"),
    ("review_second", "accept"),
    ("decide", "accept"),
    ("issue", ""),
)


class Request:
    """What an activation asks of a request."""

    def __init__(self, user: User) -> None:
        """Hold who asks."""
        self.user = user


def person(key: int) -> User:
    """Return the person as a request has him: read anew."""
    return User.objects.get(pk=key)


def appoint() -> None:
    """Give the workers the permissions of their nodes."""
    for node, key in WORKERS.items():
        person(key).user_permissions.add(Permission.objects.get(codename=node))


def submit() -> int:
    """Open a case as `CreateProcessView` does; return the key of its process."""
    user = person(APPLICANT)
    activation = PermitFlow.start.activation_class.create(PermitFlow.start, None, None)
    with transaction.atomic():
        activation.start(Request(user))
        activation.process.title = "关于许可的申请"
        activation.execute()
    return int(activation.process.pk)


def waiting_task(process: int, node: str) -> Task:
    """Return the open task of a node."""
    waiting = [STATUS.NEW, STATUS.ASSIGNED]
    return Task.objects.get(
        process_id=process, flow_task=getattr(PermitFlow, node), status__in=waiting
    )


def claim(process: int, task: int, node: str, user: User) -> None:
    """Claim a task as `AssignTaskView` does."""
    flow_task = getattr(PermitFlow, node)
    with PermitFlow.lock(process), transaction.atomic():
        found = Task.objects.get(pk=task)
        activation = flow_task.activation_class(found)
        if not flow_task.can_assign(user, found):
            raise PermissionError(node)
        activation.assign(user)


def execute(process: int, task: int, node: str, user: User, decision: str) -> None:
    """Hand a task in as `UpdateProcessView` does."""
    flow_task = getattr(PermitFlow, node)
    with PermitFlow.lock(process), transaction.atomic():
        found = Task.objects.get(pk=task)
        activation = flow_task.activation_class(found)
        if not flow_task.can_execute(user, task=found):
            raise PermissionError(node)
        activation.start(Request(user))
        activation.process.decision = decision
        activation.process.note = "同意"
        activation.process.save()
        activation.execute()


def do(process: int, node: str, decision: str, *, claimed: bool) -> None:
    """Do one task; with `claimed` it is claimed first unless it is assigned by the flow."""
    task = waiting_task(process, node)
    user = person(WORKERS.get(node, APPLICANT))
    if task.owner_id is None:
        if claimed:
            claim(process, task.pk, node, user)
            user = person(user.pk)
        else:
            Task.objects.filter(pk=task.pk).update(owner=user, status=STATUS.ASSIGNED)
    execute(process, task.pk, node, user, decision)


def whole_case(*, claimed: bool) -> None:
    """Carry one case through its eight actions."""
    process = submit()
    for node, decision in STEPS:
        do(process, node, decision, claimed=claimed)


def cases(count: int, claimed: bool = True) -> list[float]:
    """Return how long each of so many cases took."""
    return [milliseconds(lambda: whole_case(claimed=claimed)) for _ in range(count)]


def flush() -> None:
    """Let the server count what this connection wrote."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")


def client_of(key: int) -> Client:
    """Return a client in which the person is signed in."""
    client = Client()
    client.force_login(person(key), backend="django.contrib.auth.backends.ModelBackend")
    return client


_clients: dict[int, Client] = {}


def _page(key: int, address: str) -> Any:
    """Fetch a page of the person's in-box."""
    if key not in _clients:
        _clients[key] = client_of(key)
    answer = _clients[key].get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
    return answer


def inbox(key: int, address: str, count: int) -> list[float]:
    """Return how long each of so many whole pages took."""
    return [milliseconds(lambda: _page(key, address)) for _ in range(count)]


def inbox_cost(key: int, address: str) -> dict[str, Any]:
    """Return statements, rows shown, rows counted, pages and size of the page."""
    _page(key, address)
    with told() as asked:
        answer = _page(key, address)
    page = answer.context["page_obj"]
    return {
        "statements": len(asked),
        "shown": len(page.object_list),
        "counted": page.paginator.count,
        "pages": page.paginator.num_pages,
        "kib": len(answer.content) / 1024,
    }


def requests(count: int) -> dict[str, Any]:
    """Open cases for requests to act on; return cookies of the reviewer and their addresses."""
    token = _get_new_csrf_string()
    reviewer = WORKERS["check"]
    session = client_of(reviewer).cookies["sessionid"].value
    keys = [submit() for _ in range(count)]
    checks = Task.objects.filter(process_id__in=keys, flow_task=PermitFlow.check)
    checks.update(owner=reviewer, status=STATUS.ASSIGNED)
    addresses = [task.reverse("execute") for task in checks.order_by("pk")]
    return {
        "cookie": f"sessionid={session}; csrftoken={token}",
        "csrf": token,
        "pages": addresses,
        "acts": addresses,
        "fields": {"decision": "return", "note": "请补正"},
        "inbox": "/workflow/queue/",
    }


def session_of(key: int) -> str:
    """Return the cookie of a person who is signed in."""
    return f"sessionid={client_of(key).cookies['sessionid'].value}"


def races(rounds: int, racers: int) -> dict[str, Any]:
    """Let so many processes hand in the same assigned task, round after round."""
    opened = [submit() for _ in range(rounds)]
    found = Task.objects.filter(process_id__in=opened, flow_task=PermitFlow.check)
    found.update(owner=WORKERS["check"], status=STATUS.ASSIGNED)
    tasks = dict(found.values_list("process_id", "pk"))

    def racer(place: int) -> Racer:
        user = person(WORKERS["check"])

        def run(key: int) -> str:
            try:
                execute(key, tasks[key], "check", user, "return")
            except Exception as refusal:  # whatever its pages would answer with an error
                return type(refusal).__name__
            return "won"

        return run

    outcome = race(opened, racer, racers)
    followed = Task.objects.filter(process_id__in=opened, flow_task=PermitFlow.supplement)
    outcome["effects"] = followed.count()
    return outcome


def is_finished() -> bool:
    """Tell whether the newest case went to its end."""
    return bool(Process.objects.latest("pk").status == STATUS.DONE)


ANSWERS: dict[str, Callable[..., Any]] = {
    "appoint": appoint,
    "cases": cases,
    "flush": flush,
    "inbox": inbox,
    "inbox_cost": inbox_cost,
    "is_finished": is_finished,
    "requests": requests,
    "session_of": session_of,
    "races": races,
}

if __name__ == "__main__":
    # Addresses of tasks can be written only after the site has been put together.
    assert urls.site
    answer_all(ANSWERS)
