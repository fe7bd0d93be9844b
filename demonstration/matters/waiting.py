"""Tell the matters under way: at every step of the review one waits for somebody."""

from demonstration.matters.contracts import LATE, amended
from demonstration.matters.documents import MEETING, PENALTIES
from demonstration.matters.plans import Published, Round, Suggestion, Told
from demonstration.matters.writing import contract
from legality_review.rules.matters import Matter

OLD_LAW = Suggestion(
    "《中华人民共和国物权法》", "引用的《中华人民共和国物权法》已于2021年1月1日废止",
    "《中华人民共和国民法典》第一千二百六十条", "改为引用《中华人民共和国民法典》",
)  # fmt: skip
DEPOSIT = Suggestion(
    "缴纳五万元诚信保证金", "对外地企业设置歧视性条件，排除、限制竞争",
    "《公平竞争审查条例》第九条", "删除本条",
)  # fmt: skip
STREET_FINE = Suggestion(
    "处一千元以上五千元以下罚款", "街道办事处规范性文件设定罚款，超越法定权限", PENALTIES,
    "删除罚款的规定",
)  # fmt: skip
PROPERTY = Round(
    {"n2": ("unlawful", "街道办事处没有行政处罚的设定权"), "n4": ("amend", "引用已废止的物权法"),
     "f2": ("unlawful", "第十三条设定罚款"), "f6": ("unlawful", "第八条对外地企业收取保证金")},
    (OLD_LAW, DEPOSIT, STREET_FINE), "find_unlawful",
    "设定罚款、排除竞争，且引用已废止的法律，建议不予制定（示例）。",
)  # fmt: skip
LICENCE = Suggestion(
    "《摊点经营许可证》", "镇政府规范性文件设定行政许可", "《中华人民共和国行政许可法》第十七条",
    "删除许可、收费和暂扣的规定，改为划定区域、自律管理",
)  # fmt: skip
STALLS = Round(
    {"f2": ("unlawful", "设定许可、收费和暂扣"), "f3": ("unlawful", "要求提交无违法犯罪证明"),
     "n2": ("unlawful", "没有许可和收费的设定权")},
    (LICENCE,), "find_unlawful", "设定许可、收费和强制，建议不予制定（示例）。",
)  # fmt: skip
SHORT = {"甲方逾期付款的，按照一年期贷款市场报价利率支付利息": "甲方逾期付款的，不承担任何责任"}
PUT_RIGHT = {new: old for old, new in SHORT.items()}
UNFAIR = amended("c4", LATE, changes=PUT_RIGHT)
TILLED = "《中华人民共和国土地管理法》第七十五条"
SIGNBOARDS = "第五条没有法律依据增加经营者义务，应予纠正（示例）。"

