"""LR-32: the review of an amended text begins at the document it amends, and leads back to it."""

from typing import Any

import pytest
from django.urls import reverse

from documents import texts
from documents.models import StoredFile
from documents.reading.paragraphs import Paragraph, Reading
from legality_review.models import NormativeDocument, Review
from legality_review.rules.intake import NORMATIVE_TESTS
from tests.legality_review.norm_steps import NormWalk
from tests.legality_review.steps import TEXT, Walk, text_file
from workflows.door import open_case, perform
from workflows.refusals import RefusedByLaw

NEW = reverse("legality_review:new_matter", args=["normative"])


def form_of(case: Any) -> str:
    """Return the address of the form for the amended text of a document."""
    return f"{NEW}?amends={case.uuid}"


def amended(norm: NormWalk, walk: Walk) -> Review:
    """Open the review of an amended text of the document, with what it needs."""
    walk.case = open_case(
        Review, by=norm.people.township_clerk, unit=norm.tree.station, title=norm.case.title,
        matter="normative", drafter=norm.case.issuer_unit, amends=norm.case,
        issuer_type=norm.case.issuer_type, issuer_name=norm.case.issuer_unit.name,
        no_consultation_because="仅作文字修改。", **dict.fromkeys(NORMATIVE_TESTS, True),
    )  # fmt: skip
    return walk.case


def signed(norm: NormWalk, walk: Walk) -> NormativeDocument:
    """Lead the review of the amended text to its signature; return the document it gave."""
    amended(norm, walk)
    walk.supply(("送审稿", "起草说明", "制定依据", "起草单位合法性审核意见"))
    walk.qualify()
    walk.do("submit", walk.people.township_clerk)
    walk.do("accept", walk.people.chief)
    walk.examine()
    walk.escalate()
    walk.do("find_lawful", walk.people.reviewer, reasoning="合法。")
    text = walk.text(walk.people.township_clerk)
    walk.do("table_for_deliberation", walk.people.township_clerk, text=text)
    walk.meet()
    text = walk.text(walk.people.township_leader)
    walk.do("sign_text", walk.people.township_leader, text=text, validity_years=5)
    return NormativeDocument.objects.get(review=walk.case)


def registered(norm: NormWalk, document: NormativeDocument) -> NormativeDocument:
    """Register the document that came of the review."""
    return perform(
        document, "register", by=norm.people.township_clerk, document_number="云政发〔2025〕8号",
        printed_on=norm.clock.today(), validity_years=5,
    )  # fmt: skip


def published(norm: NormWalk, document: NormativeDocument) -> NormativeDocument:
    """Publish it, with effect at once."""
    return perform(
        document, "publish", by=norm.people.township_clerk, media=["website"], place="网站",
        effective_on=norm.clock.today(), early_reason="与原办法衔接。",
    )  # fmt: skip


def in_force_text(norm: NormWalk) -> None:
    """Give the document in force a text that can be read."""
    stored = text_file(norm.people.township_clerk, TEXT, "现行文本.docx")
    NormativeDocument.objects.filter(pk=norm.case.pk).update(text_file=stored)
    norm.case = NormativeDocument.objects.get(pk=norm.case.pk)


def test_lr32_the_page_leads_to_a_form_that_knows_the_document(norm, signed_in):
    norm.amending()
    in_force_text(norm)
    client = signed_in(norm.people.township_clerk)
    page = client.get(norm.case.get_absolute_url()).content.decode()
    assert f'href="{form_of(norm.case)}"' in page
    assert "请先将修改稿送请合法性审查" in page
    answer = client.get(form_of(norm.case))
    shown = answer.content.decode()
    assert "公共停车场应当二十四小时开放" in shown and norm.case.registration_number in shown
    form = answer.context["form"]
    assert form["title"].value() == norm.case.title
    assert form["issuer_type"].value() == norm.case.issuer_type
    assert {form[name].value() for name in NORMATIVE_TESTS} == {"true"}
    others = signed_in(norm.people.chief).get(norm.case.get_absolute_url()).content.decode()
    assert "送审修改稿" not in others


def test_lr32_the_review_remembers_what_it_amends(norm, signed_in):
    norm.amending()
    in_force_text(norm)
    client = signed_in(norm.people.township_clerk)
    typed = {name: "true" for name in NORMATIVE_TESTS}
    told = {
        **typed, "title": norm.case.title, "issuer_type": norm.case.issuer_type,
        "issuer_name": "云红街道办事处",
    }  # fmt: skip
    assert client.post(form_of(norm.case), {**told, "title": ""}).status_code == 422
    client.post(form_of(norm.case), told)
    review = Review.objects.get()
    assert review.amends == norm.case
    assert norm.case.amendment == review
    assert ("现行文件", norm.case.text_file) in review.versions()
    assert norm.case.registration_number in client.get(review.get_absolute_url()).content.decode()
    page = client.get(norm.case.get_absolute_url()).content.decode()
    assert "修改稿正在送审" in page and form_of(norm.case) not in page
    again = client.get(form_of(norm.case), follow=True)
    assert f"修改稿已送请审查（{review.number}），不能重复送审" in again.content.decode()
    twice = client.post(form_of(norm.case), told)
    assert twice.status_code == 422 and "不能重复送审" in twice.content.decode()


