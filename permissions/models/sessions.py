"""Hold who is signed in where, so that sessions can be listed and ended."""

import uuid

from django.db import models

from audit import clock
from permissions.models.people import User


class SessionEnd(models.TextChoices):
    """Why a session ended."""

    UNKNOWN = "unknown", "会话无登记"
    SIGNED_OUT = "signed_out", "本人退出"
    IDLE = "idle", "长时间未操作"
    TOO_OLD = "too_old", "超过最长登录时间"
    BY_OWNER = "by_owner", "本人在其他地点结束"
    BY_ADMINISTRATOR = "by_administrator", "管理员结束"
    PASSWORD_CHANGED = "password_changed", "口令已修改"
    ACCOUNT_CLOSED = "account_closed", "账号已停用"
    POST_ENDED = "post_ended", "岗位已变动"


class SignedInSession(models.Model):
    """A session (会话) of a signed-in person: from where, since when, last seen when."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="signed_in_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    source_ip = models.CharField("来源地址", max_length=64, blank=True)
    user_agent = models.CharField("浏览器", max_length=300, blank=True)
    since = models.DateTimeField("登录时间", default=clock.now)
    last_seen_at = models.DateTimeField("最近操作", default=clock.now)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    ended_because = models.CharField(
        "结束原因", max_length=20, choices=SessionEnd.choices, blank=True
    )
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = "会话"
        verbose_name_plural = "会话"
        ordering = ["-last_seen_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} {self.source_ip}"
