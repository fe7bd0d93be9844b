"""转办 and 移交: hand one task to another person, or all of one person's work to his successor."""

from dataclasses import dataclass, field
from typing import Any

from audit import clock
from audit.recording import record
from permissions.models import Post, StandIn, User
from permissions.policy import may
from permissions.standing_in import end_all
from workflows import flows
from workflows.door import locked
from workflows.models.operations import Copy
from workflows.models.tasks import Draft, Task, TaskState
from workflows.operations.copying import pass_on
from workflows.operations.guard import Scene, all_or_refused, eligible, guarded
from workflows.parameters import Parameter
from workflows.permissions import CaseVerb
from workflows.refusals import Refusal, RefusedByLaw, RefusedByPerson
from workflows.telling import tell
from workflows.vocabulary import Operation

MOST_HOPS: Parameter[int] = Parameter(
    "workflows.most_hops", "同一待办最多转办次数", 3, "内部管理，无法定标准", "design"
)


@guarded(Operation.TRANSFER)
def transfer(scene: Scene, *, reason: str, person: User) -> dict[str, Any]:
    """转办: the same task goes to another person for good; its clock runs on.

    The first owner stays on record; how often a task may be passed on is limited.
    """
    if not reason:
        raise RefusedByLaw("请填写转办原因。")
    eligible(scene, person, decides=True)
    most = MOST_HOPS.on(scene.case.today())
    if scene.task.hops >= most:
        raise RefusedByLaw(f"该件已转办{scene.task.hops}次，最多{most}次，请直接办理或者退回。")
    before = scene.task.holder or scene.principal or scene.by
    _give(scene.task, person, before)
    tell(scene.task, f"{scene.by.full_name}将“{scene.task.case_title}”转由您办理：{reason}", person)
    return {"原办理人": before.full_name, "现办理人": person.full_name}


def _give(task: Task, person: User, before: User) -> None:
    """Write the new holder; one who holds no such post himself is named personally."""
    at_post = Post.objects.on(task.case.today()).filter(
        user=person, unit=task.unit_id, role=task.role
    )
    task.owner = task.owner or before
    task.holder, task.hops = person, task.hops + 1
    task.is_personal = task.is_personal or not at_post.exists()
    task.claimed_at = None
    if task.state == TaskState.READY:
        task.state = TaskState.CLAIMED
    task.save(update_fields=["owner", "holder", "hops", "is_personal", "claimed_at", "state"])


@dataclass
class Inventory:
    """What lies with a person: tasks, drafts, copies not read yet, stand-ins."""

    tasks: list[Task] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    stand_ins: list[StandIn] = field(default_factory=list)


@dataclass
class HandedOver:
    """What a hand-over did: what went to the successor, and what stayed with its reason."""

    moved: list[Task] = field(default_factory=list)
    stayed: list[tuple[Task, str]] = field(default_factory=list)
    drafts: int = 0
    copies: int = 0
    stand_ins: int = 0


def inventory(person: User) -> Inventory:
    """Return everything that a hand-over of this person would have to move."""
    open_tasks = Task.objects.open().filter(holder=person)
    return Inventory(
        tasks=list(open_tasks.select_related("unit", "case_unit").order_by("sorts_on", "pk")),
        drafts=list(Draft.objects.filter(user=person).order_by("pk")),
        copies=list(Copy.objects.for_reader(person).unread().order_by("pk")),
        stand_ins=list(StandIn.objects.concerning(person, clock.today())),
    )


def hand_over(person: User, successor: User, *, by: User, reason: str) -> HandedOver:
    """移交: move a leaving person's open work to his successor, in one batch with its lists.

    A task that the successor must not do (four eyes, recusal) stays and is named with its reason.
    Refused as a whole for whoever is not over the person; nothing is half moved.
    """
    label = Operation.HAND_OVER.label
    with all_or_refused("workflows.hand_over", label, by, lambda: person):
        if not reason.strip():
            raise RefusedByLaw("请填写移交原因。")
        if person.pk == successor.pk or not successor.is_active:
            raise RefusedByPerson("请选择在任的接任人员。")
        post = _post_over(person, by)
        before = inventory(person)
        done = HandedOver()
        for task in sorted(before.tasks, key=lambda row: (row.content_type_id, row.object_id)):
            _hand_on(task, person, successor, by, done)
        done.drafts = _hand_drafts(before.drafts, successor)
        done.copies = sum(pass_on(row, successor) for row in before.copies)
        done.stand_ins = end_all(person, reason=reason, by=by)
        record(
            "workflows.hand_over",
            label,
            subject=person,
            by=by,
            post=post,
            reason=reason,
            before={"待办": _listed(before.tasks), "草稿": len(before.drafts)},
            after={
                "接任人": successor.full_name,
                "已移交": _listed(done.moved),
                "未移交": [[task.case_number, task.title, why] for task, why in done.stayed],
                "草稿": done.drafts,
                "阅知": done.copies,
            },
        )
    return done


def _post_over(person: User, by: User) -> Post | None:
    """Return the post by which somebody may hand over this person's work."""
    for task in Task.objects.open().filter(holder=person).select_related("unit"):
        answer = may(by, CaseVerb.HAND_OVER, task.case)
        if not answer:
            raise RefusedByPerson(answer.reason)
    answer = may(by, CaseVerb.HAND_OVER)
    if not answer or by.pk == person.pk:
        raise RefusedByPerson(answer.reason or "本人的待办由上级负责人移交。")
    return answer.post


def _hand_on(task: Task, person: User, successor: User, by: User, done: HandedOver) -> None:
    """Move one task, or note why it stays."""
    case = locked(task.case)
    fresh = Task.objects.select_related("unit", "holder").get(pk=task.pk)
    scene = Scene(Operation.HAND_OVER, case, fresh, flows.step_of(case, fresh.node), by)
    try:
        if not fresh.is_open or fresh.holder_id != person.pk:
            raise RefusedByLaw("移交时已经办结。")
        if successor.pk != by.pk:
            eligible(scene, successor, decides=fresh.decides)
    except Refusal as refusal:
        done.stayed.append((fresh, refusal.message))
        return
    _give(fresh, successor, person)
    done.moved.append(fresh)


def _hand_drafts(drafts: list[Draft], successor: User) -> int:
    """Give drafts to the successor, unless he has one of his own for the same form."""
    moved = 0
    for draft in drafts:
        same = Draft.objects.filter(
            user=successor,
            content_type=draft.content_type_id,
            object_id=draft.object_id,
            act=draft.act,
        )
        if not same.exists():
            moved += Draft.objects.filter(pk=draft.pk).update(user=successor)
    return moved


def _listed(rows: list[Task]) -> list[list[str]]:
    """Return tasks as an entry lists them."""
    return [[task.case_number, task.title] for task in rows]
