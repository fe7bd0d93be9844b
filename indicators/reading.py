"""Read one indicator of one unit for one year, whatever its source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from audit import clock
from documents.models import StoredFile
from indicators import registry, rules
from indicators.models import Reported
from permissions.models import Unit


class Source(Enum):
    """Say where a figure comes from."""

    SYSTEM = "系统数据"
    REPORTED = "手工填报"
    NONE = "未填报"


@dataclass(frozen=True)
class Reading:
    """A figure as read: exact, with its target, its source and the rows behind it."""

    indicator: registry.Indicator
    unit: Unit
    year: int
    source: Source
    numerator: Decimal | int | None = None
    denominator: Decimal | int | None = None
    rows: Sequence[registry.Row] = ()
    reported: Reported | None = None

    @property
    def value(self) -> Fraction | None:
        """Return the exact figure in the indicator's unit; None where nothing was counted."""
        if self.numerator is None:
            return None
        return rules.value_of(self.indicator.unit, self.numerator, self.denominator)

    @property
    def target(self) -> Decimal:
        """Return the target that holds for the year."""
        return self.indicator.target(self.year)

    @property
    def is_applicable(self) -> bool:
        """Tell whether there was anything to count: a rate over nothing is 不适用 (RH-14)."""
        return self.source is Source.NONE or self.value is not None

    @property
    def met(self) -> bool:
        """Compare unrounded (FQ-18); a figure nobody supplied is not met, 不适用 is no failure."""
        if self.value is None:
            return self.source is not Source.NONE
        return rules.is_met(self.value, self.target, self.indicator.direction)

    @property
    def shown(self) -> str:
        """Show the figure with enough digits to be told from its target."""
        if self.source is Source.NONE:
            return "未填报"
        return rules.shown(self.value, self.indicator.unit, self.target)

    @property
    def target_shown(self) -> str:
        """Show the target with its direction."""
        goal = rules.plain(self.target)
        return f"{self.indicator.direction.value}{goal}{self.indicator.unit}"

    @property
    def counted(self) -> str:
        """Show what stands over what: "18/20"."""
        if self.numerator is None:
            return "—"
        if self.denominator is None:
            return rules.plain(self.numerator)
        return f"{rules.plain(self.numerator)}/{rules.plain(self.denominator)}"


def read(code: str, unit: Unit, year: int) -> Reading:
    """Read an indicator: from an app's records where one supplies it, else what was reported."""
    declared = registry.indicator(code)
    supplied = _supplied(declared, unit, year)
    if supplied is not None:
        return supplied
    versions = Reported.objects.of(unit, year).filter(indicator=code).newest_first()
    newest = versions.select_related("reported_by").first()
    return _reported(declared, unit, year, newest, _evidence([newest] if newest else []))


def _supplied(declared: registry.Indicator, unit: Unit, year: int) -> Reading | None:
    """Read an indicator from an app's records; None where no app has any for that year."""
    query = registry.query(declared.code)
    figure = query(unit, year) if query else None
    if figure is None:
        return None
    return Reading(
        indicator=declared,
        unit=unit,
        year=year,
        source=Source.SYSTEM,
        numerator=figure.numerator,
        denominator=figure.denominator,
        rows=figure.rows,
    )


def sheet(unit: Unit, year: int) -> list[Reading]:
    """Read every declared indicator of a unit for a year; what was reported in one query."""
    reported = {
        row.indicator: row
        for row in Reported.objects.of(unit, year).counting().select_related("reported_by")
    }
    files = _evidence(list(reported.values()))
    return [
        _supplied(declared, unit, year)
        or _reported(declared, unit, year, reported.get(declared.code), files)
        for declared in registry.indicators()
    ]


def _evidence(rows: Sequence[Reported]) -> dict[int, list[registry.Row]]:
    """Return the evidence files behind reported figures, by the figure's key."""
    found: dict[int, list[registry.Row]] = {row.pk: [] for row in rows}
    files = StoredFile.objects.standing().filter(
        subject_type=ContentType.objects.get_for_model(Reported), subject_id__in=list(found)
    )
    for stored in files if rows else ():
        url = reverse("documents:file", args=[stored.uuid])
        found[stored.subject_id].append(registry.Row(stored.original_name, url))
    return found


def _reported(
    declared: registry.Indicator,
    unit: Unit,
    year: int,
    row: Reported | None,
    evidence: Mapping[int, Sequence[registry.Row]],
) -> Reading:
    """Turn the newest reported version into a reading; None means nobody reported."""
    if row is None:
        return Reading(indicator=declared, unit=unit, year=year, source=Source.NONE)
    moment = row.reported_at.astimezone(clock.PLACE)
    label = f"第{row.version}版 {row.reported_by.full_name} {moment:%Y-%m-%d %H:%M} 填报"
    return Reading(
        indicator=declared,
        unit=unit,
        year=year,
        source=Source.REPORTED,
        numerator=row.numerator,
        denominator=row.denominator,
        rows=(registry.Row(label), *evidence.get(row.pk, ())),
        reported=row,
    )
