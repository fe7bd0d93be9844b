"""电子签名: keep what a person confirmed by signing in anew, and tell whether it is unchanged.

What is signed is not the page but its content, written one way: the case, the act and its facts,
the opinion, who signs for whom in which post, and the digests of the case's papers and files. The
digest of that text stands in the act's entry, so that the chain of entries vouches for it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model

from audit import chain, clock
from audit.models import Entry
from audit.prepared import Prepared
from documents import vault
from documents.models import Paper, StoredFile
from permissions.models import Post, User
from workflows.acts import Act
from workflows.models.operations import Signature
from workflows.models.tasks import Task
from workflows.refusals import RefusedByPerson
from workflows.sources import cited

PROOF_FOR = timedelta(minutes=5)
"""How long a confirmed identity is good for; it is used in the same request."""
IN_ENTRY = "电子签名"
"""Under which word the digest stands in the entry of the act."""


@dataclass(frozen=True)
class Proof:
    """That this person showed anew that it is he, for this act on this case, and by what."""

    by: Any
    case: UUID
    act: str
    factors: str
    at: datetime


@dataclass(frozen=True)
class Signer:
    """Who signs, in which post, for whom he stands in, and on which day."""

    by: User
    post: Post | None
    principal: User | None
    on: date


@dataclass(frozen=True)
class Checked:
    """A signature with what is wrong with it; nothing is, if it is as it was signed."""

    signature: Signature
    faults: tuple[str, ...]

    @property
    def word(self) -> str:
        """Return in Chinese whether what was signed is unchanged."""
        return "内容已变" if self.faults else "签名有效"


def prove(case: Any, act: str, *, by: User, factors: str) -> Proof:
    """Return the proof that the door asks for; only for who has just confirmed his identity."""
    return Proof(by.pk, case.uuid, act, factors, clock.now())


def refuse_unproven(case: Any, act: Act, by: User, proof: Proof | None) -> None:
    """Refuse a signed act without the fresh proof of this very person for this very act."""
    if not act.signed:
        return
    wanted = (by.pk, case.uuid, act.name)
    if proof is None or (proof.by, proof.case, proof.act) != wanted:
        raise RefusedByPerson(f"{act.label}须由本人重新输入口令并电子签名，请在办理页面逐件办理。")
    if clock.now() - proof.at > PROOF_FOR:
        raise RefusedByPerson(f"身份核验已超过{PROOF_FOR.seconds // 60}分钟，请重新输入口令。")


def sign(
    case: Any, act: Act, task: Task, signer: Signer, proof: Proof, facts: Mapping[str, Any]
) -> Signature:
    """Keep the canonical content of a signed act with its digest; the task is done by then."""
    post = str(signer.post or "")
    content = chain.canonical(
        {
            **_about(case),
            "行为": act.name,
            "行为名称": act.label,
            "依据": cited(act.law),
            "环节": task.title,
            "待办": str(task.uuid),
            "办理内容": plain(facts),
            "意见": task.opinion,
            "签名人": signer.by.full_name,
            "签名人编号": str(signer.by.pk),
            "被代理人": signer.principal.full_name if signer.principal else "",
            "岗位": post,
            "日期": signer.on.isoformat(),
            "核验方式": proof.factors,
            "文书": _papers(case),
            "附件": _files(case),
        }
    )
    return Signature.objects.create(
        task=task,
        signed_by=signer.by,
        signed_for=signer.principal,
        post=post,
        act=act.name,
        content=content,
        algorithm=chain.ALGORITHM,
        digest=chain.digest_of_text(content, chain.ALGORITHM),
    )


def plain(value: Any) -> Any:
    """Write the facts of an act the one way that signatures use."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, Model):
        return f"{value._meta.label_lower}:{value.pk}"
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Iterable):
        return [plain(each) for each in value]
    return str(value)


def _about(case: Any) -> dict[str, Any]:
    return {"案号": case.number, "事项类别": case.KIND}


