"""The tree of units: one statement moves a subtree, and the move stays on record."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from permissions.models import PARENTS, Unit, UnitKind
from permissions.posts import end_post
from permissions.refusals import Impossible
from permissions.units import (
    ImpossibleMove,
    add_unit,
    dissolve_unit,
    move_unit,
    rename_unit,
    restore_unit,
)
from tests.permissions.conftest import text_of


def test_an_organ_reaches_its_place_and_a_section_that_of_its_bureau(
    tree: SimpleNamespace,
) -> None:
    assert tree.station.path == "37/3714/371481/371481001/371481001SFS/"
    assert tree.yunhong_government.reach == tree.yunhong.path
    assert tree.section.reach == tree.bureau.reach == tree.county.path
    assert tree.city_bureau.reach == tree.city.path
    assert tree.village.reach == tree.village.path


def test_a_station_reaches_itself_alone(tree: SimpleNamespace) -> None:
    assert tree.station.reach == tree.station.path


def test_units_above_are_listed_from_the_root_down(tree: SimpleNamespace) -> None:
    above = Unit.objects.above(tree.station.path)
    assert list(above) == [tree.province, tree.city, tree.county, tree.yunhong, tree.station]


@pytest.mark.parametrize("code", ["3714 81", "371481/1", "371481%", "abc", "37_", ""])
def test_codes_hold_nothing_that_means_something_in_a_path(
    tree: SimpleNamespace, code: str
) -> None:
    with pytest.raises(ValidationError):
        add_unit(code=code, name="某镇", kind=UnitKind.TOWNSHIP, parent=tree.county)


def updates(statements: CaptureQueriesContext) -> list[str]:
    """Return the statements that changed units."""
    return [s["sql"] for s in statements if s["sql"].startswith('UPDATE "permissions_unit"')]


def test_moving_a_unit_is_one_statement_and_keeps_history(
    tree: SimpleNamespace, people: SimpleNamespace
) -> None:
    with CaptureQueriesContext(connection) as statements:
        move_unit(tree.yunhong, tree.city, reason="区划调整", by=people.system_admin)
    assert len(updates(statements)) == 1
    moved = {unit.code: unit for unit in Unit.objects.within("37/3714/371481001/")}
    assert set(moved) == {"371481001", "371481001SFS", "371481001ZF", "371481001201"}
    assert moved["371481001ZF"].reach == "37/3714/371481001/"
    assert moved["371481001SFS"].reach == moved["371481001SFS"].path
    assert moved["371481001201"].reach == "37/3714/371481001/371481001201/"
    assert moved["371481001"].parent == tree.city
    assert moved["371481001SFS"].parent == tree.yunhong
    move = tree.yunhong.moves.get()
    assert (move.old_path, move.new_path) == ("37/3714/371481/371481001/", "37/3714/371481001/")
    assert (move.reason, move.moved_by) == ("区划调整", people.system_admin)
    entry = Entry.objects.of_act("permissions.move_unit").get()
    assert entry.values_before == {"path": "37/3714/371481/371481001/"}
    assert entry.values_after == {"path": "37/3714/371481001/"}
    assert entry.post_text == "系统员（乐陵市司法局 系统管理员）"


def test_moving_an_organ_gives_it_the_reach_of_its_new_place(tree: SimpleNamespace) -> None:
    move_unit(tree.section, tree.city_bureau, reason="上收")
    section = Unit.objects.get(pk=tree.section.pk)
    assert (section.path, section.reach) == ("37/3714/3714SF/371481SFJCK/", tree.city.path)
    move_unit(tree.bureau, tree.city, reason="直管")
    assert Unit.objects.get(pk=tree.bureau.pk).reach == tree.city.path


def test_moving_costs_the_same_for_two_units_and_two_hundred(tree: SimpleNamespace) -> None:
    counts = []
    for start, size in ((0, 2), (2, 200)):
        for number in range(start, start + size):
            add_unit(
                code=f"V{number:04}", name=f"{number}村", kind=UnitKind.VILLAGE, parent=tree.yunhong
            )
        goal = tree.city if start == 0 else tree.county
        with CaptureQueriesContext(connection) as statements:
            move_unit(tree.yunhong, goal, reason="区划调整")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_unit_never_comes_to_stand_below_itself(tree: SimpleNamespace) -> None:
    with pytest.raises(ImpossibleMove, match="不能把机构移到自己或自己的下级之下"):
        move_unit(tree.county, tree.station, reason="错")
    with pytest.raises(ImpossibleMove, match="已隶属"):
        move_unit(tree.station, tree.yunhong, reason="错")


MISPLACED = [
    (UnitKind.STATION, "bureau", "“司法所”只能设在乡镇、街道之下"),
    (UnitKind.STATION, "county", "“乐陵市”是县（市、区）"),
    (UnitKind.STATION, "station", "“云红司法所”是司法所"),
    (UnitKind.COUNTY, "village", "“县（市、区）”只能设在市、省之下，“东关村”是村"),
    (UnitKind.SECTION, "station", "“科室”只能设在司法局之下"),
    (UnitKind.PROVINCE, "city", "“省”是最高一级，没有上级机构"),
    (UnitKind.VILLAGE, None, "“村”须有上级机构"),
]


@pytest.mark.parametrize(("kind", "parent", "words"), MISPLACED)
def test_a_unit_is_added_only_below_a_kind_that_fits(
    tree: SimpleNamespace, kind: UnitKind, parent: str | None, words: str
) -> None:
    above = getattr(tree, parent) if parent else None
    with pytest.raises(Impossible, match=words):
        add_unit(code="X1", name="错放", kind=kind, parent=above)
    assert not Unit.objects.filter(code="X1").exists()


def test_every_kind_says_below_which_it_stands_and_can_stand_there(
    tree: SimpleNamespace,
) -> None:
    assert set(PARENTS) == set(UnitKind)
    places = {unit.kind: unit for unit in Unit.objects.order_by("-path")}
    for number, (kind, above) in enumerate(PARENTS.items()):
        for place, parent in enumerate(above):
            unit = add_unit(code=f"X{number}{place}", name="正放", kind=kind, parent=places[parent])
            assert unit.path.startswith(unit.reach)


def test_a_unit_is_moved_only_below_a_kind_that_fits(tree: SimpleNamespace) -> None:
    county = add_unit(code="371482", name="某县", kind=UnitKind.COUNTY, parent=tree.city)
    with pytest.raises(ImpossibleMove, match="“司法所”只能设在乡镇、街道之下"):
        move_unit(tree.station, tree.bureau, reason="错")
    with pytest.raises(ImpossibleMove, match="只能设在市、省之下"):
        move_unit(county, tree.village, reason="错")
    assert Unit.objects.get(pk=tree.station.pk).parent == tree.yunhong
    move_unit(tree.station, tree.tieying, reason="撤并")
    assert Unit.objects.get(pk=tree.station.pk).reach.startswith(tree.tieying.path)


def test_rights_follow_the_move(tree: SimpleNamespace, people: SimpleNamespace) -> None:
    """The neighbour's clerk reaches a village that comes to his township, and ours no longer."""
    today, reached = people.township_clerk.today(), Unit.objects.reached_by
    assert tree.village in reached(people.township_clerk, {"township_clerk"}, today)
    move_unit(tree.village, tree.tieying, reason="村庄划转")
    assert tree.village not in reached(people.township_clerk, {"township_clerk"}, today)
    assert tree.village in reached(people.other_township_clerk, {"township_clerk"}, today)


