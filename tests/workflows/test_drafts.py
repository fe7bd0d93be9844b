"""Design 10: what is typed into a form is kept for its writer alone until the act is done."""

from typing import Any

import pytest
from django.urls import reverse

from tests.accreditation.steps import Walk
from workflows import drafts
from workflows.models.tasks import Draft

TYPED = {"defects": "缺少佐证目录", "opinion": "请补正", "csrfmiddlewaretoken": "secret"}


@pytest.fixture
def case(people: Any, tree: Any, clock: Any) -> Any:
    """云红's application, which the reviewers check."""
    return Walk(people, tree, clock).to("apply")


def form(case: Any, name: str = "return_for_supplement") -> str:
    """Return the address of an act's form."""
    return reverse("workflows:act", args=[case.KIND, case.uuid, name])


def test_a_draft_is_kept_restored_and_dropped_after_the_act(
    case: Any, people: Any, signed_in: Any
) -> None:
    browser = signed_in(people.reviewer)
    answer = browser.post(f"{form(case)}draft/", TYPED)
    assert answer.json() == {"saved_at": "10:00:00"}
    draft = Draft.objects.get()
    assert (draft.user, draft.act) == (people.reviewer, "return_for_supplement")
    assert draft.fields == {"defects": "缺少佐证目录", "opinion": "请补正"}
    assert "缺少佐证目录" in browser.get(form(case)).content.decode()
    browser.post(f"{form(case)}draft/", {"defects": "缺少照片"})
    assert Draft.objects.get().fields == {"defects": "缺少照片"}
    assert browser.post(form(case), TYPED).status_code == 302
    assert not Draft.objects.exists()


def test_a_refused_act_leaves_the_draft(case: Any, people: Any, signed_in: Any) -> None:
    browser = signed_in(people.reviewer)
    browser.post(f"{form(case)}draft/", TYPED)
    assert browser.post(form(case), {"defects": ""}).status_code == 422
    assert Draft.objects.get().fields["defects"] == "缺少佐证目录"


def test_a_draft_may_be_thrown_away(case: Any, people: Any, signed_in: Any) -> None:
    browser = signed_in(people.reviewer)
    browser.post(f"{form(case)}draft/", TYPED)
    assert browser.post(f"{form(case)}draft/", {"discard": "1"}).json() == {"saved_at": ""}
    assert not Draft.objects.exists()


def test_nobody_reaches_anothers_draft_not_even_a_colleague(
    case: Any, people: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, colleague = signed_in(people.reviewer), signed_in(people.second_reviewer)
    browser.post(f"{form(case)}draft/", TYPED)
    assert "缺少佐证目录" not in colleague.get(form(case)).content.decode()
    colleague.post(f"{form(case)}draft/", {"discard": "1"})
    colleague.post(f"{form(case)}draft/", {"defects": "别的"})
    assert drafts.find(people.reviewer, case, "return_for_supplement").fields["opinion"] == "请补正"
    for person in (people.chief, people.deputy, people.auditor):
        assert signed_in(person).get(form(case)).status_code == 403
        assert signed_in(person).post(f"{form(case)}draft/", TYPED).status_code == 403
    assert signed_in(people.other_chief).post(f"{form(case)}draft/", TYPED).status_code == 404
    assert Draft.objects.count() == 2
    key = drafts._key
    monkeypatch.setattr(drafts, "_key", lambda user, *about: key(people.reviewer, *about))
    assert "缺少佐证目录" in colleague.get(form(case)).content.decode()


def test_a_draft_belongs_to_one_act_of_one_case(case: Any, people: Any, signed_in: Any) -> None:
    browser = signed_in(people.reviewer)
    browser.post(f"{form(case)}draft/", TYPED)
    assert "请补正" not in browser.get(form(case, "accept")).content.decode()
    assert browser.post(f"{form(case, 'invented')}draft/", TYPED).status_code == 404


def test_what_is_too_long_and_what_the_page_itself_sends_is_not_kept(
    case: Any, people: Any, signed_in: Any
) -> None:
    browser = signed_in(people.reviewer)
    long = "长" * (drafts.LONGEST_FIELD + 1)
    browser.post(f"{form(case)}draft/", {"defects": long, "opinion": ["一", "二"]})
    assert Draft.objects.get().fields == {"opinion": ["一", "二"]}
