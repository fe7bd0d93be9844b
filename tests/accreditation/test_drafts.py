"""What is typed into the forms beside the acts is kept until it is handed in (never lose input)."""

import pytest
from django.urls import reverse

from accreditation.models import Application, Standard
from indicators.models import Reported
from tests.access.world import enter, pdf
from workflows.models.tasks import Draft


@pytest.fixture
def sheet(walk):
    """The address of the station's sheet while it is filled in."""
    walk.to("start_self_assessment")
    return reverse("accreditation:sheet", args=[walk.case.uuid])


def boxes(answer):
    """Return the entry form and the first item's form of the sheet."""
    (_, first), *_ = answer.context["rows"]
    return answer.context["entry"], first


def test_the_sheet_comes_back_as_it_was_typed(walk, sheet):
    client = enter(walk.people.chief)
    entry, first = boxes(client.get(sheet))
    ticked = next(iter(entry.fields))
    typed = {first.add_prefix("reason"): "台账不全，下调", entry.add_prefix(ticked): "on"}
    assert f'data-draft-url="{sheet}draft/"' in client.get(sheet).content.decode()
    assert client.post(f"{sheet}draft/", typed).json()["saved_at"] == "10:00:00"
    page = client.get(sheet)
    entry, first = boxes(page)
    assert first["reason"].value() == "台账不全，下调"
    assert entry[ticked].value() is True
    assert [name for name in entry.fields if entry[name].value() is True] == [ticked]
    assert "已恢复" in page.content.decode()


def test_the_draft_of_the_sheet_is_ones_own_and_can_be_thrown_away(walk, sheet):
    client, colleague = enter(walk.people.chief), enter(walk.people.officer)
    _, first = boxes(client.get(sheet))
    client.post(f"{sheet}draft/", {first.add_prefix("reason"): "只给自己"})
    assert "只给自己" not in colleague.get(sheet).content.decode()
    assert client.post(f"{sheet}draft/", {"discard": "1"}).json() == {"saved_at": ""}
    assert not Draft.objects.exists()


def test_nobody_else_keeps_a_draft_of_the_sheet(walk, sheet):
    assert enter(walk.people.reviewer).post(f"{sheet}draft/", {"a": "1"}).status_code == 403
    assert enter(walk.people.other_chief).post(f"{sheet}draft/", {"a": "1"}).status_code == 404
    assert not Draft.objects.exists()


def test_a_sheet_handed_in_wrongly_keeps_what_was_typed_and_its_draft(walk, sheet):
    client = enter(walk.people.chief)
    _, first = boxes(client.get(sheet))
    typed = {first.add_prefix("claimed"): "不是数字", first.add_prefix("reason"): "待核"}
    client.post(f"{sheet}draft/", typed)
    answer = client.post(sheet, typed)
    assert answer.status_code == 422
    assert "待核" in answer.content.decode()
    assert Draft.objects.count() == 1


def test_a_saved_sheet_forgets_its_draft(walk):
    walk.before("submit_self_assessment")
    address = reverse("accreditation:sheet", args=[walk.case.uuid])
    client = enter(walk.people.chief)
    page = client.get(address)
    forms = (*(form for _, form in page.context["rows"]), page.context["entry"])
    shown = {box.html_name: box.value() for form in forms for box in form}
    typed = {name: value for name, value in shown.items() if value not in (None, "", [])}
    typed = {name: value for name, value in typed.items() if value is not False}
    client.post(f"{address}draft/", typed)
    assert client.post(address, typed).status_code == 302
    assert not Draft.objects.exists()


def test_the_opening_form_keeps_a_draft_before_there_is_a_case(people, tree):
    address = reverse("accreditation:new_application")
    client = enter(people.chief)
    assert client.post(f"{address}draft/", {"batch_year": "2024"}).status_code == 200
    assert client.get(address).context["form"]["batch_year"].value() == "2024"
    assert enter(people.other_chief).get(address).context["form"]["batch_year"].value() == 2025
    assert enter(people.deputy).post(f"{address}draft/", {"batch_year": "1"}).status_code == 403
    typed = {"batch_year": "2025", "standard": Standard.objects.get().pk}
    assert client.post(address, typed).status_code == 302
    assert Application.objects.count() == 1
    assert not Draft.objects.exists()


def test_the_report_of_a_figure_keeps_a_draft_of_its_own(people, tree):
    def address(code):
        return reverse("indicators:report", args=[tree.station.uuid, 2025, code])

    client = enter(people.chief)
    draft = f"{address('major_incidents')}draft/"
    assert draft in client.get(address("major_incidents")).content.decode()
    assert client.post(draft, {"numerator": "3", "note": "正在核对"}).status_code == 200
    form = client.get(address("major_incidents")).context["form"]
    assert (form["numerator"].value(), form["note"].value()) == ("3", "正在核对")
    assert client.get(address("law_culture_sites")).context["form"]["note"].value() in (None, "")
    assert enter(people.reviewer).post(draft, {"note": "x"}).status_code == 403
    assert enter(people.other_chief).post(draft, {"note": "x"}).status_code == 404
    assert client.get(draft).status_code == 405


def test_a_reported_figure_forgets_its_draft(people, tree):
    address = reverse("indicators:report", args=[tree.station.uuid, 2025, "major_incidents"])
    client = enter(people.chief)
    typed = {"numerator": "0", "note": "台账"}
    client.post(f"{address}draft/", typed)
    assert client.post(address, {**typed, "evidence": pdf()}).status_code == 302
    assert Reported.objects.count() == 1
    assert not Draft.objects.exists()
