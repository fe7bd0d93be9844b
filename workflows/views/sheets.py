"""Tell whether a printed sheet, or a signature, agrees with what is stored."""

import json
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from workflows import sheets, signatures
from workflows.lifecycle import case_models
from workflows.models.operations import Signature
from workflows.views.cases import visible_case


@require_safe
def check_sheet(request: HttpRequest, uuid: UUID, digest: str) -> HttpResponse:
    """核对打印件: tell anybody signed in whether a sheet agrees, yes or no.

    The number is told only to who may see the case: the sheet in his hand shows it anyway.
    """
    found: Any = None
    for model in case_models():
        found = found or model._default_manager.filter(uuid=uuid).first()
    if found is None:
        raise Http404
    since = sheets.said_since(found, digest)
    seen = type(found)._default_manager.visible_to(request.user).filter(pk=found.pk).exists()
    told = {"number": found.number if seen else "", "agrees": since is not None, "since": since}
    return render(request, "workflows/check_sheet.html", told, status=HTTPStatus.OK)


@require_safe
def signature(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """查验电子签名: show what was signed and whether case, papers and files are still so."""
    row = get_object_or_404(
        Signature.objects.select_related("task", "signed_by", "signed_for"), uuid=uuid
    )
    _, case = visible_case(request, row.task.case_kind, row.task.case_uuid)
    told = {
        "case": case,
        "checked": signatures.check_in_full(row, case),
        "content": _lines(row, case),
    }
    return render(request, "workflows/signature.html", told)


SHOWN = (
    "案号", "环节", "行为名称", "依据", "意见", "签名人", "被代理人", "岗位", "日期", "核验方式",
)  # fmt: skip
"""What a person reads of the signed content; the rest is for machines."""


def _lines(row: Signature, case: Any) -> list[tuple[str, str]]:
    """Return what was signed line by line; papers and files as their number."""
    try:
        told = json.loads(row.content)
    except ValueError:
        return []
    labels = {field.name: str(field.verbose_name) for field in case._meta.concrete_fields}
    lines = [(name, told[name]) for name in SHOWN if told.get(name)]
    facts = [(labels.get(key, key), str(value)) for key, value in told.get("办理内容", {}).items()]
    counts = [(name, f"{len(told[name])}件") for name in ("文书", "附件") if name in told]
    return lines + facts + counts
