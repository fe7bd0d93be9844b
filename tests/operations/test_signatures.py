"""电子签名: what a person signed cannot be skipped, guessed or changed unseen."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accreditation.models import Application
from audit.models import Entry, Outcome
from documents import vault
from documents.models import StoredFile
from permissions import confirming, second_factor
from tests.accreditation.steps import Walk
from tests.factories import PASSWORD
from workflows import guards, signatures
from workflows.acts import Act
from workflows.door import perform
from workflows.flows import flow_of
from workflows.lifecycle import case_models
from workflows.models.operations import Signature
from workflows.models.tasks import Draft, Task
from workflows.operations import perform_batch
from workflows.refusals import RefusedByLaw, RefusedByPerson

TYPED = {"meeting": "2025年第9次局党组会议", "decision": "同意推荐。"}
SIGNED = [(model, act) for model in case_models() for act in model.acts().values() if act.signed]


@pytest.fixture
def walk(people: Any, tree: Any, clock: Any) -> Walk:
    """An application that waits for the party group."""
    found = Walk(people, tree, clock)
    found.before("recommend")
    return found


def page(case: Any) -> str:
    """Return the page of the party group's decision."""
    return reverse("workflows:act", args=[case.KIND, case.uuid, "recommend"])


def handed_in(client: Client, case: Any, **typed: str) -> Any:
    """Hand in the decision, with the right password unless another is given."""
    return client.post(page(case), {**TYPED, "signing-password": PASSWORD, **typed})


def signed(walk: Walk) -> Signature:
    """Return the signature of the decision."""
    walk.to("recommend")
    return Signature.objects.get()


def faults(walk: Walk) -> tuple[str, ...]:
    """Return what the check of the only signature finds."""
    (found,) = signatures.checked(Application.objects.get(pk=walk.case.pk)).values()
    return found.faults


@pytest.mark.parametrize(("model", "act"), SIGNED, ids=[act.name for _, act in SIGNED])
def test_what_is_signed_is_the_act_of_a_step(model: Any, act: Act) -> None:
    """Without a task there would be nothing to sign at; an operation asks for no password."""
    assert flow_of(model).steps_of(act.name)
    assert act.operation is None


def test_the_decision_is_signed_on_its_page(walk: Walk, signed_in: Any) -> None:
    """Done and recorded: content, digest, entry; the case page says that it is valid."""
    client = signed_in(walk.people.secretary)
    assert 'name="signing-password"' in client.get(page(walk.case)).content.decode()
    assert handed_in(client, walk.case).status_code == 302
    row = Signature.objects.get()
    told = json.loads(row.content)
    assert told["案号"] == walk.case.number
    assert told["办理内容"] == TYPED
    assert told["意见"] == "同意推荐。"
    assert told["核验方式"] == "口令"
    assert told["附件"] and told["文书"]
    entry = Entry.objects.of_subject(walk.case).get(label="推荐", outcome=Outcome.DONE)
    assert entry.values_after["电子签名"] == row.digest
    assert "签名有效" in client.get(walk.case.get_absolute_url()).content.decode()
    full = client.get(reverse("workflows:signature", args=[row.uuid]))
    assert full.status_code == 200


