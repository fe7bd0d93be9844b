"""Keep the first steps that apps declare for the people of a role; the help page shows them."""

from dataclasses import dataclass

from permissions.roles import Role


@dataclass(frozen=True)
class Guide:
    """First steps of some roles in one field of work."""

    title: str
    roles: frozenset[Role]
    steps: tuple[str, ...]


_declared: list[Guide] = []


def declare(*guides: Guide) -> None:
    """Add guides behind those that were declared before."""
    _declared.extend(guides)


def declared() -> list[Guide]:
    """Return every guide in the order of declaration."""
    return list(_declared)
