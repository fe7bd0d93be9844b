"""What suits legality review of the operations: 收回, 后加签, 并加签, 减签 (LR-8, LR-12, LR-14)."""

from typing import Any

import pytest

from documents.models import Paper
from legality_review.models import Review
from legality_review.rules import terms as t
from legality_review.rules.matters import Matter
from tests.legality_review.steps import Walk, term_of
from workflows import operations
from workflows.models.tasks import Task, TaskKind, Verdict
from workflows.refusals import RefusedByPerson, RefusedByState

State = Review.State
SAID = "未发现问题。"


def rows(walk: Walk, node: str = "", **wanted: Any) -> list[Task]:
    """Return the tasks of the matter in order of arrival."""
    found = Task.objects.of_case(walk.case).filter(**wanted).order_by("pk")
    return list(found.filter(node=node) if node else found)


def open_nodes(walk: Walk) -> list[str]:
    """Return the steps at which the matter waits, one for each open row."""
    return [row.node for row in rows(walk, closed_at=None)]


def fresh(walk: Walk) -> Any:
    """Read the matter again."""
    walk.case = Review.objects.get(pk=walk.case.pk)
    return walk.case


@pytest.fixture
def examined(walk: Walk) -> Walk:
    """A decision with a finding on every item; the chief and counsel work side by side."""
    walk.accepted(Matter.DECISION)
    walk.examine()
    return walk


def test_lr_8_the_clerk_takes_back_what_the_station_has_not_looked_at(walk: Walk) -> None:
    """收回送审: a draft again, papers void, term cancelled; handed in anew it begins anew."""
    walk.submitted()
    clerk = walk.people.township_clerk
    operations.take_back(rows(walk, "prepare")[0], by=clerk, reason="附件传错")
    assert (fresh(walk).state, walk.case.round, walk.case.is_editable) == (State.DRAFT, 0, True)
    assert term_of(walk.case, t.CHECK.code).state == "cancelled"
    assert not Paper.objects.of(walk.case).standing().exists()
    assert [(row.node, row.holder) for row in rows(walk, closed_at=None)] == [("prepare", clerk)]
    assert rows(walk, "check")[0].close_reason == "被云经办收回"
    walk.do("submit", clerk)
    assert (walk.case.state, walk.case.round) == (State.SUBMITTED, 1)
    assert Paper.objects.of(walk.case).standing().count() == 2
    assert walk.do("accept", walk.people.chief).state == State.STATION_REVIEW


def test_lr_8_what_the_station_has_opened_is_not_taken_back(walk: Walk, signed_in: Any) -> None:
    """The page of whoever has it next keeps his first look; the clerk is told whose it was."""
    walk.submitted()
    signed_in(walk.people.chief).get(walk.case.get_absolute_url())
    with pytest.raises(RefusedByState, match=r"下一环节“审核送审材料”已由.*司法所所长打开或者办理"):
        operations.take_back(rows(walk, "prepare")[0], by=walk.people.township_clerk)
    assert fresh(walk).state == State.SUBMITTED
    walk.do("accept", walk.people.chief)
    with pytest.raises(RefusedByState, match="下一环节已经办理"):
        operations.take_back(rows(walk, "prepare")[0], by=walk.people.township_clerk)


def test_lr_8_nobody_else_takes_a_submission_back(walk: Walk) -> None:
    """Neither the leader of the township nor the reviewer for whom it waits."""
    walk.submitted()
    for stranger in (walk.people.township_leader, walk.people.chief):
        with pytest.raises(RefusedByPerson, match="只能收回本人办结的环节"):
            operations.take_back(rows(walk, "prepare")[0], by=stranger)


def test_lr_8_an_act_of_taking_back_is_not_performed_alone(examined: Walk) -> None:
    """The law does not go back without the flow, before the station has it or after."""
    people = examined.people
    for act, by in (
        ("take_back_submission", people.township_clerk),
        ("take_back_counsel_opinion", people.counsel),
    ):
        with pytest.raises(RefusedByState, match="须通过“收回”办理"):
            examined.do(act, by, done_by=by)


def test_lr_15_a_consultation_that_was_opened_is_not_taken_back(walk: Walk) -> None:
    """The draft is before the public: that goes out of the house and is no 收回."""
    walk.open(Matter.NORMATIVE)
    clerk, today = walk.people.township_clerk, walk.clock.today()
    walk.do("open_consultation", clerk, since=today, place="政府网站")
    with pytest.raises(RefusedByState, match="现为“公开征求意见”，不能收回送审"):
        operations.take_back(rows(walk, "prepare")[0], by=clerk)


def test_lr_14_counsel_takes_his_opinion_back_and_gives_another(examined: Walk) -> None:
    """Until it is given anew nothing is concluded, and the letter quotes the new one alone."""
    people = examined.people
    examined.do("give_counsel_opinion", people.counsel, counsel_opinion="同意。")
    operations.take_back(rows(examined, "advise")[0], by=people.counsel, reason="漏看附件")
    assert not fresh(examined).has_counsel_opinion
    examined.do("complete_examination", people.chief)
    assert open_nodes(examined) == ["advise"]
    with pytest.raises(RefusedByState, match="尚未开始"):
        examined.do("find_lawful", people.chief, reasoning="合法。")
    examined.do("give_counsel_opinion", people.counsel, counsel_opinion="附件二应当修改。")
    case = examined.do("find_lawful", people.chief, reasoning="合法。")
    letter = Paper.objects.of(case).get(kind="legality_review.opinion_lawful")
    assert "附件二应当修改。" in letter.words
    assert "的意见：同意。" not in letter.words
    assert case.counsel_opinions.count() == 2


