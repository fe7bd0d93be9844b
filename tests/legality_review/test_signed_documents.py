"""LR-30: the text that was reviewed and signed goes on to be registered, linked to its review."""

from datetime import date

from legality_review.models import NormativeDocument
from legality_review.rules.matters import Issuer
from tests.legality_review.norm_steps import staged
from workflows.models.tasks import Link, Task


def test_lr30_signing_a_reviewed_text_leads_to_its_registration(walk, norm):
    review = walk.adopted()
    review = walk.do(
        "sign_text", walk.people.township_leader, text=walk.text(walk.people.township_leader),
        validity_years=5,
    )  # fmt: skip
    document = NormativeDocument.objects.get()
    assert (document.title, document.unit, document.state) == (
        review.title, review.unit, "registering",
    )  # fmt: skip
    assert document.issuer_unit == walk.tree.yunhong_government
    assert document.issuer_type == Issuer(review.issuer_type)
    assert (document.validity_years, document.opinion_number) == (5, review.opinion_number)
    assert document.text_file is not None
    link = Link.objects.get(to_id=document.pk, meaning="审查通过后登记的规范性文件")
    assert (link.from_type.model, link.from_id) == ("review", review.pk)
    task = Task.objects.of_case(document).open().get()
    assert (task.node, task.unit) == ("register", walk.tree.yunhong_government)
    norm.case = document
    norm.register(printed_on=walk.clock.today())
    norm.publish(effective_on=date(2030, 1, 1))
    assert norm.case.review == review


def test_lr34_what_the_review_has_is_filed_without_being_uploaded_again(walk, norm):
    walk.adopted()
    walk.do(
        "sign_text", walk.people.township_leader, text=walk.text(walk.people.township_leader),
        validity_years=5,
    )  # fmt: skip
    norm.case = NormativeDocument.objects.get()
    norm.register(printed_on=walk.clock.today())
    norm.publish(effective_on=date(2030, 1, 1))
    known = {
        slot: [file.original_name for file in files] for slot, files in norm.case.filing_files()
    }
    assert known == {
        "规范性文件正式文本": ["文本.docx"], "起草说明": ["起草说明.docx"],
        "制定依据": ["制定依据.docx"], "合法性审查意见书": [],
    }  # fmt: skip
    assert norm.case.present_materials() == set(known)
    norm.do("file", norm.people.township_clerk, note=staged(norm.people.township_clerk, "新说明"))
    assert norm.case.state == "filed"
    assert [file.original_name for file in dict(norm.case.filing_files())["起草说明"]] == [
        "新说明.docx"
    ]