def _papers(case: Any) -> dict[str, str]:
    """Return the digest of the frozen words of each paper."""
    return {str(paper.uuid): paper.words_digest for paper in Paper.objects.of(case)}


def _files(case: Any) -> dict[str, str]:
    """Return the digest of each file that is part of the case."""
    return {str(file.uuid): file.sha256 for file in StoredFile.objects.of(case)}


def checked(case: Any) -> dict[int, Checked]:
    """Check the signatures of a case by what the database holds; return them by task."""
    rows = _signatures_of(case.content_type().pk, case.pk)
    return {row.task_id: Checked(row, tuple(faults_of(row, case))) for row in rows}


_signatures_of: Prepared[Signature] = Prepared(
    lambda kind, key: Signature.objects.filter(
        task__content_type=kind, task__object_id=key
    ).select_related("task", "signed_by", "signed_for"),
    int,
    int,
)


def check_in_full(signature: Signature, case: Any) -> Checked:
    """Check a signature, reading the case's files from the vault as well."""
    faults = [*faults_of(signature, case), *_damaged_files(signature)]
    return Checked(signature, tuple(faults))


def faults_of(signature: Signature, case: Any) -> list[str]:
    """Return in Chinese what is no longer as it was signed."""
    try:
        digest = chain.digest_of_text(signature.content, signature.algorithm)
        told = json.loads(signature.content)
    except ValueError:
        return ["签名内容或者算法无法识别"]
    if digest != signature.digest:
        return ["签名内容与摘要不符"]
    faults = [] if _is_in_trace(signature, case) else ["留痕中没有本签名的摘要"]
    faults += _changed_task(signature, told)
    faults += [f"{name}与签名时不符" for name, value in _about(case).items() if told[name] != value]
    faults += _changed_facts(signature, case, told)
    faults += _changed_digests("文书", told["文书"], _papers(case))
    faults += _changed_digests("附件", told["附件"], _files(case))
    return faults


def _is_in_trace(signature: Signature, case: Any) -> bool:
    """Tell whether the entry of an act of this person carries the digest."""
    entries = Entry.objects.of_subject(case).by_actor(signature.signed_by)
    return any(
        (entry.values_after or {}).get(IN_ENTRY) == signature.digest
        for entry in entries.filter(outcome="done")
    )


def _changed_task(signature: Signature, told: dict[str, Any]) -> list[str]:
    """Return what of the task is no longer as it was signed."""
    task = signature.task
    now = {
        "待办": str(task.uuid),
        "意见": task.opinion,
        "签名人编号": str(task.closed_by_id),
        "岗位": task.closed_post,
    }
    return [f"{name}与签名时不符" for name, value in now.items() if told.get(name, "") != value]


def _changed_facts(signature: Signature, case: Any, told: dict[str, Any]) -> list[str]:
    """Return the facts of the case that are no longer as signed, while the signing is valid."""
    if signature.task.is_void:
        return []
    fields = {field.name: field for field in case._meta.concrete_fields}
    return [
        f"{fields[name].verbose_name}与签名时不符"
        for name, value in told["办理内容"].items()
        if name in fields and plain(getattr(case, name)) != value
    ]


def _changed_digests(word: str, signed: dict[str, str], now: dict[str, str]) -> list[str]:
    """Tell of papers or files that are gone or have another digest; later ones change nothing."""
    changed = [key for key, digest in signed.items() if now.get(key) != digest]
    return [f"{word}{len(changed)}件与签名时不符"] if changed else []


def _damaged_files(signature: Signature) -> list[str]:
    """Return the files whose bytes in the vault are not those that were signed."""
    try:
        signed = json.loads(signature.content)["附件"]
    except (ValueError, KeyError):
        return []
    faults = []
    for file in StoredFile.objects.filter(uuid__in=signed):
        try:
            vault.content_of(file.stored_name, signed[str(file.uuid)])
        except vault.Damaged as damage:
            faults.append(f"{file.original_name}：{damage}")
    return faults
