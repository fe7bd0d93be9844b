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


@dataclass(frozen=True)
class Guide:
    """First steps for some roles."""

    title: str
    roles: frozenset[Role]
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Word:
    """A word of the one vocabulary: what it means, what it does to the term, whether it is in use.

    The vocabulary is fixed for all kinds of case (operations.md 2.0).
    """

    name: str
    meaning: str
    clock: str
    in_use: bool = False


GUIDES = (
    Guide(
        "司法所所长、工作人员",
        STATION_ROLES,
        (
            "在“枫桥式司法所创建”中发起申报，按评分项目逐项自评并上传佐证材料。",
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

RUNS = "期限照常计算"
VOCABULARY = (
    Word("签收", "把送到本岗位的事项认领到自己名下。", RUNS, True),
    Word("退签", "把已签收的事项交还本岗位，须写明原因。", RUNS, True),
    Word("会签", "几个人分别办理同一环节，全部提交后才进入下一环节。", RUNS, True),
    Word("退回补正", "请申报单位补齐材料，一次告知全部缺项。", "补正期间停止计算", True),
    Word("撤销申请", "发起人把整件撤回，案件就此结束。", "期限终结", True),
    Word("不予通过（否决）", "作出不同意的决定，须有理由和文书。", "期限终结", True),
    Word("转办", "把事项交给他人办理，此后由他人负责。", RUNS),
    Word("委派（征求意见）", "请他人提出意见，意见回到本人，仍由本人决定。", RUNS),
    Word("请假代理", "离岗期间由他人代办，每一步都注明“某某代某某”。", RUNS),
    Word("退回", "把案件退到已经办过的某一环节，页面写明退到哪里。", RUNS),
    Word("收回（撤回）", "下一环节还没有人打开时，收回自己刚送出的事项。", RUNS),
    Word("抄送（阅知）", "告知有关人员，对方只看不办。", RUNS),
    Word("传阅（可填意见）", "告知有关人员，对方可以写意见，不等其答复。", RUNS),
    Word("终止", "不再办理，没有法律结果；案号保留。", "期限终结"),
    Word("作废", "文书或者案件无效；编号保留，不再使用。", "期限终结"),
    Word("重定位（跳转）", "由流程管理员改到其他环节，须有理由并由第二人确认。", RUNS),
)


@require_safe
def guidance(request: HttpRequest) -> HttpResponse:
    """Show the help page, one's own first steps opened."""
    held = {post.role for post in request.user.posts_on(clock.today())}  # type: ignore[union-attr]
    guides = [{"guide": guide, "is_mine": bool(guide.roles & held)} for guide in GUIDES]
    guides.sort(key=lambda shown: not shown["is_mine"])
    return render(request, "workflows/guidance.html", {"guides": guides, "vocabulary": VOCABULARY})
