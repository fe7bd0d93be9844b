"""Change accounts: add, correct, close, reopen, reset the password, each with its trace."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from audit import clock
from audit.recording import record
from permissions import passwords, second_factor, sessions
from permissions.models import Post, SessionEnd, SignedInSession, User
from permissions.permissions import Verb
from permissions.policy import demand
from permissions.posts import close_post, is_administrator, others_in_security
from permissions.refusals import Impossible
from permissions.roles import Role


@transaction.atomic
def add_person(
    *, username: str, full_name: str, phone: str = "", by: Any = None
) -> tuple[User, str]:
    """Add an account; return it with its initial password, which is kept nowhere."""
    post = demand(by, Verb.MANAGE_USER)
    user = User(username=username, full_name=full_name, phone=phone)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    password = passwords.give_initial(user)
    record(
        "permissions.add_person", "新增人员", subject=user, by=by, post=post, after=_values(user)
    )
    return user, password


@transaction.atomic
def correct_person(user: User, *, full_name: str, phone: str, by: Any = None) -> User:
    """Correct name and telephone of a person."""
    post = demand(by, Verb.MANAGE_USER)
    user = User.objects.select_for_update().get(pk=user.pk)
    before = _values(user)
    user.full_name, user.phone = full_name, phone
    user.full_clean()
    user.save(update_fields=["full_name", "phone"])
    record(
        "permissions.correct_person", "更正人员", subject=user, by=by, post=post,
        before=before, after=_values(user),
    )  # fmt: skip
    return user


@transaction.atomic
def close_account(user: User, *, reason: str, by: Any = None) -> User:
    """Close an account (停用): its sessions end at once, its posts end with yesterday.

    So a reopened account brings no right back; posts must be given anew.
    """
    post = demand(by, Verb.MANAGE_USER)
    user = User.objects.select_for_update().get(pk=user.pk)
    _refuse_own(user, by)
    if not user.is_active:
        raise Impossible(f"{user.full_name}的账号已经停用。")
    if _holds_security(user) and not others_in_security(user):
        raise Impossible("这是唯一的安全管理员，停用后无人能任免岗位。请先任命接任者。")
    yesterday = clock.today() - timedelta(days=1)
    ended = [str(held) for held in user.posts.overlapping(clock.today(), None)]
    for held in user.posts.overlapping(clock.today(), None):
        close_post(held, yesterday)
    sessions.end(user.signed_in_sessions.all(), SessionEnd.ACCOUNT_CLOSED)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(
        "permissions.close_account", "停用账号", subject=user, by=by, post=post, reason=reason,
        before={"is_active": True, "posts": ended}, after={"is_active": False, "posts": []},
    )  # fmt: skip
    return user


@transaction.atomic
def reopen_account(user: User, *, reason: str, by: Any = None) -> tuple[User, str]:
    """Reopen an account (恢复) with a new initial password and without any post."""
    post = demand(by, Verb.MANAGE_USER)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        raise Impossible(f"{user.full_name}的账号正在使用，无需恢复。")
    user.is_active = True
    user.save(update_fields=["is_active"])
    password = _give_initial_password(user)
    record(
        "permissions.reopen_account", "恢复账号", subject=user, by=by, post=post, reason=reason,
        before={"is_active": False}, after={"is_active": True},
    )  # fmt: skip
    return user, password


@transaction.atomic
def reset_password(user: User, *, reason: str, by: Any = None) -> str:
    """Give a person who forgot his password an initial one, and return it.

    Not for the three administrators: whoever reset the password of another one could take his
    office over, and 三员分立 would be a name. Theirs are reset on the server (`administrators`).
    """
    post = demand(by, Verb.MANAGE_USER)
    user = User.objects.select_for_update().get(pk=user.pk)
    _refuse_own(user, by)
    if by is not None and is_administrator(user):
        raise Impossible(
            "三员分立：管理员的口令不能由另一名管理员在页面上重置，"
            "请在服务器上执行 manage.py administrators --reset 账号。"
        )
    password = _give_initial_password(user)
    record("permissions.reset_password", "重置口令", subject=user, by=by, post=post, reason=reason)
    return password


def _give_initial_password(user: User) -> str:
    """Set an initial password that must be changed, and end the person's sessions."""
    password = passwords.give_initial(user)
    sessions.end(user.signed_in_sessions.all(), SessionEnd.PASSWORD_CHANGED)
    return password


@transaction.atomic
def end_sessions(user: User, *, reason: str, by: Any = None) -> int:
    """End all sessions of a person and return how many they were."""
    post = demand(by, Verb.END_SESSION)
    running = SignedInSession.objects.filter(user=user)
    count = sessions.end(running, SessionEnd.BY_ADMINISTRATOR)
    record(
        "permissions.end_sessions", "结束会话", subject=user, by=by, post=post, reason=reason,
        after={"count": count},
    )  # fmt: skip
    return count


@transaction.atomic
def remove_second_factor(user: User, *, reason: str, by: Any = None) -> None:
    """Let a person who lost his telephone sign in by password alone."""
    post = demand(by, Verb.REMOVE_SECOND_FACTOR)
    _refuse_own(user, by)
    if not second_factor.remove(user):
        raise Impossible(f"{user.full_name}没有启用动态口令。")
    record(
        "permissions.remove_second_factor", "解除动态口令", subject=user, by=by, post=post,
        reason=reason,
    )  # fmt: skip


def _refuse_own(user: User, by: Any) -> None:
    """Refuse what an administrator must not do to his own account."""
    if by is not None and by.pk == user.pk:
        raise Impossible("不能对本人的账号办理，请由其他管理员办理；修改口令请用“修改口令”。")


def _holds_security(user: User) -> bool:
    """Tell whether the person is security administrator today."""
    in_post = Post.objects.on(clock.today()).filter(role=Role.SECURITY_ADMIN)
    return bool(in_post.filter(user=user).exists())


def _values(user: User) -> dict[str, Any]:
    """Return what an entry says of an account."""
    return {"username": user.username, "full_name": user.full_name, "phone": user.phone}
