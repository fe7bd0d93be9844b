"""Ask for the signature (电子签名) of who performs a signed act."""

from typing import Any

from django.http import HttpRequest

from permissions.confirming import Unconfirmed, confirm
from workflows import signatures
from workflows.acts import Act
from workflows.forms.signing import SigningForm


def signing_form(request: HttpRequest, declared: Act) -> SigningForm | None:
    """Return the form that asks for the password again; None for an act that is not signed."""
    if not declared.signed:
        return None
    person: Any = request.user
    return SigningForm(request.POST if request.method == "POST" else None, user=person)


def proof_of(
    request: HttpRequest, shown: Any, declared: Act, form: SigningForm
) -> signatures.Proof | None:
    """Return the proof that it is he; None with the reason beside the field where it is not."""
    person: Any = request.user
    try:
        factors = confirm(request, **form.cleaned_data)
    except Unconfirmed as failed:
        form.add_error(failed.field, failed.message)
        return None
    return signatures.prove(shown, declared.name, by=person, factors=factors)
