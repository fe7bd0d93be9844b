"""Hold the people who sign in and the passwords they had."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q

from audit import clock
from audit.prepared import Prepared
from permissions.roles import ADMINISTRATORS

if TYPE_CHECKING:
    from permissions.models.posts import Post

Found = TypeVar("Found")

LONGEST_CHAIN = 3
"""How far a stand-in reaches when the substitute is away as well (A by B by C)."""


@dataclass(frozen=True)
class Standing:
    """That a person stands in for another today: since when, for which kinds (None: all)."""

    principal: "User"
    kinds: frozenset[str] | None
    since: date
    includes_waiting: bool

    def covers(self, kind: str) -> bool:
        """Tell whether cases of this kind are covered."""
        return self.kinds is None or kind in self.kinds


class UserAccounts(BaseUserManager["User"]):
    """Make accounts; there is no superuser to make."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account; without a password nobody can sign in to it."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person (人员) who signs in. What he may do follows from his posts alone."""

    username = models.CharField(
        "账号", max_length=40, unique=True, error_messages={"unique": "该账号已被使用。"}
    )
    full_name = models.CharField("姓名", max_length=40)
    phone = models.CharField("联系电话", max_length=20, blank=True)
    is_active = models.BooleanField("在用", default=True)
    must_change_password = models.BooleanField("须修改口令", default=True)
    password_changed_at = models.DateTimeField("口令修改时间", default=clock.now)
    created_at = models.DateTimeField("建立时间", default=clock.now)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = UserAccounts()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(condition=Q(is_superuser=False), name="no_superuser"),
        ]

    acting_post: "Post | None" = None

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        """Return the name shown to others."""
        return self.full_name

    def today(self) -> date:
        """Return the day on which questions about this person are answered."""
        return clock.today()

    def remember_answers(self) -> None:
        """Ask the database each question about this person only once from now on.

        For the length of one request; whoever holds a person longer must not remember.
        """
        self.__dict__["_remembered"] = {}

    def forget_posts(self) -> None:
        """Drop the remembered posts, recusals and exceptions: the next question reads again."""
        if "_remembered" in self.__dict__:
            self.remember_answers()

    def _once(self, question: Any, ask: Callable[[], Found]) -> Found:
        """Answer from memory within a request; outside of one, ask again each time."""
        remembered: dict[Any, Any] | None = self.__dict__.get("_remembered")
        if remembered is None:
            return ask()
        if question not in remembered:
            remembered[question] = ask()
        found: Found = remembered[question]
        return found

    def posts_on(self, day: date) -> "list[Post]":
        """Return the posts held on that day, the one chosen for acting first."""
        posts = self._once(("posts", day), lambda: self._read_posts(day))
        chosen = self.acting_post.pk if self.acting_post else None
        return sorted(posts, key=lambda post: post.pk != chosen)

    def _read_posts(self, day: date) -> "list[Post]":
        """Read the posts of that day in one statement, and what else is worth reading at all."""
        posts = _posts_of(self.pk, day)
        for post in posts:
            post.user = self
        if posts and not posts[0].holder_is_recused:
            self._once("recusals", set)
        if posts and not posts[0].holder_stands_in:
            self._once(("standing for", day), list)
        return posts

    def case_posts_on(self, day: date) -> "list[Post]":
        """Return the posts that can have to do with cases: all but the administrators'."""
        return [post for post in self.posts_on(day) if post.role not in ADMINISTRATORS]

    def standing_for(self, day: date) -> "list[Standing]":
        """Return for whom the person stands in on that day, also where a principal does himself.

        The chain is bounded and no circle is followed; each link can only narrow what is covered.
        """
        return self._once(("standing for", day), lambda: self._read_standing(day))

    def _read_standing(self, day: date) -> "list[Standing]":
        """Follow the stand-ins in force from substitute to principal, one statement a link."""
        found: dict[int, Standing] = {}
        reached = {self.pk: Standing(self, None, date.min, True)}
        rows: Any = _stand_ins_of(self.pk, day)
        for _ in range(LONGEST_CHAIN):
            further: dict[int, Standing] = {}
            for row in rows:
                if row.principal_id != self.pk and row.principal_id not in found:
                    further[row.principal_id] = _narrowed(reached[row.substitute_id], row)
            if not further:
                break
            found |= further
            reached = further
            rows = _stand_ins(day).filter(substitute__in=reached)
        if "_remembered" in self.__dict__:
            for standing in found.values():
                standing.principal.remember_answers()
        return list(found.values())

    def recused_from(self) -> set[tuple[int, int]]:
        """Return kind and key of every case from which the person is recused."""
        return self._once(
            "recusals",
            lambda: set(self.recusals.open().values_list("content_type_id", "object_id")),
        )

    def exceptions_on(self, model: Any, day: date) -> set[tuple[int, str]]:
        """Return case key and codename of each of his exceptions in force on that day."""
        return self._once(
            ("exceptions", model, day),
            lambda: {
                (row.content_object_id, row.permission.codename)
                for row in _exceptions_of(model)(self.pk, day)
            },
        )

    def took_part_in(self, model: type[models.Model]) -> models.QuerySet[Any, Any]:
        """Return the keys of the cases of this model in which the person took part."""
        return self.participations.filter(
            content_type=ContentType.objects.get_for_model(model)
        ).values("object_id")


def _asked(name: str) -> Any:
    """Return the rows that point at a person; their models stand above this one."""
    model: Any = User._meta.get_field(name).related_model
    return model.objects


def _posts(user: int, day: date) -> Any:
    """Return the posts of a person on a day; is he recused from any case, stands he in for any?"""
    recusals = _asked("recusals").open().filter(user=OuterRef("user"))
    stand_ins = _asked("stood_in").in_force(day).filter(substitute=OuterRef("user"))
    posts = _asked("posts").filter(user=user).on(day).select_related("unit")
    return posts.annotate(holder_is_recused=Exists(recusals), holder_stands_in=Exists(stand_ins))


def _stand_ins(day: date) -> Any:
    """Return the stand-ins in force on a day, each with whom it is for."""
    return _asked("stood_in").in_force(day).select_related("principal").order_by("pk")


@cache
def _exceptions_of(model: type[models.Model]) -> Prepared[Any]:
    """Return the statement of the dated exceptions on cases of a kind that a person has."""
    rows: Any = model._meta.get_field("exceptions").related_model
    return Prepared(
        lambda user, day: rows.objects.in_force(day).filter(user=user).select_related("permission"),
        int,
        date,
    )


_posts_of: Prepared[Any] = Prepared(_posts, int, date)
_stand_ins_of: Prepared[Any] = Prepared(
    lambda user, day: _stand_ins(day).filter(substitute=user), int, date
)


def _narrowed(held: Standing, row: Any) -> Standing:
    """Return what a further link of the chain leaves of what the substitute holds."""
    kinds = frozenset(row.kinds) if row.kinds else None
    if held.kinds is not None:
        kinds = held.kinds if kinds is None else kinds & held.kinds
    return Standing(
        row.principal,
        kinds,
        max(held.since, row.starts_on),
        held.includes_waiting and row.includes_waiting,
    )


class UsedPassword(models.Model):
    """A password (as its hash) the person had before; not to be used again."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="used_passwords")
    hashed = models.CharField(max_length=128)
    until = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "曾用口令"
        verbose_name_plural = "曾用口令"
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} {self.until:%Y-%m-%d}"