def test_a_unit_is_dissolved_only_when_empty_and_can_be_restored(
    tree: SimpleNamespace, people: SimpleNamespace, clock: Any
) -> None:
    with pytest.raises(Impossible, match="其下还有在用机构"):
        dissolve_unit(tree.kongzhen, reason="撤并", by=people.system_admin)
    with pytest.raises(Impossible, match="还有人员任职：孔所长"):
        dissolve_unit(tree.kongzhen_station, reason="撤并", by=people.system_admin)
    end_post(people.third_chief.posts.get(), clock.today(), reason="撤并")
    clock.forward(days=1)
    gone = dissolve_unit(tree.kongzhen_station, reason="撤并", by=people.system_admin)
    assert not gone.is_active
    with pytest.raises(Impossible, match="已撤销，请另选上级"):
        add_unit(code="X1", name="某室", kind=UnitKind.SECTION, parent=gone)
    with pytest.raises(Impossible, match="已撤销，请另选上级"):
        move_unit(tree.other_village, gone, reason="错")
    assert restore_unit(gone, reason="恢复建制", by=people.system_admin).is_active


def test_a_unit_below_a_dissolved_one_is_not_restored(tree: SimpleNamespace) -> None:
    dissolve_unit(tree.village, reason="撤并")
    Unit.objects.filter(pk=tree.yunhong.pk).update(is_active=False)
    with pytest.raises(Impossible, match="上级机构“云红街道”已撤销"):
        restore_unit(tree.village, reason="错")


