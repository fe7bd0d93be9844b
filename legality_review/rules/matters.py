"""Name what comes under review (LR-1), who may issue it (LR-4) and why it is urgent (LR-25)."""

from django.db.models import TextChoices


class Matter(TextChoices):
    """The four types of matter (LR-1)."""

    NORMATIVE = "normative", "行政规范性文件"
    DECISION = "decision", "重大行政决策"
    ENFORCEMENT = "enforcement", "重大行政执法决定"
    CONTRACT = "contract", "行政机关合同"


REVIEWED_UNDER: dict[str, str] = {
    Matter.NORMATIVE: (
        "《国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见》（国办发〔2018〕115号）"
    ),
    Matter.DECISION: "《重大行政决策程序暂行条例》（国务院令第713号）",
    Matter.ENFORCEMENT: "重大行政执法决定法制审核的有关规定",
    Matter.CONTRACT: "行政机关合同合法性审查的有关规定",
}
"""What an opinion names as the ground of the review: 115号 (LR-18), 713号 (LR-14, LR-18)."""


class Issuer(TextChoices):
    """Who issues the text; some of these may not issue a normative document (LR-4)."""

    TOWNSHIP_GOVERNMENT = "township_government", "乡镇人民政府"
    STREET_OFFICE = "street_office", "街道办事处"
    COUNTY_GOVERNMENT = "county_government", "县（市、区）人民政府"
    COUNTY_DEPARTMENT = "county_department", "县级政府部门"
    AUTHORISED = "authorised", "法律、法规授权的组织"
    STATION = "station", "司法所"
    TEMPORARY = "temporary", "临时机构、领导小组、议事协调机构"
    INTERNAL = "internal", "内设机构"
    VILLAGE = "village", "村（居）民委员会"


MAY_ISSUE = frozenset(
    {
        Issuer.TOWNSHIP_GOVERNMENT,
        Issuer.STREET_OFFICE,
        Issuer.COUNTY_GOVERNMENT,
        Issuer.COUNTY_DEPARTMENT,
        Issuer.AUTHORISED,
    }
)
"""Who may issue a normative document in Shandong (LR-4, 省政府令第353号第五条)."""


class Urgency(TextChoices):
    """The two grounds on which the shortest time does not apply (LR-25)."""

    NONE = "", "无"
    EMERGENCY = "emergency", "预防、应对和处置突发事件"
    SUPERIOR_ORDER = "superior_order", "执行上级机关紧急命令和决定"


class Conclusion(TextChoices):
    """The four outcomes of a review (LR-10, LR-20)."""

    LAWFUL = "lawful", "合法"
    NEEDS_AMENDMENT = "needs_amendment", "应当予以修改"
    UNLAWFUL = "unlawful", "不合法"
    RETURN_FOR_PROCEDURE = "return_for_procedure", "退回补正程序"
