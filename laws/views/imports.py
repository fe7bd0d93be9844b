"""Import laws from Excel: template, check of every row, import of all or none."""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from laws.forms import workbook
from laws.permissions import Verb
from permissions.forms.administration import UploadForm
from permissions.views.forming import needs
from permissions.workbooks import CONTENT_TYPE, Row, UnreadableWorkbook

CHECKED_FOR = 3600
SALT = "laws.imports"
TOO_OLD = "检查结果已过期或者不完整，请重新上传检查。"


def _show(request: HttpRequest, **page: Any) -> HttpResponse:
    """Show the page of the import."""
    addresses = {
        "template_url": reverse("laws:import_template"),
        "check_url": reverse("laws:import"),
        "carry_out_url": reverse("laws:import_carry_out"),
    }
    page.setdefault("form", UploadForm())
    return render(
        request, "permissions/import.html", {"kind": {"title": "法规"}, **addresses, **page}
    )


@require_safe
@needs(Verb.MAINTAIN)
def template(request: HttpRequest) -> HttpResponse:
    """Give the workbook to fill in."""
    return HttpResponse(
        workbook.template(),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": 'attachment; filename="laws-template.xlsx"'},
    )


@never_cache
@needs(Verb.MAINTAIN)
def check(request: HttpRequest) -> HttpResponse:
    """Read the workbook and say of every row whether it can be imported; import nothing."""
    if request.method != "POST":
        return _show(request)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form=form)
    try:
        rows = workbook.rows_of(form.cleaned_data["workbook"].read())
    except UnreadableWorkbook as refusal:
        form.add_error("workbook", str(refusal))
        return _show(request, form=form)
    found = workbook.try_out(rows, by=request.user)
    texts = [(row.sheet, row.number, row.texts) for row in rows]
    checked = signing.dumps(texts, salt=SALT, compress=True) if found.is_good else ""
    return _show(request, found=found, checked=checked)


@never_cache
@require_POST
@needs(Verb.MAINTAIN)
def carry_out(request: HttpRequest) -> HttpResponse:
    """Import the rows that were checked; whatever changed meanwhile is checked again."""
    try:
        texts = signing.loads(request.POST.get("checked", ""), salt=SALT, max_age=CHECKED_FOR)
    except signing.BadSignature:
        return _show(request, problem=TOO_OLD)
    rows = [Row(sheet, number, cells, []) for sheet, number, cells in texts]
    found = workbook.carry_out(rows, by=request.user)
    return _show(request, done=found) if found.is_good else _show(request, found=found)
