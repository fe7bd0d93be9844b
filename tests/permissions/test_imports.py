"""Import from Excel: every bad row is named, nothing or everything is taken in (goal 38)."""

import base64
import io
import zipfile
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from audit.models import Entry
from permissions import workbooks
from permissions.models import Post, Unit, User
from permissions.workbooks import UnreadableWorkbook, read_workbook, write_workbook
from tests.permissions.conftest import text_of

CHECK, TEMPLATE = reverse("permissions:import"), reverse("permissions:import_template")
CARRY_OUT = reverse("permissions:import_carry_out")
UNIT_HEADS = ["机构代码", "名称", "类别", "上级机构代码"]
PEOPLE_HEADS = ["账号", "姓名", "联系电话"]
POST_HEADS = ["账号", "岗位", "机构代码", "任职自", "任职至"]

GOOD_UNITS = [
    ["371481104", "郑店镇", "乡镇", "371481"],
    ["371481104SFS", "郑店司法所", "司法所", "371481104"],
]
GOOD_PEOPLE = [["zhaoliu", "赵六", "0534-6220002"], ["sunqi", "孙七", ""]]


def workbook(**sheets: list[list[Any]]) -> bytes:
    """Write a workbook as somebody would fill it in."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def directory(units: list[list[Any]] = GOOD_UNITS, people: list[list[Any]] = GOOD_PEOPLE) -> bytes:
    """Write a workbook of units and people."""
    return workbook(机构=[UNIT_HEADS, *units], 人员=[PEOPLE_HEADS, *people])


def upload(client: Any, content: bytes, url: str = CHECK) -> Any:
    """Upload a workbook to be checked."""
    return client.post(url, {"workbook": SimpleUploadedFile("人员.xlsx", content)})


@pytest.fixture
def admin(people: SimpleNamespace, signed_in: Any) -> Any:
    """The system administrator's browser."""
    return signed_in(people.system_admin)


def test_the_template_is_what_the_import_reads(admin: Any) -> None:
    content = admin.get(TEMPLATE).content
    page = upload(admin, content)
    assert page.context["found"].counts == {"机构": 1, "人员": 1}
    assert not page.context["found"].bad


def test_a_good_workbook_is_checked_first_and_then_taken_in(
    admin: Any, tree: SimpleNamespace, sign_in: Any
) -> None:
    checked = upload(admin, directory())
    assert "检查通过：机构 2 行，人员 2 行。尚未导入" in text_of(checked)
    assert not Unit.objects.filter(code="371481104").exists()
    assert not User.objects.filter(username="zhaoliu").exists()
    done = admin.post(CARRY_OUT, {"checked": checked.context["checked"]})
    assert "已全部导入：机构 2 行，人员 2 行。" in text_of(done)
    station = Unit.objects.get(code="371481104SFS")
    assert station.reach == station.path == "37/3714/371481/371481104/371481104SFS/"
    sheet = base64.b64decode(done.context["password_url"].partition("base64,")[2])
    rows = list(load_workbook(io.BytesIO(sheet)).active.values)
    assert rows[0] == ("账号", "姓名", "初始口令")
    assert rows[1][:2] == ("zhaoliu", "赵六")
    assert sign_in("zhaoliu", rows[1][2]).status_code == 302
    assert User.objects.get(username="sunqi").must_change_password
    assert rows[1][2] not in text_of(admin.get(CHECK))
    entry = Entry.objects.of_act("permissions.import").get()
    assert (entry.values_after, entry.actor_name) == ({"机构": 2, "人员": 2}, "系统员")


BAD_UNITS = [
    ["371481104", "郑店镇", "乡镇", "371481"],
    ["371481001", "重复的", "乡镇", "371481"],
    ["371481105", "没有上级", "乡镇", "999999"],
    ["371481106", "类别不对", "镇子", "371481"],
    ["", "没有代码", "乡镇", "371481"],
    [None, None, None, None],
    ["小写abc", "代码不对", "乡镇", "371481"],
    ["371481SFS", "局属司法所", "司法所", "371481SF"],
]
BAD_PEOPLE = [["zhaoliu", "赵六", ""], ["zhaoliu", "重复", ""], ["sunqi", "", ""]]


