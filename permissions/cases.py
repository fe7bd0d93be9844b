"""Find the case models of the apps above, which this app may not import."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from permissions.models import CaseException
from permissions.verbs import VerbEnum, all_verbs


def case_models() -> list[Any]:
    """Return every model that says who may see its rows and has numbers: the kinds of cases."""
    return [
        model
        for model in apps.get_models()
        if hasattr(model, "VIEW_VERB") and hasattr(model, "number")
    ]


def exception_models() -> list[Any]:
    """Return the models of dated exceptions, one for each kind of case."""
    return [model for model in apps.get_models() if issubclass(model, CaseException)]


def case_with_number(number: str) -> Any | None:
    """Return the case with this number, of whatever kind; None if there is none."""
    found = (model.objects.filter(number=number).first() for model in case_models() if number)
    return next((case for case in found if case is not None), None)


def verbs_about(model: type[Model]) -> Iterator[VerbEnum]:
    """Yield the verbs that can be given on one case of this model."""
    about = f"_{model._meta.model_name}"
    for verb in all_verbs():
        app, _, codename = verb.value.partition(".")
        if app == model._meta.app_label and codename.endswith(about):
            yield verb


def permission_for(verb: VerbEnum, model: type[Model]) -> Permission:
    """Return the row by which guardian knows the verb; make it if the app has declared none."""
    permission, _ = Permission.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(model),
        codename=verb.codename,
        defaults={"name": verb.label},
    )
    return permission
