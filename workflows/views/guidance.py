"""Explain the system to whoever uses it for the first time, by his role."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit import clock
from permissions.roles import ADMINISTRATORS, Role
from workflows import guides
from workflows.guides import Guide
from workflows.vocabulary import Operation


@dataclass(frozen=True)
class Word:
    """A word of the one vocabulary: what it means, who does it, what it does to the term."""

    name: str
    meaning: str
    who: str
    clock: str


GENERAL = (
    Guide(
        "每天怎样开始",
        frozenset(Role) - ADMINISTRATORS - {Role.AUDITOR},
        (
            "每天先看工作台：红灯为已超期，黄灯为即将到期。",
            "待签收的事项由本岗位任何一人签收，签收后由其本人办理；不该由您办理的可以退签并写明原因。",
            "打开案件先看“下一步”：由谁办、到哪天；不能办理的，“暂不能办理的事项及原因”中写明原因。",
        ),
    ),
    Guide(
        "审计员、审计管理员",
        frozenset({Role.AUDITOR, Role.AUDIT_ADMIN}),
        (
            "“留痕查询”可以按人员、行为、案号、日期查询，并可导出；查阅和导出本身也会留痕。",
            "每日封存由审计管理员打印，存放在系统之外，供日后比对。",
        ),
    ),
    Guide(
        "系统管理员、安全管理员",
        ADMINISTRATORS - {Role.AUDIT_ADMIN},
        (
            "系统管理员新增人员并当面交付初始口令，安全管理员任命岗位：两步都办完，本人才能办事。",
            "系统管理员维护机构、工作日历和本局参数；安全管理员授予例外权限、登记回避、结束他人登录。",
            "三类管理员相互分离，都不能办理案件，也不能办理自己的账号和岗位。",
            "国务院办公厅公布次年放假安排后，请及时在“工作日历”中导入。",
        ),
    ),
)
"""What is to be known whatever the field of work."""

REFUSALS = (
    (
        "该件已由某人办理、已由某人签收",
        "别人先办了。打开案件看最新进展；该由您办的，请签收人退签。",
    ),
    ("该件现为某状态，不能办理", "案件已经走到别的环节。刷新页面，看“下一步”。"),
    ("须满若干日，某日起方可办理", "公示等最短期限没有过完。到写明的那一天再办。"),
    ("材料不全、得分未达标等", "条件不满足，一次列全。照列明的各项补齐后再办。"),
    ("须由他人办理、应当回避", "办过前一步或者有利害关系的人不能办。由同岗位其他人办。"),
    ("您不能办理这件事", "您的岗位没有这项权限。兼任几个岗位的，先在右上角切换办理身份。"),
    ("没有找到这个页面", "地址有误，或者案件不在您的查看范围。请从菜单重新进入。"),
    ("页面停留时间过长", "返回上一页并刷新，再提交一次；已保存的草稿会自动恢复。"),
)
"""What a refusal says, in short, and what to do next."""

ALSO_CALLED = {
    Operation.TAKE_BACK: "收回（撤回）",
    Operation.REPOSITION: "重定位（跳转）",
    Operation.COPY: "抄送（阅知）",
    Operation.CIRCULATE: "传阅（可填意见）",
}
"""Words under which an official may look for an operation; its buttons carry the first alone."""

SIGNED_TOGETHER = (
    Word("会签", "几个人各自表态，全部同意方为通过；有人不同意即不通过。", "各办理人", "继续计算"),
    Word("或签", "几个人中第一个表态的作数，其余的不必再办。", "各办理人", "继续计算"),
    Word("票签", "按同意的票数或者比例决定，结果已定的提前结束。", "各办理人", "继续计算"),
    Word("依次审批", "几个人按顺序逐个办理。", "各办理人", "继续计算"),
    Word("主办、协办", "协办人提出意见，由主办人决定。", "主办人、协办人", "继续计算"),
)
DECISIONS = (
    Word(
        "请假代理",
        "离岗期间由他人代办，每一步都注明“某某代某某”。",
        "本人或者上级负责人设定",
        "继续计算",
    ),
    Word("退回补正", "请申报单位补齐材料，一次告知全部缺项。", "审核人", "补正期间停止计算"),
    Word("撤销申请", "发起人把整件撤回，案件就此结束。", "发起人", "期限终结"),
    Word("不予通过（否决）", "作出不同意的决定，须有理由和文书。", "有权决定的人", "期限终结"),
)
VOCABULARY = (
    *(
        Word(
            ALSO_CALLED.get(op, op.label), op.meaning.effect, op.meaning.who, op.meaning.case_clock
        )
        for op in Operation
    ),
    *SIGNED_TOGETHER,
    *DECISIONS,
)
"""One word for each operation and decision, the same on every page (operations.md 2.0)."""


@require_safe
def guidance(request: HttpRequest) -> HttpResponse:
    """Show the help page, one's own first steps opened."""
    held = {post.role for post in request.user.posts_on(clock.today())}  # type: ignore[union-attr]
    shown = [
        {"guide": guide, "is_mine": bool(guide.roles & held)}
        for guide in (*GENERAL, *guides.declared())
    ]
    shown.sort(key=lambda one: not one["is_mine"])
    told = {"guides": shown, "refusals": REFUSALS, "vocabulary": VOCABULARY}
    return render(request, "workflows/guidance.html", told)
