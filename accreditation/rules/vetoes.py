"""State the circumstances that fail a case whatever its points (FQ-17)."""

VETOES: tuple[dict[str, str], ...] = (
    {
        "title": "发生个人极端暴力犯罪案件、重大群体性事件或重大“民转刑”案件",
        "requirement": "回溯期内辖区因矛盾纠纷排查调处不力发生上述案事件，经有权机关认定。",
        "basis": "方案五6；FQ-17",
    },
    {
        "title": "社区矫正对象或重点帮教对象因监管失职实施恶性犯罪",
        "requirement": "回溯期内在矫对象或刑满释放重点帮教对象实施恶性犯罪，且经认定存在监管责任。",
        "basis": "FQ-17",
    },
    {
        "title": "司法所工作人员因犯罪或严重违纪受到处理",
        "requirement": (
            "回溯期内工作人员被追究刑事责任，或受到撤职以上政务处分、撤销党内职务以上党纪处分。"
        ),
        "basis": "FQ-17",
    },
    {
        "title": "申报材料弄虚作假",
        "requirement": "台账、数据、佐证材料经核实系伪造、变造或者事后编造。",
        "basis": "FQ-17",
    },
    {
        "title": "发生安全责任事故",
        "requirement": "回溯期内司法所场所、公务用车或组织活动发生安全责任事故。",
        "basis": "FQ-17",
    },
    {
        "title": "发生失密泄密事件",
        "requirement": (
            "回溯期内泄露国家秘密、工作秘密，或者泄露当事人、社区矫正对象个人信息造成后果。"
        ),
        "basis": "FQ-17",
    },
)
