"""Receive files, attach them to cases, and sweep what nobody attached."""

import logging
import unicodedata
from collections.abc import Collection, Iterable
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import models

from audit import clock
from documents import vault
from documents.inspection.examining import kind_of
from documents.inspection.refusals import Unsafe
from documents.models import Paper, StoredFile

logger = logging.getLogger(__name__)

Kind = StoredFile.Kind
ANY_KIND = frozenset(Kind)
PICTURES = frozenset({Kind.JPG, Kind.PNG})
SHEETS = frozenset({Kind.XLSX})

MAX_BYTES = 30 * 1024 * 1024
MAX_STAGED = 100
MAX_NAME = 100
STAGED_FOR = timedelta(days=14)
ORPHANED_FOR = timedelta(days=1)


class RefusedFile(ValueError):
    """A file that is not taken in; its text is the Chinese sentence for the person."""


def receive(
    file: UploadedFile,
    *,
    by: Any,
    subject: models.Model | None = None,
    slot: str = "",
    kinds: Collection[str] = ANY_KIND,
) -> StoredFile:
    """Check a file by its content, store it under a random name, and return its row.

    In: the uploaded file, the person, the case (None: staged until `attach`), the material it
    stands for and the kinds wanted. The file is in place before its row is written. Raises
    `RefusedFile` with the reason.
    """
    if not file.size:
        raise RefusedFile("文件是空的，请检查后重新选择。")
    if subject is None and StoredFile.objects.staged_by(by).count() >= MAX_STAGED:
        raise RefusedFile("您暂存的文件过多，请先提交或等待清理。")
    try:
        with vault.receiving(file.chunks(), MAX_BYTES) as incoming:
            kind = _wanted(kind_of(incoming.path), kinds)
            return StoredFile.objects.create(
                original_name=clean_name(file.name or "", kind),
                kind=kind,
                size=incoming.size,
                sha256=incoming.sha256,
                stored_name=vault.settle(incoming),
                subject=subject,
                slot=slot,
                uploaded_by=by,
                uploaded_by_name=by.full_name,
                attached_at=clock.now() if subject else None,
            )
    except Unsafe as refusal:
        raise RefusedFile(str(refusal)) from refusal
    except vault.TooLarge as refusal:
        limit = MAX_BYTES // 1024 // 1024
        raise RefusedFile(f"文件超过 {limit} MB，请压缩或拆分后上传。") from refusal
    except OSError as failure:
        logger.exception("an upload could not be stored")
        raise RefusedFile("服务器没有存下这个文件，请稍后再试或联系系统管理员。") from failure


def _wanted(kind: str, kinds: Collection[str]) -> str:
    """Return the kind if it is among those wanted here."""
    if kind not in kinds:
        names = "、".join(Kind(one).label for one in Kind if one in kinds)
        raise RefusedFile(f"这里只接受{names}。")
    return kind


def clean_name(name: str, kind: str) -> str:
    """Return a name that is safe to show and to save, ending in what the file really is."""
    kept = shown_name(name)
    stem = PurePosixPath(kept).stem if "." in kept else kept
    stem = "".join("_" if one in '<>:"|?*;%' else one for one in stem).strip(" .")
    return f"{stem[:MAX_NAME].strip(' .') or '未命名'}.{kind}"


def shown_name(name: str | None) -> str:
    """Return the last part of a name without characters that hide or turn around others."""
    text = unicodedata.normalize("NFC", name or "").replace("\\", "/").rpartition("/")[2]
    unseen = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    return "".join(one for one in text if unicodedata.category(one) not in unseen)[:200]


def attach(stored: StoredFile, *, subject: models.Model, by: Any, slot: str = "") -> StoredFile:
    """Attach a staged file to a case, once, by the person who uploaded it.

    Raises `RefusedFile` when it is somebody else's or belongs to a case already.
    """
    stored.subject, stored.attached_at = subject, clock.now()
    stored.slot = slot or stored.slot
    attached = (
        StoredFile.objects.staged_by(by)
        .filter(pk=stored.pk)
        .update(
            subject_type=stored.subject_type,
            subject_id=subject.pk,
            attached_at=stored.attached_at,
            slot=stored.slot,
        )
    )
    if not attached:
        raise RefusedFile(f"文件“{stored.original_name}”已被使用或已清理，请重新上传。")
    return stored


def withdraw(stored: StoredFile, *, by: Any) -> None:
    """Take an attached file out of the lists of its case; file and row are kept."""
    StoredFile.objects.filter(pk=stored.pk, withdrawn_at=None).update(
        withdrawn_at=clock.now(), withdrawn_by_name=by.full_name
    )


def staged(by: Any, keys: Iterable[Any]) -> list[StoredFile]:
    """Return the person's own staged files with these uuids, in the order uploaded."""
    return list(StoredFile.objects.staged_by(by).filter(uuid__in=list(keys)))


def sweep() -> int:
    """Delete staged files nobody attached and files no row names; return how many (for `tick`)."""
    swept = 0
    for stored in StoredFile.objects.staged().received_before(clock.now() - STAGED_FOR):
        deleted, _ = StoredFile.objects.staged().filter(pk=stored.pk).delete()
        if deleted:
            vault.discard(stored.stored_name)
            swept += 1
    return swept + _sweep_orphans()


def _sweep_orphans() -> int:
    """Delete old files that neither an upload nor a paper names."""
    before = (clock.now() - ORPHANED_FOR).timestamp()
    old = [path for path in vault.kept_files() if path.stat().st_mtime < before]
    named = set(StoredFile.objects.values_list("stored_name", flat=True))
    named |= set(Paper.objects.exclude(pdf_name="").values_list("pdf_name", flat=True))
    orphans = [path for path in old if path.name not in named]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
