"""Tell the contracts of three years, most of them handed in by the short form (LR-1, LR-7)."""

from datetime import date

from demonstration.matters.plans import Round, Suggestion
from demonstration.matters.writing import contract

CIVIL = "《中华人民共和国民法典》"


def amended(item: str, *advice: Suggestion, changes: dict[str, str]) -> Round:
    """Tell a round in which clauses are found wanting and then put right."""
    found = {item: ("amend", "；".join(one.problem for one in advice))}
    return Round(
        found, advice, "find_needing_amendment", "合同总体可行，个别条款应当修改（示例）。", changes
    )


LATE = Suggestion(
    "甲方逾期付款的，不承担任何责任", "违约责任不对等，免除甲方全部责任，可能被认定无效",
    f"{CIVIL}第五百七十七条、第五百七十九条", "恢复示范条款：按照一年期贷款市场报价利率支付利息",
)  # fmt: skip
FIVE_TIMES = Suggestion(
    "按照合同总价的百分之五十支付", "违约金过分高于可能造成的损失",
    f"{CIVIL}第五百八十五条", "调整为每逾期一日千分之一",
)  # fmt: skip
BOTH_WAYS = Suggestion(
    "申请仲裁或者向工程所在地人民法院起诉", "同时约定仲裁和诉讼，仲裁条款无效，争议解决途径不明",
    "《最高人民法院关于适用〈中华人民共和国仲裁法〉若干问题的解释》第七条", "只保留向法院起诉",
)  # fmt: skip
TOO_LONG = Suggestion(
    "租赁期限25年", "租赁期限超过二十年，超过部分无效", f"{CIVIL}第七百零五条",
    "改为不超过二十年，建议三年一签",
)  # fmt: skip
BEYOND = Suggestion(
    "共20年", "超过承包期的剩余期限（剩余至2028年）", "《中华人民共和国农村土地承包法》第三十八条",
    "改为5年",
)  # fmt: skip
UNAUDITED = Suggestion(
    "以承包人报送的结算价为准", "结算未经审核，财政资金失去监督", "《中华人民共和国审计法》",
    "恢复示范条款：由双方根据实际完成的合格工程量确认",
)  # fmt: skip
OWN_WORK = Suggestion(
    "成果的著作权归乙方所有", "全部由财政资金完成的成果归对方，甲方不能使用和修改",
    "《中华人民共和国著作权法》第十九条", "约定著作财产权归甲方", "partly",
    "同意甲方永久无偿使用和修改，署名权归乙方。",
)  # fmt: skip
REFUND = Suggestion(
    "缴纳税收地方留成部分的百分之五十", "以返还税收的方式给予特定经营者优惠，违反公平竞争审查规定",
    "《公平竞争审查条例》第十条", "删除本条，改为依法享受普惠性政策",
)  # fmt: skip
FAVOURED = Round(
    {"c2": ("unlawful", "协议第七条承诺返还税收，属于违法给予特定经营者优惠")},
    (REFUND,), "find_unlawful", "协议承诺返还税收，不合法，建议不予签订（示例）。",
    {"项目投产后，甲方将乙方缴纳税收地方留成部分的百分之五十，自投产之日起连续五年返还乙方，"
     "用于扩大生产。": "甲方不给予任何形式的税费返还，乙方依法享受普惠性政策。"},
    "resubmit", "已删除税收返还条款（示例）。",
)  # fmt: skip
LEASED = {"place": "示例路18号", "size": 260, "use": "社区服务用房"}
NO_MONEY = Round(
    {"c8": ("unlawful", "没有列入预算，资金没有来源"), "c2": ("unlawful", "应当采购而未采购")},
    concludes="find_unlawful", then="abandon", reasoning="未采购、无预算，不合法（示例）。",
    said="取消采购，列入下一年度预算后再行办理（示例）。",
)  # fmt: skip

