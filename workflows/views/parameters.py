"""Show what the bureau may set, its history and basis, and record new values (insert-only)."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from audit import clock
from permissions.policy import demand, may
from workflows import parameters
from workflows.forms import ParameterForm
from workflows.models.parameters import ParameterValue
from workflows.parameters import Parameter
from workflows.permissions import Verb
from workflows.refusals import Refusal

MARKS = (
    ("found*", "据他地、他级或者旧版文本，作默认值，宜由本局核定"),
    ("found", "已查到原文"),
    ("plan", "三年创建计划原文"),
    ("memory-H", "条文已知，未复核原文"),
    ("memory-M", "大意已知，条号或者数值待核"),
    ("memory-L", "不能确定，须由本局核定"),
    ("CONFIG", "由本局核定"),
    ("design", "系统设定，不是法定标准"),
)
"""What the evidence marks of the rules mean, the more particular first."""


@dataclass
class Shown:
    """A parameter as the page shows it: its values with the one in force today."""

    parameter: Parameter[Any]
    values: list[ParameterValue] = field(default_factory=list)

    @property
    def in_force(self) -> ParameterValue | None:
        """Return the row in force today; of two from one day the later recorded."""
        today = clock.today()
        return next((row for row in reversed(self.values) if row.valid_from <= today), None)

    @property
    def value(self) -> str:
        """Return the value in force today in words."""
        row = self.in_force
        return self.in_words(row.value) if row else self.default

    @property
    def default(self) -> str:
        """Return the declared default in words."""
        return parameters.in_words(self.parameter.default)

    @property
    def coming(self) -> ParameterValue | None:
        """Return the last value that is recorded for a day to come."""
        row = self.values[-1] if self.values else None
        return row if row and row.valid_from > clock.today() else None

    @property
    def coming_value(self) -> str:
        """Return the value to come in words."""
        return self.in_words(self.coming.value) if self.coming else ""

    @property
    def mark(self) -> str:
        """Return what the evidence mark means."""
        return mark_in_words(self.parameter.mark)

    @property
    def history(self) -> list[tuple[ParameterValue, str]]:
        """Return every recorded value with its words, the newest first."""
        return [(row, self.in_words(row.value)) for row in reversed(self.values)]

    def in_words(self, written: str) -> str:
        """Return a recorded value in words."""
        return parameters.in_words(self.parameter.read(written))


def mark_in_words(mark: str) -> str:
    """Return what an evidence mark means; a mark that is no code speaks for itself."""
    plain = mark.strip("[]")
    return next((words for code, words in MARKS if plain.startswith(code)), mark)


def _shown(chosen: list[Parameter[Any]]) -> list[Shown]:
    """Return parameters with their values, all read in one statement."""
    shown = {parameter.key: Shown(parameter) for parameter in chosen}
    rows = ParameterValue.objects.filter(key__in=shown).select_related("recorded_by")
    for row in rows.order_by("valid_from", "pk"):
        shown[row.key].values.append(row)
    return list(shown.values())


@require_safe
def parameter_list(request: HttpRequest) -> HttpResponse:
    """List every declared parameter with its value in force."""
    shown = _shown(parameters.declared())
    return render(request, "workflows/parameters.html", {"shown": shown})


def parameter_page(request: HttpRequest, key: str) -> HttpResponse:
    """Show one parameter and its history; record a new value."""
    try:
        chosen = parameters.parameter(key)
    except Refusal as unknown:
        raise Http404 from unknown
    if request.method != "POST":
        return _page(request, chosen, ParameterForm(parameter=chosen))
    demand(request.user, Verb.RECORD_PARAMETER)
    form = ParameterForm(request.POST, parameter=chosen)
    if form.is_valid() and _recorded(form, chosen, request.user):
        messages.success(
            request, f"已设定“{chosen.label}”，自 {form.cleaned_data['valid_from']} 起生效。"
        )
        return redirect("workflows:parameter", key=key)
    return _page(request, chosen, form, status=422)


def _recorded(form: ParameterForm, chosen: Parameter[Any], user: Any) -> bool:
    """Record the value; what is refused stands beside the form."""
    valid_from = form.cleaned_data["valid_from"]
    try:
        parameters.record(chosen, form.value(), valid_from, by=user, source=form.basis())
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def _page(
    request: HttpRequest, chosen: Parameter[Any], form: ParameterForm, status: int = 200
) -> HttpResponse:
    """Show the parameter."""
    told = {
        "shown": _shown([chosen])[0],
        "form": form,
        "may_record": may(request.user, Verb.RECORD_PARAMETER),
    }
    return render(request, "workflows/parameter.html", told, status=status)
