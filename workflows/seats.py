"""Find the units at which the work on a station's case is done."""

from datetime import date
from typing import ClassVar

from audit import clock
from audit.prepared import Prepared
from permissions.models import Post, Unit, UnitKind
from permissions.roles import STATION_ROLES, Role


class Seats:
    """The units of a case by the post that works there; tasks are addressed to them.

    `SECTION_WORD` names, for a kind of case, the section of a bureau that does such work: of
    several sections the one with the word in its name is taken.
    """

    SECTION_WORD: ClassVar[str] = ""

    unit: Unit

    def seat(self, role: Role, *fallback: UnitKind) -> Unit:
        """Return the unit at which that role works for the station.

        Of several the one nearest to the station, the section of such work first; without anybody
        in post the nearest unit of the fallback kinds, else the station itself.
        """
        reaching = Post.objects.on(clock.today()).filter(role=role).reaching(self.unit.path)
        posts = list(reaching.select_related("unit"))
        if posts:
            return max((post.unit for post in posts), key=self._fitness)
        above = [
            unit
            for unit in Unit.objects.filter(kind__in=fallback, is_active=True)
            if self.unit.path.startswith(unit.reach)
        ]
        return max(above, key=self._fitness, default=self.unit)

    @property
    def station_people(self) -> set[int]:
        """Return the keys of those in post at the station: they decide nothing on its case."""
        return {post.user_id for post in _at_station(self.unit.pk, clock.today())}

    @property
    def township(self) -> Unit:
        """Return the township government or street office of the station."""
        return self.seat(Role.TOWNSHIP_LEADER, UnitKind.TOWNSHIP_GOVERNMENT)

    @property
    def township_desk(self) -> Unit:
        """Return where the clerk of the township government works."""
        return self.seat(Role.TOWNSHIP_CLERK, UnitKind.TOWNSHIP_GOVERNMENT)

    @property
    def section(self) -> Unit:
        """Return the section of the county bureau that does such work."""
        return self.seat(Role.COUNTY_REVIEWER, UnitKind.SECTION, UnitKind.BUREAU)

    @property
    def deputy_office(self) -> Unit:
        """Return where the deputy director in charge works."""
        return self.seat(Role.COUNTY_DEPUTY, UnitKind.BUREAU)

    @property
    def county_bureau(self) -> Unit:
        """Return the justice bureau nearest to the station."""
        return self._bureaus()[-1]

    @property
    def city_bureau(self) -> Unit:
        """Return the justice bureau above the county's, or the county's where there is none."""
        return self._bureaus()[-2:][0]

    def _bureaus(self) -> list[Unit]:
        """Return the justice bureaus that reach the station, the highest first."""
        bureaus = Unit.objects.filter(kind=UnitKind.BUREAU, is_active=True)
        reaching = [unit for unit in bureaus if self.unit.path.startswith(unit.reach)]
        return sorted(reaching, key=lambda unit: len(unit.reach)) or [self.unit]

    def _fitness(self, unit: Unit) -> tuple[int, bool, str]:
        """Order units: the nearest to the station, then the section of such work, then by path."""
        return len(unit.reach), self.SECTION_WORD in unit.name, unit.path


_at_station: Prepared[Post] = Prepared(
    lambda unit, day: Post.objects.on(day).filter(unit=unit, role__in=STATION_ROLES).order_by(),
    int,
    date,
)