def test_a_wrong_password_is_told_beside_the_field_and_loses_nothing(
    walk: Walk, signed_in: Any
) -> None:
    """422, what was typed stays, the password does not; the failure is in the trace."""
    client = signed_in(walk.people.secretary)
    answer = handed_in(client, walk.case, **{"signing-password": "Wrong-password-1"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert confirming.WRONG in shown
    assert TYPED["meeting"] in shown
    assert "Wrong-password-1" not in shown
    assert not Signature.objects.exists()
    failed = Entry.objects.filter(label="核验身份", outcome=Outcome.FAILED).get()
    assert failed.actor_name == walk.people.secretary.full_name
    assert Application.objects.get(pk=walk.case.pk).state == "county_scored"


def test_guessing_counts_as_failing_to_sign_in(walk: Walk, signed_in: Any) -> None:
    """After so many wrong ones the right password is refused too, and the typed text stays."""
    client = signed_in(walk.people.secretary)
    for _ in range(project.AXES_FAILURE_LIMIT):
        handed_in(client, walk.case, **{"signing-password": "Wrong-password-1"})
    answer = handed_in(client, walk.case)
    assert answer.status_code == 422
    assert "次数过多" in answer.content.decode()
    assert TYPED["decision"] in answer.content.decode()
    assert not Signature.objects.exists()


def test_who_has_a_second_factor_signs_with_it(
    walk: Walk, signed_in: Any, monkeypatch: Any
) -> None:
    """The code is asked for as well; a wrong one is refused, a right one is noted."""
    device = second_factor.begin(walk.people.secretary)
    device.confirmed = True
    device.save()
    client = signed_in(walk.people.secretary)
    assert 'name="signing-code"' in client.get(page(walk.case)).content.decode()
    monkeypatch.setattr(second_factor, "accepts", lambda device, code: code == "123456")
    wrong = handed_in(client, walk.case, **{"signing-code": "654321"})
    assert wrong.status_code == 422
    assert confirming.WRONG_CODE in wrong.content.decode()
    assert handed_in(client, walk.case, **{"signing-code": "123456"}).status_code == 302
    assert json.loads(Signature.objects.get().content)["核验方式"] == "口令和动态口令"


def test_the_door_lets_nobody_skip_the_signature(walk: Walk, clock: Any) -> None:
    """yudao's signPicUrl proves nothing; no proof, another's or an old one is refused here."""
    case, secretary = walk.case, walk.people.secretary
    good = signatures.prove(case, "recommend", by=secretary, factors="口令")
    other = signatures.prove(case, "recommend", by=walk.people.deputy, factors="口令")
    otherwise = signatures.prove(case, "decline_recommendation", by=secretary, factors="口令")
    for proof in (None, other, otherwise):
        with pytest.raises(RefusedByPerson, match="电子签名"):
            perform(case, "recommend", by=secretary, proof=proof, **TYPED)
    clock.forward(minutes=6)
    with pytest.raises(RefusedByPerson, match="重新输入口令"):
        perform(case, "recommend", by=secretary, proof=good, **TYPED)
    assert not Signature.objects.exists()
    fresh = signatures.prove(case, "recommend", by=secretary, factors="口令")
    assert perform(case, "recommend", by=secretary, proof=fresh, **TYPED).state == "recommended"


def test_a_batch_signs_nothing(walk: Walk, monkeypatch: Any) -> None:
    """A batch carries no proof: the result of each says that it is done by itself."""
    task = Task.objects.of_case(walk.case).open().get()
    with pytest.raises(RefusedByLaw):
        perform_batch([task], "recommend", by=walk.people.secretary, opinion="同意")
    step = task.engine_task.flow_task
    monkeypatch.setattr(step, "batch", ("recommend",))
    monkeypatch.setattr(step, "operations", step.operations | {"batch"})
    monkeypatch.setattr("workflows.flows.step_of", lambda case, node: step)
    (result,) = perform_batch([task], "recommend", by=walk.people.secretary, opinion="同", **TYPED)
    assert not result.done
    assert "电子签名" in result.message


def test_only_the_page_and_the_demonstration_prove() -> None:
    """A proof is made where the password was asked for, and by the invented bureau."""
    root = Path(project.BASE_DIR)
    folders = (
        "accreditation",
        "dashboards",
        "demonstration",
        "documents",
        "indicators",
        "laws",
        "workflows",
    )
    makers = {
        str(path.relative_to(root))
        for folder in folders
        for path in (root / folder).rglob("*.py")
        if "prove(" in path.read_text() or "Proof(" in path.read_text()
    }
    assert makers == {
        "workflows/signatures.py", "workflows/views/signing.py", "demonstration/life.py",
    }  # fmt: skip


def test_an_untouched_signature_is_valid(walk: Walk) -> None:
    """The control of the tests below; later files and papers change nothing of it."""
    signed(walk)
    walk.to("publish_county")
    assert faults(walk) == ()


@pytest.mark.parametrize("change", ["UPDATE", "DELETE"])
def test_the_database_keeps_a_signature_as_it_is(walk: Walk, change: str) -> None:
    signed(walk)
    table = Signature._meta.db_table
    statement = {"UPDATE": f"UPDATE {table} SET content = ''", "DELETE": f"DELETE FROM {table}"}  # noqa: S608
    with pytest.raises(IntegrityError, match="电子签名不得修改、删除"), transaction.atomic():
        connection.cursor().execute(statement[change])


def test_a_changed_content_is_noticed(walk: Walk) -> None:
    """Without guards, content alone or with its digest: the trace still knows the true digest."""
    row = signed(walk)
    guards.lift(connection)
    forged = row.content.replace("同意", "不同意")
    Signature.objects.filter(pk=row.pk).update(content=forged)
    assert faults(walk) == ("签名内容与摘要不符",)
    digest = signatures.chain.digest_of_text(forged, row.algorithm)
    Signature.objects.filter(pk=row.pk).update(digest=digest)
    assert "留痕中没有本签名的摘要" in faults(walk)
    Signature.objects.filter(pk=row.pk).update(content="{", algorithm="none")
    assert faults(walk) == ("签名内容或者算法无法识别",)


def test_a_changed_fact_or_opinion_is_noticed(walk: Walk) -> None:
    """The decision written over in the case, the opinion written over in the task."""
    row = signed(walk)
    Application.objects.filter(pk=walk.case.pk).update(decision="不同意。")
    Task.objects.filter(pk=row.task_id).update(opinion="改写")
    label = Application._meta.get_field("decision").verbose_name
    assert set(faults(walk)) == {"意见与签名时不符", f"{label}与签名时不符"}


def test_a_changed_file_is_noticed(
    walk: Walk, signed_in: Any, settings: Any, tmp_path: Any
) -> None:
    """A row with another digest; bytes in the vault that are gone or others."""
    settings.FILES_ROOT = tmp_path / "files"
    row = signed(walk)
    case = Application.objects.get(pk=walk.case.pk)
    in_full = signatures.check_in_full(row, case)
    assert all("文件不在存储中" in fault for fault in in_full.faults)
    assert in_full.faults
    told = json.loads(row.content)
    gone = next(iter(told["附件"]))
    told["附件"][gone] = "f" * 64
    assert signatures._changed_digests("附件", told["附件"], signatures._files(case)) == [
        "附件1件与签名时不符"
    ]
    for stored in StoredFile.objects.of(case):
        vault.path_of(stored.stored_name).parent.mkdir(parents=True, exist_ok=True)
        vault.path_of(stored.stored_name).write_bytes(b"other bytes")
    changed = signatures.check_in_full(row, case).faults
    assert all("与登记的摘要不一致" in fault for fault in changed)
    assert len(changed) == len(in_full.faults)


def test_the_password_is_never_kept_in_a_draft(walk: Walk, signed_in: Any) -> None:
    """Whatever the page sends to be kept, the password is not among it."""
    client = signed_in(walk.people.secretary)
    where = reverse("workflows:draft", args=[walk.case.KIND, walk.case.uuid, "recommend"])
    client.post(where, {**TYPED, "signing-password": PASSWORD, "signing-code": "123456"})
    kept = Draft.objects.get().fields
    assert kept == TYPED
