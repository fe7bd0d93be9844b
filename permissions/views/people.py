"""Show people, and let administrators care for accounts, posts and sessions."""

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch, Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from audit import clock
from audit.recording import record_view
from permissions import people, posts, second_factor
from permissions.forms.administration import (
    AppointForm,
    CorrectionForm,
    EndPostForm,
    PersonForm,
    ReasonForm,
)
from permissions.models import Post, User
from permissions.permissions import Verb
from permissions.policy import may
from permissions.roles import Role
from permissions.views.forming import attempt, form_page, needs
from permissions.views.paging import asked, page_by


@needs(Verb.VIEW_DIRECTORY)
def listing(request: HttpRequest) -> HttpResponse:
    """List people with the posts they hold today."""
    words = asked(request, "q")
    rows = User.objects.prefetch_related(
        Prefetch(
            "posts",
            queryset=Post.objects.on(clock.today()).select_related("unit"),
            to_attr="present_posts",
        )
    )
    if words:
        rows = rows.filter(Q(full_name__icontains=words) | Q(username__icontains=words))
    page = {
        "found": page_by(request, rows, "username"),
        "q": words,
        "may_manage": may(request.user, Verb.MANAGE_USER),
    }
    return render(request, "permissions/people.html", page)


@needs(Verb.VIEW_DIRECTORY)
def person(request: HttpRequest, uuid: str) -> HttpResponse:
    """Show one person: account, posts now and before, sessions."""
    shown = get_object_or_404(User, uuid=uuid)
    viewer: Any = request.user
    post = viewer.acting_post
    record_view(Verb.VIEW_DIRECTORY, "查看人员", subject=shown, by=viewer, post=post)
    today = clock.today()
    held = shown.posts.select_related("unit", "user").order_by("-starts_on", "-pk")
    page = {
        "person": shown,
        "posts": [(post, post.is_held_on(today)) for post in held],
        "today": today,
        "sessions": shown.signed_in_sessions.filter(ended_at=None),
        "has_second_factor": second_factor.device_of(shown) is not None,
        "is_self": shown.pk == request.user.pk,
        "may_manage": may(request.user, Verb.MANAGE_USER),
        "may_appoint": may(request.user, Verb.MANAGE_POST),
        "may_end_sessions": may(request.user, Verb.END_SESSION),
    }
    return render(request, "permissions/person.html", page)


def _page_of(shown: User) -> str:
    """Return the address of a person."""
    return reverse("permissions:person", args=[shown.uuid])


def _crumbs(shown: User | None = None) -> list[tuple[str, str]]:
    """Return the way to a page about a person."""
    way = [("人员", reverse("permissions:people"))]
    return way + ([(shown.full_name, _page_of(shown))] if shown else [])


def _password_page(
    request: HttpRequest, form: Form, change: Callable[..., tuple[User, str]], **page: Any
) -> HttpResponse:
    """Show a form whose change gives an initial password; show that once, it is kept nowhere."""
    if request.method == "POST" and form.is_valid():
        given = attempt(form, change)
        if given is not None:
            shown, password = given
            told = {"person": shown, "password": password, "crumbs": _crumbs(shown)}
            return render(request, "permissions/initial_password.html", told)
    return render(request, "permissions/form_page.html", {"form": form, **page})


@never_cache
@needs(Verb.MANAGE_USER)
def add(request: HttpRequest) -> HttpResponse:
    """Add a person."""

    def change(**facts: Any) -> tuple[User, str]:
        return people.add_person(**facts, by=request.user)

    return _password_page(
        request,
        PersonForm(request.POST or None),
        change,
        title="新增人员",
        label="新增",
        note="新增后显示一次初始口令，请当面交给本人；岗位由安全管理员任命。",
        back=reverse("permissions:people"),
        crumbs=_crumbs(),
    )


@needs(Verb.MANAGE_USER)
def correct(request: HttpRequest, uuid: str) -> HttpResponse:
    """Correct name and telephone."""
    shown = get_object_or_404(User, uuid=uuid)

    def change(**facts: Any) -> User:
        return people.correct_person(shown, **facts, by=request.user)

    return form_page(
        request,
        CorrectionForm(
            request.POST or None, initial={"full_name": shown.full_name, "phone": shown.phone}
        ),
        change,
        back=_page_of(shown),
        done="人员资料已更正。",
        title=f"更正人员：{shown.full_name}",
        label="保存",
        crumbs=_crumbs(shown),
    )


