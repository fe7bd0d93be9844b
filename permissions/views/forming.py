"""Guard the administrators' pages by verb, and run a form through a change that may be refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from permissions.permissions import Verb
from permissions.policy import demand
from permissions.refusals import Impossible

Page = Callable[..., HttpResponse]


def needs(verb: Verb) -> Callable[[Page], Page]:
    """Let only holders of the verb reach a page; the answer 403 records whoever is refused."""

    def guard(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            demand(request.user, verb)
            return page(request, *args, **kwargs)

        return guarded

    return guard


def attempt(form: forms.Form, change: Callable[..., Any]) -> Any:
    """Run the change with what the form holds; put a refusal on the form and return None."""
    try:
        return change(**form.cleaned_data)
    except Impossible as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as fault:
        for name, faults in fault.message_dict.items():
            form.add_error(name if name in form.fields else None, faults)
    return None


def form_page(
    request: HttpRequest,
    form: forms.Form,
    change: Callable[..., Any],
    *,
    back: str,
    done: str,
    **page: Any,
) -> HttpResponse:
    """Show a form; when it is good run the change, say so and go back.

    `page` tells the template: title, label (of the button), note, tone, crumbs.
    """
    if request.method == "POST" and form.is_valid() and attempt(form, change) is not None:
        messages.success(request, done)
        return redirect(back)
    return render(request, "permissions/form_page.html", {"form": form, "back": back, **page})
