"""Sentences put together keep to GB/T 15834."""

from workflows.wording import joined, quoted


def test_quotation_marks_inside_others_become_single():
    assert quoted("基层法治建设") == "“基层法治建设”"
    assert quoted("创建“枫桥式司法所”") == "“创建‘枫桥式司法所’”"


def test_several_reasons_end_with_one_full_stop():
    assert joined(["材料不全。"]) == "材料不全。"
    assert joined(["条件不具备。", "材料不全。"]) == "条件不具备；材料不全。"
