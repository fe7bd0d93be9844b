"""LR-30: the text that was reviewed and signed goes on to be registered, linked to its review."""

from datetime import date

from legality_review.models import NormativeDocument
from legality_review.rules.matters import Issuer
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
    assert norm.case.present_materials() == {"规范性文件正式文本", "合法性审查意见书"}