CONTRACTS = (
    contract("云红", date(2023, 3, 6), "云红街道机关办公区保洁服务合同", "cleaning",
             "乐陵示例保洁服务有限公司", 4.8, {"area": "街道办公楼、院落和便民大厅"},
             tries_guarantee=True),
    contract("铁营", date(2023, 5, 15), "铁营镇驻地绿化养护服务合同", "service",
             "乐陵示例园林绿化有限公司", 8.6, {"subject": "镇驻地绿地养护四万平方米"},
             changes={"甲方逾期付款的，按照一年期贷款市场报价利率支付利息":
                      "甲方逾期付款的，不承担任何责任"},
             rounds=(amended("c4", LATE, changes={
                 "甲方逾期付款的，不承担任何责任":
                 "甲方逾期付款的，按照一年期贷款市场报价利率支付利息"}),)),
    contract("花园", date(2023, 6, 12), "花园镇村级道路修补工程施工合同", "works",
             "乐陵示例市政工程有限公司", 38,
             {"work": "村级道路修补", "place": "花园镇六个村", "content": "沥青修补五千平方米"},
             changes={"协商不成的，向工程所在地人民法院起诉":
                      "协商不成的，申请仲裁或者向工程所在地人民法院起诉"},
             rounds=(amended("c4", BOTH_WAYS, changes={
                 "申请仲裁或者向工程所在地人民法院起诉": "向工程所在地人民法院起诉"}),)),
    contract("杨安镇", date(2023, 7, 3), "杨安镇调味品产业园项目投资协议", "investment",
             "山东示例食品有限公司", 3200, counsel="yanganzhen.counsel",
             rounds=(FAVOURED, Round())),
    contract("丁坞", date(2023, 8, 7), "丁坞镇示例村土地经营权流转合同", "land",
             "乐陵示例农业专业合作社", 26,
             {"place": "丁坞示例村1村北", "size": 320, "years": "5", "mediator": "丁坞镇人民政府"},
             facts={"touches_land": True, "households": 46}),
    contract("郑店", date(2023, 10, 16), "郑店镇便民服务中心设备采购合同", "service",
             "德州示例办公设备有限公司", 18, {"subject": "自助服务终端四台、叫号系统一套"},
             changes={"每逾期一日按照合同总价的千分之一支付":
                      "按照合同总价的百分之五十支付"},
             rounds=(amended("c4", FIVE_TIMES, changes={
                 "按照合同总价的百分之五十支付": "每逾期一日按照合同总价的千分之一支付"}),)),
    contract("孔镇", date(2023, 12, 4), "孔镇敬老院委托运营协议", "cooperation",
             "乐陵示例养老服务中心", 12, {"subject": "敬老院委托运营"}, counsel="kongzhen.counsel"),
    contract("黄夹", date(2024, 1, 8), "黄夹镇机关食堂食材配送合同", "service",
             "乐陵示例商贸有限公司", 22, {"subject": "机关食堂食材配送"},
             rounds=(Round(lacks="附件一食材清单缺失；资金来源证明缺失。"),)),
    contract("朱集", date(2024, 3, 18), "朱集镇苗圃土地经营权流转合同", "land",
             "乐陵示例苗木种植家庭农场", 15,
             {"place": "朱集示例村2村东", "size": 180, "years": "20", "mediator": "朱集镇人民政府"},
             facts={"touches_land": True, "households": 21},
             rounds=(amended("c3", BEYOND, changes={"共20年": "共5年"}),)),
    contract("寨头堡", date(2024, 4, 15), "寨头堡镇排水沟渠清淤工程施工合同", "works",
             "乐陵示例水利工程有限公司", 64,
             {"work": "排水沟渠清淤", "place": "寨头堡镇", "content": "清淤十一公里"}),
    contract("郭家", date(2024, 6, 17), "郭家街道沿街公房租赁合同", "lease", "丙示例", 5.4,
             {**LEASED, "years": "25"},
             rounds=(amended("c3", TOO_LONG, changes={"租赁期限25年": "租赁期限3年"}),)),
    contract("云红", date(2024, 7, 8), "云红街道普法短视频制作合同", "service",
             "乐陵示例文化传媒有限公司", 9.8, {"subject": "普法短视频二十集的策划和制作"},
             changes={"为甲方专门完成的成果，其著作财产权归甲方所有": "成果的著作权归乙方所有"},
             rounds=(amended("c5", OWN_WORK, changes={
                 "成果的著作权归乙方所有":
                 "成果的署名权归乙方所有，甲方可以永久无偿使用和修改"}),)),
    contract("市中", date(2024, 8, 19), "市中街道社区食堂合作协议", "cooperation",
             "乐陵示例餐饮有限公司", 10, {"subject": "社区食堂运营"}, rests_after="return_matter",
             ends="return_matter", because="合同主体填写错误，请以街道名义重新送审（示例）。"),
    contract("铁营", date(2024, 9, 9), "铁营镇退役军人服务站装修合同", "works",
             "乐陵示例装饰工程有限公司", 15.6,
             {"work": "服务站装修", "place": "铁营镇", "content": "室内装修三百平方米"},
             rests_after="return_overdue",
             rounds=(Round(lacks="工程量清单、采购文件缺失。", lets_term_pass=True),)),
    contract("杨安镇", date(2024, 11, 11), "杨安镇宣传品制作合同", "service",
             "乐陵示例印务有限公司", 3.2, {"subject": "宣传品制作"}, rests_after="withdraw",
             ends="withdraw", because="改由市级统一制作，不再签订（示例）。"),
    contract("丁坞", date(2025, 2, 17), "丁坞镇驻地道路照明改造工程施工合同", "works",
             "德州示例照明工程有限公司", 128,
             {"work": "道路照明改造", "place": "丁坞镇驻地", "content": "路灯二百一十盏"},
             changes={"结算价以审计结果为参考，由双方根据实际完成的合格工程量确认":
                      "结算价以承包人报送的结算价为准"},
             rounds=(amended("c3", UNAUDITED, changes={
                 "结算价以承包人报送的结算价为准":
                 "结算价由双方根据实际完成的合格工程量确认"}),)),
    contract("胡家", date(2025, 3, 24), "胡家街道闲置校舍租赁合同", "lease", "丁示例", 4.2,
             {**LEASED, "use": "手工作坊"}, facts={"is_disputed": True}),
    contract("黄夹", date(2025, 9, 15), "黄夹镇会议音响设备采购合同", "service",
             "乐陵示例电子有限公司", 4.9, {"subject": "会议音响设备一套"}, rests_after="abandon",
             rounds=(NO_MONEY,)),
)  # fmt: skip
"""The contracts that came to their end; those under way stand in `waiting`."""
