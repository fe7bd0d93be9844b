"""Put legality review into the menu, and its first steps on the help page."""

from legality_review.permissions import CleanupVerb, DocumentVerb, ReviewVerb, TemplateVerb
from permissions.roles import Role
from workflows import guides
from workflows.context import MENU, MenuEntry
from workflows.guides import Guide

MENU.add(
    "合法性审查",
    MenuEntry("审查事项", "legality_review:reviews", verb=ReviewVerb.VIEW),
    MenuEntry("全文检索", "legality_review:search", verb=ReviewVerb.VIEW),
    MenuEntry("规范性文件名册", "legality_review:documents", verb=DocumentVerb.VIEW),
    MenuEntry("规范性文件清理", "legality_review:cleanups", verb=CleanupVerb.VIEW),
    MenuEntry("审查统计", "legality_review:statistics", verb=ReviewVerb.VIEW),
    MenuEntry("合同示范文本", "legality_review:templates", verb=TemplateVerb.VIEW),
    MenuEntry("审查人员名册", "legality_review:qualifications", verb=TemplateVerb.MAINTAIN),
)

guides.declare(
    Guide(
        "合法性审查：乡镇（街道）经办人",
        frozenset({Role.TOWNSHIP_CLERK}),
        (
            "在“审查事项”点“送请合法性审查”选类型；合同点“合同简易送审”，传文本、填一页即可送出。",
            "缺什么材料，案件页一次列全；补齐后点“送审”。要求补正的，在期限内补齐并点“提交补正”。",
            "意见书写明“应当予以修改”的，上传修改稿，逐条填写采纳情况；不采纳的写明理由。",
            "签发的文本应当与审查通过的文本一字不差；有改动的，系统不予签发，请重新送审。",
            "规范性文件签发后，在“待办事项”中依次登记编号、公布、报送备案；期满前评估到时自动出现。",
        ),
    ),
    Guide(
        "合法性审查：乡镇（街道）负责人",
        frozenset({Role.TOWNSHIP_LEADER}),
        (
            "审查通过的事项由经办人提交集体讨论，您如实记录参会人、各人意见和结果；主要负责人最后表态。",
            "讨论通过的，核对文本后点“签发”；没有审查或者审查不合法的，系统不提供这一步。",
            "规范性文件评估以后，由您决定延续、修改、废止或者到期不再延续。",
        ),
    ),
    Guide(
        "合法性审查：司法所、基层科审查人",
        frozenset({Role.STATION_CHIEF, Role.STATION_OFFICER, Role.COUNTY_REVIEWER}),
        (
            "先审核材料：齐全的点“受理”，不齐的点“要求补正”，一次写全，计时停止。",
            "点“打开审查工作台”：左边是送审文本，右边逐项填写审查发现，每一项都要填；修改意见写到条款。",
            "“引用核查”列出已废止或者法规库中没有的引用，点“写成修改意见”即可采用。",
            "结论按审查发现开放：有违法项的不能出具“合法”意见；须提请县级复审的，案件页写明原因。",
            "受理时可以指定法律顾问，重大行政决策必须有法律顾问意见；起草单位的人不能审查。",
        ),
    ),
    Guide(
        "合法性审查：分管副局长",
        frozenset({Role.COUNTY_DEPUTY}),
        (
            "审查人申请延长审查期限的，在案件页点“延长审查期限”，期满前办理，只能延长一次。",
            "备案审查认定未予纠正的文件，由您决定“提请改变或者撤销”或者“不予提请”。",
        ),
    ),
    Guide(
        "合法性审查：法律顾问、公职律师",
        frozenset({Role.LEGAL_COUNSEL}),
        (
            "指定您出具意见的事项出现在“待办事项”，环节为“出具法律顾问意见”，在时限内办理。",
            "打开案件，看送审文本、材料和引用的法律法规；点“出具法律顾问意见”，写明意见和依据。",
            "您的意见编入案卷，供审查人参考；出具前有事不能办的，请退签或者设定请假代理。",
        ),
    ),
)
