"""会签、或签、票签、依次审批、主办协办: counted in whole numbers, decided early both ways."""

from itertools import product
from typing import Any

import pytest

from tests.rehearsal import flows as rehearsal_flows
from tests.rehearsal.models import State
from workflows.models.tasks import Task, TaskKind, TaskState, Verdict
from workflows.operations.adding import answer
from workflows.refusals import RefusedByPerson, RefusedByRace, RefusedByState
from workflows.signing import Rule, Signing

AGREE, DISAGREE, ABSTAIN = Verdict.AGREE, Verdict.DISAGREE, Verdict.ABSTAIN


def signing(rule: Rule, **more: Any) -> Signing:
    """Return a rule over the acts of a rehearsal."""
    return Signing(rule, agree=("support",), disagree=("oppose",), abstain=("abstain",), **more)


@pytest.mark.parametrize(
    ("rule", "verdicts", "holders", "result"),
    [
        (signing(Rule.ALL), [AGREE, AGREE], 3, None),
        (signing(Rule.ALL), [AGREE, AGREE, AGREE], 3, True),
        (signing(Rule.ALL), [AGREE, DISAGREE], 3, False),
        (signing(Rule.ALL, waits_for_all=True), [AGREE, DISAGREE], 3, None),
        (signing(Rule.ALL, waits_for_all=True), [AGREE, DISAGREE, AGREE], 3, False),
        (signing(Rule.ALL), [AGREE, ABSTAIN], 2, False),
        (signing(Rule.ALL, counts_abstentions=False), [AGREE, ABSTAIN], 2, True),
        (signing(Rule.ALL, counts_abstentions=False), [ABSTAIN, ABSTAIN], 2, False),
        (signing(Rule.ANY), [ABSTAIN], 3, None),
        (signing(Rule.ANY), [AGREE], 3, True),
        (signing(Rule.ANY), [DISAGREE], 3, False),
        (signing(Rule.ANY), [ABSTAIN, ABSTAIN, ABSTAIN], 3, False),
        (signing(Rule.VOTES, percent=66), [AGREE, AGREE], 3, True),
        (signing(Rule.VOTES, percent=67), [AGREE, AGREE], 3, None),
        (signing(Rule.VOTES, percent=67), [AGREE, AGREE, DISAGREE], 3, False),
        (signing(Rule.VOTES, percent=67), [DISAGREE], 3, False),
        (signing(Rule.VOTES, percent=50), [AGREE, DISAGREE], 4, None),
        (signing(Rule.VOTES, percent=50), [DISAGREE, DISAGREE, DISAGREE], 5, False),
        (signing(Rule.VOTES, count=2), [AGREE, DISAGREE, AGREE], 5, True),
        (signing(Rule.VOTES, count=2), [DISAGREE, DISAGREE], 3, False),
        (signing(Rule.IN_TURN), [AGREE], 2, None),
        (signing(Rule.IN_TURN), [DISAGREE], 2, False),
    ],
)
def test_a_result_is_reached_as_soon_as_it_is_certain(
    rule: Signing, verdicts: list[str], holders: int, result: bool | None
) -> None:
    """Early decision both ways; agree*100 against p*n, never a float."""
    assert rule.result(verdicts, holders) is result


@pytest.mark.parametrize("percent", [1, 33, 34, 50, 51, 66, 67, 99, 100])
def test_an_early_result_is_the_result_of_the_whole_vote(percent: int) -> None:
    """Whatever the rest would have said, it could not have changed what was decided early."""
    rule = signing(Rule.VOTES, percent=percent)
    for votes in product([AGREE, DISAGREE, ABSTAIN], repeat=5):
        whole = votes.count(AGREE) * 100 >= percent * 5
        early = next(
            result
            for cast in range(1, 6)
            if (result := rule.result(list(votes[:cast]), 5)) is not None
        )
        assert early is whole


def test_a_rule_that_cannot_be_counted_is_refused() -> None:
    """Neither both nor none of percentage and number."""
    with pytest.raises(TypeError):
        signing(Rule.VOTES)
    with pytest.raises(TypeError):
        signing(Rule.VOTES, percent=50, count=2)
    with pytest.raises(TypeError):
        signing(Rule.VOTES, percent=101)


