"""Take in a text file and read it before the act, so that what cannot be read is told at once."""

from typing import Any

from django.core.exceptions import ValidationError

from documents import texts
from documents.forms import CheckedFileField, receive_for
from documents.models import StoredFile
from workflows.forms.told import ToldForm

TEXTS = frozenset({StoredFile.Kind.DOCX, StoredFile.Kind.PDF})


class TextFileField(CheckedFileField):
    """A field for one .docx or PDF whose text can be read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(kinds=TEXTS, **kwargs)

    def clean(self, posted: Any) -> Any:
        """Read the file; one whose text cannot be recognised is refused with the reason."""
        stored = super().clean(posted)
        if stored is not None and (problem := texts.text_of(stored).problem):
            raise ValidationError(f"“{stored.original_name}”：{problem}")
        return stored


class FileForm(ToldForm):
    """A form of an act that takes files in for the person who performs it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say for whom the files are received."""
        super().__init__(*args, **kwargs)
        receive_for(self, self.user)
