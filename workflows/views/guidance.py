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
            "先在“指标”中填报本所本年度的数据：有指标的评分项目由系统据此计分。",
            "所长在“创建申报”中点“发起创建申报”，打开案件点“开展自评”。",
            "在案件页“填写”中填自评打分表、上传四种申报材料；工作人员可以代填，可以分几次填。",
            "所长点“提交自评”，案件送乡镇（街道）出具意见；意见回来后，所长点“申报”送县局。",
            "进度看“待办事项—我发起的”。县局告知补正的，在期限内补传材料并点“提交补正”，只有一次机会。",
            "命名以后，称号、牌匾编号和下次复核日期看“称号名册”。",
        ),
    ),
    Guide(
        "乡镇（街道）经办人、负责人",
        TOWNSHIP_ROLES,
        (
            "辖区司法所提交自评后，负责人的“待办事项”中出现“乡镇（街道）意见”。",
            "打开案件，核对自评和材料；同意的点“出具乡镇（街道）意见”，不同意的点“退回司法所”并写明理由。",
            "经办人可以查看本乡镇（街道）司法所的申报、称号和指标，意见由负责人出具。",
        ),
    ),
    Guide(
        "县（市）司法局审核、评审、领导",
        COUNTY_ROLES,
        (
            "每天先看工作台：红灯为已超期，黄灯为即将到期。",
            "待签收的事项由本岗位任何一人签收，签收后由其本人办理；不该由您办理的可以退签并写明原因。",
            "审核人形式审查：齐全的点“受理”，不齐的点“一次性告知补正”，一次写全，计时停止。",
            "分管副局长指派两至三名评审员；评审员分别打分，互不可见，全部提交后由审核人确认得分。",
            "党组书记登记推荐或者不予推荐；审核人发布公示，公示期满的次日起点“上报市局”。",
            "称号每年复核一次：审核人启动并登记得分，分管副局长决定保持、警告整改或者提请撤销。",
            "不能办理的行为，在案件页“暂不能办理的事项及原因”中写明原因。",
        ),
    ),
    Guide(
        "市司法局审核人、负责人",
        CITY_ROLES,
        (
            "县（市）公示期满后，案件送到审核人的“待办事项”，审核人点“提出验收意见”。",
            "负责人决定验收合格、限期整改或者不合格；整改后再验收一次。",
            "审核人发布市级公示，公示期满的次日起由负责人点“命名”，系统生成命名文件和牌匾证书。",
            "县局提请撤销称号的，司法所陈述申辩之后，或者陈述申辩期限过完，负责人才能决定。",
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
    guides = [{"guide": guide, "is_mine": bool(guide.roles & held)} for guide in GUIDES]
    guides.sort(key=lambda shown: not shown["is_mine"])
    told = {"guides": guides, "refusals": REFUSALS, "vocabulary": VOCABULARY}
    return render(request, "workflows/guidance.html", told)
