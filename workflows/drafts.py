"""Keep what people type into the forms of acts until they hand it in."""

from typing import Any

from django.http import QueryDict

from audit import clock
from permissions.models import User
from workflows.models.tasks import Draft

SENT_BY_THE_PAGE = frozenset({"csrfmiddlewaretoken"})
LONGEST_FIELD = 20_000


def find(user: User, case: Any, act: str) -> Draft | None:
    """Return the draft of this person for this act of the case, if there is one."""
    return Draft.objects.filter(**_key(user, case, act)).first()


def keep(user: User, case: Any, act: str, typed: QueryDict) -> Draft:
    """Store the typed fields (files excepted) and return the draft."""
    fields = {
        name: typed.getlist(name) if len(typed.getlist(name)) > 1 else typed[name]
        for name in typed
        if name not in SENT_BY_THE_PAGE and len(typed[name]) <= LONGEST_FIELD
    }
    draft, _ = Draft.objects.update_or_create(
        **_key(user, case, act), defaults={"fields": fields, "saved_at": clock.now()}
    )
    return draft


def drop(user: User, case: Any, act: str) -> None:
    """Forget the draft once the act is done."""
    Draft.objects.filter(**_key(user, case, act)).delete()


def _key(user: User, case: Any, act: str) -> dict[str, Any]:
    return {
        "user": user,
        "content_type": case.content_type(),
        "object_id": case.pk,
        "act": act,
    }
