"""Declare what people can do: verbs with their Chinese meaning and the roles that hold them."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from typing import Self

from permissions.roles import ADMINISTRATORS, Role


class VerbEnum(StrEnum):
    """Base of an app's verbs.

    A member is `NAME = "<app>.<act>_<model>", "中文含义", {Role.…}`. It is its own codename, so
    it can be handed to Django and guardian; `label` and `roles` carry the rest.
    """

    label: str
    roles: frozenset[Role]

    def __new__(cls, value: str, label: str, roles: Iterable[Role]) -> Self:
        """Build the member from its codename, its meaning and the roles that hold it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.roles = frozenset(roles)
        return member

    @property
    def codename(self) -> str:
        """Return the name without the app, as Django's permission table wants it."""
        return self.value.partition(".")[2]

    @classmethod
    def for_model(cls, model_name: str) -> list[tuple[str, str]]:
        """Return `Meta.permissions` of the model whose verbs end in its name."""
        return [
            (verb.codename, verb.label) for verb in cls if verb.value.endswith(f"_{model_name}")
        ]


def all_verbs() -> Iterator[VerbEnum]:
    """Yield every verb of every installed app, in order of declaration."""
    for verbs in VerbEnum.__subclasses__():
        yield from verbs


@cache
def verb_of(value: str) -> VerbEnum:
    """Return the verb with this codename; `KeyError` when no app declares it."""
    for verb in all_verbs():
        if verb.value == value:
            return verb
    raise KeyError(value)


def roles_with(verb: str) -> frozenset[Role]:
    """Return the roles that hold the verb."""
    return verb.roles if isinstance(verb, VerbEnum) else verb_of(verb).roles


def held_by(role: str) -> list[VerbEnum]:
    """Return the verbs of a role, in order of declaration."""
    return [verb for verb in all_verbs() if role in verb.roles]


def is_administrative(verb: VerbEnum) -> bool:
    """Tell whether only the three administrators hold the verb."""
    return bool(verb.roles) and verb.roles <= ADMINISTRATORS