@pytest.fixture
def voting(rehearsal: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a rehearsal whose vote is counted by another rule."""

    def under(rule: Signing) -> Any:
        step = rehearsal_flows.RehearsalFlow.step("vote")
        monkeypatch.setattr(step, "signing", rule)
        return rehearsal.to_branches()

    return under


def test_the_first_objection_closes_a_countersigning(voting: Any) -> None:
    """会签 (warm-flow deletes the others): they end as cancelled with the reason."""
    rehearsal = voting(signing(Rule.ALL))
    rehearsal.do("support", rehearsal.panel[0])
    rehearsal.do("oppose", rehearsal.panel[1])
    rest = rehearsal.tasks("vote", state=TaskState.CANCELLED)
    assert [row.holder for row in rest] == [rehearsal.panel[2]]
    assert rest[0].close_reason == "票决已有结果"
    with pytest.raises(RefusedByState):
        rehearsal.do("support", rehearsal.panel[2])


def test_the_first_decision_decides_for_all(voting: Any) -> None:
    """或签: simultaneous decisions — only the first counts; the rest see why theirs vanished."""
    rehearsal = voting(signing(Rule.ANY))
    rehearsal.do("support", rehearsal.panel[1])
    assert rehearsal.open_nodes() == ["review"]
    assert len(rehearsal.tasks("vote", state=TaskState.CANCELLED)) == 2


def test_one_after_the_other(voting: Any) -> None:
    """依次审批: one is ready, the others not yet created; an objection ends it."""
    rehearsal = voting(signing(Rule.IN_TURN))
    assert [row.holder for row in rehearsal.tasks("vote")] == [rehearsal.panel[0]]
    with pytest.raises(RefusedByPerson):
        rehearsal.do("support", rehearsal.panel[1])
    rehearsal.do("support", rehearsal.panel[0])
    assert rehearsal.task("vote").holder == rehearsal.panel[1]
    rehearsal.do("support", rehearsal.panel[1])
    rehearsal.do("support", rehearsal.panel[2])
    assert rehearsal.open_nodes() == ["review"]


def test_the_list_of_holders_is_frozen_when_the_step_is_reached(voting: Any) -> None:
    """Who joins the panel later has no vote in this round."""
    rehearsal = voting(signing(Rule.IN_TURN))
    rehearsal.case.panel.set([rehearsal.people.director])
    for person in rehearsal.panel:
        rehearsal.do("support", person)
    assert rehearsal.open_nodes() == ["review"]


def test_only_the_lead_moves_the_case(voting: Any) -> None:
    """主办协办 (y9): who assists gives an opinion; the lead moves the case, closes the rest."""
    rehearsal = voting(signing(Rule.LEAD))
    lead, assisting = rehearsal.panel[0], rehearsal.panel[1:]
    assert {row.kind for row in rehearsal.tasks("vote") if row.holder in assisting} == {
        TaskKind.ASSIST
    }
    with pytest.raises((RefusedByPerson, RefusedByRace)):
        rehearsal.do("support", assisting[0])
    answer(
        Task.objects.get(holder=assisting[0], kind=TaskKind.ASSIST), by=assisting[0],
        opinion="本科室无意见。",
    )  # fmt: skip
    rehearsal.do("support", lead)
    assert rehearsal.open_nodes() == ["review"]
    assert [row.holder for row in rehearsal.tasks("vote", state=TaskState.CANCELLED)] == [
        assisting[1]
    ]


def test_the_lead_waits_where_the_step_says_so(voting: Any) -> None:
    """Setting: the lead cannot go first."""
    rehearsal = voting(signing(Rule.LEAD, waits_for_all=True))
    with pytest.raises(RefusedByState, match="协办"):
        rehearsal.do("support", rehearsal.panel[0])
    for person in rehearsal.panel[1:]:
        answer(Task.objects.get(holder=person, kind=TaskKind.ASSIST), by=person, opinion="无意见。")
    rehearsal.do("support", rehearsal.panel[0])
    assert rehearsal.open_nodes() == ["review"]


def test_a_refused_vote_does_not_strand_the_case(voting: Any) -> None:
    """loonflow keeps the case stuck on one refusal; here the flow goes on to who decides."""
    rehearsal = voting(signing(Rule.ALL))
    rehearsal.do("oppose", rehearsal.panel[0])
    rehearsal.do("opine", rehearsal.people.reviewer)
    assert rehearsal.open_nodes() == ["decide"]
    rehearsal.do("refuse", rehearsal.people.deputy)
    assert rehearsal.fresh().state == State.REFUSED
