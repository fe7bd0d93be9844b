import audit.clock
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('permissions', '0003_stand_ins'),
        ('viewflow', '0015_task_scheduled'),
        ('workflows', '0003_tasks_drafts_links'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('object_id', models.PositiveBigIntegerField()),
                ('case_kind', models.CharField(max_length=24, verbose_name='事项类别')),
                ('case_uuid', models.UUIDField(editable=False)),
                ('case_number', models.CharField(max_length=60, verbose_name='案号')),
                ('case_title', models.CharField(max_length=200, verbose_name='事项')),
                ('sent_at', models.DateTimeField(default=audit.clock.now, verbose_name='抄送时间')),
                ('asks_opinion', models.BooleanField(default=False, verbose_name='可填写意见')),
                ('message', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='阅知时间')),
                ('opinion', models.TextField(blank=True, verbose_name='传阅意见')),
                ('opinion_at', models.DateTimeField(blank=True, null=True, verbose_name='意见时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
            ],
            options={
                'verbose_name': '抄送传阅',
                'verbose_name_plural': '抄送传阅',
                'ordering': ['-sent_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Decline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=audit.clock.now, verbose_name='拒签时间')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
                ('is_over', models.BooleanField(default=False, verbose_name='已失效')),
            ],
            options={
                'verbose_name': '拒签',
                'verbose_name_plural': '拒签',
            },
        ),
        migrations.CreateModel(
            name='FlowMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('object_id', models.PositiveBigIntegerField()),
                ('old', models.CharField(max_length=120, verbose_name='原流程')),
                ('new', models.CharField(max_length=120, verbose_name='新流程')),
                ('nodes', models.JSONField(verbose_name='环节对应')),
                ('before', models.JSONField(verbose_name='原环节')),
                ('moved_at', models.DateTimeField(default=audit.clock.now, verbose_name='迁移时间')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='撤销时间')),
            ],
            options={
                'verbose_name': '流程迁移',
                'verbose_name_plural': '流程迁移',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Phrase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200, verbose_name='常用语')),
                ('place', models.PositiveSmallIntegerField(default=0, verbose_name='顺序')),
            ],
            options={
                'verbose_name': '常用语',
                'verbose_name_plural': '常用语',
                'ordering': ['place', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('object_id', models.PositiveBigIntegerField()),
                ('operation', models.CharField(max_length=24, verbose_name='操作')),
                ('reason', models.CharField(max_length=500, verbose_name='理由')),
                ('target', models.CharField(blank=True, max_length=60, verbose_name='目标环节')),
                ('state', models.CharField(choices=[('open', '待确认'), ('confirmed', '已确认'), ('rejected', '未同意')], default='open', max_length=12, verbose_name='状态')),
                ('proposed_at', models.DateTimeField(default=audit.clock.now, verbose_name='提出时间')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='确认时间')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='确认意见')),
            ],
            options={
                'verbose_name': '提请',
                'verbose_name_plural': '提请',
                'ordering': ['-proposed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('post', models.CharField(max_length=120, verbose_name='岗位')),
                ('signed_at', models.DateTimeField(default=audit.clock.now, verbose_name='签名时间')),
                ('act', models.CharField(max_length=60, verbose_name='行为')),
                ('content', models.TextField(verbose_name='签名内容')),
                ('algorithm', models.CharField(max_length=16, verbose_name='算法')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
            ],
            options={
                'verbose_name': '电子签名',
                'verbose_name_plural': '电子签名',
            },
        ),
        migrations.CreateModel(
            name='Urging',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('at', models.DateTimeField(default=audit.clock.now, verbose_name='催办时间')),
                ('text', models.CharField(max_length=300, verbose_name='催办内容')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='答复时间')),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='答复')),
                ('expected_on', models.DateField(null=True, verbose_name='预计办结日期')),
            ],
            options={
                'verbose_name': '催办',
                'verbose_name_plural': '催办',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='task',
            name='task_closed_has_moment',
        ),
        migrations.AddField(
            model_name='task',
            name='case_state',
            field=models.CharField(blank=True, max_length=40, verbose_name='到达时案件状态'),
        ),
        migrations.AddField(
            model_name='task',
            name='closed_for',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='被代理人'),
        ),
        migrations.AddField(
            model_name='task',
            name='hops',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='转办次数'),
        ),
        migrations.AddField(
            model_name='task',
            name='is_void',
            field=models.BooleanField(default=False, verbose_name='已失效'),
        ),
        migrations.AddField(
            model_name='task',
            name='kind',
            field=models.CharField(choices=[('work', '办理'), ('alongside', '并加签'), ('before', '前加签'), ('after', '后加签'), ('consult', '征求意见'), ('assist', '协办'), ('consent', '确认')], default='work', max_length=12, verbose_name='任务类型'),
        ),
        migrations.AddField(
            model_name='task',
            name='opened_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='首次打开时间'),
        ),
        migrations.AddField(
            model_name='task',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='原办理人'),
        ),
        migrations.AddField(
            model_name='task',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='workflows.task'),
        ),
        migrations.AddField(
            model_name='task',
            name='place',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='顺序'),
        ),
        migrations.AddField(
            model_name='task',
            name='request',
            field=models.CharField(blank=True, max_length=500, verbose_name='交办要求'),
        ),
        migrations.AddField(
            model_name='task',
            name='round',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='轮次'),
        ),
        migrations.AddField(
            model_name='task',
            name='verdict',
            field=models.CharField(blank=True, choices=[('agree', '同意'), ('disagree', '不同意'), ('abstain', '弃权')], max_length=12, verbose_name='表态'),
        ),
        migrations.AlterField(
            model_name='task',
            name='state',
            field=models.CharField(choices=[('ready', '待签收'), ('claimed', '办理中'), ('waiting', '等待加签意见'), ('delegated', '等待被委派人答复'), ('done', '已办'), ('returned', '已退回'), ('recalled', '已收回'), ('skipped', '已跳过'), ('cancelled', '已取消')], default='ready', max_length=12, verbose_name='状态'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state__in', ('ready', 'claimed', 'waiting', 'delegated'))), models.Q(('closed_at__isnull', False), ('state__in', ('done', 'returned', 'recalled', 'skipped', 'cancelled'))), _connector='OR'), name='task_closed_has_moment'),
        ),
        migrations.AddField(
            model_name='copy',
            name='content_type',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype'),
        ),
        migrations.AddField(
            model_name='copy',
            name='reader',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='阅知人'),
        ),
        migrations.AddField(
            model_name='copy',
            name='sent_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='抄送人'),
        ),
        migrations.AddField(
            model_name='decline',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declined_tasks', to=settings.AUTH_USER_MODEL, verbose_name='拒签人'),
        ),
        migrations.AddField(
            model_name='decline',
            name='task',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declines', to='workflows.task'),
        ),
        migrations.AddField(
            model_name='flowmove',
            name='content_type',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype'),
        ),
        migrations.AddField(
            model_name='phrase',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='permissions.unit', verbose_name='单位'),
        ),
        migrations.AddField(
            model_name='phrase',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='本人'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='at_task',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflows.task', verbose_name='所在待办'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='consent_task',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='workflows.task'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='content_type',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认人'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人'),
        ),
        migrations.AddField(
            model_name='signature',
            name='signed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='签名人'),
        ),
        migrations.AddField(
            model_name='signature',
            name='signed_for',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='被代理人'),
        ),
        migrations.AddField(
            model_name='signature',
            name='task',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signature', to='workflows.task'),
        ),
        migrations.AddField(
            model_name='urging',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='答复人'),
        ),
        migrations.AddField(
            model_name='urging',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='催办人'),
        ),
        migrations.AddField(
            model_name='urging',
            name='task',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='urgings', to='workflows.task'),
        ),
        migrations.AddIndex(
            model_name='copy',
            index=models.Index(fields=['reader', '-sent_at', '-id'], name='copy_reader'),
        ),
        migrations.AddIndex(
            model_name='copy',
            index=models.Index(fields=['content_type', 'object_id'], name='copy_of_case'),
        ),
        migrations.AddConstraint(
            model_name='copy',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('content_type', 'object_id', 'reader'), name='one_copy_each'),
        ),
        migrations.AddConstraint(
            model_name='decline',
            constraint=models.UniqueConstraint(condition=models.Q(('is_over', False)), fields=('task', 'by'), name='one_decline_each'),
        ),
        migrations.AddIndex(
            model_name='flowmove',
            index=models.Index(fields=['content_type', 'object_id'], name='flow_move_of_case'),
        ),
        migrations.AddConstraint(
            model_name='phrase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('unit__isnull', False), ('user', None)), models.Q(('unit', None), ('user__isnull', False)), _connector='OR'), name='phrase_of_person_or_unit'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('content_type', 'object_id'), name='one_open_proposal'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='proposal_confirmed_by_another'),
        ),
        migrations.AddIndex(
            model_name='urging',
            index=models.Index(fields=['task', 'at'], name='urging_of_task'),
        ),
    ]
