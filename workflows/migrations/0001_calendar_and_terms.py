import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import audit.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("permissions", "0002_administrators_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField(unique=True, verbose_name="日期")),
                ("is_working", models.BooleanField(verbose_name="上班")),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("notice_year", models.PositiveSmallIntegerField(verbose_name="所属年度安排")),
                ("notice_no", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                ("source", models.CharField(max_length=120, verbose_name="来源")),
            ],
            options={
                "verbose_name": "日历特殊日",
                "verbose_name_plural": "日历特殊日",
                "ordering": ["date"],
            },
        ),
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("announced", models.BooleanField(default=True, verbose_name="已公布")),
                ("notice_no", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                ("source", models.CharField(max_length=120, verbose_name="来源")),
                (
                    "imported_at",
                    models.DateTimeField(default=audit.clock.now, verbose_name="导入时间"),
                ),
                ("imported_by", models.CharField(blank=True, max_length=40, verbose_name="导入人")),
                ("edition", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "verbose_name": "年度放假安排",
                "verbose_name_plural": "年度放假安排",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["year", "id"], name="calendar_year_latest")],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_id", models.PositiveBigIntegerField()),
                ("code", models.CharField(max_length=60, verbose_name="期限代码")),
                ("title", models.CharField(max_length=60, verbose_name="期限")),
                ("law", models.CharField(max_length=200, verbose_name="依据")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("deadline", "最迟期限"),
                            ("floor", "最短期限"),
                            ("lead", "提前期限"),
                        ],
                        max_length=12,
                        verbose_name="性质",
                    ),
                ),
                ("starts", models.CharField(max_length=60, verbose_name="起算事由")),
                (
                    "silence",
                    models.CharField(
                        choices=[
                            ("nothing", "逾期不产生视为同意的效果"),
                            ("accepted", "逾期视为受理"),
                            ("renewed", "逾期视为准予延续"),
                            ("abandoned", "逾期视为放弃"),
                        ],
                        max_length=12,
                        verbose_name="逾期效果",
                    ),
                ),
                ("length_code", models.CharField(max_length=12, verbose_name="期限长度")),
                ("rolls", models.BooleanField(default=True, verbose_name="末日逢休息日顺延")),
                ("first_day_counts", models.BooleanField(default=False, verbose_name="首日计入")),
                ("by_organ", models.BooleanField(default=False, verbose_name="机关义务")),
                (
                    "most_extensions",
                    models.PositiveSmallIntegerField(null=True, verbose_name="延长次数上限"),
                ),
                ("started_on", models.DateField(verbose_name="起算日")),
                ("started_at", models.DateTimeField(null=True, verbose_name="起算时刻")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "进行中"),
                            ("met", "按期完成"),
                            ("met_late", "逾期完成"),
                            ("missed", "逾期未完成"),
                            ("cancelled", "撤销"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("met_on", models.DateField(null=True, verbose_name="完成日")),
                ("posted_on", models.DateField(null=True, verbose_name="邮戳日")),
                ("ended_on", models.DateField(null=True, verbose_name="终止日")),
                (
                    "end_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="终止原因"),
                ),
                ("due_on", models.DateField(null=True, verbose_name="届满日")),
                ("due_at", models.DateTimeField(null=True, verbose_name="届满时刻")),
                ("is_provisional", models.BooleanField(default=False, verbose_name="暂定")),
                ("edition", models.UUIDField(null=True, verbose_name="所依日历")),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
            ],
            options={
                "verbose_name": "期限",
                "verbose_name_plural": "期限",
                "ordering": ["started_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TermExtension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("length_code", models.CharField(max_length=12, verbose_name="延长")),
                ("reason", models.CharField(max_length=200, verbose_name="事由")),
                ("law", models.CharField(max_length=200, verbose_name="依据")),
                ("decided_on", models.DateField(verbose_name="决定日")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="决定人",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="workflows.term",
                    ),
                ),
            ],
            options={
                "verbose_name": "期限延长",
                "verbose_name_plural": "期限延长",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="TermStop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="自")),
                ("to_on", models.DateField(null=True, verbose_name="至")),
                ("reason", models.CharField(max_length=200, verbose_name="事由")),
                ("law", models.CharField(max_length=200, verbose_name="依据")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops",
                        to="workflows.term",
                    ),
                ),
            ],
            options={
                "verbose_name": "期限中止",
                "verbose_name_plural": "期限中止",
                "ordering": ["from_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("station_chief", "司法所所长"),
                            ("station_officer", "司法所工作人员"),
                            ("township_clerk", "乡镇（街道）经办人"),
                            ("township_leader", "乡镇（街道）负责人"),
                            ("county_reviewer", "基层科审核人"),
                            ("county_assessor", "县级评审员"),
                            ("county_deputy", "分管副局长"),
                            ("county_director", "局长"),
                            ("party_secretary", "局党组书记"),
                            ("city_reviewer", "市局审核人"),
                            ("city_leader", "市局负责人"),
                            ("auditor", "审计员（只读）"),
                            ("system_admin", "系统管理员"),
                            ("security_admin", "安全管理员"),
                            ("audit_admin", "审计管理员"),
                        ],
                        max_length=24,
                        verbose_name="收件岗位",
                    ),
                ),
                ("object_id", models.PositiveBigIntegerField(blank=True, null=True)),
                ("text", models.CharField(max_length=500, verbose_name="内容")),
                ("created_at", models.DateTimeField(default=audit.clock.now, verbose_name="时间")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="阅读时间")),
                (
                    "content_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="阅读人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="permissions.unit",
                        verbose_name="收件机构",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="收件人",
                    ),
                ),
            ],
            options={
                "verbose_name": "通知",
                "verbose_name_plural": "通知",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["user", "read_at", "-id"], name="notice_of_person"),
                    models.Index(fields=["unit", "role", "read_at", "-id"], name="notice_of_post"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", ""), ("unit", None), ("user__isnull", False)),
                            models.Q(
                                ("unit__isnull", False),
                                ("user", None),
                                models.Q(("role", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="notice_has_one_addressee",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ParameterValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80, verbose_name="参数")),
                ("value", models.CharField(max_length=200, verbose_name="取值")),
                ("valid_from", models.DateField(verbose_name="自")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
                (
                    "recorded_at",
                    models.DateTimeField(default=audit.clock.now, verbose_name="登记时间"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "参数取值",
                "verbose_name_plural": "参数取值",
                "ordering": ["key", "valid_from", "pk"],
                "indexes": [
                    models.Index(fields=["key", "valid_from", "id"], name="parameter_in_force")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="term",
            index=models.Index(fields=["content_type", "object_id"], name="term_of_case"),
        ),
        migrations.AddIndex(
            model_name="term",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["due_on", "id"],
                name="term_open_by_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("content_type", "object_id", "code"),
                name="one_open_term_of_a_rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="termstop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("to_on", None)), fields=("term",), name="one_open_stop"
            ),
        ),
        migrations.AddConstraint(
            model_name="termstop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                ),
                name="stop_ends_after_start",
            ),
        ),
    ]
