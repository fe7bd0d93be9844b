"""Let administrators import from Excel: template, check of every row, import of all or none."""

import base64
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from permissions import imports
from permissions.forms.administration import UploadForm
from permissions.views.forming import Page, needs
from permissions.workbooks import CONTENT_TYPE, Row, UnreadableWorkbook

CHECKED_FOR = 3600
TOO_OLD = "检查结果已过期或者不完整，请重新上传检查。"


def _show(request: HttpRequest, kind: imports.Kind, **page: Any) -> HttpResponse:
    """Show the page of one kind of import."""
    page.setdefault("form", UploadForm())
    name = "import" if kind is imports.DIRECTORY else "post_import"
    addresses = {
        "template_url": reverse(f"permissions:{name}_template"),
        "check_url": reverse(f"permissions:{name}"),
        "carry_out_url": reverse(f"permissions:{name}_carry_out"),
    }
    page = {"kind": kind, **addresses, **page}
    return render(request, "permissions/import.html", page)


def _template(kind: imports.Kind) -> HttpResponse:
    """Answer with the workbook to fill in."""
    return HttpResponse(
        imports.template_of(kind),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": 'attachment; filename="import-template.xlsx"'},
    )


def _check(request: HttpRequest, kind: imports.Kind) -> HttpResponse:
    """Read the workbook and say of every row whether it can be imported; import nothing."""
    if request.method != "POST":
        return _show(request, kind)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, kind, form=form)
    try:
        rows = imports.rows_of(kind, form.cleaned_data["workbook"].read())
    except UnreadableWorkbook as refusal:
        form.add_error("workbook", str(refusal))
        return _show(request, kind, form=form)
    found = imports.try_out(kind, rows, by=request.user)
    return _show(request, kind, found=found, checked=_signed(kind, rows) if found.is_good else "")


def _salt(kind: imports.Kind) -> str:
    """Name what is signed, so that rows checked for one import do not serve another."""
    return f"permissions.imports.{kind.verb}"


def _signed(kind: imports.Kind, rows: list[Row]) -> str:
    """Pack good rows so that they travel in the page and come back unchanged."""
    texts = [(row.sheet, row.number, row.texts) for row in rows]
    return signing.dumps(texts, salt=_salt(kind), compress=True)


def _carry_out(request: HttpRequest, kind: imports.Kind) -> HttpResponse:
    """Import the rows that were checked; whatever changed meanwhile is checked again."""
    try:
        texts = signing.loads(
            request.POST.get("checked", ""), salt=_salt(kind), max_age=CHECKED_FOR
        )
    except signing.BadSignature:
        form = UploadForm()
        return _show(request, kind, form=form, problem=TOO_OLD)
    rows = [Row(sheet, number, cells, []) for sheet, number, cells in texts]
    found = imports.carry_out(kind, rows, by=request.user)
    if not found.is_good:
        return _show(request, kind, found=found)
    sheet = base64.b64encode(imports.password_sheet(found)).decode() if found.passwords else ""
    address = f"data:{CONTENT_TYPE};base64,{sheet}" if sheet else ""
    return _show(request, kind, done=found, password_url=address)


def _pages_of(kind: imports.Kind) -> tuple[Page, Page, Page]:
    """Make the three pages of one kind of import, each behind its verb."""

    @require_safe
    @needs(kind.verb)
    def template(request: HttpRequest) -> HttpResponse:
        """Give the workbook to fill in."""
        return _template(kind)

    @never_cache
    @needs(kind.verb)
    def check(request: HttpRequest) -> HttpResponse:
        """Check a filled workbook."""
        return _check(request, kind)

    @never_cache
    @require_POST
    @needs(kind.verb)
    def carry_out(request: HttpRequest) -> HttpResponse:
        """Import what was checked."""
        return _carry_out(request, kind)

    return template, check, carry_out


directory_template, directory_check, directory_carry_out = _pages_of(imports.DIRECTORY)
post_template, post_check, post_carry_out = _pages_of(imports.APPOINTMENTS)
