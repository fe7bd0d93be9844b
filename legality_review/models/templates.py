"""Hold the county's contract templates (合同示范文本), against which contracts are compared."""

import uuid

from django.conf import settings
from django.db import models

from audit import clock
from documents.models import StoredFile
from legality_review.permissions import TemplateVerb
from legality_review.querysets import ContractTemplateQuerySet
from legality_review.rules.intake import ContractKind


class ContractTemplate(models.Model):
    """A contract template the county bureau offers; a new text is a new row."""

    VIEW_VERB = TemplateVerb.VIEW

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField("名称", max_length=120)
    kind = models.CharField("合同类别", max_length=16, choices=ContractKind.choices)
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="文本"
    )
    note = models.TextField("使用说明", blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="发布人"
    )
    published_at = models.DateTimeField("发布时间", default=clock.now)
    retired_at = models.DateTimeField("停用时间", null=True, editable=False)

    objects = ContractTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "合同示范文本"
        verbose_name_plural = "合同示范文本"
        ordering = ["kind", "title", "pk"]
        permissions = TemplateVerb.for_model("contracttemplate")
        default_permissions = ()

    def __str__(self) -> str:
        return self.title