WAITING = (
    # 起草单位经办人
    contract("西段", 3, "西段镇村级档案数字化服务合同", "service", "乐陵示例信息科技有限公司", 6.5,
             {"subject": "村级档案数字化"}, rests_after="open"),
    Told("丁坞", 9, Matter.NORMATIVE, "丁坞镇电动自行车停放充电管理办法", "documents/ebikes",
         consults=True, facts={"touches_operators": True, "fair_competition": "passed",
                               "is_market_related": True}, rests_after="open_consultation"),
    Told("朱集", 6, Matter.ENFORCEMENT, "对庚示例破坏耕地的处罚决定", "enforcement/pollution",
         {"party": "庚示例", "fact": "在耕地上挖塘约二亩", "violated": TILLED,
          "basis": TILLED, "decided": "责令限期治理",
          "heard": "没有陈述、申辩", "issuer": "朱集镇人民政府"},
         rests_after="request_supplement", rounds=(Round(lacks="缺少耕地破坏程度的鉴定意见。"),)),
    contract("朱集", 12, "朱集镇便民大厅物业服务合同", "service", "乐陵示例物业服务有限公司", 7.8,
             {"subject": "便民大厅物业服务"}, rests_after="find_needing_amendment", changes=SHORT,
             rounds=(UNFAIR,)),
    Told("寨头堡", 41, Matter.NORMATIVE, "寨头堡镇沿街摊点管理暂行办法", "documents/stalls",
         facts={"touches_operators": True, "fair_competition": "passed"}, consults=True,
         rests_after="find_unlawful", rounds=(STALLS,)),
    contract("大孙", 10, "大孙镇村内道路硬化工程施工合同", "works", "乐陵示例路桥工程有限公司", 76,
             {"work": "村内道路硬化", "place": "大孙镇", "content": "硬化六公里"},
             rests_after="find_lawful"),
    # 司法所
    contract("大孙", 1, "大孙镇办公楼空调维修合同", "service", "乐陵示例机电有限公司", 2.1,
             {"subject": "空调维修保养"}, rests_after="submit"),
    contract("郭家", 3, "郭家街道机关保洁服务合同", "cleaning", "乐陵示例保洁服务有限公司", 4.6,
             {"area": "街道机关办公楼"}, rests_after="examine",
             changes={"甲方无正当理由逾期付款的，自逾期之日起按照全国银行间同业拆借中心公布的一年期贷款市场报价利率支付利息。":
                      "甲方逾期付款的，不承担任何责任。"},
             rounds=(amended("c4", LATE, changes={}),)),
    contract("铁营", 3, "铁营镇文化广场建设工程施工合同", "works", "乐陵示例建筑工程有限公司", 48,
             {"work": "文化广场建设", "place": "铁营镇驻地", "content": "广场铺装两千平方米"},
             counsel="counsel", rests_after="accept"),
    contract("云红", 14, "云红街道视频监控运维合同", "service", "乐陵示例智能科技有限公司", 9.2,
             {"subject": "视频监控运维"}, rests_after="submit_revision", changes=SHORT,
             rounds=(UNFAIR,)),
    # 县级审核人、法律顾问
    Told("市中", 46, Matter.NORMATIVE, "市中街道住宅小区物业管理办法", "documents/property",
         consults=True, facts={"touches_operators": True, "fair_competition": "passed",
                               "is_market_related": True},
         rests_after="second_examine", rounds=(PROPERTY,)),
    contract("云红", 13, "云红街道冷链物流园投资协议", "investment",
             "山东示例冷链物流有限公司", 2600, rests_after="submit_revision",
             rounds=(Round(
                 {"c3": ("amend", "税收返还条款应当删除")},
                 (Suggestion("连续五年返还乙方", "违反公平竞争审查规定返还税收",
                             "《公平竞争审查条例》第十条", "删除返还税收的约定"),),
                 "find_needing_amendment", "删除税收返还条款后可以签订（示例）。",
                 {"项目投产后，甲方将乙方缴纳税收地方留成部分的百分之五十，自投产之日起连续五年返还乙方，"
                  "用于扩大生产。": "甲方不给予任何形式的税费返还，乙方依法享受普惠性政策。"}),)),
    Told("杨安镇", 35, Matter.NORMATIVE, "乐陵市人民政府关于加强金丝小枣种质资源保护的通告",
         "documents/jujube", consults=True, rests_after="submit",
         facts={"issuer_type": "county_government", "issuer_name": "乐陵市人民政府"}),
    Told("杨安镇", 52, Matter.DECISION, "杨安镇区域客运线路调整的决策", "decisions/route",
         consults=True, counsel="counsel", rests_after="accept",
         facts={"issuer_type": "county_government", "issuer_name": "乐陵市人民政府",
                "is_in_catalogue": True}),
    Told("胡家", 44, Matter.DECISION, "胡家街道城乡供水一体化改造实施方案", "decisions/water",
         consults=True, counsel="counsel", rests_after="accept", facts={"is_in_catalogue": True}),
    # 乡镇负责人、分管副局长
    contract("寨头堡", 8, "寨头堡镇闲置厂房租赁合同", "lease", "辛示例", 4.4,
             {"place": "寨头堡镇工业路6号", "size": 900, "use": "农产品分拣"},
             rests_after="find_lawful"),
    contract("西段", 15, "西段镇排灌泵站改造工程施工合同", "works", "乐陵示例水利工程有限公司", 58,
             {"work": "排灌泵站改造", "place": "西段镇", "content": "改造泵站三座"},
             rests_after="table_for_deliberation", meeting=MEETING),
    Told("郑店", 66, Matter.DECISION, "郑店镇农村生活污水治理实施方案", "decisions/waste",
         consults=True, counsel="zhengdian.counsel", rests_after="deliberate",
         facts={"is_in_catalogue": True, "is_expert_review_due": True},
         meeting="镇党政联席会议", dissent="运营费用测算偏低，建议复核（示例）。"),
    Told("郭家", 150, Matter.NORMATIVE, "郭家街道集贸街区环境秩序管理办法", "documents/courtyard",
         changes={"胡家街道": "郭家街道"}, consults=True, meeting="街道办事处主任办公会议",
         facts={"touches_operators": True, "fair_competition": "passed"},
         published=Published("郭街发〔2026〕5号", 5, filing="note_uncorrected",
                             finding=SIGNBOARDS), rests_after="note_uncorrected"),
    Told("丁坞", 62, Matter.NORMATIVE, "丁坞镇农村公益性公墓管理办法", "documents/cemetery",
         changes={"铁营镇": "丁坞镇", "《中华人民共和国合同法》": "《中华人民共和国民法典》"},
         consults=True, meeting=MEETING, published=Published("丁政发〔2026〕9号", 5),
         rests_after="listed"),
)  # fmt: skip
