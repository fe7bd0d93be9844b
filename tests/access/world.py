"""Make a world with something behind every address: two townships, each with an open case."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfWriter

from accreditation.models import Application, Standard, copy_standard
from accreditation.permissions import ApplicationVerb
from accreditation.rules.applications import MATERIALS
from audit import clock as office_clock
from audit.models import Entry
from audit.seals import seal_day
from documents import numbers, papers, uploads
from laws.models import Law
from legality_review.models import Advice, Cleanup, ContractTemplate, Review
from legality_review.rules.materials import DRAFT
from permissions import exceptions
from permissions.models import SignedInSession, StandIn
from tests.accreditation.steps import claim_all, good_figures
from tests.legality_review.steps import text_file
from workflows import operations, parameters
from workflows.door import open_case, perform
from workflows.models.notices import Notice
from workflows.models.operations import Copy, Phrase, Proposal, Signature, Urging
from workflows.models.tasks import Task
from workflows.vocabulary import Operation

BACKEND = "django.contrib.auth.backends.ModelBackend"


def pdf(name: str = "材料.pdf") -> SimpleUploadedFile:
    """Return a small real PDF as a browser sends it."""
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    out = BytesIO()
    writer.write(out)
    return SimpleUploadedFile(name, out.getvalue(), content_type="application/pdf")


def enter(person: Any, **options: Any) -> Client:
    """Return a client in which the person is signed in; nobody is a stranger."""
    client = Client(**options)
    if person is not None:
        client.force_login(person, backend=BACKEND)
    return client


def place_of(station: Any, chief: Any, title: str, name: str = "材料.pdf") -> SimpleNamespace:
    """Bring a station's application to its self-assessment, with task, file and paper."""
    good_figures(station, chief)
    case = open_case(
        Application, by=chief, unit=station, title=title, standard=Standard.objects.first(),
        batch_year=2025,
    )  # fmt: skip
    case = perform(case, "start_self_assessment", by=chief)
    claim_all(case)
    for material in MATERIALS:
        stored = uploads.receive(pdf(name), by=chief, subject=case, slot=material)
    paper = papers.issue(case, "accreditation.self_sheet", by=chief, on=office_clock.today())
    papers.render(paper)
    task = Task.objects.of_case(case).open().get()
    return SimpleNamespace(
        case=case.uuid, file=stored.uuid, paper=paper.uuid, task=task.uuid, station=station.uuid
    )


def matters_of(
    place: SimpleNamespace, clerk: Any, chief: Any, drafter: Any, station: Any, word: str = ""
) -> None:
    """Leave a contract in its draft and one under review, with advice, behind the place.

    `word` stands in their titles and texts.
    """
    told = {
        "matter": "contract", "contract_kind": "procurement", "counterparty": "乐陵保洁公司",
        "amount": 3, "drafter": drafter, "issuer_type": "street_office",
        "issuer_name": drafter.name,
    }  # fmt: skip
    cases = [
        open_case(Review, by=clerk, unit=station, title=f"{word}{drafter}{name}", **told)
        for name in ("草拟的合同", "在审的合同")
    ]
    for case in cases:
        stored = uploads.attach(
            text_file(clerk, ("合同", f"{word}文本")), subject=case, by=clerk, slot=DRAFT
        )
        case.take_draft(stored)
        case.save(update_fields=["draft_file"])
    draft, examined = cases
    examined = perform(perform(examined, "submit", by=clerk), "accept", by=chief)
    advice = Advice.objects.create(
        review=examined, round=1, level="station", clause="第一条", problem="不清", basis="民法典",
        suggestion="写明", given_by=chief,
    )  # fmt: skip
    place.matter, place.examined, place.advice = draft.uuid, examined.uuid, advice.uuid
    place.text = draft.draft_file.uuid


