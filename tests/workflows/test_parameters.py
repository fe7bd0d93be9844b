"""Parameters: a declared default, values in force from a day, rows that are only added."""

from datetime import date, time
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from audit.models import Entry
from workflows import parameters
from workflows.models import ParameterValue
from workflows.parameters import Parameter
from workflows.reckoning import Length, Unit
from workflows.refusals import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_parameters")]
SPRING, SUMMER, AUTUMN = date(2025, 3, 1), date(2025, 6, 1), date(2025, 9, 1)


def declare(default: Any = 5, **options: Any) -> Parameter[Any]:
    """Declare a parameter of the tests."""
    return Parameter("tests.days", "公示天数", default, "FQ-8", "memory-M", **options)


def test_default_holds_until_a_value_is_in_force(people: SimpleNamespace) -> None:
    days = declare()
    assert days.on(SUMMER) == 5
    parameters.record(days, "7", SUMMER, by=people.system_admin, source="局办公会纪要3号")
    assert [days.on(day) for day in (date(2025, 5, 31), SUMMER, AUTUMN)] == [5, 7, 7]
    parameters.record(days, "3", AUTUMN, by=people.system_admin, source="局办公会纪要9号")
    assert [days.on(day) for day in (SPRING, SUMMER, AUTUMN)] == [5, 7, 3]


def test_of_two_values_from_one_day_the_later_recorded_holds(people: SimpleNamespace) -> None:
    days = declare()
    for text in ("7", "6"):
        parameters.record(days, text, SUMMER, by=people.system_admin, source="更正")
    assert days.on(AUTUMN) == 6
    assert [row.value for row in days.values()] == ["7", "6"]


def test_an_earlier_value_recorded_later_does_not_hide_the_newer(people: SimpleNamespace) -> None:
    days = declare()
    parameters.record(days, "7", AUTUMN, by=people.system_admin, source="纪要")
    parameters.record(days, "6", SPRING, by=people.system_admin, source="补录")
    assert [days.on(day) for day in (SUMMER, AUTUMN)] == [6, 7]


def test_recording_leaves_an_entry(people: SimpleNamespace) -> None:
    days = declare()
    row = parameters.record(days, " 7 ", SUMMER, by=people.system_admin, source="局办公会纪要")
    assert (row.value, row.recorded_by, row.source) == ("7", people.system_admin, "局办公会纪要")
    assert str(row) == "tests.days = 7（自2025-06-01）"
    entry = Entry.objects.latest("sequence")
    assert (entry.act, entry.actor_name, entry.reason) == (
        "workflows.record_parameter",
        "系统员",
        "局办公会纪要",
    )
    assert '"tests.days":"5"' in entry.before
    assert '"tests.days":"7"' in entry.after


@pytest.mark.parametrize(("text", "source"), [("七", "纪要"), ("-1", "纪要"), ("7", " ")])
def test_a_wrong_value_or_no_basis_is_refused(
    people: SimpleNamespace, text: str, source: str
) -> None:
    with pytest.raises(Refusal, match="公示天数：") as refused:
        parameters.record(declare(), text, SUMMER, by=people.system_admin, source=source)
    assert refused.value.message
    assert not ParameterValue.objects.exists()


@pytest.mark.parametrize(
    ("default", "text", "value"),
    [
        (5, "0", 0),
        (Decimal("90"), "89.996", Decimal("89.996")),
        (True, "否", False),
        (False, "是", True),
        (time(17, 30), "18:00", time(18)),
        (Length(5, Unit.WORKING_DAY), "10cd", Length(10, Unit.DAY)),
        ("甲", "乙", "乙"),
    ],
)
def test_values_come_back_as_they_went_in(
    people: SimpleNamespace, default: Any, text: str, value: Any
) -> None:
    setting = declare(default)
    assert setting.read(parameters.written(default)) == default
    parameters.record(setting, text, SUMMER, by=people.system_admin, source="纪要")
    assert setting.on(AUTUMN) == value


@pytest.mark.parametrize(
    ("default", "text"),
    [
        (5, "5.5"),
        (5, "٣"),
        (Decimal(1), "很多"),
        (Decimal(1), "NaN"),
        (True, "yes"),
        (time(17), "下午"),
        (Length(5, Unit.DAY), "5天"),
    ],
)
def test_what_cannot_be_read_is_refused(default: Any, text: str) -> None:
    with pytest.raises(Refusal, match="公示天数："):
        declare(default).read(text)


def test_a_declaration_may_bring_its_own_reader() -> None:
    setting = declare(("甲",), parse=lambda text: tuple(text.split("、")))
    assert setting.read("乙、丙") == ("乙", "丙")
    with pytest.raises(TypeError, match="needs a parse function"):
        Parameter("tests.other", "其他", ("甲",), "x", "design")


def test_a_key_is_declared_once_and_found_by_it() -> None:
    days = declare()
    with pytest.raises(ValueError, match="declared twice"):
        declare()
    assert parameters.parameter("tests.days") is days
    assert days in parameters.declared()
    with pytest.raises(Refusal, match="没有参数"):
        parameters.parameter("tests.none")


def test_every_declared_parameter_says_its_law_and_reads_its_default() -> None:
    declared = parameters.declared()
    assert "workflows.warning_days" in {each.key for each in declared}
    for each in declared:
        assert each.label and each.law and each.mark, each.key
        assert each.read(parameters.written(each.default)) == each.default


def test_value_on_takes_fixed_values_as_they_are() -> None:
    fixed = Length(5, Unit.DAY)
    assert parameters.value_on(fixed, SUMMER) is fixed
    assert parameters.value_on(declare(fixed), SUMMER) == fixed
