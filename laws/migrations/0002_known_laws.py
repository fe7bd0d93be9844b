"""Register the laws the founding research named, with its dates and evidence marks only.

A mark says how far a line may be trusted: found Sn, the text or a page stating it was read;
found* , found in a secondary or older page; memory-H, from memory and confident. What was not
found stays empty and is for the bureau to fill in.
"""

from datetime import date

from django.db import migrations

from audit.guards import NEVER, Guard, install, remove

LAW, REGULATION, LOCAL = "law", "regulation", "local_regulation"
DEPARTMENT, GOVERNMENT, NORMATIVE = "department_rule", "government_rule", "normative_document"
JUDICIAL = "judicial_interpretation"
CONGRESS, COUNCIL, MINISTRY = "全国人民代表大会及其常务委员会", "国务院", "司法部"
PROVINCE = "山东省人民政府"
PROVINCIAL_CONGRESS = "山东省人民代表大会常务委员会"
READ = "全文已读，found "

# title, short names, kind, issuer, number, promulgated, in force from, highest article, source
STANDING = (
    ("中华人民共和国民法典", "民法典", LAW, CONGRESS, "", "", "2021-01-01", 1260,
     "found S82（第200至204条）；第1259、1260条 memory-H"),
    ("中华人民共和国立法法", "立法法", LAW, CONGRESS, "", "", "", None,
     "2023年修正文本，found S107；条文 memory-M，日期未登记"),
    ("中华人民共和国行政处罚法", "行政处罚法", LAW, CONGRESS, "", "", "2021-07-15", 86,
     "2021年修订文本；施行日期和条数 memory-H，须核对"),
    ("中华人民共和国行政许可法", "行政许可法", LAW, CONGRESS, "", "", "", None,
     READ + "S4（2019年文本）；日期未登记"),
    ("中华人民共和国行政强制法", "行政强制法", LAW, CONGRESS, "", "", "2012-01-01", 71,
     "施行日期和条数 memory-H，须核对"),
    ("中华人民共和国行政复议法", "行政复议法", LAW, CONGRESS, "", "", "2024-01-01", None,
     "2023年修订文本，施行日期 found；条文 memory-H"),
    ("中华人民共和国社区矫正法", "社区矫正法", LAW, CONGRESS, "", "2019-12-28", "2020-07-01", None,
     READ + "S1"),
    ("中华人民共和国人民调解法", "人民调解法", LAW, CONGRESS, "", "", "", None,
     READ + "S6（2010年文本）；日期未登记"),
    ("中华人民共和国法治宣传教育法", "法治宣传教育法", LAW, CONGRESS, "", "", "2025-11-01", 65,
     "found S74"),
    ("中华人民共和国治安管理处罚法", "治安管理处罚法", LAW, CONGRESS, "", "", "2026-01-01", 144,
     "2025年修订文本，found* S86"),
    ("中华人民共和国监狱法", "监狱法", LAW, CONGRESS, "", "", "", None,
     "第35至38条 found S92；日期未登记"),
    ("中华人民共和国民事诉讼法", "民事诉讼法、民诉法", LAW, CONGRESS, "", "", "", None,
     "2021年条号 found S64；2023年条号 memory-H，条号须核对；日期未登记"),
    ("重大行政决策程序暂行条例", "", REGULATION, COUNCIL, "国务院令第713号", "", "2019-09-01", None,
     READ + "S2"),
    ("公平竞争审查条例", "", REGULATION, COUNCIL, "国务院令第783号", "", "2024-08-01", None,
     READ + "S3"),
    ("行政执法监督条例", "", REGULATION, COUNCIL, "国务院令第825号", "", "2026-02-01", None,
     "第1至6条 found S75"),
    ("优化营商环境条例", "", REGULATION, COUNCIL, "国务院令第722号", "", "", None,
     "memory-H；日期未登记"),
    ("全国年节及纪念日放假办法", "", REGULATION, COUNCIL, "", "2024-11-10", "2025-01-01", None,
     READ + "S11（2024年修订文本）；施行日期 memory-H，所读文本为“自公布之日起施行”"),
    ("山东省公共法律服务条例", "", LOCAL, PROVINCIAL_CONGRESS, "", "2020-09-25", "2021-01-01", None,
     READ + "S7"),
    ("山东省多元化解纠纷促进条例", "", LOCAL, PROVINCIAL_CONGRESS, "", "2016-07-22", "2016-10-01",
     None, READ + "S8"),
    ("山东省行政执法监督条例", "", LOCAL, PROVINCIAL_CONGRESS, "", "2014-11-27", "2015-05-01", None,
     READ + "S9；与国务院令第825号抵触的部分不适用"),
    ("山东省行政规范性文件制定和监督管理办法", "", GOVERNMENT, PROVINCE, "山东省人民政府令第353号",
     "", "2024-02-01", None, "第1至5条 found S12"),
    ("山东省规章和行政规范性文件备案规定", "", GOVERNMENT, PROVINCE, "山东省人民政府令第337号",
     "", "2021-02-01", None, "开头部分 found S13；与省政府令第353号一并适用"),
    ("山东省重大行政决策程序规定", "", GOVERNMENT, PROVINCE, "山东省人民政府令第336号",
     "", "2021-01-01", None, "第1至3条 found S14"),
    ("基层法律服务所管理办法", "", DEPARTMENT, MINISTRY, "司法部令第137号", "2017-12-25",
     "2018-02-01", None, "found S54、S55"),
    ("基层法律服务工作者管理办法", "", DEPARTMENT, MINISTRY, "司法部令第138号", "2017-12-25",
     "2018-02-01", None, "found S56、S57"),
    ("人民调解工作若干规定", "", DEPARTMENT, MINISTRY, "司法部令第75号", "", "", None,
     "2002年，第27至35条 found S59；日期未登记"),
    ("最高人民法院关于人民调解协议司法确认程序的若干规定", "", JUDICIAL, "最高人民法院",
     "法释〔2011〕5号", "", "", None, "found S63；名称 memory-H；日期未登记"),
    ("中华人民共和国社区矫正法实施办法", "社区矫正法实施办法", NORMATIVE, "司法部等",
     "司发通〔2020〕59号", "", "2020-07-01", None, "施行日期 found；条文 memory-H"),
    ("山东省社区矫正实施细则", "", NORMATIVE, "山东省司法厅等", "", "2020-10-13", "", None,
     "第1至6条 found S24"),
    ("国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见", "", NORMATIVE,
     "国务院办公厅", "国办发〔2018〕115号", "", "", None, "开头部分 found S17；其余 memory-H"),
    ("国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知", "", NORMATIVE,
     "国务院办公厅", "国办发〔2018〕37号", "", "", None, "memory-H"),
    ("山东省乡镇（街道）合法性审查工作规范（试行）", "", NORMATIVE, "山东省", "", "", "", None,
     "约2025年6月施行，found S18（报道）；日期未登记"),
    ("山东省行政规范性文件清理办法", "", NORMATIVE, "山东省", "", "", "", None,
     "第14条 found* S88；日期未登记"),
    ("山东省司法厅规范性文件制定管理办法", "", NORMATIVE, "山东省司法厅", "", "", "", None,
     "第11、23条 found S16；日期未登记"),
    ("德州市行政机关规范性文件管理规定", "", NORMATIVE, "德州市人民政府", "", "", "", None,
     "第17条 found* S15，未注日期，2019年以前；是否有效须核对"),
    ("乡村“法律明白人”培养工作规范（试行）", "", NORMATIVE, "司法部等", "", "2021-11-08", "", None,
     "found S67"),
)  # fmt: skip