def leave_operations(place: SimpleNamespace, by: Any, people: SimpleNamespace) -> None:
    """Leave a copy to the deputy, his urging and an open proposal at the place's case."""
    case = Application.objects.get(uuid=place.case)
    task = Task.objects.of_case(case).open().get()
    operations.circulate(task, by=by, people=[people.deputy], reason="请阅")
    operations.urge(task, by=people.deputy, reason="请抓紧")
    place.signature = Signature.objects.create(
        task=task, signed_by=by, act="apply", content="{}", algorithm="sha256", digest="0" * 64
    ).uuid
    place.copy = Copy.objects.of_case(case).get().uuid
    place.urging = Urging.objects.get(task=task).uuid
    place.proposal = Proposal.objects.create(
        content_type=case.content_type(), object_id=case.pk, operation=Operation.REPOSITION,
        reason="转回", target="prepare", at_task=task, proposed_by=people.reviewer,
        consent_task=Task.objects.of_case(case).get(node=Task.START),
    ).uuid  # fmt: skip


def begin_cleanup(place: SimpleNamespace, by: Any, station: Any, government: Any) -> None:
    """Begin a clean-up of the documents of the place's township."""
    place.cleanup = open_case(
        Cleanup, by=by, unit=station, title=f"{government}规范性文件清理",
        issuer_unit=government, as_of=office_clock.today(),
    ).uuid  # fmt: skip


def make_world(people: SimpleNamespace, tree: SimpleNamespace) -> SimpleNamespace:
    """Return the places of the access table: 云红 (near), 铁营 (far), the office's, and none."""
    near = place_of(tree.station, people.chief, "云红司法所创建")
    far = place_of(tree.other_station, people.other_chief, "铁营司法所创建")
    for place, whose, name in ((near, "", "yunhong"), (far, "other_", "tieying")):
        matters_of(
            place, getattr(people, f"{whose}township_clerk"), getattr(people, f"{whose}chief"),
            getattr(tree, f"{name}_government"), getattr(tree, f"{name}_station"),
        )  # fmt: skip
    leave_operations(near, people.chief, people)
    leave_operations(far, people.other_chief, people)
    begin_cleanup(near, people.township_clerk, tree.station, tree.yunhong_government)
    begin_cleanup(far, people.other_township_clerk, tree.other_station, tree.tieying_government)
    office = make_office(people, tree, Application.objects.get(uuid=near.case))
    absent = SimpleNamespace(**{name: uuid4() for name in {**vars(near), **vars(office)}})
    absent.sequence, absent.phrase, absent.day = 10**9, 10**9, "2001-01-01"
    return SimpleNamespace(near=near, far=far, office=office, absent=absent)


def make_office(people: SimpleNamespace, tree: SimpleNamespace, case: Any) -> SimpleNamespace:
    """Make what belongs to no township: standard, grants, notice, session, entry, seal."""
    today = office_clock.today()
    given = exceptions.grant(
        case, people.assessor_c, ApplicationVerb.VIEW, today, today, reason="查阅",
        by=people.security_admin,
    )  # fmt: skip
    recusal = exceptions.recuse(
        case, people.second_reviewer, reason="近亲属", by=people.security_admin
    )
    notice = Notice.objects.create(user=people.chief, text="请及时办理。")
    stand_in = StandIn.objects.create(
        principal=people.third_chief, substitute=people.fourth_chief, starts_on=today,
        ends_on=today, reason="出差", arranged_by=people.deputy,
    )  # fmt: skip
    enter(people.chief)
    seal = seal_day()
    return SimpleNamespace(
        standard=copy_standard(Standard.objects.first(), year=2026).uuid,
        unit=tree.village.uuid,
        person=people.third_chief.uuid,
        post=people.third_chief.posts.get().uuid,
        exception=given.uuid,
        recusal=recusal.uuid,
        notice=notice.uuid,
        session=SignedInSession.objects.filter(user=people.chief).last().uuid,
        sequence=Entry.objects.newest_first().first().sequence,
        day=seal.day.isoformat(),
        parameter=parameters.declared()[0].key,
        number=numbers.allocate("accreditation.plaque", today.year, None, today).uuid,
        stand_in=stand_in.uuid,
        template=ContractTemplate.objects.create(
            title="保洁合同",
            kind="procurement",
            file=text_file(people.reviewer),
            published_by=people.reviewer,
        ).uuid,
        phrase=Phrase.objects.create(user=people.chief, text="同意。").pk,
        law=Law.objects.first().uuid,
    )
