"""Give every kind of case (案件) its common facts and its handles on terms."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from viewflow.workflow.models import Process

from audit import clock
from permissions.models import Participation, Unit
from permissions.verbs import VerbEnum
from workflows import terms
from workflows.acts import Act, acts_of
from workflows.conditions import Condition
from workflows.querysets import CaseRegister


@dataclass(frozen=True)
class Opening:
    """How a case of a kind is opened: its label, verb, article and conditions."""

    label: str
    verb: VerbEnum
    law: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Stage:
    """A stretch of the legal life shown on the stage bar: its name and its states."""

    title: str
    states: frozenset[str]


class Hold(models.TextChoices):
    """Why nothing can be done in a case for the time being."""

    NONE = "", "未暂停"
    SUSPENDED = "suspended", "挂起"
    STAYED = "stayed", "中止"


class Case(models.Model):
    """A case: one matter with a legal life, belonging to one unit.

    A kind of case declares in its lifecycle `State`, the `state` field, the acts, and:
    `KIND` (its word in URLs), `SERIES` (the series of its case number), `CLOSED` (states in
    which it is over), `VIEW_VERB`, `OPENING` and `STAGES`; `ALONG` where every act asks for more
    of the rows the case points at; `GROUPS`, the properties that give the keys of people
    concerned, each with its Chinese meaning, for `not_by`.
    """

    KIND: ClassVar[str]
    SERIES: ClassVar[str]
    CLOSED: ClassVar[frozenset[str]]
    VIEW_VERB: ClassVar[VerbEnum]
    OPENING: ClassVar[Opening]
    STAGES: ClassVar[tuple[Stage, ...]] = ()
    GROUPS: ClassVar[dict[str, str]] = {}
    ALONG: ClassVar[tuple[str, ...]] = ("unit", "process")

    state: Any
    exceptions: Any
    process_id: int | None

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField("案号", max_length=60, unique=True, editable=False)
    title = models.CharField("事项", max_length=200)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="所属机构"
    )
    opened_on = models.DateField("立案日期", editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="发起人",
    )
    closed_on = models.DateField("办结日期", null=True, editable=False)
    due_on = models.DateField("最近期限", null=True, editable=False)
    process = models.OneToOneField(
        Process, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    held_as = models.CharField(
        "暂停办理", max_length=12, choices=Hold.choices, default=Hold.NONE, blank=True,
        editable=False,
    )  # fmt: skip
    held_on = models.DateField("暂停日期", null=True, editable=False)
    held_because = models.CharField("暂停事由", max_length=200, blank=True, editable=False)
    interrupted_in = models.CharField("终止前状态", max_length=40, blank=True, editable=False)

    participations = GenericRelation(Participation)

    objects = CaseRegister.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）"

    def get_absolute_url(self) -> str:
        """Return the page of the case."""
        return reverse("workflows:case", args=[self.KIND, self.uuid])

    @classmethod
    def state_field(cls) -> Any:
        """Return the field that holds the state."""
        return cls._meta.get_field("state")

    @classmethod
    def acts(cls) -> dict[str, Act]:
        """Return the declared acts of this kind by name."""
        return acts_of(cls)

    @classmethod
    def content_type(cls) -> ContentType:
        """Return the content type under which rows of other tables point at this kind."""
        return ContentType.objects.get_for_model(cls)

    @classmethod
    def falling_due(cls, today: date) -> Iterator[tuple[Any, str]]:
        """Yield cases with the act that the law itself brings about on them by that day."""
        yield from ()

    @property
    def state_label(self) -> str:
        """Return the Chinese name of the present state."""
        return str(dict(self.state_field().flatchoices)[self.state])

    @property
    def is_closed(self) -> bool:
        """Tell whether the case is over."""
        return self.state in self.CLOSED

    @property
    def is_held(self) -> bool:
        """Tell whether the case is suspended or stayed."""
        return bool(self.held_as)

    def let_go(self) -> None:
        """End the suspension or stay; the caller saves."""
        self.held_as, self.held_on, self.held_because = Hold.NONE, None, ""

    @property
    def kind_label(self) -> str:
        """Return the Chinese name of the kind."""
        return str(self._meta.verbose_name)

    def today(self) -> date:
        """Return the day on which questions about the case are answered."""
        return clock.today()

    def people_of(self, name: str) -> tuple[str, set[int]]:
        """Return the Chinese meaning and the keys of the people in a field or group of the case."""
        if name in self.GROUPS:
            return self.GROUPS[name], set(getattr(self, name))
        field = self._meta.get_field(name)
        label = str(getattr(field, "verbose_name", ""))
        if field.many_to_many:
            return label, set(getattr(self, name).values_list("pk", flat=True))
        key = getattr(self, f"{name}_id")
        return label, {key} if key else set()

    def act_url(self, name: str) -> str:
        """Return the page on which an act is performed."""
        return reverse("workflows:act", args=[self.KIND, self.uuid, name])

    def begin(self, *, by: Any, on: date, **facts: Any) -> None:
        """Set the first facts when the case is opened; a kind may say more."""
        for name, fact in facts.items():
            setattr(self, name, fact)

    def start(self, rule: "terms.TermRule", on: Any) -> "terms.Term":
        """Start a term of this case."""
        return terms.start(self, rule, on)

    def stop(self, rule: "terms.TermRule", on: date, *, reason: str, law: str) -> None:
        """Stop the clock of a running term from that day."""
        terms.stop(self, rule, on, reason=reason, law=law)

    def resume(self, rule: "terms.TermRule", on: date) -> None:
        """Let the clock of a stopped term run on."""
        terms.resume(self, rule, on)

    def meet(self, rule: "terms.TermRule", on: Any) -> None:
        """Note that what the term asks for was done."""
        terms.meet(self, rule, on)


def model_of_kind(label: str) -> type[Case]:
    """Return the case model with this label ("accreditation.Title")."""
    model = apps.get_model(label)
    if not issubclass(model, Case):
        raise LookupError(f"{label} is not a kind of case")
    return model


def kind_of(word: str) -> type[Case]:
    """Return the case model with this `KIND`; `LookupError` when there is none."""
    for model in case_models():
        if word == model.KIND:
            return model
    raise LookupError(f"{word} is not a kind of case")


def case_models() -> list[type[Case]]:
    """Return every concrete kind of case, in order of declaration."""
    return [model for model in apps.get_models() if issubclass(model, Case)]