def test_lr_18_an_examination_is_taken_back_while_counsel_writes(examined: Walk) -> None:
    """The chief goes on examining; counsel's task is not touched; not once the next is opened."""
    people = examined.people
    examined.do("complete_examination", people.chief)
    operations.take_back(rows(examined, "examine")[0], by=people.chief, reason="漏看一条")
    assert sorted(open_nodes(examined)) == ["advise", "examine"]
    examined.do("complete_examination", people.chief)
    examined.do("give_counsel_opinion", people.counsel, counsel_opinion=SAID)
    operations.claim(rows(examined, "conclude")[0], by=people.chief)
    with pytest.raises(RefusedByState, match="“出具审查意见”已由云所长打开"):
        operations.take_back(rows(examined, "examine")[-1], by=people.chief)


def test_lr_14_a_second_counsel_gives_his_opinion_alongside(examined: Walk) -> None:
    """并加签: one of another specialty; the review waits for both, the letter quotes both."""
    people = examined.people
    mine = rows(examined, "advise")[0]
    operations.add_alongside(
        mine, by=people.counsel, reason="请就招标程序提出意见", person=people.county_counsel
    )
    examined.do("give_counsel_opinion", people.counsel, counsel_opinion="主体适格。")
    examined.do("complete_examination", people.chief)
    assert open_nodes(examined) == ["advise"]
    examined.do("give_counsel_opinion", people.county_counsel, counsel_opinion="程序合法。")
    with pytest.raises(RefusedByState, match="几人共同办理"):
        operations.take_back(rows(examined, "advise")[0], by=people.counsel)
    case = examined.do("find_lawful", people.chief, reasoning="合法。")
    letter = Paper.objects.of(case).get(kind="legality_review.opinion_lawful")
    assert "云顾问的意见：主体适格。" in letter.words
    assert "乐顾问的意见：程序合法。" in letter.words


def test_lr_14_an_added_counsel_can_be_removed_until_he_has_spoken(examined: Walk) -> None:
    """减签: by who added him, not by himself; then the others' opinions are enough."""
    people = examined.people
    operations.add_alongside(
        rows(examined, "advise")[0], by=people.counsel, reason="一并", person=people.county_counsel
    )
    examined.do("give_counsel_opinion", people.counsel, counsel_opinion=SAID)
    added = rows(examined, kind=TaskKind.ALONGSIDE)[0]
    with pytest.raises(RefusedByPerson, match="不能给自己减签"):
        operations.remove_signer(added, by=people.county_counsel, reason="不必")
    operations.remove_signer(added, by=people.counsel, reason="已电话沟通")
    examined.do("complete_examination", people.chief)
    assert open_nodes(examined) == ["conclude"]


def test_lr_14_only_counsel_who_did_not_draft_is_added(examined: Walk) -> None:
    """Neither the drafter nor a reviewer gives counsel's opinion; a recused one neither."""
    people = examined.people
    for person in (people.township_clerk, people.chief, people.reviewer):
        with pytest.raises(RefusedByPerson, match="不能办理“出具法律顾问意见”"):
            operations.add_alongside(
                rows(examined, "advise")[0], by=people.counsel, reason="一并", person=person
            )


def test_lr_18_a_second_reader_must_agree_before_the_examination_counts(examined: Walk) -> None:
    """后加签: the matter waits for him; where he disagrees the chief examines on and asks again."""
    people = examined.people
    examined.do("give_counsel_opinion", people.counsel, counsel_opinion=SAID)
    for opinion, verdict in (("第三条漏审。", Verdict.DISAGREE), ("同意。", Verdict.AGREE)):
        mine = rows(examined, "examine", closed_at=None)
        assert [(row.holder, row.kind) for row in mine if row.holder] in (
            [], [(people.chief, TaskKind.WORK)],
        )  # fmt: skip
        operations.add_after(mine[0], by=people.chief, reason="请复核", people=[people.officer])
        examined.do("complete_examination", people.chief)
        assert open_nodes(examined) == ["examine"]
        reader = rows(examined, kind=TaskKind.AFTER, closed_at=None)[0]
        operations.answer(reader, by=people.officer, opinion=opinion, verdict=verdict)
    said = [(row.opinion, row.is_void) for row in rows(examined, kind=TaskKind.AFTER)]
    assert said == [("第三条漏审。", True), ("同意。", False)]
    assert open_nodes(examined) == ["conclude"]


def test_lr_12_neither_drafter_nor_the_other_level_signs_after(examined: Walk) -> None:
    """Without him nothing takes effect, so four eyes and the levels hold for him as well."""
    people = examined.people
    for person, why in (
        (people.township_clerk, "发起人|送审人|起草单位人员"),
        (people.township_leader, "起草单位人员"),
        (people.reviewer, "非本级审查人员"),
    ):
        with pytest.raises(RefusedByPerson, match=f"是该件的({why})，不能加签"):
            operations.add_after(
                rows(examined, "examine")[0], by=people.chief, reason="复核", people=[person]
            )
    operations.add_before(
        rows(examined, "examine")[0], by=people.chief, reason="请说明第三条的由来",
        people=[people.township_clerk],
    )  # fmt: skip
