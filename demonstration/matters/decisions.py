"""Tell the major decisions: counsel, the public, the meeting with its dissent, the committee."""

from datetime import date

from demonstration.matters.plans import Round, Suggestion, Told
from legality_review.rules.matters import Matter

DECISION = Matter.DECISION
OWN_COST = Suggestion(
    "逾期不改造的，由街道办事处代为改造，费用由所有权人承担",
    "没有法律依据要求所有权人出资改造、代履行收费", "《中华人民共和国行政强制法》第五十条",
    "改为自愿参与，财政给予补助",
)  # fmt: skip
PAID = Round(
    {"d3": ("amend", "立面改造由所有权人强制出资没有依据")}, (OWN_COST,),
    "find_needing_amendment", "决策权限和程序合法，个别内容应当修改（示例）。",
    {"应当自行出资完成立面改造，逾期不改造的，由街道办事处代为改造，费用由所有权人承担":
     "可以自愿参与立面改造，参与的按照公开的标准给予补助"},
    inquiry="组织专家论证规划方案，论证时间不计入审查期限（示例）。",
)  # fmt: skip
EXPLORED = Round(
    {"d1": ("unlawful", "宅基地跨村调剂使用没有法律依据")}, concludes="find_unlawful",
    reasoning="国家尚无明确规定，跨村调剂缺乏法律依据；属于探索性改革的，须载明风险（示例）。",
    then="proceed_with_risk",
    said="跨村调剂可能与现行土地管理制度不一致，存在被纠正的风险；已设风险准备金和退出机制（示例）。",
)  # fmt: skip

DECISIONS = (
    Told("市中", date(2023, 5, 8), DECISION, "市中街道老旧片区改造实施方案",
         "decisions/old_street", counsel="shizhong.counsel", consults=True,
         facts={"is_in_catalogue": True, "households": 48, "is_risk_assessment_due": True,
                "touches_land": True},
         meeting="街道党政联席会议", dissent="搬迁过渡期偏长，建议压缩到十二个月（示例）。",
         evaluated_because="安置如期完成，群众满意率较高，建议完善停车配套（示例）。"),
    Told("郭家", date(2024, 1, 15), DECISION, "郭家街道驻地商业街区提升规划",
         "decisions/planning", counsel="counsel", consults=True, rounds=(PAID,),
         facts={"is_in_catalogue": True, "is_expert_review_due": True},
         meeting="街道党政联席会议"),
    Told("杨安镇", date(2024, 6, 3), DECISION, "杨安镇零散闲置宅基地整合利用改革试点方案",
         "decisions/land_reform", counsel="yanganzhen.counsel", consults=True, rounds=(EXPLORED,),
         facts={"is_exploratory": True, "touches_land": True, "is_risk_assessment_due": True},
         meeting="镇党政联席会议", dissent="跨村调剂缺乏依据，建议先在一个村试点（示例）。"),
    Told("大孙", date(2025, 2, 10), DECISION, "大孙镇村级幸福院合并调整方案",
         "decisions/school", counsel="counsel", consults=True, rests_after="deliberate",
         facts={"is_in_catalogue": True}, meeting="镇党政联席会议", outcome="reject",
         dissent="老人接送距离过远，配套不落实，不同意现在实施（示例）。"),
)  # fmt: skip
