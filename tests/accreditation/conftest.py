"""A walk through the procedure for the tests of accreditation."""

from types import SimpleNamespace
from typing import Any

import pytest

from permissions.roles import Role
from tests import factories
from tests.accreditation.steps import Walk


@pytest.fixture
def people(people: SimpleNamespace, tree: SimpleNamespace) -> SimpleNamespace:
    """The people of the small bureau and a second pair at the city, for four eyes there."""
    for key, name, role in (
        ("second_city_reviewer", "德复核", Role.CITY_REVIEWER),
        ("second_city_leader", "德副局", Role.CITY_LEADER),
    ):
        person = factories.make_person(key, name)
        factories.make_post(person, role, tree.city_bureau)
        setattr(people, key, person)
        people.all.append(person)
    return people


@pytest.fixture
def walk(people: SimpleNamespace, tree: SimpleNamespace, clock: Any) -> Walk:
    """An application of 云红司法所 that can be walked to any act."""
    return Walk(people, tree, clock)
