"""Show dates, lights, the reasons of terms and the consequences of acts in plain Chinese."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from audit import clock
from documents import papers
from workflows import sources, terms
from workflows.acts import Act
from workflows.calendar import Calendar
from workflows.models.tasks import Task
from workflows.models.terms import Term
from workflows.reckoning import Reckoning

register = template.Library()


@register.filter
def date_zh(value: date | None) -> str:
    """Return a date as 2026年11月22日, a moment with hour and minute in China's time."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        moment = value.astimezone(clock.PLACE)
        return f"{_day(moment)} {moment:%H:%M}"
    return _day(value)


@register.filter
def cited(text: str) -> str:
    """Return a declared basis with the sources of its rules instead of their ids."""
    return sources.cited(text)


@register.simple_tag
def now_zh() -> str:
    """Return the present moment in words."""
    return date_zh(clock.now())


@register.simple_tag
def light(colour: str, text: str) -> SafeString:
    """Show a light with words: red, yellow, green or grey."""
    return format_html('<span class="light light-{}">{}</span>', colour, text)


@register.simple_tag
def due_light(due_on: date | None, today: date, calendar: Calendar) -> SafeString:
    """Show the light of a due date; its words alone say everything its colour says."""
    shown = terms.light(due_on, today, calendar)
    if shown is None:
        return light("grey", "不计时限")
    return light(shown.colour.value, shown.text)


@register.simple_tag
def task_light(task: Task, today: date, calendar: Calendar) -> SafeString:
    """Show the light of a task; one that must wait says from which day it can be done."""
    if task.opens_on is None:
        return due_light(task.due_on, today, calendar)
    colour = "grey" if today < task.opens_on else "green"
    return light(colour, f"{_day(task.opens_on)}起方可办理")


@register.filter
def reckoned(term: Term, calendar: Calendar) -> Reckoning:
    """Return when a term ends by its stored history."""
    return term.reckoning(calendar)


@register.filter
def explained(term: Term, calendar: Calendar) -> list[str]:
    """Return why a term ends when it ends, line by line."""
    return terms.explain(term, calendar)


@register.simple_tag
def consequences(act: Act, case: Any) -> list[str]:
    """Say what follows from an act: the state after it and the papers it brings."""
    labels = dict(case._meta.get_field("state").flatchoices)
    lines = []
    after = [f"“{labels[target]}”" for target in act.targets if target != case.state]
    if after:
        lines.append(f"案件由“{case.get_state_display()}”转为{'或者'.join(after)}。")
    if act.papers:
        names = "、".join(f"《{papers.kind_of(kind).title}》" for kind in act.papers)
        lines.append(f"同时生成文书：{names}。")
    if set(act.targets) <= set(case.CLOSED):
        lines.append("案件随即办结，此后不能再改动。")
    lines.append("提交后记入留痕，不能删除。")
    return lines


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"
