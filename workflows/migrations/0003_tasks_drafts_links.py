import audit.clock
import datetime
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('permissions', '0002_administrators_apart'),
        ('viewflow', '0015_task_scheduled'),
        ('workflows', '0002_seed_calendar'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DeclaredStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case_table', models.CharField(max_length=80)),
                ('source', models.CharField(max_length=40)),
                ('target', models.CharField(max_length=40)),
            ],
            options={
                'verbose_name': '状态变更',
                'verbose_name_plural': '状态变更',
                'constraints': [models.UniqueConstraint(fields=('case_table', 'source', 'target'), name='one_declared_step')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('act', models.CharField(max_length=60)),
                ('fields', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField(default=audit.clock.now)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '草稿',
                'verbose_name_plural': '草稿',
                'constraints': [models.UniqueConstraint(fields=('user', 'content_type', 'object_id', 'act'), name='one_draft_per_form')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_id', models.PositiveBigIntegerField()),
                ('to_id', models.PositiveBigIntegerField()),
                ('meaning', models.CharField(max_length=60, verbose_name='关系')),
                ('linked_at', models.DateTimeField(default=audit.clock.now)),
                ('from_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('to_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': '关联案件',
                'verbose_name_plural': '关联案件',
                'indexes': [models.Index(fields=['from_type', 'from_id'], name='link_from'), models.Index(fields=['to_type', 'to_id'], name='link_to')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('object_id', models.PositiveBigIntegerField()),
                ('case_kind', models.CharField(max_length=24, verbose_name='事项类别')),
                ('case_uuid', models.UUIDField(editable=False)),
                ('case_number', models.CharField(max_length=60, verbose_name='案号')),
                ('case_title', models.CharField(max_length=200, verbose_name='事项')),
                ('node', models.CharField(max_length=60, verbose_name='环节代码')),
                ('title', models.CharField(max_length=60, verbose_name='环节')),
                ('role', models.CharField(choices=[('station_chief', '司法所所长'), ('station_officer', '司法所工作人员'), ('township_clerk', '乡镇（街道）经办人'), ('township_leader', '乡镇（街道）负责人'), ('county_reviewer', '基层科审核人'), ('county_assessor', '县级评审员'), ('county_deputy', '分管副局长'), ('county_director', '局长'), ('party_secretary', '局党组书记'), ('city_reviewer', '市局审核人'), ('city_leader', '市局负责人'), ('auditor', '审计员（只读）'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=24, verbose_name='岗位')),
                ('state', models.CharField(choices=[('ready', '待签收'), ('claimed', '办理中'), ('done', '已办'), ('cancelled', '已取消')], default='ready', max_length=12, verbose_name='状态')),
                ('is_personal', models.BooleanField(default=False, verbose_name='指定到人')),
                ('term_code', models.CharField(blank=True, max_length=60, verbose_name='期限代码')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='期限')),
                ('sorts_on', models.DateField(default=datetime.date(9999, 12, 31), editable=False)),
                ('created_at', models.DateTimeField(default=audit.clock.now, verbose_name='到达时间')),
                ('claimed_at', models.DateTimeField(blank=True, null=True, verbose_name='签收时间')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='办结时间')),
                ('closed_post', models.CharField(blank=True, max_length=120, verbose_name='办结岗位')),
                ('outcome', models.CharField(blank=True, max_length=60, verbose_name='处理')),
                ('opinion', models.TextField(blank=True, verbose_name='意见')),
                ('close_reason', models.CharField(blank=True, max_length=200, verbose_name='结束原因')),
                ('reminded_on', models.DateField(blank=True, null=True, verbose_name='提醒日')),
                ('escalated_on', models.DateField(blank=True, null=True, verbose_name='上报日')),
                ('case_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='permissions.unit', verbose_name='报送单位')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closed_tasks', to=settings.AUTH_USER_MODEL, verbose_name='办结人')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('engine_task', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='routed', to='viewflow.task')),
                ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='held_tasks', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='workflows.task')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='permissions.unit', verbose_name='办理机构')),
            ],
            options={
                'verbose_name': '待办',
                'verbose_name_plural': '待办',
                'ordering': ['sorts_on', 'pk'],
                'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['unit', 'role', 'sorts_on', 'id'], name='task_open_at_post'), models.Index(condition=models.Q(('closed_at', None)), fields=['holder', 'sorts_on', 'id'], name='task_open_of_holder'), models.Index(fields=['closed_by', 'closed_at', 'id'], name='task_closed_by'), models.Index(fields=['content_type', 'object_id'], name='task_of_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state__in', ['ready', 'claimed'])), models.Q(('closed_at__isnull', False), ('state__in', ['done', 'cancelled'])), _connector='OR'), name='task_closed_has_moment')],
            },
        ),
    ]
