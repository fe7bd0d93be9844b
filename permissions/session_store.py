"""Read a session, its line on the list of sessions and its person in one statement.

Every page asks for all three. What decides stays where it was: whether the session may go on is
asked in `permissions.sessions`, whether it still belongs to the person is Django's rule.
"""

from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from audit.prepared import Prepared
from permissions.models import SignedInSession


class SessionStore(DatabaseStore):
    """Django's store in the database, which reads along who is signed in."""

    signed_in: SignedInSession | None = None

    def _get_session_from_db(self) -> Any:
        """Return the session in force; one in which nobody signed in is read as Django does."""
        self.signed_in = next(iter(_signed_in(self.session_key or "")), None)
        if self.signed_in is None:
            return super()._get_session_from_db()  # type: ignore[misc]
        found: Any = self.signed_in
        return Session(session_key=found.session_key, session_data=found.session_data)


def _composed(key: str) -> QuerySet[SignedInSession]:
    """Compose the statement."""
    sessions = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=Now())
    rows = SignedInSession.objects.filter(session_key=key).select_related("user").order_by()
    rows = rows.annotate(session_data=Subquery(sessions.values("session_data")))
    return rows.filter(session_data__isnull=False)


_signed_in: Prepared[SignedInSession] = Prepared(_composed, str)


def person_of(request: HttpRequest) -> Any:
    """Return who is signed in: the person read along, if nothing speaks against it, else Django's.

    What speaks against it (another person, a changed password, a closed account) Django finds
    again and deals with.
    """
    session: Any = request.session
    given = session.get(auth.SESSION_KEY)
    found = session.signed_in.user if session.signed_in else None
    if found is None or str(found.pk) != given or not found.is_active:
        return auth.get_user(request)
    kept = session.get(auth.HASH_SESSION_KEY) or ""
    is_known = session.get(auth.BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    if not is_known or not constant_time_compare(kept, found.get_session_auth_hash()):
        return auth.get_user(request)
    return found
