"""Find the units at which the work on a station's case is done."""

from audit import clock
from permissions.models import Post, Unit, UnitKind
from permissions.roles import STATION_ROLES, Role

GRASSROOTS = "基层"


class Seats:
    """The units of a case by the post that works there; tasks are addressed to them."""

    unit: Unit

    def seat(self, role: Role, *fallback: UnitKind) -> Unit:
        """Return the unit at which that role works for the station.

        Of several the one nearest to the station, a 基层科 first; without anybody in post the
        nearest unit of the fallback kinds, else the station itself.
        """
        reaching = Post.objects.on(clock.today()).filter(role=role).reaching(self.unit.path)
        posts = list(reaching.select_related("unit"))
        if posts:
            return max((post.unit for post in posts), key=_fitness)
        above = [
            unit
            for unit in Unit.objects.filter(kind__in=fallback, is_active=True)
            if self.unit.path.startswith(unit.reach)
        ]
        return max(above, key=_fitness, default=self.unit)

    @property
    def station_people(self) -> set[int]:
        """Return the keys of those in post at the station: they decide nothing on its case."""
        posts = Post.objects.on(clock.today()).filter(unit=self.unit, role__in=STATION_ROLES)
        return set(posts.values_list("user_id", flat=True))

    @property
    def township(self) -> Unit:
        """Return the township government or street office of the station."""
        return self.seat(Role.TOWNSHIP_LEADER, UnitKind.TOWNSHIP_GOVERNMENT)

    @property
    def section(self) -> Unit:
        """Return the grassroots section of the county bureau."""
        return self.seat(Role.COUNTY_REVIEWER, UnitKind.SECTION, UnitKind.BUREAU)

    @property
    def deputy_office(self) -> Unit:
        """Return where the deputy director in charge works."""
        return self.seat(Role.COUNTY_DEPUTY, UnitKind.BUREAU)

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


def _fitness(unit: Unit) -> tuple[int, bool, str]:
    """Order units: the nearest to the station, then a grassroots section, then by path."""
    return len(unit.reach), GRASSROOTS in unit.name, unit.path