def test_renaming_records_both_names(tree: SimpleNamespace, people: SimpleNamespace) -> None:
    rename_unit(tree.station, "云红街道司法所", reason="规范名称", by=people.system_admin)
    entry = Entry.objects.of_act("permissions.rename_unit").get()
    assert (entry.values_before, entry.values_after) == (
        {"name": "云红司法所"},
        {"name": "云红街道司法所"},
    )


def test_only_the_system_administrator_changes_units(
    tree: SimpleNamespace, people: SimpleNamespace
) -> None:
    for person in people.all:
        if person != people.system_admin:
            with pytest.raises(PermissionDenied):
                rename_unit(tree.station, "别的名字", reason="破坏", by=person)


def test_the_pages_add_rename_and_move(
    tree: SimpleNamespace, people: SimpleNamespace, signed_in: Any
) -> None:
    client = signed_in(people.system_admin)
    added = {"code": "371481104", "name": "郑店镇", "kind": "township", "parent": "乐陵市"}
    assert client.post(reverse("permissions:add_unit"), added).status_code == 302
    unit = Unit.objects.get(code="371481104")
    rename = reverse("permissions:rename_unit", args=[unit.uuid])
    client.post(rename, {"name": "郑店街道", "reason": "撤镇设街道"})
    move = reverse("permissions:move_unit", args=[unit.uuid])
    wrong = client.post(move, {"parent": "371481001", "reason": "并入"})
    assert "“乡镇”只能设在县（市、区）、市之下，“云红街道”是街道，请另选上级。" in text_of(wrong)
    moved = client.post(move, {"parent": "3714", "reason": "直管"}, follow=True)
    assert "隶属关系已调整" in text_of(moved)
    assert "37/3714/371481/371481104/" in text_of(moved)
    unit.refresh_from_db()
    assert (unit.name, unit.parent) == ("郑店街道", tree.city)


def test_a_bad_unit_keeps_what_was_typed_and_says_why(
    tree: SimpleNamespace, people: SimpleNamespace, signed_in: Any
) -> None:
    client = signed_in(people.system_admin)
    typed = {"code": "371481001", "name": "重复的镇", "kind": "township", "parent": "不存在的市"}
    page = text_of(client.post(reverse("permissions:add_unit"), typed))
    assert 'value="重复的镇"' in page
    assert 'value="不存在的市"' in page
    assert "没有这个机构。请从提示中选择，或者输入机构代码。" in page
    typed["parent"] = "乐陵市（371481）"
    page = text_of(client.post(reverse("permissions:add_unit"), typed))
    assert "该机构代码已被使用。" in page
    assert 'value="重复的镇"' in page


def test_the_tree_page_costs_the_same_for_few_units_and_many(
    tree: SimpleNamespace, people: SimpleNamespace, signed_in: Any
) -> None:
    client = signed_in(people.auditor)
    counts = []
    for size in (0, 60):
        for number in range(size):
            add_unit(code=f"K{number:03}", name=f"{number}科", kind="section", parent=tree.bureau)
        with CaptureQueriesContext(connection) as statements:
            assert client.get(reverse("permissions:units")).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_long_lists_go_on_by_key(
    tree: SimpleNamespace, people: SimpleNamespace, signed_in: Any
) -> None:
    for number in range(60):
        add_unit(code=f"K{number:03}", name=f"{number}科", kind="section", parent=tree.bureau)
    client = signed_in(people.auditor)
    address = reverse("permissions:unit", args=[tree.bureau.uuid])
    first = client.get(address).context["children"]
    second = client.get(address + first.next_url).context["children"]
    codes = [unit.code for unit in first.rows + second.rows]
    assert len(codes) == len(set(codes)) == 61
    assert (len(first.rows), second.next_url) == (50, "")


def test_searching_takes_any_text(people: SimpleNamespace, signed_in: Any) -> None:
    client = signed_in(people.auditor)
    for words in ("铁营", "%", "_", "'; --", "\x00", "x" * 500):
        for name in ("units", "people"):
            answer = client.get(reverse(f"permissions:{name}"), {"q": words, "after": words})
            assert answer.status_code == 200
    assert "铁营司法所" in text_of(client.get(reverse("permissions:units"), {"q": "铁营"}))