@needs(Verb.MANAGE_USER)
def close(request: HttpRequest, uuid: str) -> HttpResponse:
    """Close an account."""
    shown = get_object_or_404(User, uuid=uuid)

    def change(reason: str) -> User:
        return people.close_account(shown, reason=reason, by=request.user)

    return form_page(
        request,
        ReasonForm(request.POST or None),
        change,
        back=_page_of(shown),
        done="账号已停用，其登录已全部退出，岗位已免去。",
        title=f"停用账号：{shown.full_name}",
        label="停用",
        note="停用立即生效：全部登录退出，全部岗位免去；恢复账号后须重新任命岗位。",
        tone="danger",
        crumbs=_crumbs(shown),
    )


@never_cache
@needs(Verb.MANAGE_USER)
def reopen(request: HttpRequest, uuid: str) -> HttpResponse:
    """Reopen an account."""
    shown = get_object_or_404(User, uuid=uuid)

    def change(reason: str) -> tuple[User, str]:
        return people.reopen_account(shown, reason=reason, by=request.user)

    return _password_page(
        request,
        ReasonForm(request.POST or None),
        change,
        title=f"恢复账号：{shown.full_name}",
        label="恢复",
        note="恢复后显示一次新的初始口令；岗位须由安全管理员重新任命。",
        back=_page_of(shown),
        crumbs=_crumbs(shown),
    )


@never_cache
@needs(Verb.MANAGE_USER)
def reset_password(request: HttpRequest, uuid: str) -> HttpResponse:
    """Give a new initial password."""
    shown = get_object_or_404(User, uuid=uuid)

    def change(reason: str) -> tuple[User, str]:
        return shown, people.reset_password(shown, reason=reason, by=request.user)

    return _password_page(
        request,
        ReasonForm(request.POST or None),
        change,
        title=f"重置口令：{shown.full_name}",
        label="重置",
        note="请先核实本人身份。重置后显示一次初始口令，其登录全部退出，再次登录须修改口令。",
        back=_page_of(shown),
        crumbs=_crumbs(shown),
    )


@needs(Verb.MANAGE_POST)
def appoint(request: HttpRequest, uuid: str) -> HttpResponse:
    """Appoint a person to a post."""
    shown = get_object_or_404(User, uuid=uuid)

    def change(role: str, **facts: Any) -> Post:
        return posts.appoint(shown, Role(role), **facts, by=request.user)

    return form_page(
        request,
        AppointForm(request.POST or None, initial={"starts_on": clock.today()}),
        change,
        back=_page_of(shown),
        done="岗位已任命。",
        title=f"任命岗位：{shown.full_name}",
        label="任命",
        note="三员分立：系统、安全、审计管理员不得同时担任其他岗位。",
        crumbs=_crumbs(shown),
    )


@needs(Verb.MANAGE_POST)
def end_post(request: HttpRequest, uuid: str) -> HttpResponse:
    """End a post of a person."""
    held = get_object_or_404(Post.objects.select_related("user", "unit"), uuid=uuid)

    def change(**facts: Any) -> Post:
        return posts.end_post(held, **facts, by=request.user)

    return form_page(
        request,
        EndPostForm(request.POST or None, initial={"last_day": clock.today()}),
        change,
        back=_page_of(held.user),
        done="岗位已免去。",
        title=f"免去岗位：{held}",
        label="免去",
        tone="danger",
        crumbs=_crumbs(held.user),
    )


@needs(Verb.END_SESSION)
def end_sessions(request: HttpRequest, uuid: str) -> HttpResponse:
    """End all sessions of a person."""
    shown = get_object_or_404(User, uuid=uuid)

    def change(reason: str) -> int:
        return people.end_sessions(shown, reason=reason, by=request.user)

    return form_page(
        request,
        ReasonForm(request.POST or None),
        change,
        back=_page_of(shown),
        done="该人员的登录已全部退出。",
        title=f"结束会话：{shown.full_name}",
        label="结束",
        tone="danger",
        crumbs=_crumbs(shown),
    )


@needs(Verb.REMOVE_SECOND_FACTOR)
def remove_second_factor(request: HttpRequest, uuid: str) -> HttpResponse:
    """Remove the second factor of a person who lost it."""
    shown = get_object_or_404(User, uuid=uuid)

    def change(reason: str) -> bool:
        people.remove_second_factor(shown, reason=reason, by=request.user)
        return True

    return form_page(
        request,
        ReasonForm(request.POST or None),
        change,
        back=_page_of(shown),
        done="动态口令已解除，该人员可以只用口令登录。",
        title=f"解除动态口令：{shown.full_name}",
        label="解除",
        note="请先核实本人身份（手机遗失等），并提醒其重新启用。",
        tone="danger",
        crumbs=_crumbs(shown),
    )
