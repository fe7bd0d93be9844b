"""Tell the validity of a document on a day, from its dates alone (LR-31, LR-36)."""

from datetime import date

from django.db.models import F, Q, TextChoices


class Status(TextChoices):
    """The validity of a document on a day, as the register tells it."""

    PENDING = "pending", "尚未施行"
    VALID = "valid", "有效"
    LAPSED = "lapsed", "失效"
    REPEALED = "repealed", "废止"


def status_on(
    day: date, effective_on: date | None, expires_on: date | None, ended_on: date | None
) -> Status:
    """Return the validity on a day: what was ended before its last day is repealed, not lapsed."""
    if ended_on is not None and ended_on <= day and not (expires_on and expires_on < ended_on):
        return Status.REPEALED
    if effective_on is None or day < effective_on:
        return Status.PENDING
    if expires_on is not None and day > expires_on:
        return Status.LAPSED
    return Status.VALID


def in_status(status: str, day: date) -> Q:
    """Say in a question to the database what `status_on` says of one document."""
    is_ended = Q(ended_on__lte=day) & (Q(expires_on=None) | Q(expires_on__gte=F("ended_on")))
    goes_on = Q(ended_on=None) | Q(ended_on__gt=day) | Q(expires_on__lt=F("ended_on"))
    has_begun = goes_on & Q(effective_on__lte=day)
    return {
        Status.REPEALED: is_ended,
        Status.PENDING: goes_on & (Q(effective_on=None) | Q(effective_on__gt=day)),
        Status.LAPSED: has_begun & Q(expires_on__lt=day),
        Status.VALID: has_begun & (Q(expires_on=None) | Q(expires_on__gte=day)),
    }[Status(status)]
