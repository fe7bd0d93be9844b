"""Choose a unit, a person or a case by typing: the name or the code, with suggestions."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from permissions.cases import case_with_number
from permissions.models import Unit, User

IN_BRACKETS = re.compile(r"（([^（）]+)）\Z")


class SuggestingInput(forms.TextInput):
    """A text box with a list of suggestions, which works without any script."""

    template_name = "permissions/suggesting_input.html"
    suggestions: Any = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name the list after the box."""
        context = super().get_context(name, value, attrs)
        key = f"{context['widget']['attrs'].get('id', name)}_suggestions"
        context["widget"]["attrs"]["list"] = key
        context["suggestions"], context["suggestions_key"] = self.suggestions, key
        return context


class RowField(forms.CharField):
    """A row chosen by typing its name or its code; what was typed stays when it is unknown."""

    widget = SuggestingInput
    unknown = ""
    ambiguous = ""

    def rows(self) -> QuerySet[Any]:
        """Return the rows that can be chosen."""
        raise NotImplementedError

    def named(self, text: str) -> Q:
        """Say which rows a text without a code means."""
        raise NotImplementedError

    def coded(self, code: str) -> Q:
        """Say which row a code means."""
        raise NotImplementedError

    def clean(self, value: Any) -> Any:
        """Turn the text into the row it means."""
        text = super().clean(value)
        if not text:
            return None
        code = IN_BRACKETS.search(text)
        wanted = self.coded(code.group(1)) if code else self.coded(text) | self.named(text)
        found = list(self.rows().filter(wanted)[:2])
        if len(found) == 1:
            return found[0]
        raise ValidationError(self.ambiguous if found else self.unknown)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare texts."""
        return str(initial or "") != str(data or "")


class UnitField(RowField):
    """A unit in use."""

    unknown = "没有这个机构。请从提示中选择，或者输入机构代码。"
    ambiguous = "有多个同名机构，请输入机构代码。"

    def rows(self) -> QuerySet[Any]:
        """Return the units in use."""
        return Unit.objects.active()

    def named(self, text: str) -> Q:
        """Match the name."""
        return Q(name=text)

    def coded(self, code: str) -> Q:
        """Match the code."""
        return Q(code=code)

    def suggest(self) -> None:
        """Offer every unit in use."""
        units = self.rows().values_list("name", "code")
        self.widget.suggestions = [f"{name}（{code}）" for name, code in units]


class PersonField(RowField):
    """A person in service."""

    unknown = "没有这个人员。请从提示中选择，或者输入账号。"
    ambiguous = "有多个同名人员，请输入账号。"

    def rows(self) -> QuerySet[Any]:
        """Return the people in service."""
        return User.objects.filter(is_active=True)

    def named(self, text: str) -> Q:
        """Match the name."""
        return Q(full_name=text)

    def coded(self, code: str) -> Q:
        """Match the account."""
        return Q(username=code)

    def suggest(self) -> None:
        """Offer everybody in service."""
        people = self.rows().values_list("full_name", "username")
        self.widget.suggestions = [f"{name}（{account}）" for name, account in people]


class CaseField(forms.CharField):
    """A case chosen by its number, of whatever kind."""

    def clean(self, value: Any) -> Any:
        """Turn the number into the case."""
        case = case_with_number(super().clean(value))
        if case is None:
            raise ValidationError("没有这个编号的案件，请核对后重新输入。")
        return case


class SuggestingForm(forms.Form):
    """A form whose row fields offer suggestions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, RowField):
                field.suggest()
