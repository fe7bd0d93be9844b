"""常用语: keep phrases for opinions, one's own and the unit's."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from audit import clock
from permissions.roles import SUPERIORS
from workflows.forms.operations import PhraseForm
from workflows.models.operations import Phrase

MOST = 50


def phrases_of(user: Any) -> Any:
    """Return the phrases a person can insert: his own, then those of his units."""
    units = [post.unit_id for post in user.posts_on(clock.today())]
    return Phrase.objects.filter(user=user) | Phrase.objects.filter(unit__in=units)


def _unit_led_by(user: Any) -> Any:
    """Return the unit whose phrases the person keeps: where he is somebody's superior."""
    leading = set(SUPERIORS.values())
    posts = [post for post in user.case_posts_on(clock.today()) if post.role in leading]
    return posts[0].unit if posts else None


def phrases(request: HttpRequest) -> HttpResponse:
    """List the phrases and add one."""
    person: Any = request.user
    unit = _unit_led_by(person)
    form = PhraseForm(request.POST or None)
    if unit is None:
        del form.fields["for_unit"]
    if request.method == "POST" and form.is_valid():
        for_unit = form.cleaned_data.get("for_unit")
        owner = {"unit": unit} if for_unit else {"user": person}
        if Phrase.objects.filter(**owner).count() >= MOST:
            form.add_error(None, f"常用语最多{MOST}条，请先删去不用的。")
        else:
            Phrase.objects.create(**owner, text=form.cleaned_data["text"])
            messages.success(request, "已添加常用语。")
            return redirect("workflows:phrases")
    told = {"form": form, "rows": phrases_of(person).select_related("unit"), "unit": unit}
    return render(request, "workflows/phrases.html", told, status=422 if form.errors else 200)


@require_POST
def remove_phrase(request: HttpRequest, key: int) -> HttpResponse:
    """Remove a phrase of one's own, or of the unit one leads; it is no record of a case."""
    person: Any = request.user
    phrase = get_object_or_404(phrases_of(person), pk=key)
    if phrase.user_id != person.pk and phrase.unit != _unit_led_by(person):
        raise PermissionDenied("本单位共用的常用语由单位负责人维护。")
    phrase.delete()
    messages.success(request, "已删去常用语。")
    return redirect("workflows:phrases")