def test_lr32_the_desk_shows_what_differs_from_the_text_in_force(norm, walk, signed_in):
    norm.amending()
    in_force_text(norm)
    amended(norm, walk)
    revised = (*TEXT[:2], "第二条 公共停车场全天开放。", TEXT[3])
    walk.supply(("送审稿", "起草说明", "制定依据", "起草单位合法性审核意见"), revised)
    walk.qualify()
    walk.do("submit", walk.people.township_clerk)
    walk.do("accept", walk.people.chief)
    desk = signed_in(walk.people.chief).get(reverse("legality_review:desk", args=[walk.case.uuid]))
    assert [one.label for one in desk.context["from_amended"]] == ["第二条"]


def test_lr32_only_its_issuer_amends_it_and_only_after_deciding_so(norm, walk, signed_in):
    norm.to("register_filing")
    with pytest.raises(RefusedByLaw, match="须先办理“启动修改”或者“评估后修改”"):
        amended(norm, walk)
    client = signed_in(norm.people.township_clerk)
    led_back = client.get(form_of(norm.case), follow=True)
    assert led_back.redirect_chain == [(norm.case.get_absolute_url(), 302)]
    told = led_back.content.decode()
    assert "须先办理“启动修改”或者“评估后修改”（参照《山东省司法厅" in told and "LR-32" not in told
    norm.do("amend", norm.people.township_leader, reason="上位法修改。")
    norm.case.issuer_unit = norm.tree.tieying_government
    with pytest.raises(RefusedByLaw, match="不是云红街道办事处制定的文件"):
        open_case(
            Review, by=norm.people.township_clerk, unit=norm.tree.station, title="办法",
            matter="normative", drafter=norm.tree.yunhong_government, amends=norm.case,
        )  # fmt: skip
    assert client.get(f"{NEW}?amends=x").status_code == 404
    assert signed_in(norm.people.other_township_clerk).get(form_of(norm.case)).status_code == 404


def test_lr32_the_document_waits_for_its_amended_text_and_proposes_it(norm, walk, signed_in):
    norm.amending()
    old, clerk = norm.case, norm.people.township_clerk
    with pytest.raises(RefusedByLaw, match="请先将修改稿送请合法性审查"):
        perform(old, "replace_by", by=clerk, successor=old)
    document = signed(norm, walk)
    assert (document.review, old.amended_text()) == (walk.case, document)
    moment, other = norm.clock.now(), norm.successor()
    norm.clock.stand_at(moment)
    with pytest.raises(RefusedByLaw, match=r"现为“待登记编号”，登记、公布后才能登记替代"):
        perform(old, "replace_by", by=clerk, successor=other)
    document = published(norm, registered(norm, document))
    type(clerk).objects.update(password_changed_at=norm.clock.now())
    client = signed_in(clerk)
    form = client.get(old.act_url("replace_by")).context["form"]
    assert set(form.fields["successor"].queryset) == {document, other}
    assert form["successor"].value() == document.pk
    assert "已经公布，可以办理“登记替代文件”" in client.get(old.get_absolute_url()).content.decode()
    client.post(old.act_url("replace_by"), {"successor": document.pk, "opinion": ""})
    old = NormativeDocument.objects.get(pk=old.pk)
    assert (old.state, old.successor, old.ended_on) == ("replaced", document, norm.clock.today())


def test_lr32_an_amendment_that_came_to_nothing_may_begin_anew(norm, walk):
    norm.amending()
    review = amended(norm, walk)
    with pytest.raises(RefusedByLaw, match="不能重复送审"):
        amended(norm, walk)
    perform(review, "withdraw", by=norm.people.township_clerk, reason="重新起草。")
    assert norm.case.amendment is None
    assert amended(norm, walk).amends == norm.case


def test_lr32_a_draft_of_the_form_is_kept_for_its_document(norm, signed_in):
    norm.amending()
    client = signed_in(norm.people.township_clerk)
    kept = reverse("legality_review:draft_matter", args=["normative"])
    client.post(f"{kept}?amends={norm.case.uuid}", {"summary": "未写完的修改理由"})
    assert "未写完的修改理由" in client.get(form_of(norm.case)).content.decode()
    assert "未写完的修改理由" not in client.get(NEW).content.decode()


def test_lr32_a_text_that_cannot_be_read_is_linked_instead(norm, signed_in):
    norm.amending()
    stored = StoredFile.objects.get(pk=norm.case.text_file_id)
    texts.keep(stored, Reading([Paragraph("")]), "没有可识别的文字")
    page = signed_in(norm.people.township_clerk).get(form_of(norm.case)).content.decode()
    assert "没有可识别的文字" in page and stored.original_name in page
