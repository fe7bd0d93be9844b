"""Show the generated table of roles and verbs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from permissions.permissions import Verb
from permissions.tables import verb_tables
from permissions.views.forming import needs


@needs(Verb.VIEW_ROLES)
def role_table(request: HttpRequest) -> HttpResponse:
    """Show for every app which role holds which verb."""
    return render(request, "permissions/roles.html", {"tables": verb_tables()})
