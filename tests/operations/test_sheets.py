"""The printed sheet and its check, and the diagram: what was done, by whom, what is void."""

from typing import Any

from django.urls import reverse

from audit.models import Entry
from documents import uploads
from tests.access.world import pdf
from workflows import diagram, operations, sheets
from workflows.operations.proposing import Wanted, reachable
from workflows.vocabulary import Operation


def text(answer: Any) -> str:
    """Return what a page says."""
    return answer.content.decode()


def printed(rehearsal: Any, client: Any, query: str = "") -> str:
    """Return the printed sheet."""
    case = rehearsal.case
    where = reverse("workflows:case_print", args=[case.KIND, case.uuid])
    return text(client.get(f"{where}{query}"))


def sent_back(rehearsal: Any) -> Any:
    """Bring a rehearsal back to its draft and through the review once more."""
    people = rehearsal.to_check().people
    rehearsal.do("opine", people.reviewer, opinion="初审同意。")
    row = rehearsal.task("review")
    operations.claim(row, by=people.reviewer)
    operations.send_back(row, by=people.reviewer, reason="补材料", to="check", direct=False)
    return rehearsal


def test_a_sheet_leaves_out_what_is_void_unless_asked(rehearsal: Any, signed_in: Any) -> None:
    """steedos#1359: name, post and date of each opinion; 失效 rounds only with ?rounds=all."""
    sent_back(rehearsal)
    client = signed_in(rehearsal.people.reviewer)
    plain = printed(rehearsal, client)
    assert "初审同意。" not in plain
    assert "已失效的意见（1项）" in plain
    full = printed(rehearsal, client, "?rounds=all")
    assert "初审同意。" in full
    assert "（已失效）" in full
    assert 'class="qr-code"' in full
    assert " style=" not in full
    entries = Entry.objects.of_subject(rehearsal.case).filter(label="打印办理情况表")
    assert entries.count() == 2
    page = text(client.get(rehearsal.case.get_absolute_url()))
    assert page.count("打印办理情况表") == 1, "the button, and no line of the history"


def test_a_sheet_carries_history_and_files_if_asked(rehearsal: Any, signed_in: Any) -> None:
    """steedos#1359, steedos-platform#2206: two ticks, each by itself; the entry tells which."""
    people = sent_back(rehearsal).people
    sent = pdf("项目合同.pdf")
    stored = uploads.receive(sent, by=people.reviewer, subject=rehearsal.case, slot="合同文本")
    client = signed_in(people.reviewer)
    for query, wanted in (
        ("", []), ("?history=all", ["办理经过"]), ("?files=all", ["附件清单"]),
        ("?history=all&files=all", ["办理经过", "附件清单"]), ("?history=1&files=on", []),
    ):  # fmt: skip
        told = printed(rehearsal, client, query)
        for name in ("办理经过", "附件清单"):
            assert (f"<caption>{name}</caption>" in told) == (name in wanted)
        assert ("补材料" in told) == ("办理经过" in wanted), "the reason of the return"
        assert (stored.original_name in told) == ("附件清单" in wanted)
        assert told.count(" checked>") == len(wanted)
        assert ("只核对各环节办理意见" in told) == bool(wanted)
        assert "附件清单（1件）" in told
        entries = Entry.objects.of_subject(rehearsal.case).filter(label="打印办理情况表")
        entry = entries.order_by("sequence").last()
        assert entry is not None
        assert entry.values_after == {"连同": "、".join(wanted)}


def test_a_sheet_is_checked_without_sight_of_the_case(rehearsal: Any, signed_in: Any) -> None:
    """Yes, yes with later opinions, no; a stranger to the case reads not even its number."""
    rehearsal.to_check()
    case, stranger = rehearsal.case, signed_in(rehearsal.people.other_chief)
    digest = sheets.digest_of(case, sheets.opinions_of(case))
    where = reverse("workflows:check_sheet", args=[case.uuid, digest])
    assert digest in printed(rehearsal, signed_in(rehearsal.people.reviewer))
    told = text(stranger.get(where))
    assert "一致。" in told
    assert case.number not in told
    assert case.title not in told
    assert case.number in text(signed_in(rehearsal.people.reviewer).get(where))
    rehearsal.do("opine", rehearsal.people.reviewer, opinion="初审同意。")
    assert "打印后又办理了1项" in text(stranger.get(where))
    forged = reverse("workflows:check_sheet", args=[case.uuid, "0" * 64])
    assert "不一致。" in text(stranger.get(forged))
    rows = sheets.opinions_of(case)
    type(rows[0]).objects.filter(pk=rows[0].pk).update(outcome="改写")
    assert "不一致。" in text(stranger.get(where))


def test_the_diagram_tells_done_current_skipped_and_future(rehearsal: Any, signed_in: Any) -> None:
    """yudao#1182: marks, who and when, and the version on which the case runs."""
    people = rehearsal.to_check().people
    rehearsal.do("opine", people.reviewer, opinion="初审同意。")
    drawn = diagram.drawing(rehearsal.fresh())
    assert drawn is not None
    boxes = {box.name: box for box in drawn.boxes}
    assert {boxes[n].mark for n in ("draft", "check")} == {"done"}
    assert {boxes[n].mark for n in ("review", "vote")} == {"current"}
    assert boxes["decide"].mark == "future"
    assert "乐审核，2025-09-26 10:00，审查" in boxes["check"].told
    assert drawn.version == 1
    page = text(signed_in(people.reviewer).get(rehearsal.case.get_absolute_url()))
    assert "第1版流程" in page
    assert "<strong>初审</strong>（已办）" in page


def test_what_a_repositioning_left_is_marked_skipped(rehearsal: Any) -> None:
    """重定位 from the first review back to the draft: the review it was taken from is skipped."""
    people = rehearsal.to_check().people
    task = rehearsal.task("check")
    targets = [name for name, _ in reachable(task)]
    assert targets, "nothing to reposition to"
    wanted = Wanted(Operation.REPOSITION, "误送", task, targets[0])
    found = operations.propose(rehearsal.case, wanted, by=people.reviewer)
    operations.confirm(found, by=people.deputy)
    drawn = diagram.drawing(rehearsal.fresh())
    assert drawn is not None
    marks = {box.name: box.mark for box in drawn.boxes}
    assert marks["check"] == "skipped"
    assert marks[targets[0]] == "current"
