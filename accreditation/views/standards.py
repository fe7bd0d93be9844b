"""Show standards, edit drafts, copy them, and move them to Excel and back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accreditation.forms import standards as forms
from accreditation.forms import workbook
from accreditation.models import Category, Item, Standard, VetoItem, copy_standard
from accreditation.permissions import StandardVerb
from accreditation.rules.standards import defects
from audit import clock
from audit.recording import record
from permissions.policy import may

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST_WORKBOOK = 2 * 1024 * 1024


def _refuse_stranger(request: HttpRequest, verb: StandardVerb) -> Any:
    """Return the post that carries the verb, or answer 403 with the reason."""
    answer = may(request.user, verb)
    if not answer:
        raise PermissionDenied(answer.reason)
    return answer.post


def _draft(uuid: UUID) -> Standard:
    """Return the draft, locked against a case that would freeze it meanwhile; 404 once frozen."""
    return get_object_or_404(Standard.objects.draft().select_for_update(), uuid=uuid)


def _page(standard: Standard) -> str:
    return reverse("accreditation:standard", args=[standard.uuid])


def standard_list(request: HttpRequest) -> HttpResponse:
    """List all standards, the newest year first."""
    _refuse_stranger(request, StandardVerb.VIEW)
    shown = {
        "standards": Standard.objects.all(),
        "may_edit": may(request.user, StandardVerb.EDIT),
    }
    return render(request, "accreditation/standards/list.html", shown)


def standard(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a standard with its items, veto items, and what a draft still lacks."""
    _refuse_stranger(request, StandardVerb.VIEW)
    found = get_object_or_404(Standard, uuid=uuid)
    categories, vetoes = found.category_list(), list(found.veto_items.all())
    shown = {
        "standard": found,
        "categories": categories,
        "vetoes": vetoes,
        "defects": defects(found, categories, vetoes),
        "may_edit": may(request.user, StandardVerb.EDIT),
        "copy_form": forms.CopyForm(initial={"year": clock.today().year}),
    }
    return render(request, "accreditation/standards/standard.html", shown)


@transaction.atomic
def _edit(
    request: HttpRequest, uuid: UUID, form_class: type[ModelForm], title: str, find: Any
) -> HttpResponse:
    """Show and take the form of one part of a draft; `find` gives the part from the draft."""
    post = _refuse_stranger(request, StandardVerb.EDIT)
    draft = _draft(uuid)
    part = find(draft)
    before = _texts(part) if part.pk else None
    form = form_class(request.POST or None, instance=part)
    if request.method == "POST" and form.is_valid() and _is_unique(form, draft):
        form.save()
        record(
            StandardVerb.EDIT, title, subject=draft, by=request.user, post=post, before=before,
            after=_texts(form.instance),
        )  # fmt: skip
        messages.success(request, f"已保存：{form.instance}。")
        return redirect(_page(draft))
    shown = {"standard": draft, "form": form, "title": title, "part": part}
    return render(
        request, "accreditation/standards/edit.html", shown, status=422 if form.errors else 200
    )


def _texts(part: Any) -> dict[str, Any]:
    """Return the own fields of a part as the trace keeps them."""
    return {field.name: str(getattr(part, field.attname)) for field in part._meta.concrete_fields}


def _is_unique(form: ModelForm, draft: Standard) -> bool:
    """Refuse a number or code that the draft already has."""
    part = form.instance
    if isinstance(part, Item):
        taken = draft.items.exclude(pk=part.pk).filter(code=part.code)
        name = "code"
    elif isinstance(part, Category | VetoItem):
        taken = type(part).objects.filter(standard=draft, number=part.number).exclude(pk=part.pk)
        name = "number"
    else:
        return True
    if taken.exists():
        form.add_error(name, "该标准中已有此编号。")
    return not form.errors


