"""Name what the rules of legality review stand in (LR-1 to LR-40); what is no law says so."""

from workflows.sources import declare

TOWNSHIP = "《山东省乡镇（街道）合法性审查工作规范（试行）》"
ISSUING = "山东省政府令第353号"
FILING = "山东省政府令第337号"
REVIEW = "国办发〔2018〕115号"
DOCUMENTS = "国办发〔2018〕37号"
DECISIONS = "国令第713号"
OWN_MODEL = "《山东省司法厅规范性文件制定管理办法》"

declare(
    {
        "LR-1": TOWNSHIP,
        "LR-2": f"{ISSUING}第三条",
        "LR-3": f"{ISSUING}第三条",
        "LR-4": f"{ISSUING}第五条",
        "LR-5": DOCUMENTS,
        "LR-6": f"{DECISIONS}第三条",
        "LR-7": "合同审查范围由本局确定",
        "LR-8": f"{REVIEW}；{DECISIONS}第二十六条",
        "LR-9": f"{REVIEW}；{DECISIONS}第二十六条",
        "LR-10": "参照《德州市行政机关规范性文件管理规定》第十七条",
        "LR-11": REVIEW,
        "LR-12": TOWNSHIP,
        "LR-13": "《公平竞争审查条例》",
        "LR-14": f"{DECISIONS}第二十八条",
        "LR-15": f"{DECISIONS}第十五条",
        "LR-16": f"{DECISIONS}第二十五条；{REVIEW}",
        "LR-17": f"{DECISIONS}第二十五条；{REVIEW}",
        "LR-18": f"{REVIEW}；{DECISIONS}第二十七条",
        "LR-19": "合同审查要点由本局确定",
        "LR-20": REVIEW,
        "LR-21": REVIEW,
        "LR-22": "签发与审查文本一致由本局规定",
        "LR-23": REVIEW,
        "LR-24": f"{DECISIONS}第二十六条",
        "LR-25": REVIEW,
        "LR-26": "审查期限由本局确定",
        "LR-27": "参照《行政许可法》第四十五条",
        "LR-28": f"{DOCUMENTS}；{DECISIONS}第三十条",
        "LR-29": f"{DECISIONS}第二十九条、第三十一条",
        "LR-30": DOCUMENTS,
        "LR-31": f"参照{OWN_MODEL}第十一条",
        "LR-32": f"参照{OWN_MODEL}第二十三条",
        "LR-33": "施行日期由本局按照本省做法确定",
        "LR-34": f"{DOCUMENTS}；{FILING}",
        "LR-35": FILING,
        "LR-36": "《山东省行政规范性文件清理办法》第十四条",
        "LR-37": "《行政复议法》",
        "LR-38": f"{DECISIONS}第三十三条",
        "LR-39": f"{DECISIONS}第三十六条、第三十七条",
        "LR-40": f"{DECISIONS}第三十八条",
    }
)
