"""Tell the major enforcement decisions: extended once, supplied with the clock stopped."""

from datetime import date

from demonstration.matters.plans import Round, Suggestion, Told
from legality_review.rules.matters import Matter

HEARD = "对减轻处罚的请求部分采纳"
DUST = {
    "party": "乐陵示例建材有限公司", "fact": "堆放砂石未采取覆盖措施",
    "violated": "《中华人民共和国大气污染防治法》第七十二条",
    "basis": "《中华人民共和国大气污染防治法》第一百一十七条", "decided": "罚款一万二千元",
    "heard": HEARD, "issuer": "化楼镇人民政府",
}  # fmt: skip
DITCH = {
    "party": "戊示例", "fact": "擅自占用村庄沟渠填土建房四十平方米",
    "violated": "《中华人民共和国土地管理法》第六十二条",
    "basis": "《中华人民共和国土地管理法》第七十八条", "decided": "责令退还非法占用的土地",
    "heard": "不予采纳，理由已告知", "issuer": "朱集镇人民政府",
}  # fmt: skip
STRAW = {
    "party": "己示例", "fact": "露天焚烧秸秆约三亩",
    "violated": "《中华人民共和国大气污染防治法》第七十七条",
    "basis": "《中华人民共和国大气污染防治法》第一百一十九条", "decided": "罚款五千元",
    "heard": "没有陈述、申辩", "issuer": "寨头堡镇人民政府",
}  # fmt: skip
TOO_MUCH = Suggestion(
    "罚款五千元", "焚烧秸秆的罚款幅度为五百元以上二千元以下，超出法定幅度",
    "《中华人民共和国大气污染防治法》第一百一十九条", "在法定幅度内依照裁量基准确定，建议一千元",
)  # fmt: skip

ENFORCEMENT = (
    Told("云红", date(2023, 8, 14), Matter.ENFORCEMENT, "对甲示例违法建设责令限期拆除的决定",
         "enforcement/demolition", {"issuer": "云红街道办事处"}),
    Told("化楼", date(2024, 3, 11), Matter.ENFORCEMENT, "对示例建材公司扬尘污染的处罚决定",
         "enforcement/pollution", DUST,
         rounds=(Round(extended_because="需要向生态环境部门核实检测报告（示例）。"),)),
    Told("朱集", date(2025, 2, 28), Matter.ENFORCEMENT, "对戊示例非法占用土地的处罚决定",
         "enforcement/pollution", DITCH,
         rounds=(Round(lacks="缺少土地权属证明和测绘报告，请一次性补齐（示例）。"),)),
    Told("寨头堡", date(2025, 6, 16), Matter.ENFORCEMENT, "对己示例露天焚烧秸秆的处罚决定",
         "enforcement/pollution", STRAW,
         rounds=(Round({"e4": ("amend", "罚款超出法定幅度")}, (TOO_MUCH,),
                       "find_needing_amendment", "事实清楚，罚款幅度应当修改（示例）。",
                       {"罚款五千元": "罚款一千元"}),)),
)  # fmt: skip
