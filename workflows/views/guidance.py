"""Explain the system to whoever uses it for the first time, by his role."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit import clock
from permissions.roles import (
    ADMINISTRATORS,
    CITY_ROLES,
    COUNTY_ROLES,
    STATION_ROLES,
    TOWNSHIP_ROLES,
    Role,
)
from workflows.vocabulary import Operation


@dataclass(frozen=True)
class Guide:
    """First steps for some roles."""

    title: str
    roles: frozenset[Role]
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Word:
    """A word of the one vocabulary: what it means, who does it, what it does to the term."""

    name: str
    meaning: str
    who: str
    clock: str


GUIDES = (
    Guide(
        "司法所所长、工作人员",
        STATION_ROLES,
        (
            "在“创建申报”中发起申报，按评分项目逐项自评并上传佐证材料。",
            "表单会自动保存草稿；缺什么，页面在该项旁边直接写明。",
            "提交后在“待办事项—我发起的”查看进度；被退回补正的，在期限内补齐后再次提交。",
        ),
    ),
    Guide(
        "乡镇（街道）经办人、负责人",
        TOWNSHIP_ROLES,
        (
            "辖区司法所申报后，“待办事项”中出现“乡镇（街道）意见”。",
            "打开案件，核对自评和材料，填写意见后提交。",
        ),
    ),
    Guide(
        "县（市）司法局审核、评审、领导",
        COUNTY_ROLES,
        (
            "每天先看工作台：红灯为已超期，黄灯为即将到期。",
            "待签收的事项由本岗位任何一人签收，签收后由其本人办理；不该由您办理的可以退签并写明原因。",
            "现场评审由各评审员分别打分，互不可见，全部提交后显示差异。",
            "不能办理的行为，在案件页“暂不能办理的事项及原因”中写明原因。",
        ),
    ),
    Guide(
        "市司法局审核人、负责人",
        CITY_ROLES,
        (
            "县（市）公示期满后，案件送到“待办事项”等待验收。",
            "验收分通过、限期整改、不通过；须写明理由，系统据此生成文书。",
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
            "系统管理员维护机构、人员、工作日历和本局参数；安全管理员任免岗位、授予例外权限、登记回避。",
            "三类管理员相互分离，都不能办理案件。",
            "国务院办公厅公布次年放假安排后，请及时在“工作日历”中导入。",
        ),
    ),
)

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
    guides = [{"guide": guide, "is_mine": bool(guide.roles & held)} for guide in GUIDES]
    guides.sort(key=lambda shown: not shown["is_mine"])
    return render(request, "workflows/guidance.html", {"guides": guides, "vocabulary": VOCABULARY})
