"""Bring names and numbers of laws into the one form in which they are compared."""

import re

BRACKETS = str.maketrans("[【［﹝(（)）]】］﹞", "〔〔〔〔（（））〕〕〕〕")
WHITE = re.compile(r"\s+")
STATE = "中华人民共和国"
EDITION = re.compile(r"（[^（）]*(?:修订|修正|修改|年)[^（）]*）$")
"""（2021年修订） behind a title; （试行） belongs to the title itself."""
NUMBER_YEAR = re.compile(r"[〔（](\d{4})[〕）]")
ORDER = re.compile(r"令(?:第)?(\d+)号")
SHORT_ORGANS = (("省政府令", "山东省人民政府令"), ("国令", "国务院令"))


def plain_title(title: str) -> str:
    """Return a title without white space and with one kind of brackets."""
    return WHITE.sub("", title.translate(BRACKETS)).replace("〔", "（").replace("〕", "）")


def title_forms(title: str) -> list[str]:
    """Return the forms under which a title may be registered, the most exact first."""
    plain = plain_title(title)
    bare = EDITION.sub("", plain)
    forms = [plain, bare]
    for form in (plain, bare):
        forms.append(form.removeprefix(STATE) if form.startswith(STATE) else STATE + form)
    return list(dict.fromkeys(forms))


def plain_number(number: str) -> str:
    """Return a document number (文号) in one form: 国办发〔2018〕115号, 国务院令第783号."""
    plain = WHITE.sub("", number.translate(BRACKETS)).removeprefix(STATE)
    plain = NUMBER_YEAR.sub(r"〔\1〕", plain)
    plain = ORDER.sub(r"令第\1号", plain)
    for short, full in SHORT_ORGANS:
        if plain.startswith(short):
            plain = full + plain.removeprefix(short)
    return plain