def test_every_bad_row_is_named_at_once_and_nothing_is_taken_in(
    admin: Any, tree: SimpleNamespace
) -> None:
    page = upload(admin, directory(BAD_UNITS, BAD_PEOPLE))
    bad = {(row.sheet, row.number): "；".join(row.faults) for row in page.context["found"].bad}
    assert bad == {
        ("机构", 3): "机构代码：该机构代码已被使用。",
        ("机构", 4): "没有机构代码为“999999”的机构；在同一表中新增的上级须排在下级之前",
        ("机构", 5): bad[("机构", 5)],
        ("机构", 6): "“机构代码”未填写",
        ("机构", 8): "机构代码：机构代码只能用数字和大写英文字母。",
        ("机构", 9): ("“司法所”只能设在乡镇、街道之下，“乐陵市司法局”是司法局，请另选上级。"),
        ("人员", 3): "账号：该账号已被使用。",
        ("人员", 4): "“姓名”未填写",
    }
    assert bad[("机构", 5)].startswith("类别“镇子”不在可选范围：省、市、")
    text = text_of(page)
    assert "共有 8 行有问题，没有导入任何内容" in text
    assert "第 8 行" in text
    assert "确认导入" not in text
    assert not Unit.objects.filter(code="371481104").exists()
    assert not User.objects.filter(username="zhaoliu").exists()


def test_what_became_bad_between_check_and_import_stops_the_whole(
    admin: Any, tree: SimpleNamespace
) -> None:
    checked = upload(admin, directory()).context["checked"]
    User.objects.create_user("sunqi", full_name="已有的孙七")
    page = admin.post(CARRY_OUT, {"checked": checked})
    assert [row.texts["username"] for row in page.context["found"].bad] == ["sunqi"]
    assert not Unit.objects.filter(code="371481104").exists()
    assert not Entry.objects.of_act("permissions.import").exists()
    assert not Entry.objects.of_act("permissions.add_person").exists()


def test_rows_that_were_changed_on_the_way_are_refused(admin: Any) -> None:
    checked = upload(admin, directory()).context["checked"]
    for sent in (checked[:-1], "x" + checked, ""):
        page = admin.post(CARRY_OUT, {"checked": sent})
        assert "请重新上传检查" in text_of(page)
    assert not User.objects.filter(username="zhaoliu").exists()


def test_rows_checked_for_one_import_do_not_serve_the_other(
    admin: Any, people: SimpleNamespace, signed_in: Any
) -> None:
    """The system administrator's rows in the security administrator's import, and back."""
    checked = upload(admin, directory()).context["checked"]
    page = signed_in(people.security_admin).post(
        reverse("permissions:post_import_carry_out"), {"checked": checked}
    )
    assert "请重新上传检查" in text_of(page)
    assert not User.objects.filter(username="zhaoliu").exists()


def test_formulas_are_refused(admin: Any) -> None:
    page = upload(admin, directory(people=[["=1+1", "赵六", ""], ["li", '=HYPERLINK("x")', ""]]))
    faults = [row.faults for row in page.context["found"].bad]
    assert faults == [
        ["“账号”是公式，请改为直接填写内容"],
        ["“姓名”是公式，请改为直接填写内容"],
    ]


def test_numbers_and_days_are_read_as_they_look(
    admin: Any, people: SimpleNamespace, signed_in: Any, tree: SimpleNamespace
) -> None:
    page = upload(admin, directory(units=[[371481104.0, "郑店镇", "乡镇", 371481]]))
    assert not page.context["found"].bad


def test_other_headings_are_refused_with_the_right_ones(admin: Any) -> None:
    page = upload(admin, workbook(人员=[["姓名", "账号", "电话"], ["赵六", "zhaoliu", ""]]))
    assert "工作表“人员”的表头应依次为：账号、姓名、联系电话" in text_of(page)
    page = upload(admin, workbook(别的=[["账号"]]))
    assert "没有名为“机构”、“人员”的工作表" in text_of(page)


