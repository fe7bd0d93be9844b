"""Keep what people type into forms until they hand it in.

A draft is of one person, about one row and for one form: an act of a case, or a page's own form
about a case, or about a unit where there is no case yet.
"""

from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from audit import clock
from permissions.models import User
from workflows.models.tasks import Draft

SENT_BY_THE_PAGE = frozenset({"csrfmiddlewaretoken", "signing-password", "signing-code"})
LONGEST_FIELD = 20_000


def find(user: User, about: Model, form: str) -> Draft | None:
    """Return the draft of this person for this act of the case, or this form, if there is one."""
    return Draft.objects.filter(**_key(user, about, form)).first()


def fill(form: forms.BaseForm, draft: Draft | None) -> None:
    """Let a form that was not sent yet begin with what the draft holds, files excepted."""
    if draft is None or form.is_bound:
        return
    typed: MultiValueDict[str, Any] = MultiValueDict(
        {name: text if isinstance(text, list) else [text] for name, text in draft.fields.items()}
    )
    for name, field in form.fields.items():
        if not isinstance(field, forms.FileField):
            found = field.widget.value_from_datadict(typed, MultiValueDict(), form.add_prefix(name))
            form.initial[name] = found


def keep(user: User, about: Model, form: str, typed: QueryDict) -> Draft:
    """Store the typed fields (files excepted) and return the draft."""
    fields = {
        name: typed.getlist(name) if len(typed.getlist(name)) > 1 else typed[name]
        for name in typed
        if name not in SENT_BY_THE_PAGE and len(typed[name]) <= LONGEST_FIELD
    }
    draft, _ = Draft.objects.update_or_create(
        **_key(user, about, form), defaults={"fields": fields, "saved_at": clock.now()}
    )
    return draft


def drop(user: User, about: Model, form: str) -> None:
    """Forget the draft once the form is handed in."""
    Draft.objects.filter(**_key(user, about, form)).delete()


def _key(user: User, about: Model, form: str) -> dict[str, Any]:
    return {
        "user": user,
        "content_type": ContentType.objects.get_for_model(about),
        "object_id": about.pk,
        "act": form,
    }
