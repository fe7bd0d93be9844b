"""Register by name the laws that papers of townships cite most beside those of the research.

Their names are sure (memory-H). Dates, numbers and articles were not looked up: they stay empty
for the bureau to fill in, and a law without a first day counts as in force. Laws that the code of
environment may have taken the place of are left out. What the bureau has registered meanwhile
under the same name stays as it is.
"""

from django.db import migrations

CONGRESS, COUNCIL = "全国人民代表大会及其常务委员会", "国务院"
SOURCE = "名称 memory-H；日期、文号和条数未登记，由本局补充"
STATE = "中华人民共和国"

LAWS = (
    "刑法", "刑事诉讼法", "行政诉讼法", "国家赔偿法", "公务员法", "监察法", "公职人员政务处分法",
    "地方各级人民代表大会和地方各级人民政府组织法", "村民委员会组织法", "城市居民委员会组织法",
    "土地管理法", "农村土地承包法", "城乡规划法", "城市房地产管理法", "乡村振兴促进法",
    "农村集体经济组织法", "招标投标法", "政府采购法", "预算法", "审计法", "建筑法", "水法",
    "防洪法", "森林法", "野生动物保护法", "动物防疫法", "食品安全法", "安全生产法", "消防法",
    "道路交通安全法", "突发事件应对法", "传染病防治法", "劳动法", "劳动合同法", "未成年人保护法",
    "妇女权益保障法", "老年人权益保障法", "残疾人保障法", "反家庭暴力法", "法律援助法", "律师法",
    "公证法", "仲裁法", "保守国家秘密法", "档案法", "个人信息保护法", "数据安全法", "网络安全法",
    "退役军人保障法",
)  # fmt: skip
CALLED = {
    "地方各级人民代表大会和地方各级人民政府组织法": "、地方组织法",
    "保守国家秘密法": "、保密法",
}
"""By what other short name they are cited."""

REGULATIONS = (
    "物业管理条例", "政府信息公开条例", "国有土地上房屋征收与补偿条例", "保障农民工工资支付条例",
    "殡葬管理条例", "规章制定程序条例", "行政法规制定程序条例", "城市市容和环境卫生管理条例",
    "村庄和集镇规划建设管理条例",
)  # fmt: skip
OF_A_LAW = ("招标投标法实施条例", "政府采购法实施条例", "土地管理法实施条例")
"""Regulations whose full name begins with that of the state, as laws' names do."""


def _rows():
    """Yield title, short names, kind and issuer."""
    for name in LAWS:
        yield STATE + name, name + CALLED.get(name, ""), "law", CONGRESS
    for name in OF_A_LAW:
        yield STATE + name, name, "regulation", COUNCIL
    for name in REGULATIONS:
        yield name, "", "regulation", COUNCIL


def register(apps, schema_editor):
    """Write a row for each name that is not registered."""
    Law = apps.get_model("laws", "Law")
    known = set(Law.objects.values_list("title", flat=True))
    Law.objects.bulk_create(
        Law(title=title, aliases=aliases, kind=kind, issuer=issuer, source=SOURCE)
        for title, aliases, kind, issuer in _rows()
        if title not in known
    )


class Migration(migrations.Migration):
    dependencies = [("laws", "0002_known_laws")]

    operations = [migrations.RunPython(register, migrations.RunPython.noop)]
