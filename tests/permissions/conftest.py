"""Forms as people send them, and what a page said."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accreditation.models import Application, Standard
from tests import replaying
from tests.factories import PASSWORD
from workflows.door import open_case


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


@pytest.fixture
def applications(tree: SimpleNamespace, people: SimpleNamespace) -> SimpleNamespace:
    """One application of each of the four stations, opened by its chief."""

    def opened() -> dict[str, Application]:
        return {
            name: open_case(
                Application,
                by=chief,
                unit=getattr(tree, f"{name}_station"),
                title=f"{name} 创建申报",
                standard=Standard.objects.get(),
                batch_year=2025,
            )
            for name, chief in (
                ("yunhong", people.chief),
                ("tieying", people.other_chief),
                ("kongzhen", people.third_chief),
                ("yangan", people.fourth_chief),
            )
        }

    found = replaying.once("applications", opened)
    return SimpleNamespace(**found, all=list(found.values()))
