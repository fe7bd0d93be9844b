"""Tell the normative documents: lawful, amended, unlawful, returned, recognised, withdrawn."""

from datetime import date

from demonstration.matters.plans import Published, Round, Suggestion, Told
from legality_review.rules.matters import Matter

NORMATIVE = Matter.NORMATIVE
PENALTIES = "《中华人民共和国行政处罚法》第十六条"
MEETING = "镇长办公会议"

REPEALED = Suggestion(
    "按照《中华人民共和国合同法》的规定", "引用的《中华人民共和国合同法》已于2021年1月1日废止",
    "《中华人民共和国民法典》第一千二百六十条", "改为引用《中华人民共和国民法典》",
)  # fmt: skip
FINE = Suggestion(
    "由镇人民政府处五十元以上五百元以下罚款", "镇政府规范性文件设定罚款，超越法定权限",
    PENALTIES, "删除本条；违反法律、法规的，移送有权机关处理",
)  # fmt: skip
SUBSIDY = Suggestion(
    "取消其当年享受各项惠农补贴的资格", "没有法律依据减损公民权益",
    "国办发〔2018〕37号", "删除本条",
)  # fmt: skip
CHARGED = Suggestion(
    "费用由村民承担，并从其土地补贴中扣除", "没有法律依据增加村民义务、扣减补贴",
    "国办发〔2018〕37号；《中华人民共和国行政强制法》第十三条", "改为劝导、帮助清理，删除扣减补贴",
)  # fmt: skip
ONE_DOG = Suggestion(
    "每户养犬不得超过一只", "没有上位法依据限制村民权利", "国办发〔2018〕37号", "删除本条"
)
COMPELLED = "§ 经营者应当使用街道办事处统一制作的招牌，费用由经营者承担。\n"
SIGNBOARDS = (
    "第五条要求经营者使用统一制作的招牌并承担费用，没有法律依据增加经营者义务，应予纠正（示例）。"
)

MADE_UP = Round(
    {"n6": ("procedure", "与经营者密切相关，未公开征求意见"), "f6": ("fine", "")},
    concludes="return_for_procedure", corrected={"is_consultation_due": True},
    reasoning="文件涉及经营者切身利益，应当公开征求意见而未征求，退回补正程序（示例）。",
)  # fmt: skip
DUTIES = Round(
    {"f4": ("fine", ""), "n3": ("amend", "第八条代为清理费用和扣减补贴没有依据")},
    (CHARGED,), "find_needing_amendment",
    "名为工作方案，实为公众设定义务，认定为行政规范性文件；第八条应当修改（示例）。",
    {"由村民委员会代为清理，费用由村民承担，并从其土地补贴中扣除":
     "由村民委员会组织志愿者帮助清理，不收取费用"},
)  # fmt: skip
CEMETERY = Round(
    {"n4": ("amend", "引用的合同法已经废止")}, (REPEALED,), "find_needing_amendment",
    "内容合法，引用的法律已废止，应当修改（示例）。",
    {"按照《中华人民共和国合同法》的规定": "按照《中华人民共和国民法典》的规定"},
    careless_changes={"按照《中华人民共和国合同法》的规定": "按照合同法律的规定"},
)  # fmt: skip
FINED = Round(
    {"f2": ("unlawful", "第十一条设定罚款"), "f4": ("unlawful", "第十三条取消惠农补贴资格"),
     "n2": ("unlawful", "镇政府没有行政处罚的设定权")},
    (FINE, SUBSIDY), "find_unlawful", "设定罚款、减损权益，主要内容不合法，建议不予制定（示例）。",
    then="abandon", said="采纳审查意见，不再制定；通过村规民约引导（示例）。",
)  # fmt: skip

DOCUMENTS = (
    Told("云红", date(2023, 2, 13), NORMATIVE, "云红街道公共停车场管理办法", "documents/parking",
         consults=True, tries_as_station=True, meeting="街道办事处主任办公会议",
         published=Published("云红街发〔2023〕4号", 5, is_being_amended=True)),
    Told("铁营", date(2023, 9, 4), NORMATIVE, "铁营镇农村公益性公墓管理办法", "documents/cemetery",
         consults=True, rounds=(CEMETERY,), meeting=MEETING,
         published=Published("铁政发〔2023〕9号", 5, filing="ask_filing_supplement")),
    Told("花园", date(2024, 2, 26), NORMATIVE, "花园镇村庄环境卫生管理办法",
         "documents/environment", consults=True, rests_after="abandon", rounds=(FINED,)),
    Told("郑店", date(2024, 4, 8), NORMATIVE, "郑店镇农村集贸市场管理办法", "documents/market",
         facts={"touches_operators": True, "fair_competition": "passed", "is_market_related": True,
                "no_consultation_because": "内容简单，未公开征求意见"},
         rounds=(MADE_UP, Round()), meeting=MEETING,
         published=Published("郑政发〔2024〕6号", 3)),
    Told("化楼", date(2024, 4, 29), NORMATIVE, "化楼镇秸秆禁烧和综合利用工作方案",
         "documents/straw", consults=True,
         facts={"exclusion": "work_plan", "sets_public_duties": True}, rounds=(DUTIES,),
         meeting=MEETING, published=Published("化政发〔2024〕8号", 2, "三夏期间禁烧工作急需",
                                              evaluated="decide_amendment")),
    Told("黄夹", date(2024, 5, 13), NORMATIVE, "黄夹镇文明节俭操办婚丧事宜试行办法",
         "documents/frugal", consults=True, meeting=MEETING,
         published=Published("黄政发〔2024〕5号", 1, evaluated="renew", anew="黄政发〔2025〕3号")),
    Told("孔镇", date(2024, 10, 14), NORMATIVE, "孔镇镇机关工作人员考勤管理办法",
         "documents/attendance", consults=True, rests_after="decline_scope",
         facts={"touches_rights": False}, ends="decline_scope",
         because="属于机关内部管理制度，不涉及公民、法人和其他组织的权利义务（示例）。"),
    Told("朱集", date(2025, 3, 10), NORMATIVE, "朱集镇养犬管理规定", "documents/dogs",
         consults=True, rests_after="withdraw", ends="withdraw",
         because="市级正在统一立法，暂不制定（示例）。"),
    Told("西段", date(2025, 7, 14), NORMATIVE, "西段镇关于汛期实施临时交通和人员管控的通告",
         "documents/flood",
         facts={"urgent_ground": "emergency",
                "no_consultation_because": "防汛紧急，来不及公开征求意见"},
         tampers={"有效期一年": "有效期二年"}, meeting="镇党政联席会议（紧急）",
         published=Published("西政发〔2025〕7号", 1, "防汛紧急，不立即施行将影响执行")),
    Told("胡家", date(2025, 8, 4), NORMATIVE, "胡家街道集贸街区环境秩序管理办法",
         "documents/courtyard", consults=True, meeting="街道办事处主任办公会议",
         facts={"touches_operators": True, "fair_competition": "passed"},
         published=Published("胡街发〔2025〕6号", 5, filing="order_correction", finding=SIGNBOARDS,
                             corrections={COMPELLED: ""})),
)  # fmt: skip
