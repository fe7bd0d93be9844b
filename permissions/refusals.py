"""Name the ways in which a change of units, people, posts or rights is refused."""


class Impossible(ValueError):
    """A change that a rule forbids; its Chinese text is shown as it is."""
