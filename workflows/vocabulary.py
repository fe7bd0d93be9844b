"""Name the operations on tasks and cases: one word for each, and what it does to the clocks.

Help page, glossary and manual are derived from here. 行为 (acts) change what is legally true;
operations (操作) change who works next, and perform an act where the law must change with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Meaning:
    """What an operation means: who may do it, what happens, and what the clocks do."""

    label: str
    who: str
    effect: str
    case_clock: str = "继续计算"
    task_clock: str = "继续计算"


class Operation(StrEnum):
    """Operations on a task (待办) or on a case (案件), each done by one guarded function."""

    meaning: Meaning

    def __new__(cls, value: str, *told: str) -> "Operation":
        """Build the member from its name and its meaning."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = Meaning(*told)
        return member

    @property
    def label(self) -> str:
        """Return the Chinese word, the only one used for it."""
        return self.meaning.label

    CLAIM = "claim", "签收", "本岗位人员", "由一人签收办理；同岗位其他人看到已被签收。"
    RELEASE = "release", "退签", "签收人", "退回本岗位，其他人可以签收；须写明原因。"
    DECLINE = (
        "decline", "拒签", "本岗位人员",
        "本人不再是候选人；候选人都拒签的，重新提供给各人，并告知负责人和上一环节办理人。",
    )  # fmt: skip
    TRANSFER = (
        "transfer", "转办", "办理人", "同一待办换由他人办理，本人不再办理；不能转给本人。",
    )  # fmt: skip
    CONSULT = (
        "consult", "委派（征求意见）", "办理人", "请他人提出意见，答复后回到本人，仍由本人决定。",
        "继续计算", "继续计算；被委派人的期限不晚于本人的期限",
    )  # fmt: skip
    RECALL_CONSULT = "recall_consult", "收回委派", "委派人", "答复前收回，待办回到本人。"
    ANSWER = "answer", "答复", "被委派人、加签人、协办人", "提出意见；待办回到征求意见的人。"
    ADD_BEFORE = (
        "add_before", "前加签", "办理人", "先请他人提出意见，全部答复后本人再决定。",
    )  # fmt: skip
    ADD_AFTER = (
        "add_after", "后加签", "办理人", "本人同意后再经他人同意方才生效；有人不同意的，回到本人。",
    )  # fmt: skip
    ADD_ALONGSIDE = (
        "add_alongside", "并加签", "会签环节办理人", "会签增加一人，人数和结果随即重新计算。",
    )  # fmt: skip
    REMOVE_SIGNER = (
        "remove_signer", "减签", "加签的人", "撤去尚未表态的加签人；已经表态的不能撤去。",
    )  # fmt: skip
    SEND_BACK = (
        "send_back", "退回", "办理人",
        "退回本案中确已办结的环节；逐级重走，或者改后直达退回的人。此前的表态保留并注明失效。",
        "继续计算（退回不延长机关的期限；补正另有规定）", "接收环节重新计算",
    )  # fmt: skip
    TAKE_BACK = (
        "take_back", "收回", "上一环节办理人",
        "下一环节尚未打开、签收或者办理的，收回重新办理；原意见作为草稿。批量办理的不能收回。",
        "继续计算", "重新计算",
    )  # fmt: skip
    REPOSITION = (
        "reposition", "重定位", "审核人提出，负责人确认",
        "由另一人确认后转到指定环节；跳过的环节注明已跳过。",
        "继续计算", "接收环节重新计算",
    )  # fmt: skip
    SUSPEND = (
        "suspend", "挂起", "审核人", "暂停办理，任何人不能办理；期限照常计算。",
    )  # fmt: skip
    STAY = (
        "stay", "中止", "审核人", "依法中止，写明依据；停止计算期限，制作中止通知。",
        "停止计算", "停止计算",
    )  # fmt: skip
    RESUME = "resume", "恢复", "审核人", "挂起或者中止的案件恢复办理。", "恢复计算", "恢复计算"
    TERMINATE = (
        "terminate", "终止", "审核人提出，负责人确认", "案件结束，不产生结果；编号保留。",
        "停止，期限撤销", "待办取消",
    )  # fmt: skip
    VOID = (
        "void", "作废", "审核人提出，负责人确认", "案件自始无效；编号注明作废，不再使用。",
        "停止，期限撤销", "待办取消",
    )  # fmt: skip
    REOPEN = (
        "reopen", "恢复办理", "审核人提出，负责人确认", "终止的案件回到终止前的环节，开始新一轮。",
        "重新计算", "重新计算",
    )  # fmt: skip
    URGE = (
        "urge", "催办", "发起人、前一办理人、上级", "提醒办理人；办理人可以答复预计办结时间。",
    )  # fmt: skip
    COPY = "copy", "抄送", "办理人", "请他人阅知；只能查看本案，案件办结后未阅的仍保留。"
    CIRCULATE = "circulate", "传阅", "办理人", "请他人阅知并可以填写意见；不等待，不影响办理。"
    WITHDRAW_COPY = "withdraw_copy", "撤回抄送", "抄送人", "对方未阅前撤回，查看权随即收回。"
    BATCH = "batch", "批量办理", "办理人", "对勾选的同一环节待办逐件办理，逐件给出结果。"
    HAND_OVER = (
        "hand_over", "移交", "上级负责人", "岗位变动时，待办、草稿和代理一次移交给接任的人。",
    )  # fmt: skip


STANDARD = frozenset(
    {
        Operation.CLAIM,
        Operation.RELEASE,
        Operation.DECLINE,
        Operation.TRANSFER,
        Operation.CONSULT,
        Operation.RECALL_CONSULT,
        Operation.ADD_BEFORE,
        Operation.REMOVE_SIGNER,
        Operation.ANSWER,
        Operation.URGE,
        Operation.COPY,
        Operation.CIRCULATE,
        Operation.WITHDRAW_COPY,
        Operation.REPOSITION,
        Operation.HAND_OVER,
    }
)
"""What every step allows unless it says otherwise."""


def beyond_standard(operations: Iterable[str]) -> str:
    """Return in words what a step allows that not every step does; ways back are told apart."""
    known = {*STANDARD, Operation.SEND_BACK}
    told = in_order(Operation(name) for name in operations)
    return "、".join(operation.label for operation in told if operation not in known)


def in_order(operations: Iterable[Operation]) -> list[Operation]:
    """Return operations in the order in which they are declared."""
    wanted = set(operations)
    return [operation for operation in Operation if operation in wanted]
