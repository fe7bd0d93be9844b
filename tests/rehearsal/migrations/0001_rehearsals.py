import audit.clock
import django.db.models.deletion
import django_fsm
import permissions.models.cases
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('permissions', '0003_stand_ins'),
        ('viewflow', '0015_task_scheduled'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Rehearsal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.CharField(editable=False, max_length=60, unique=True, verbose_name='案号')),
                ('title', models.CharField(max_length=200, verbose_name='事项')),
                ('opened_on', models.DateField(editable=False, verbose_name='立案日期')),
                ('closed_on', models.DateField(editable=False, null=True, verbose_name='办结日期')),
                ('due_on', models.DateField(editable=False, null=True, verbose_name='最近期限')),
                ('held_as', models.CharField(blank=True, choices=[('', '未暂停'), ('suspended', '挂起'), ('stayed', '中止')], default='', editable=False, max_length=12, verbose_name='暂停办理')),
                ('held_on', models.DateField(editable=False, null=True, verbose_name='暂停日期')),
                ('held_because', models.CharField(blank=True, editable=False, max_length=200, verbose_name='暂停事由')),
                ('interrupted_in', models.CharField(blank=True, editable=False, max_length=40, verbose_name='终止前状态')),
                ('state', django_fsm.FSMField(choices=[('draft', '起草中'), ('running', '审查中'), ('decided', '已同意'), ('refused', '不予通过'), ('terminated', '已终止'), ('voided', '已作废')], default='draft', max_length=50, protected=True, verbose_name='状态')),
                ('resumed_directly', models.BooleanField(default=False)),
                ('opened_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发起人')),
                ('panel', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('process', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='viewflow.process')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='permissions.unit', verbose_name='所属机构')),
            ],
            options={
                'verbose_name': '演练件',
                'verbose_name_plural': '演练件',
                'permissions': [('view_rehearsal', '查看演练件'), ('open_rehearsal', '发起演练件'), ('submit_rehearsal', '提交演练件'), ('opine_rehearsal', '提出演练意见'), ('decide_rehearsal', '决定演练件')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RehearsalException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(default=audit.clock.today, verbose_name='自')),
                ('ends_on', models.DateField(default=permissions.models.cases._after_thirty_days, verbose_name='至')),
                ('reason', models.CharField(max_length=200, verbose_name='事由')),
                ('granted_at', models.DateTimeField(default=audit.clock.now, verbose_name='授予时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='收回时间')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exceptions', to='rehearsal.rehearsal')),
                ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='授予人')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='人员')),
            ],
            options={
                'verbose_name': '演练件例外权限',
            },
        ),
    ]
