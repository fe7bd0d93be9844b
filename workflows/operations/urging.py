"""催办: urge whoever holds a task, at most once in some hours; he may answer until when."""

from datetime import date, timedelta
from typing import Any

from audit import clock
from audit.recording import record
from permissions.models import User
from workflows.models.operations import Urging
from workflows.operations.guard import Scene, all_or_refused, guarded
from workflows.parameters import Parameter
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByState
from workflows.tasks import stands_in_for_holder
from workflows.telling import tell, tell_holder
from workflows.vocabulary import Operation

URGE_EVERY: Parameter[int] = Parameter(
    "workflows.urge_every", "同一待办催办最小间隔（小时）", 4, "内部管理，无法定标准", "design"
)


ANSWERING = "workflows.answer_urging"


@guarded(Operation.URGE)
def urge(scene: Scene, *, reason: str) -> dict[str, Any]:
    """催办: tell the holder that it is waited for; he sees who urged and how often."""
    if not reason:
        raise RefusedByLaw("请填写催办内容。")
    hours = URGE_EVERY.on(clock.today())
    since = clock.now() - timedelta(hours=hours)
    last = Urging.objects.filter(task=scene.task, at__gt=since).select_related("by").first()
    if last is not None:
        moment = last.at.astimezone(clock.PLACE)
        raise RefusedByLaw(
            f"{last.by.full_name}已于{moment:%H:%M}催办，同一待办{hours}小时内只催办一次。"
        )
    Urging.objects.create(task=scene.task, by=scene.by, text=reason[:300])
    times = Urging.objects.filter(task=scene.task).count()
    tell_holder(
        scene.task, f"{scene.by.full_name}催办“{scene.task.case_title}”（第{times}次）：{reason}"
    )
    return {"催办次数": times}


def may_answer_urging(urging: Urging, person: User) -> bool:
    """Tell whether the person holds the urged task, or stands in for its holder."""
    task = urging.task
    return task.holder_id == person.pk or bool(task.holder and stands_in_for_holder(person, task))


def answer_urging(
    urging: Urging, *, by: User, answer: str, expected_on: date | None = None
) -> Urging:
    """答复催办: say that it was read and when it will be done."""
    with all_or_refused(ANSWERING, "答复催办", by, lambda: urging.task.case):
        urging = Urging.objects.select_for_update(of=("self",)).get(pk=urging.pk)
        task = urging.task
        if not may_answer_urging(urging, by):
            raise RefusedByPerson("催办由待办的办理人答复；尚未签收的请先签收。")
        if urging.answered_at:
            raise RefusedByState("该催办已经答复。")
        if not answer.strip():
            raise RefusedByLaw("请填写答复。")
        if expected_on and expected_on < clock.today():
            raise RefusedByLaw("预计办结日期不能早于今天。")
        urging.answer, urging.expected_on = answer.strip()[:300], expected_on
        urging.answered_by, urging.answered_at = by, clock.now()
        urging.save(update_fields=["answer", "expected_on", "answered_by", "answered_at"])
        until = f"，预计{expected_on:%Y年%m月%d日}办结" if expected_on else ""
        tell(task, f"{by.full_name}答复催办“{task.case_title}”：{answer.strip()}{until}", urging.by)
        record(
            ANSWERING,
            "答复催办",
            subject=task.case,
            subject_title=task.case_title,
            by=by,
            post=next(iter(by.posts_on(clock.today())), None),
            after={"环节": task.title, "答复": answer.strip(), "预计办结": expected_on},
        )
        return urging
