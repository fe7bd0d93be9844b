"""Ask for the one text that an act needs; it also is the opinion that is kept."""

from typing import Any, ClassVar

from django import forms

from workflows.forms.acts import ActForm


def long_text(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    """Return a field for a text of some lines."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )


class ToldForm(ActForm):
    """A form in which one of the facts is the opinion: it is asked for once and kept twice."""

    told_by: ClassVar[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for no second opinion."""
        super().__init__(*args, **kwargs)
        del self.fields["opinion"]

    def facts(self) -> dict[str, Any]:
        """Return the facts, the told one also as the opinion."""
        return {**super().facts(), "opinion": self.cleaned_data[self.told_by]}


def told(name: str, label: str, help_text: str = "") -> type[ToldForm]:
    """Return the form of an act that needs one text."""
    return type(
        f"{name.title().replace('_', '')}Form",
        (ToldForm,),
        {"__doc__": f"{label}。", "told_by": name, name: long_text(label, help_text)},
    )