def bomb() -> bytes:
    """Make a small file that unpacks to more than is allowed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (workbooks.LARGEST_UNPACKED + 1))
    return packed.getvalue()


def with_entities() -> bytes:
    """Put a document type with an entity into a part of a good workbook."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(directory())) as good,
        zipfile.ZipFile(packed, "w") as archive,
    ):
        for part in good.infolist():
            content = good.read(part)
            if part.filename.endswith("sheet1.xml"):
                content = b'<!DOCTYPE x [<!ENTITY a "b">]>' + content
            archive.writestr(part.filename, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "空"),
        (b"no workbook at all", workbooks.NOT_A_WORKBOOK),
        (b"PK\x03\x04broken", workbooks.NOT_A_WORKBOOK),
        (b"x" * (workbooks.LARGEST + 1), workbooks.TOO_LARGE),
        (bomb(), workbooks.SUSPICIOUS),
        (with_entities(), workbooks.SUSPICIOUS),
    ],
    ids=["empty", "text", "broken", "large", "bomb", "entities"],
)
def test_a_bad_file_gets_a_clear_message(admin: Any, content: bytes, why: str) -> None:
    answer = upload(admin, content)
    assert answer.status_code == 200
    assert why in text_of(answer)


def test_a_workbook_without_rows_says_so(admin: Any) -> None:
    assert "没有填写内容的行" in text_of(upload(admin, directory([], [])))


def test_too_many_rows_are_refused() -> None:
    rows = [[f"p{number}", "某人", ""] for number in range(workbooks.MOST_ROWS + 1)]
    with pytest.raises(UnreadableWorkbook, match="请分批导入"):
        read_workbook(workbook(人员=[PEOPLE_HEADS, *rows]), [workbooks.Sheet("人员", COLUMNS)])


COLUMNS = tuple(workbooks.Column(head, head) for head in PEOPLE_HEADS)


def test_no_cell_we_write_is_a_formula() -> None:
    """Goal 29: openpyxl would make one of every text that begins with "="."""
    sheet = workbooks.Sheet("人员", COLUMNS)
    texts = ["=1+1", "@x", "+1"]
    written = write_workbook([(sheet, [dict(zip(PEOPLE_HEADS, texts, strict=True))])])
    cells = load_workbook(io.BytesIO(written)).active[2]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in texts]


def test_posts_are_imported_by_the_security_administrator_alone(
    people: SimpleNamespace, tree: SimpleNamespace, signed_in: Any
) -> None:
    """三员分立: whoever makes accounts gives no posts."""
    rows = [
        ["officer", "司法所所长", "371481102SFS", "2025-10-01", ""],
        ["township_clerk", "乡镇（街道）负责人", "371481001ZF", "2025-10-01", "2026-09-30"],
    ]
    url = reverse("permissions:post_import")
    book = workbook(岗位=[POST_HEADS, *rows])
    assert upload(signed_in(people.system_admin), book, url).status_code == 403
    client = signed_in(people.security_admin)
    checked = upload(client, book, url).context["checked"]
    assert not Post.objects.filter(starts_on="2025-10-01").exists()
    client.post(reverse("permissions:post_import_carry_out"), {"checked": checked})
    given = Post.objects.filter(starts_on="2025-10-01").values_list("user__username", "ends_on")
    assert {(name, str(end)) for name, end in given} == {
        ("officer", "None"),
        ("township_clerk", "2026-09-30"),
    }


def test_the_import_of_posts_keeps_administrators_apart(
    people: SimpleNamespace, tree: SimpleNamespace, signed_in: Any
) -> None:
    rows = [
        ["chief", "审计管理员", "371481SF", "2025-10-01", ""],
        ["security_admin", "局长", "371481SF", "2025-10-01", ""],
        ["nobody", "局长", "371481SF", "2025-10-01", ""],
        ["officer", "局长", "371481SF", "明天", ""],
    ]
    client = signed_in(people.security_admin)
    page = upload(client, workbook(岗位=[POST_HEADS, *rows]), reverse("permissions:post_import"))
    faults = ["；".join(row.faults) for row in page.context["found"].bad]
    assert [fault[:7] for fault in faults] == [
        "三员分立：云所",
        "不能变更本人的",
        "没有账号“no",
        "任职自“明天”",
    ]


def test_hundreds_of_people_are_checked_in_one_go(admin: Any, settings: Any) -> None:
    """Hundreds of people are checked within seconds: the rows cost statements, not hashing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    many = [[f"person{number}", f"第{number}人", ""] for number in range(100)]
    with CaptureQueriesContext(connection) as statements:
        page = upload(admin, directory([], many))
    assert page.context["found"].counts == {"人员": 100}
    assert len(statements) < 100 * 16