CODE, CODE_DAY = "中华人民共和国民法典", "2021-01-01"
BY_CODE = "民法典第1260条废止 memory-H"

# title, short names, kind, issuer, number, ended on, how, what took its place, source
ENDED = (
    *(
        (f"中华人民共和国{name}", name, LAW, CONGRESS, "", CODE_DAY, "repealed", CODE, BY_CODE)
        for name in (
            "婚姻法", "继承法", "民法通则", "收养法", "担保法", "合同法", "物权法", "侵权责任法",
            "民法总则",
        )
    ),
    ("中华人民共和国行政复议法", "行政复议法", LAW, CONGRESS, "", "2024-01-01", "superseded",
     "中华人民共和国行政复议法", READ + "S5（2017年文本）"),
    ("中华人民共和国治安管理处罚法", "治安管理处罚法", LAW, CONGRESS, "", "2026-01-01",
     "superseded", "中华人民共和国治安管理处罚法", "2012年文本，found* S86"),
    ("社区矫正实施办法", "", NORMATIVE, "司法部等", "司发通〔2012〕12号", "2020-07-01",
     "superseded", "中华人民共和国社区矫正法实施办法", "found S25、S31"),
    ("国务院关于在市场体系建设中建立公平竞争审查制度的意见", "", NORMATIVE, COUNCIL,
     "国发〔2016〕34号", "2024-08-01", "superseded", "公平竞争审查条例",
     "文号和替代 found S3；名称 memory-H"),
    ("山东省人民政府令第97号（名称未核对）", "", GOVERNMENT, PROVINCE, "山东省人民政府令第97号",
     "2021-02-01", "superseded", "山东省规章和行政规范性文件备案规定", "1998年；found S13"),
    ("基层法律服务所管理办法", "", DEPARTMENT, MINISTRY, "司法部令第59号", "2018-02-01",
     "superseded", "基层法律服务所管理办法", "2000年文本，found S54"),
    ("基层法律服务工作者管理办法", "", DEPARTMENT, MINISTRY, "司法部令第60号", "2018-02-01",
     "superseded", "基层法律服务工作者管理办法", "2000年文本，found S56、S97"),
)  # fmt: skip

GUARDS = (
    Guard("laws_law", "DELETE", NEVER, "登记的法规不得删除"),
    Guard("laws_law", "TRUNCATE", NEVER, "登记的法规不得清空"),
)


def _day(text):
    return date.fromisoformat(text) if text else None


def register(apps, schema_editor):
    """Write the rows; what ended points at what took its place."""
    Law = apps.get_model("laws", "Law")
    standing = {}
    for title, aliases, kind, issuer, number, promulgated, begins, highest, source in STANDING:
        standing[title] = Law.objects.create(
            title=title, aliases=aliases, kind=kind, issuer=issuer, document_number=number,
            promulgated_on=_day(promulgated), effective_from=_day(begins),
            highest_article=highest, source=source,
        )
    for title, aliases, kind, issuer, number, ended, how, successor, source in ENDED:
        Law.objects.create(
            title=title, aliases=aliases, kind=kind, issuer=issuer, document_number=number,
            effective_until=_day(ended), ending=how, superseded_by=standing[successor],
            source=source,
        )


def put_up(apps, schema_editor):
    install(schema_editor.connection, GUARDS)


def take_down(apps, schema_editor):
    remove(schema_editor.connection, GUARDS)


class Migration(migrations.Migration):
    dependencies = [("laws", "0001_register_of_laws")]

    operations = [
        migrations.RunPython(register, migrations.RunPython.noop),
        migrations.RunPython(put_up, take_down),
    ]
