"""State the items of the default 100-point template, task by task of the plan (FQ-15, FQ-16)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

LEDGER, ON_SITE, SYSTEM, INTERVIEW = "台账", "实地查看", "系统数据", "座谈"


@dataclass(frozen=True)
class ItemSeed:
    """One item as text; `fields` turns it into columns."""

    code: str
    title: str
    requirement: str
    points: str
    evidence: tuple[str, ...]
    mode: str = "all_or_nothing"
    per_unit: str = "0"
    floor: str = "0"
    thresholds: tuple[tuple[str, str], ...] = ()
    source: str = ""

    def fields(self) -> dict[str, Any]:
        """Return the columns of the item."""
        task = self.code.partition(".")[0]
        return {
            "code": self.code,
            "title": self.title,
            "requirement": self.requirement,
            "max_points": Decimal(self.points),
            "mode": self.mode,
            "per_unit": Decimal(self.per_unit),
            "floor": Decimal(self.floor),
            "thresholds": [list(tier) for tier in self.thresholds],
            "evidence_kinds": list(self.evidence),
            "source": self.source,
            "basis": f"方案五{task}",
        }


def whole(code: str, title: str, points: str, requirement: str, *evidence: str, **more: Any) -> Any:
    """State an item that gives all or nothing."""
    return ItemSeed(code, title, requirement, points, evidence, **more)


def less(
    code: str, title: str, points: str, per_unit: str, requirement: str, *evidence: str, **more: Any
) -> Any:
    """State an item from which points are taken for each fault."""
    return ItemSeed(code, title, requirement, points, evidence, "deduct_per_unit", per_unit, **more)


def steps(
    code: str,
    title: str,
    points: str,
    thresholds: tuple[tuple[str, str], ...],
    requirement: str,
    *evidence: str,
    **more: Any,
) -> Any:
    """State an item that gives points by the threshold reached."""
    return ItemSeed(
        code, title, requirement, points, evidence, "tiered", thresholds=thresholds, **more
    )


PARTY = (
    whole("1.1", "党组织隶属", "2", "正式党员全部纳入社区矫正执法大队党支部参加组织生活。", LEDGER),
    less("1.2", "组织生活制度", "4", "0.5", "“三会一课”、主题党日、组织生活会、民主评议党员、"
         "谈心谈话按期开展并有记录，每缺一次扣0.5分。", LEDGER),
    whole("1.3", "党建带所建", "2", "党建与业务同部署、同检查，所务公开栏有党建内容，"
          "有党员示范岗。", ON_SITE, INTERVIEW),
)  # fmt: skip
STAFF = (
    whole("2.1", "机构设置", "2", "按乡镇（街道）规范设置，名称、印章、标识统一，"
          "由县司法局管理为主。", LEDGER, ON_SITE),
    less("2.2", "专编专用", "4", "2", "政法专项编制专编专用、满编运行；空编已按规定程序"
         "申报招录或调配。每空（占）一编未申报扣2分。", LEDGER),
    steps("2.3", "专职辅助人员", "2", (("1", "1"), ("2", "2")),
          "通过政府购买服务、公益性岗位、聘用等方式配备专职辅助人员，按人数计分。"
          "", LEDGER, ON_SITE),
    less("2.4", "教育培训", "2", "0.5", "工作人员每人每年参加业务培训不少于1次，"
         "每少一人次扣0.5分。", LEDGER),
)  # fmt: skip
PREMISES = (
    whole("3.1", "沿街落地", "2", "办公用房沿街、落地、便民，符合建标129-2010。", ON_SITE),
    less("3.2", "功能区域", "4", "1", "设人民调解、社区矫正、安置帮教、法律服务四个功能区（室），"
         "每缺一个扣1分。", ON_SITE),
    whole("3.3", "外观形象", "1", "外观形象及室内设置按全省统一标准。", ON_SITE),
    whole("3.4", "经费保障", "2", "办公经费和业务经费纳入县级财政预算，执行同级政法机关保障标准，"
          "落实政法委机关工作津贴。", LEDGER),
    less("3.5", "装备配备", "1", "0.25", "电脑、执法记录仪、档案柜、交通工具等业务装备合理配备，"
         "每缺一类扣0.25分。", ON_SITE),
)  # fmt: skip
NETWORK = (
    less("4.1", "村（社区）调解组织", "3", "0.5", "行政村（社区）调解组织覆盖面达100%；"
         "每低1个百分点（不足1个按1个计）扣0.5分。", SYSTEM, LEDGER,
         source="village_committee_coverage"),
    less("4.2", "五落实六统一", "3", "0.5", "乡镇（街道）调委会组织、人员、报酬、场所、"
          "制度“五落实”，"
         "名称、印章、标识、徽章、程序、文书格式“六统一”，每缺一项扣0.5分。", SYSTEM, ON_SITE,
         source="five_implementations_six_unifications"),
    whole("4.3", "调解经费", "2", "人民调解委员会工作补助经费、人民调解员补贴经费列入当地财政预算"
          "并足额发放。", LEDGER),
)  # fmt: skip
MEDIATORS = (
    steps("5.1", "乡镇（街道）专职调解员", "3", (("1", "1"), ("2", "3")),
          "乡镇（街道）人民调解委员会有2名以上专职人民调解员。", SYSTEM, LEDGER,
          source="township_fulltime_mediators"),
    steps("5.2", "村（社区）专职调解员", "2", (("30", "1"), ("60", "2")),
          "有条件的村（社区）有1名以上专职人民调解员，按配备村占比（%）分档。", LEDGER),
    whole("5.3", "作用发挥", "1", "专职调解员年均参与调解并有卷宗，接受年度考核。"
          "", LEDGER, INTERVIEW),
)  # fmt: skip
SCREENING = (
    less("6.1", "村（社区）排查", "2", "0.2", "村（社区）每半月排查一次，零报告亦须有记录；"
         "完成率每低1个百分点扣0.2分。", SYSTEM, LEDGER, source="village_screening_rate"),
    less("6.2", "乡镇（街道）排查", "2", "0.2", "乡镇（街道）每月排查一次，重要时期日排查、零报告；"
         "完成率每低1个百分点扣0.2分。", SYSTEM, LEDGER, source="township_screening_rate"),
    steps("6.3", "调解成功率", "4", (("80", "1"), ("85", "2"), ("90", "4")),
          "年内调解成功率达90%以上（只计已办结的纠纷，按原值比较）。", SYSTEM, LEDGER,
          source="mediation_success_rate"),
    less("6.4", "登记调处", "2", "0.5", "排查出的纠纷梳理归类、汇总登记、及时调处，"
         "每发现一起漏登或积压扣0.5分。", LEDGER),
    whole("6.5", "矛盾不上交", "2", "无个人极端暴力犯罪、重大群体性事件和重大“民转刑”案件发生。",
          SYSTEM, INTERVIEW, source="major_incidents"),
)  # fmt: skip
WARNING = (
    less("7.1", "联席会议", "2", "0.5", "综治、信访、派出所、司法所联席会议定期召开，有纪要、"
          "有方案，"
         "每缺一次扣0.5分。", LEDGER),
    whole("7.2", "预警机制", "2", "对可能引发越级上访、治安案件、刑事案件、群体性事件的纠纷"
          "建立预警台账并分级处置。", LEDGER),
    less("7.3", "及时处置", "2", "1", "预警纠纷早预警、早调处、早化解，每发现一起未及时报告或处置"
          "扣1分。",
         LEDGER, INTERVIEW),
)  # fmt: skip
SERVICE = (
    whole("8.1", "公共法律服务站", "3", "依托司法所建成临街、落地、便民的乡镇（街道）公共法律服务"
          "站，"
          "“前台后厂”一体运作。", ON_SITE),
    less("8.2", "服务队伍", "2", "0.5", "统筹法律顾问、基层法律服务工作者、调解员、法律明白人、"
         "普法志愿者建立服务队伍，每缺一类扣0.5分。", LEDGER),
    less("8.3", "村（社区）联络员", "2", "0.2", "村（社区）建立公共法律服务联络员，"
          "每缺一村扣0.2分。",
         LEDGER),
    whole("8.4", "服务公开", "1", "服务事项、流程、人员、监督电话公示，群众知晓。"
          "", ON_SITE, INTERVIEW),
)  # fmt: skip
COUNSEL = (
    less("9.1", "法律顾问全覆盖", "3", "0.5", "村（社区）法律顾问覆盖率100%；"
          "每低1个百分点扣0.5分。",
         SYSTEM, LEDGER, source="village_counsel_coverage"),
    less("9.2", "履职情况", "2", "0.5", "协助起草审核修订村规民约，处理换届选举、征收等法律问题，"
         "每发现一村无履职日志扣0.5分。", LEDGER),
    whole("9.3", "需求评估", "1", "对村（社区）法律服务需求进行评估，据此确定服务时间、次数、"
          "方式。",
          LEDGER),
)  # fmt: skip
COBUILDING = (
    whole("10.1", "共建协议", "2", "司法所与基层法律服务所签订共建协议，职能、人员、财务独立。"
          "", LEDGER),
    less("10.2", "资源共享", "2", "0.5", "硬件融合、队伍互助、职能联动，每缺一项扣0.5分。",
         ON_SITE, INTERVIEW),
    whole("10.3", "参与服务", "1", "基层法律服务工作者担任法律顾问或人民调解员。", LEDGER),
)  # fmt: skip
CORRECTION = (
    less("11.1", "矫正小组与方案", "3", "0.5", "为每名社区矫正对象建立矫正小组、制定矫正方案，"
         "每缺一人扣0.5分。", LEDGER),
    less("11.2", "工作档案", "2", "0.5", "社区矫正工作档案规范完善，执行档案副本完整留存，"
         "每发现一卷不规范扣0.5分。", LEDGER),
    less("11.3", "底数与帮教", "3", "0.5", "监所服刑人员信息核实、预释放人员回执发送及时完整；"
          "刑满释放人员"
         "底数清、情况明，协调开展安置帮教。每发现一人遗漏扣0.5分。", LEDGER, INTERVIEW),
    steps("11.4", "衔接率", "2", (("80", "1"), ("90", "2")), "落实必接必送，"
          "刑满释放人员衔接率达90%以上。",
          SYSTEM, LEDGER, source="handover_rate"),
    whole("11.5", "重点对象衔接", "2", "重点帮教对象衔接率达100%。", SYSTEM, LEDGER,
          source="key_handover_rate"),
)  # fmt: skip
PUBLICITY = (
    whole("12.1", "普法责任清单", "1", "建立乡镇（街道）普法责任清单，落实“以案释法”。", LEDGER),
    less("12.2", "法律明白人", "1", "0.5", "每个行政村法律明白人达到规定人数，"
         "人数最少的村每少一名扣0.5分。", SYSTEM, LEDGER, source="law_minded_villagers"),
    whole("12.3", "法治带头人", "1", "每个行政村有1名以上法治带头人。", SYSTEM, LEDGER,
          source="rule_of_law_leaders"),
    whole("12.4", "法治文化阵地", "1", "每个行政村（社区）有1个法治文化阵地。", SYSTEM, ON_SITE,
          source="law_culture_sites"),
    whole("12.5", "示范创建与培训", "1", "开展民主法治示范村（社区）创建和村“两委”、调解员、"
          "网格员、村民小组长法治培训。", LEDGER),
)  # fmt: skip
RULE_OF_LAW = (
    whole("13.1", "列席会议", "1", "所长列席乡镇（街道）党政工作会议并有记录。", LEDGER),
    less("13.2", "合法性审查", "2", "0.5", "参与重大决策和规范性文件合法性审查，"
          "每发现一件应审未审扣0.5分。",
         LEDGER),
    whole("13.3", "交办工作", "1", "承担立法民意收集、行政复议受理（代收）、行政执法监督线索收集"
          "等交办工作并有台账。", LEDGER),
    ItemSeed("13.4", "首创经验", "做法被市级以上推广或媒体报道，每项申请加分不超过1分，"
          "累计不超过3分。",
             "3", (LEDGER,), "bonus"),
)  # fmt: skip

CATEGORIES: tuple[tuple[str, str, tuple[ItemSeed, ...]], ...] = (
    ("司法所党组织建设", "8", PARTY),
    ("机构及干部队伍建设", "10", STAFF),
    ("基础设施建设与经费保障", "10", PREMISES),
    ("人民调解组织网络", "8", NETWORK),
    ("专职人民调解员队伍", "6", MEDIATORS),
    ("矛盾纠纷排查调处", "12", SCREENING),
    ("矛盾纠纷研判预警", "6", WARNING),
    ("公共法律服务平台", "8", SERVICE),
    ("村（社区）法律顾问", "6", COUNSEL),
    ("“两所共建”", "5", COBUILDING),
    ("社区矫正和安置帮教", "12", CORRECTION),
    ("普法依法治理", "5", PUBLICITY),
    ("基层法治建设", "4", RULE_OF_LAW),
)
