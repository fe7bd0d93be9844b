"""Keep numbers, papers and uploaded files; each belongs to a case by content type and id."""

import uuid
from functools import cached_property

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from audit import clock
from documents.querysets import (
    NumberQuerySet,
    PaperQuerySet,
    ReadTextQuerySet,
    StoredFileQuerySet,
)
from documents.reading.clauses import Clause, recognise
from documents.reading.paragraphs import Paragraph, Part


class NumberSeries(models.Model):
    """A series of numbers (文号种类) as its app declared it when it first gave one out."""

    code = models.CharField("代码", max_length=60, unique=True)
    title = models.CharField("名称", max_length=100)
    pattern = models.CharField("格式", max_length=100)

    class Meta:
        verbose_name = "文号种类"
        verbose_name_plural = "文号种类"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title


class NumberCounter(models.Model):
    """The last value given out in a series and year; its row lock makes numbers gap-free."""

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="counters")
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = "文号计数"
        verbose_name_plural = "文号计数"
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="one_counter_per_year"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}：{self.last}"


class Number(models.Model):
    """A number (文号) given out once; a voided one is kept and never given out again."""

    class State(models.TextChoices):
        """States of a number."""

        IN_USE = "in_use", "在用"
        VOID = "void", "作废"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="numbers")
    year = models.PositiveSmallIntegerField("年度")
    value = models.PositiveIntegerField("序号")
    text = models.CharField("文号", max_length=120, unique=True)
    state = models.CharField(
        "状态", max_length=8, choices=State.choices, default=State.IN_USE, editable=False
    )
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    voided_by_name = models.CharField("作废人", max_length=60, blank=True)
    voided_at = models.DateTimeField("作废时间", null=True)
    allocated_on = models.DateField("编号日期")
    allocated_at = models.DateTimeField("登记时间", default=clock.now)
    subject_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, related_name="+"
    )
    subject_id = models.PositiveBigIntegerField(null=True)
    subject = GenericForeignKey("subject_type", "subject_id")

    objects = NumberQuerySet.as_manager()

    class Meta:
        verbose_name = "文号"
        verbose_name_plural = "文号"
        ordering = ["series", "year", "value"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="number_subject")]
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "value"], name="number_once"),
            models.CheckConstraint(condition=Q(value__gte=1), name="number_from_one"),
            models.CheckConstraint(
                condition=Q(state="in_use") | ~Q(void_reason=""), name="void_number_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Paper(models.Model):
    """A paper (文书): words frozen at issue; the file is made of them and of nothing else."""

    class State(models.TextChoices):
        """States of a paper."""

        ISSUED = "issued", "有效"
        SUPERSEDED = "superseded", "已被替代"
        VOIDED = "voided", "已作废"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("种类", max_length=80)
    template = models.CharField("版式", max_length=80)
    title = models.CharField("标题", max_length=300)
    number = models.OneToOneField(
        Number, on_delete=models.PROTECT, null=True, related_name="paper", verbose_name="文号"
    )
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    words = models.TextField("内容")
    words_digest = models.CharField("内容摘要", max_length=64)
    missing_glyphs = models.TextField("字库缺字", blank=True)
    issued_on = models.DateField("成文日期")
    issued_at = models.DateTimeField("制作时间", default=clock.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_by_name = models.CharField("制作人", max_length=60)
    state = models.CharField(
        "状态", max_length=12, choices=State.choices, default=State.ISSUED, editable=False
    )
    state_reason = models.CharField("作废或替代原因", max_length=200, blank=True)
    pdf_name = models.CharField(max_length=80, blank=True, editable=False)
    pdf_sha256 = models.CharField("文件摘要", max_length=64, blank=True, editable=False)
    pages = models.PositiveSmallIntegerField("页数", default=0, editable=False)
    fonts_note = models.CharField("字体说明", max_length=200, blank=True, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "文书"
        verbose_name_plural = "文书"
        ordering = ["issued_at", "pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="paper_subject"),
            models.Index(fields=["id"], name="paper_unrendered", condition=Q(pdf_sha256="")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_rendered(self) -> bool:
        """Tell whether the file has been made."""
        return bool(self.pdf_sha256)


class StoredFile(models.Model):
    """An uploaded file (附件), checked by content; staged (暂存) until it belongs to a case."""

    class Kind(models.TextChoices):
        """Kinds of files that are taken in, told by their content."""

        PDF = "pdf", "PDF 文件"
        DOCX = "docx", "Word 文档"
        XLSX = "xlsx", "Excel 表格"
        JPG = "jpg", "JPG 图片"
        PNG = "png", "PNG 图片"
        OFD = "ofd", "OFD 版式文件"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    original_name = models.CharField("文件名", max_length=150)
    kind = models.CharField("类型", max_length=8, choices=Kind.choices)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("摘要", max_length=64)
    stored_name = models.CharField(max_length=80, unique=True, editable=False)
    subject_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, related_name="+"
    )
    subject_id = models.PositiveBigIntegerField(null=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    slot = models.CharField("材料", max_length=100, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_by_name = models.CharField("上传人", max_length=60)
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)
    attached_at = models.DateTimeField("入卷时间", null=True)
    withdrawn_at = models.DateTimeField("撤下时间", null=True)
    withdrawn_by_name = models.CharField("撤下人", max_length=60, blank=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering = ["uploaded_at", "pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="file_subject"),
            models.Index(
                fields=["uploaded_by"], name="file_staged", condition=Q(subject_type=None)
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def fingerprint(self) -> dict[str, str]:
        """Return name and digest, as the trace keeps them: a name alone proves no content."""
        return {"file": self.original_name, "sha256": self.sha256}

    @property
    def is_viewable(self) -> bool:
        """Tell whether a browser may show the file itself; all else is download only."""
        return self.kind in {self.Kind.PDF, self.Kind.JPG, self.Kind.PNG}


class ReadText(models.Model):
    """The text of a kept file as it was read once; never changed, gone only with its file.

    `text` holds the paragraphs that count, one a line; `folded` (the text as it is searched),
    `parts` and `labels` have one entry for each of them.
    """

    file = models.OneToOneField(
        StoredFile, on_delete=models.CASCADE, related_name="read_text", verbose_name="附件"
    )
    title = models.CharField("标题", max_length=300, blank=True)
    text = models.TextField("文字", blank=True)
    parts = models.JSONField("所在部分")
    labels = models.JSONField("条款编号")
    margins = models.JSONField("页眉页脚和目录")
    folded = models.TextField("检索文字", editable=False)
    defects = models.JSONField("读取提示")
    problem = models.CharField("不能读取的原因", max_length=200, blank=True)
    characters = models.PositiveIntegerField("字数")
    digest = models.CharField("文字摘要", max_length=64)
    reader = models.PositiveSmallIntegerField("读取程序版次")
    read_at = models.DateTimeField("读取时间", default=clock.now)

    objects = ReadTextQuerySet.as_manager()

    class Meta:
        verbose_name = "文件文字"
        verbose_name_plural = "文件文字"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title or str(self.file)

    @property
    def is_read(self) -> bool:
        """Tell whether there is a text."""
        return not self.problem

    @cached_property
    def counting(self) -> list[Paragraph]:
        """Return the paragraphs that make up the text: what is compared, searched and cited."""
        lines = self.text.split("\n") if self.parts else []
        return [Paragraph(line, Part(part)) for line, part in zip(lines, self.parts, strict=True)]

    @cached_property
    def clauses(self) -> list[Clause]:
        """Return the text as clauses, one for each counting paragraph."""
        return recognise(self.counting)


class TextGram(models.Model):
    """A pair of characters of a text, and in which stretches of it the pair occurs.

    An index that can be made again from the texts: nothing refers to its rows, and a foreign key
    checked for each of ten thousand rows would take longer than writing them. `shelf` comes first
    in the key, so that a new text writes into the few pages of the latest shelf instead of one
    page for each of its pairs; a search asks every shelf. There is no index by text: rows go only
    with the text of a staged file that is swept.
    """

    TEXTS_ON_A_SHELF = 64

    pk = models.CompositePrimaryKey("shelf", "gram", "text")
    shelf = models.IntegerField("架")
    text = models.ForeignKey(
        ReadText,
        on_delete=models.CASCADE,
        related_name="grams",
        db_constraint=False,
        db_index=False,
    )
    gram = models.BigIntegerField("字对")
    stretches = models.BigIntegerField("所在部分")

    class Meta:
        verbose_name = "文字索引"
        verbose_name_plural = "文字索引"

    def __str__(self) -> str:
        return f"{self.text_id}：{self.gram}"
