"""Rule passwords (口令): mixed, not used before, changed in time, set in one place.

GB/T 22239 8.1.4.1 demands complexity and periodic change.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password
from django.core.exceptions import ValidationError

from audit import clock
from permissions.models import UsedPassword, User

KINDS_NEEDED = 3
REMEMBERED = 5
INITIAL_LENGTH = 12
# A random password needs no slow hash against guessing; an import gives hundreds at once. Django
# hashes it again at full strength when the person first signs in with it.
INITIAL_ITERATIONS = 20_000
# Without characters that are mistaken for each other on paper (0 O, 1 l I).
LETTERS_AND_DIGITS = ("abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789")


class MixedCharactersValidator:
    """Ask for three of four kinds of characters."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when fewer than three kinds are present."""
        kinds = {_kind_of(character) for character in password}
        if len(kinds) < KINDS_NEEDED:
            raise ValidationError(self.get_help_text(), code="password_not_mixed")

    def get_help_text(self) -> str:
        """Say the rule."""
        return "口令须包含大写字母、小写字母、数字、其他符号中的至少三种。"


def _kind_of(character: str) -> str:
    """Name the kind of a character."""
    if character.isdecimal():
        return "digit"
    if character.isupper():
        return "upper"
    return "lower" if character.islower() else "other"


class NotUsedBeforeValidator:
    """Refuse the present password and the last ones before it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when the person has or had this password."""
        if user is None or user.pk is None:
            return
        former = user.used_passwords.values_list("hashed", flat=True)[: REMEMBERED - 1]
        if any(check_password(password, hashed) for hashed in [user.password, *former]):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self) -> str:
        """Say the rule."""
        return f"口令不得与最近 {REMEMBERED} 次使用过的相同。"


def set_password(user: User, password: str) -> None:
    """Give the person the password he chose and keep the hash of the former one."""
    _keep_former(user)
    user.set_password(password)
    user.must_change_password = False
    _save(user)


def give_initial(user: User) -> str:
    """Give the person a random password that he must change, and return it."""
    _keep_former(user)
    password = initial_password()
    hasher = PBKDF2PasswordHasher()
    user.password = hasher.encode(password, hasher.salt(), iterations=INITIAL_ITERATIONS)
    user.must_change_password = True
    _save(user)
    return password


def _keep_former(user: User) -> None:
    """Keep the hash of the password that is about to be replaced."""
    if user.has_usable_password():
        UsedPassword.objects.create(user=user, hashed=user.password)


def _save(user: User) -> None:
    """Write what belongs to a password."""
    user.password_changed_at = clock.now()
    user.save(update_fields=["password", "password_changed_at", "must_change_password"])


def is_due(user: User) -> bool:
    """Tell whether the person must change the password before anything else."""
    age = clock.now() - user.password_changed_at
    return user.must_change_password or age > timedelta(days=settings.PASSWORD_MAX_AGE_DAYS)


def initial_password() -> str:
    """Make a random initial password that has three kinds of characters and reads well."""
    alphabet = "".join(LETTERS_AND_DIGITS)
    while True:
        password = "".join(secrets.choice(alphabet) for _ in range(INITIAL_LENGTH))
        if all(set(password) & set(kind) for kind in LETTERS_AND_DIGITS):
            return password
