"""Put accreditation and its indicators into the menu, and its first steps on the help page."""

from accreditation.permissions import ApplicationVerb, StandardVerb, TitleVerb
from indicators.permissions import Verb as IndicatorVerb
from permissions.roles import CITY_ROLES, COUNTY_ROLES, STATION_ROLES, TOWNSHIP_ROLES
from workflows import guides
from workflows.context import MENU, MenuEntry
from workflows.guides import Guide

MENU.add(
    "枫桥式司法所创建",
    MenuEntry("三年计划", "accreditation:plan", verb=StandardVerb.VIEW_PLAN),
    MenuEntry("创建申报", "accreditation:applications", verb=ApplicationVerb.VIEW),
    MenuEntry("称号名册", "accreditation:titles", verb=TitleVerb.VIEW),
    MenuEntry("指标", "indicators:stations", verb=IndicatorVerb.VIEW),
    MenuEntry("创建标准", "accreditation:standards", verb=StandardVerb.VIEW),
)

guides.declare(
    Guide(
        "枫桥式司法所创建：司法所所长、工作人员",
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
        "枫桥式司法所创建：乡镇（街道）经办人、负责人",
        TOWNSHIP_ROLES,
        (
            "辖区司法所提交自评后，负责人的“待办事项”中出现“乡镇（街道）意见”。",
            "打开案件，核对自评和材料；同意的点“出具乡镇（街道）意见”，不同意的点“退回司法所”并写明理由。",
            "经办人可以查看本乡镇（街道）司法所的申报、称号和指标，意见由负责人出具。",
        ),
    ),
    Guide(
        "枫桥式司法所创建：县（市）司法局审核、评审、领导",
        COUNTY_ROLES,
        (
            "审核人形式审查：齐全的点“受理”，不齐的点“一次性告知补正”，一次写全，计时停止。",
            "分管副局长指派两至三名评审员；评审员分别打分，互不可见，全部提交后由审核人确认得分。",
            "党组书记登记推荐或者不予推荐；审核人发布公示，公示期满的次日起点“上报市局”。",
            "称号每年复核一次：审核人启动并登记得分，分管副局长决定保持、警告整改或者提请撤销。",
        ),
    ),
    Guide(
        "枫桥式司法所创建：市司法局审核人、负责人",
        CITY_ROLES,
        (
            "县（市）公示期满后，案件送到审核人的“待办事项”，审核人点“提出验收意见”。",
            "负责人决定验收合格、限期整改或者不合格；整改后再验收一次。",
            "审核人发布市级公示，公示期满的次日起由负责人点“命名”，系统生成命名文件和牌匾证书。",
            "县局提请撤销称号的，司法所陈述申辩之后，或者陈述申辩期限过完，负责人才能决定。",
        ),
    ),
)