def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Edit the head of a draft."""
    return _edit(request, uuid, forms.StandardForm, "修改标准", lambda draft: draft)


def edit_category(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """Edit a category of a draft; number 0 adds one."""

    def find(draft: Standard) -> Category:
        if number == 0:
            return Category(standard=draft)
        return get_object_or_404(draft.categories, number=number)

    return _edit(request, uuid, forms.CategoryForm, "编辑类别", find)


def edit_item(request: HttpRequest, uuid: UUID, number: int, code: str) -> HttpResponse:
    """Edit an item of a category of a draft; the code "new" adds one."""

    def find(draft: Standard) -> Item:
        category = get_object_or_404(draft.categories, number=number)
        if code == "new":
            return Item(category=category)
        return get_object_or_404(category.items, code=code)

    return _edit(request, uuid, forms.ItemForm, "编辑评分项目", find)


def edit_veto(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """Edit a veto item of a draft; number 0 adds one."""

    def find(draft: Standard) -> VetoItem:
        if number == 0:
            return VetoItem(standard=draft)
        return get_object_or_404(draft.veto_items, number=number)

    return _edit(request, uuid, forms.VetoForm, "编辑一票否决情形", find)


@require_POST
@transaction.atomic
def delete_part(request: HttpRequest, uuid: UUID, part: str, code: str) -> HttpResponse:
    """Delete a category, an item or a veto item of a draft."""
    post = _refuse_stranger(request, StandardVerb.EDIT)
    draft = _draft(uuid)
    if part == "item":
        found: Any = get_object_or_404(draft.items, code=code)
    elif part in {"category", "veto"} and code.isdecimal():
        rows = draft.categories if part == "category" else draft.veto_items
        found = get_object_or_404(rows, number=int(code))
    else:
        raise Http404
    title, before = str(found), _texts(found)
    found.delete()
    record(
        StandardVerb.EDIT, "删除标准内容", subject=draft, by=request.user, post=post, before=before
    )
    messages.success(request, f"已删除：{title}。")
    return redirect(_page(draft))


@require_POST
@transaction.atomic
def copy(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Copy a standard to a new draft of a year."""
    post = _refuse_stranger(request, StandardVerb.EDIT)
    origin = get_object_or_404(Standard, uuid=uuid)
    form = forms.CopyForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请填写2021至2100之间的年度。")
        return redirect(_page(origin))
    draft = copy_standard(origin, year=form.cleaned_data["year"])
    record(
        StandardVerb.EDIT,
        "复制标准",
        subject=draft,
        by=request.user,
        post=post,
        after={"copied_from": str(origin)},
    )
    messages.success(request, f"已复制为草案：{draft}。")
    return redirect(_page(draft))


@transaction.atomic
def export(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Download a standard as an Excel file."""
    post = _refuse_stranger(request, StandardVerb.VIEW)
    found = get_object_or_404(Standard, uuid=uuid)
    record(StandardVerb.VIEW, "导出标准", subject=found, by=request.user, post=post)
    response = HttpResponse(workbook.write(found), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="standard-{found.year}.xlsx"'
    return response


@transaction.atomic
def load(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Try an Excel file on a draft, and replace the draft's content when every row is good."""
    post = _refuse_stranger(request, StandardVerb.EDIT)
    draft = _draft(uuid)
    form = forms.WorkbookForm(request.POST or None, request.FILES or None)
    parsed = None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["workbook"]
        if upload.size > LARGEST_WORKBOOK:
            form.add_error("workbook", "文件超过2MB。")
        else:
            parsed = workbook.read(upload.read())
    if parsed and parsed.is_good and form.cleaned_data["apply"]:
        replace_parts(draft, parsed)
        record(
            StandardVerb.EDIT, "导入标准", subject=draft, by=request.user, post=post,
            after={"categories": len(parsed.categories), "items": len(parsed.items)},
        )  # fmt: skip
        messages.success(request, f"已导入{len(parsed.items)}个项目。")
        return redirect(_page(draft))
    shown = {"standard": draft, "form": form, "parsed": parsed}
    wrong = bool(form.errors) or (parsed is not None and not parsed.is_good)
    return render(request, "accreditation/standards/load.html", shown, status=422 if wrong else 200)


def replace_parts(draft: Standard, parsed: workbook.Parsed) -> None:
    """Replace all categories, items and veto items of a draft by those of a workbook."""
    draft.categories.all().delete()
    draft.veto_items.all().delete()
    for category in parsed.categories.values():
        category.standard = draft
        category.save()
    for number, item in parsed.items:
        item.category = parsed.categories[number]
        item.save()
    for veto in parsed.vetoes:
        veto.standard = draft
        veto.save()
