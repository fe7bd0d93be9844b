"""Find the units at which the work on a station's accreditation is done."""

from typing import ClassVar

from permissions.models import Unit, UnitKind
from permissions.roles import Role
from workflows import seats


class Seats(seats.Seats):
    """The units of an application or a title; those that other kinds have as well stand below."""

    SECTION_WORD: ClassVar[str] = "基层"

    @property
    def assessors_office(self) -> Unit:
        """Return where the assessors work."""
        return self.seat(Role.COUNTY_ASSESSOR, UnitKind.BUREAU)

    @property
    def party_group(self) -> Unit:
        """Return where the secretary of the party group works."""
        return self.seat(Role.PARTY_SECRETARY, UnitKind.BUREAU)

    @property
    def city_section(self) -> Unit:
        """Return where the municipal reviewer works."""
        return self.seat(Role.CITY_REVIEWER, UnitKind.BUREAU)

    @property
    def city_office(self) -> Unit:
        """Return where the municipal leader works."""
        return self.seat(Role.CITY_LEADER, UnitKind.BUREAU)
