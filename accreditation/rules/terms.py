"""Set the terms and the values the office may change; all are CONFIG, an honour is no licence."""

from decimal import Decimal

from workflows.parameters import Parameter
from workflows.reckoning import Kind, Length, Unit
from workflows.terms import TermRule


def _days(amount: int) -> Length:
    return Length(amount, Unit.WORKING_DAY)


def _setting(key: str, label: str, default: Length, law: str, mark: str) -> Parameter[Length]:
    return Parameter(f"accreditation.{key}", label, default, law, mark)


FORMAL_CHECK = TermRule(
    "formal_check",
    "形式审查期限",
    _setting("formal_check", "形式审查期限", _days(5), "FQ-6", "design"),
    Kind.DEADLINE,
    "FQ-6",
    "自收到申报材料之日起",
)
SUPPLEMENT = TermRule(
    "supplement",
    "补正期限",
    _setting("supplement", "补正期限", _days(5), "FQ-5", "design"),
    Kind.DEADLINE,
    "FQ-5",
    "自一次性告知补正内容之日起",
)
ON_SITE = TermRule(
    "on_site",
    "现场评分期限",
    _setting("on_site", "现场评分内部期限", _days(15), "FQ-6", "design"),
    Kind.DEADLINE,
    "FQ-6（内部时限）",
    "自指派评审员之日起",
)
COUNTY_PUBLICITY = TermRule(
    "county_publicity",
    "县级公示期",
    _setting("county_publicity", "县级公示期", _days(5), "FQ-6、FQ-8", "memory-M"),
    Kind.FLOOR,
    "FQ-8",
    "自县级公示发布之日起",
)
CITY_REVIEW = TermRule(
    "city_review",
    "市级验收期限",
    _setting("city_review", "市级验收内部期限", _days(20), "FQ-7", "design"),
    Kind.DEADLINE,
    "FQ-7（内部时限）",
    "自县局上报之日起",
)
FEEDBACK = TermRule(
    "feedback",
    "验收结果反馈期限",
    _setting("feedback", "验收结果反馈期限", _days(3), "FQ-7", "found* S52"),
    Kind.DEADLINE,
    "FQ-7",
    "自提出验收意见之日起",
)
RECTIFICATION = TermRule(
    "rectification",
    "整改期限",
    _setting("rectification", "验收整改期限", Length(30, Unit.DAY), "FQ-7", "design"),
    Kind.DEADLINE,
    "FQ-7",
    "自整改通知书作出之日起",
)
CITY_PUBLICITY = TermRule(
    "city_publicity",
    "市级公示期",
    _setting("city_publicity", "市级公示期", _days(5), "FQ-8", "memory-M"),
    Kind.FLOOR,
    "FQ-8",
    "自市级公示发布之日起",
)
OBJECTION_CHECK = TermRule(
    "objection_check",
    "异议核查期限",
    _setting("objection_check", "异议核查期限", _days(10), "FQ-8", "design"),
    Kind.DEADLINE,
    "FQ-8",
    "自登记异议之日起",
)
YEARLY_RECHECK = TermRule(
    "yearly_recheck",
    "年度复核期限",
    _setting("yearly_recheck", "年度复核周期", Length(1, Unit.YEAR), "FQ-11", "found* S72"),
    Kind.DEADLINE,
    "FQ-11",
    "自命名（上次复核）之日起",
)
WARNING = TermRule(
    "warning",
    "警告整改期限",
    _setting("warning", "警告整改期限", Length(3, Unit.MONTH), "FQ-11", "memory-L"),
    Kind.DEADLINE,
    "FQ-11",
    "自警告并限期整改之日起",
)
STATEMENT = TermRule(
    "statement",
    "陈述申辩期限",
    _setting("statement", "陈述申辩期限", _days(5), "FQ-12", "design"),
    Kind.DEADLINE,
    "FQ-12",
    "自撤销告知书送达之日起",
)
APPEAL = _setting("appeal", "申诉期限", _days(10), "FQ-12", "design")
REAPPLY_WAIT = _setting(
    "reapply_wait", "撤销后再次申报的等待期", Length(1, Unit.YEAR), "FQ-12", "design"
)
FEWEST_ASSESSORS = Parameter(
    "accreditation.fewest_assessors", "评审员最少人数", 2, "FQ-6", "design"
)
MOST_ASSESSORS = Parameter("accreditation.most_assessors", "评审员最多人数", 3, "FQ-6", "design")
LEAST_SATISFACTION = Parameter(
    "accreditation.least_satisfaction", "服务对象满意度下限（%）", Decimal(80), "FQ-7", "design"
)
NEEDS_LOWER_TITLE = Parameter(
    "accreditation.needs_lower_title", "上级称号须先有下级称号", True, "FQ-10", "found* S71"
)
