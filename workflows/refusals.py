"""Say why an act is refused: typed exceptions whose message is shown to the official as it is."""

from workflows.sources import cited


class Refusal(Exception):
    """An act that must not be done now; `message` is Chinese and complete, its rules in words."""

    kind = "refused"
    is_recorded = False

    def __init__(self, message: str) -> None:
        self.message = cited(message)
        super().__init__(self.message)


class RefusedByState(Refusal):
    """The case is not in a state in which the act exists."""

    kind = "state"


class RefusedByPerson(Refusal):
    """This person may not do the act on this case."""

    kind = "person"


class RefusedByLaw(Refusal):
    """A legal condition of the act is not met."""

    kind = "law"


class RefusedByRace(Refusal):
    """Somebody else was first."""

    kind = "race"


def refuse(*defects: str) -> None:
    """Refuse an act with all its defects at once, if there are any."""
    if defects:
        raise RefusedByLaw("".join(defects))
