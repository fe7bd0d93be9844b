"""Forms as people send them, and what a page said."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD


@pytest.fixture
def sign_in() -> Callable[..., Any]:
    """Type account and password at the sign-in page: `sign_in("chief", address="10.0.0.7")`."""

    def typed(
        username: str,
        password: str = PASSWORD,
        *,
        client: Client | None = None,
        address: str = "10.0.0.7",
        **facts: str,
    ) -> Any:
        return (client or Client()).post(
            reverse("permissions:sign_in"),
            {"username": username, "password": password, **facts},
            REMOTE_ADDR=address,
        )

    return typed


def text_of(answer: Any) -> str:
    """Return what an answer says."""
    return str(answer.content.decode())
