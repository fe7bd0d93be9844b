"""A form field for files that are checked, and kept when another field of the form is wrong."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from documents import uploads
from documents.models import StoredFile


@dataclass(frozen=True)
class Posted:
    """What a browser sent for one field: new files, and keys of files staged before."""

    files: list[Any] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.files or self.kept)


def _all(source: Any, name: str) -> list[Any]:
    """Return every value under a name, of a query dictionary or of a plain one."""
    if hasattr(source, "getlist"):
        return [value for value in source.getlist(name) if value]
    value = source.get(name) if source else None
    return [one for one in (value if isinstance(value, list) else [value]) if one]


class CheckedFileInput(forms.Widget):
    """Show a file input, and above it the files already received, each with a tick to keep it."""

    template_name = "documents/checked_file_input.html"
    needs_multipart_form = True
    input_type = "file"
    staged: Sequence[StoredFile] = ()
    many = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Posted:
        """Collect new files and the keys of staged ones."""
        return Posted(_all(files, name), _all(data, f"{name}-staged"))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Tell that nothing was sent at all."""
        return not self.value_from_datadict(data, files, name)

    def use_required_attribute(self, initial: Any) -> bool:
        """Let the browser insist on a file only while none was received."""
        return bool(super().use_required_attribute(initial)) and not self.staged

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Give the template the files received."""
        context: dict[str, Any] = super().get_context(name, None, attrs)
        shown = self.staged or (value if isinstance(value, list | tuple) else ())
        context["widget"].update({"staged": shown, "many": self.many, "type": self.input_type})
        return context


class CheckedFileField(forms.Field):
    """A field whose value is a `StoredFile` (or a list, with `many`), staged for the person.

    `receive_for(form, user)` must say who uploads. A file that passes is staged at once and
    posted again as a key, so that a mistake elsewhere in the form does not cost the upload; the
    act then calls `uploads.attach`. A file that fails gives its Chinese reason.
    """

    widget = CheckedFileInput
    default_error_messages = {"required": "请选择文件。"}
    by: Any = None

    def __init__(
        self, *, kinds: Collection[str] = uploads.ANY_KIND, many: bool = False, **kwargs: Any
    ) -> None:
        self.kinds, self.many = frozenset(kinds), many
        super().__init__(**kwargs)
        self.widget.many = many

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Tell the browser's chooser which files fit."""
        return {
            "accept": ",".join(f".{kind}" for kind in StoredFile.Kind if kind in self.kinds),
            **({"multiple": True} if self.many else {}),
        }

    def clean(self, posted: Posted) -> Any:
        """Stage the new files, find those staged before, and return what the act needs."""
        if self.by is None:
            raise RuntimeError("receive_for(form, user) must be called before the form is cleaned")
        received = uploads.staged(self.by, _keys(posted.kept))
        refused = []
        for file in posted.files:
            try:
                received.append(uploads.receive(file, by=self.by, kinds=self.kinds))
            except uploads.RefusedFile as refusal:
                refused.append(f"“{uploads.shown_name(file.name)}”没有收下：{refusal}")
        received = received if self.many else received[-1:]
        self.widget.staged = received
        if refused:
            raise ValidationError(refused)
        if self.required and not received:
            raise ValidationError(self.error_messages["required"], code="required")
        return received if self.many else next(iter(received), None)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether anything was sent."""
        return bool(data)


def _keys(texts: Collection[str]) -> list[UUID]:
    """Return those texts that are keys; a forged one is passed over."""
    keys = []
    for text in texts:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return keys


def receive_for(form: forms.BaseForm, user: Any) -> None:
    """Say for whom the form's files are received; call it before `is_valid`."""
    for one in form.fields.values():
        if isinstance(one, CheckedFileField):
            one.by = user
