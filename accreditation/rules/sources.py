"""Name what the rules of accreditation stand in: the plan (方案), or the bureau's own order.

Neither the provincial nor the city standard was at hand (FQ), so what the plan does not say is
named as the bureau's own order and may be set by it.
"""

from workflows.sources import declare

PLAN = "方案"
OWN = "本局创建工作规则·"

declare(
    {
        "FQ-1": f"{PLAN}四",
        "FQ-2": f"{PLAN}四",
        "FQ-3": f"{OWN}创建程序",
        "FQ-4": f"{OWN}申报条件",
        "FQ-5": f"{OWN}申报材料",
        "FQ-6": f"{OWN}县级考核",
        "FQ-7": f"{OWN}市级验收",
        "FQ-8": f"{OWN}公示和异议",
        "FQ-9": f"{OWN}命名和登记",
        "FQ-10": f"{OWN}逐级命名",
        "FQ-11": f"{OWN}动态管理",
        "FQ-12": f"{OWN}撤销称号",
        "FQ-13": f"{OWN}计分办法",
        "FQ-14": f"{OWN}计分办法",
        "FQ-15": f"{OWN}百分制评分",
        "FQ-17": f"{OWN}一票否决",
        "FQ-19": f"{OWN}创建程序",
    }
)
