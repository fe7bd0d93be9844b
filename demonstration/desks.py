"""Tell what people do at their desks beside the acts: ask, urge, circulate, arrange a stand-in."""

from datetime import timedelta
from typing import Any

from audit import clock
from permissions import standing_in
from workflows import operations
from workflows.models.operations import Phrase
from workflows.models.tasks import Task


def work_at_desk(life: Any) -> None:
    """Do what is told of the station's case where it comes to rest."""
    told = TOLD.get((life.station, life.rests_after))
    if told is not None:
        told(life, Task.objects.of_case(life.case).open().order_by("pk").first())


def _ask(life: Any, task: Task) -> None:
    """The chief asks the deputy before he rectifies (委派)."""
    operations.consult(
        task, by=life.who("chief"), person=life.who("deputy"),
        reason="档案室和调解室分设后，面积达到多少平方米为宜（示例）？",
    )  # fmt: skip


def _urge(life: Any, task: Task) -> None:
    """The chief urges the decision of the party group (催办)."""
    operations.urge(task, by=life.who("chief"), reason="上报市局的时间临近，请尽快研究（示例）。")


def _circulate(life: Any, task: Task) -> None:
    """The section lets leaders read and say what they think (传阅)."""
    operations.circulate(
        task, by=life.who("section.reviewer"), reason="县级公示情况，请阅示（示例）。",
        people=[life.who("director"), life.who("deputy")],
    )  # fmt: skip


def _be_away(life: Any, task: Task) -> None:
    """The chief is away for some days (请假代理), and the section keeps a phrase (常用语)."""
    today = clock.today()
    away = standing_in.Arrangement(
        principal=life.who("chief"), substitute=life.who("officer"), starts_on=today,
        ends_on=today + timedelta(days=10), reason="参加业务培训（示例）", kinds=(),
        includes_waiting=False,
    )  # fmt: skip
    standing_in.arrange(away, by=life.who("chief"))
    for text in ("材料齐全，同意受理。", "情况属实，拟同意，请审定。"):
        Phrase.objects.create(user=life.who("section.reviewer"), text=text)


TOLD = {
    ("云红", "pass_conditionally"): _ask,
    ("丁坞", "confirm_county_score"): _urge,
    ("郭家", "publish_county"): _circulate,
    ("花园", "start_self_assessment"): _be_away,
}
"""By station and the act after which its life rests."""
