"""Tell who may see a paper or a file: whoever may see its case, and nobody else."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from documents.models import Paper, StoredFile


def sees(user: Any, kept: Paper | StoredFile) -> bool:
    """Tell whether the user may see this paper or file.

    The right is the one to see its case (`objects.visible_to`); a staged file, which belongs to
    no case yet, is seen by the person who uploaded it. A case model without that question
    shows its papers to nobody.
    """
    if kept.subject_type is None:
        return isinstance(kept, StoredFile) and kept.uploaded_by_id == user.pk
    cases = cases_visible(user, kept.subject_type)
    return cases is not None and cases.filter(pk=kept.subject_id).exists()


def cases_visible(user: Any, kind: ContentType) -> models.QuerySet[Any] | None:
    """Return the cases of this content type that the user may see; None where nobody may ask."""
    model = kind.model_class()
    visible_to = getattr(getattr(model, "objects", None), "visible_to", None)
    return None if visible_to is None else visible_to(user)
