"""Declare the figures that the three-year plan sets as hard inputs (FQ-16)."""

from decimal import Decimal

from indicators.registry import Indicator, declare
from indicators.rules import PERCENT, Direction
from workflows.parameters import Parameter


def _goal(
    code: str, title: str, default: int, law: str, mark: str = "found S85"
) -> Parameter[Decimal]:
    """Declare the target of an indicator as a parameter that the bureau may change by date."""
    return Parameter(f"indicators.{code}", f"{title}目标值", Decimal(default), law, mark)


MEDIATION_SUCCESS_RATE = declare(
    Indicator(
        code="mediation_success_rate",
        title="人民调解成功率",
        unit=PERCENT,
        targets=((2021, _goal("mediation_success_rate", "人民调解成功率", 90, "方案五6；FQ-16")),),
        basis="方案五6：年内调解成功率达90%以上",
        task=6,
        counts="调解成功件数",
        over="已办结件数（成功＋不成功，不含在办和撤回）",
    )
)
VILLAGE_COMMITTEE_COVERAGE = declare(
    Indicator(
        code="village_committee_coverage",
        title="村（社区）调解组织覆盖率",
        unit=PERCENT,
        targets=(
            (2021, _goal("village_committee_coverage", "村（社区）调解组织覆盖率", 100, "方案五4")),
        ),
        basis="方案五4：行政村（社区）调解组织覆盖面达100%",
        task=4,
        counts="已建调解组织的村（社区）数",
        over="辖区村（社区）总数",
    )
)
FIVE_AND_SIX = declare(
    Indicator(
        code="five_implementations_six_unifications",
        title="乡镇（街道）调委会“五落实”“六统一”落实项数",
        unit="项",
        targets=(
            (
                2021,
                _goal("five_implementations_six_unifications", "五落实六统一", 11, "方案五4；PM-5"),
            ),
        ),
        basis="方案五4：五落实、六统一共11项，缺一项即不规范",
        task=4,
        counts="已落实的项数（共11项）",
    )
)
TOWNSHIP_MEDIATORS = declare(
    Indicator(
        code="township_fulltime_mediators",
        title="乡镇（街道）调委会专职人民调解员",
        unit="名",
        targets=(
            (
                2021,
                _goal("township_fulltime_mediators", "乡镇（街道）专职人民调解员", 2, "方案五5"),
            ),
        ),
        basis="方案五5：乡镇（街道）人民调解委员会应有2名以上专职人民调解员",
        task=5,
        counts="在岗专职人民调解员人数",
    )
)
VILLAGE_SCREENING = declare(
    Indicator(
        code="village_screening_rate",
        title="村（社区）半月排查完成率",
        unit=PERCENT,
        targets=(
            (
                2021,
                _goal("village_screening_rate", "村（社区）半月排查完成率", 100, "方案五6；PM-23"),
            ),
        ),
        basis="方案五6：村（社区）每半月排查一次；零报告须有记录",
        task=6,
        counts="有记录的村次数（含零报告）",
        over="应排查村次数（每村全年24次）",
    )
)
TOWNSHIP_SCREENING = declare(
    Indicator(
        code="township_screening_rate",
        title="乡镇（街道）月排查完成率",
        unit=PERCENT,
        targets=(
            (
                2021,
                _goal("township_screening_rate", "乡镇（街道）月排查完成率", 100, "方案五6；PM-23"),
            ),
        ),
        basis="方案五6：乡镇（街道）每月排查一次",
        task=6,
        counts="有记录的月数（含零报告）",
        over="应排查月数",
    )
)
MAJOR_INCIDENTS = declare(
    Indicator(
        code="major_incidents",
        title="个人极端暴力犯罪、重大群体性事件、重大“民转刑”案件",
        unit="起",
        targets=((2021, _goal("major_incidents", "重大案事件", 0, "方案五6；FQ-17")),),
        basis="方案五6：无个人极端暴力犯罪案件、重大群体性事件和重大“民转刑”案件发生",
        task=6,
        counts="发生起数",
        direction=Direction.AT_MOST,
    )
)
COUNSEL_COVERAGE = declare(
    Indicator(
        code="village_counsel_coverage",
        title="村（社区）法律顾问覆盖率",
        unit=PERCENT,
        targets=(
            (2021, _goal("village_counsel_coverage", "村（社区）法律顾问覆盖率", 100, "方案五9")),
        ),
        basis="方案五9：实现村（社区）法律顾问全覆盖",
        task=9,
        counts="已聘请法律顾问的村（社区）数",
        over="辖区村（社区）总数",
    )
)
HANDOVER_RATE = declare(
    Indicator(
        code="handover_rate",
        title="刑满释放人员衔接率",
        unit=PERCENT,
        targets=((2021, _goal("handover_rate", "刑满释放人员衔接率", 90, "方案五11；RH-13")),),
        basis="方案五11：刑满释放人员衔接率达到90%以上",
        task=11,
        counts="已衔接人数",
        over="应衔接人数",
    )
)
KEY_HANDOVER_RATE = declare(
    Indicator(
        code="key_handover_rate",
        title="重点帮教对象衔接率",
        unit=PERCENT,
        targets=((2021, _goal("key_handover_rate", "重点帮教对象衔接率", 100, "方案五11；RH-13")),),
        basis="方案五11：重点帮教对象衔接率达100%",
        task=11,
        counts="已衔接的重点帮教对象人数",
        over="应衔接的重点帮教对象人数",
    )
)
LAW_MINDED_VILLAGERS = declare(
    Indicator(
        code="law_minded_villagers",
        title="法律明白人（人数最少的村）",
        unit="名",
        targets=(
            (2021, _goal("law_minded_villagers", "每村法律明白人", 1, "方案五12")),
            (
                2022,
                _goal(
                    "law_minded_villagers_raised",
                    "每村法律明白人（提高后）",
                    3,
                    "《乡村“法律明白人”培养工作规范（试行）》2021-11-08；VL-9",
                    "found S67, S53",
                ),
            ),
        ),
        basis="方案五12：每个行政村有1名以上；2022年起按培养工作规范每村3名以上",
        task=12,
        counts="人数最少的行政村的法律明白人数",
    )
)
RULE_OF_LAW_LEADERS = declare(
    Indicator(
        code="rule_of_law_leaders",
        title="法治带头人（人数最少的村）",
        unit="名",
        targets=((2021, _goal("rule_of_law_leaders", "每村法治带头人", 1, "方案五12")),),
        basis="方案五12：每个行政村有1名以上“法治带头人”",
        task=12,
        counts="人数最少的行政村的法治带头人数",
    )
)
LAW_CULTURE_SITES = declare(
    Indicator(
        code="law_culture_sites",
        title="法治文化阵地（数量最少的村）",
        unit="个",
        targets=((2021, _goal("law_culture_sites", "每村法治文化阵地", 1, "方案五12；VL-21")),),
        basis="方案五12：每个行政村（社区）有1个法治文化阵地",
        task=12,
        counts="数量最少的村（社区）的法治文化阵地数",
    )
)
