import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import audit.clock


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': '该账号已被使用。'}, max_length=40, unique=True, verbose_name='账号')),
                ('full_name', models.CharField(max_length=40, verbose_name='姓名')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='联系电话')),
                ('is_active', models.BooleanField(default=True, verbose_name='在用')),
                ('must_change_password', models.BooleanField(default=True, verbose_name='须修改口令')),
                ('password_changed_at', models.DateTimeField(default=audit.clock.now, verbose_name='口令修改时间')),
                ('created_at', models.DateTimeField(default=audit.clock.now, verbose_name='建立时间')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': '人员',
                'verbose_name_plural': '人员',
                'ordering': ['username'],
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('since', models.DateTimeField(default=audit.clock.now)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
            ],
            options={
                'verbose_name': '参与',
                'verbose_name_plural': '参与',
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('reason', models.CharField(max_length=200, verbose_name='回避事由')),
                ('recorded_at', models.DateTimeField(default=audit.clock.now, verbose_name='登记时间')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='解除时间')),
                ('lifted_because', models.CharField(blank=True, max_length=200, verbose_name='解除事由')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
            ],
            options={
                'verbose_name': '回避',
                'verbose_name_plural': '回避',
                'ordering': ['-recorded_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SignedInSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_key', models.CharField(max_length=40, unique=True)),
                ('source_ip', models.CharField(blank=True, max_length=64, verbose_name='来源地址')),
                ('user_agent', models.CharField(blank=True, max_length=300, verbose_name='浏览器')),
                ('since', models.DateTimeField(default=audit.clock.now, verbose_name='登录时间')),
                ('last_seen_at', models.DateTimeField(default=audit.clock.now, verbose_name='最近操作')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('ended_because', models.CharField(blank=True, choices=[('unknown', '会话无登记'), ('signed_out', '本人退出'), ('idle', '长时间未操作'), ('too_old', '超过最长登录时间'), ('by_owner', '本人在其他地点结束'), ('by_administrator', '管理员结束'), ('password_changed', '口令已修改'), ('account_closed', '账号已停用'), ('post_ended', '岗位已变动')], max_length=20, verbose_name='结束原因')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signed_in_sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '会话',
                'verbose_name_plural': '会话',
                'ordering': ['-last_seen_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(error_messages={'unique': '该机构代码已被使用。'}, max_length=24, unique=True, validators=[django.core.validators.RegexValidator('\\A[0-9A-Z]+\\Z', '机构代码只能用数字和大写英文字母。')], verbose_name='机构代码')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('kind', models.CharField(choices=[('province', '省'), ('city', '市'), ('county', '县（市、区）'), ('township', '乡镇'), ('street', '街道'), ('village', '村'), ('community', '社区'), ('bureau', '司法局'), ('section', '科室'), ('station', '司法所'), ('township_government', '乡镇人民政府（街道办事处）'), ('legal_service_office', '基层法律服务所')], max_length=24, verbose_name='类别')),
                ('path', models.CharField(editable=False, max_length=240, unique=True, verbose_name='路径')),
                ('reach', models.CharField(editable=False, max_length=240, verbose_name='辖区路径')),
                ('is_active', models.BooleanField(default=True, verbose_name='在用')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='permissions.unit', verbose_name='上级机构')),
            ],
            options={
                'verbose_name': '机构',
                'verbose_name_plural': '机构',
                'ordering': ['path'],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('station_chief', '司法所所长'), ('station_officer', '司法所工作人员'), ('township_clerk', '乡镇（街道）经办人'), ('township_leader', '乡镇（街道）负责人'), ('county_reviewer', '基层科审核人'), ('county_assessor', '县级评审员'), ('county_deputy', '分管副局长'), ('county_director', '局长'), ('party_secretary', '局党组书记'), ('city_reviewer', '市局审核人'), ('city_leader', '市局负责人'), ('auditor', '审计员（只读）'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=24, verbose_name='岗位')),
                ('starts_on', models.DateField(verbose_name='任职自')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='任职至')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='任命撤销时间')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='permissions.unit', verbose_name='机构')),
            ],
            options={
                'verbose_name': '岗位',
                'verbose_name_plural': '岗位',
                'ordering': ['unit__path', 'role', 'starts_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='UnitMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_path', models.CharField(max_length=240, verbose_name='原路径')),
                ('new_path', models.CharField(max_length=240, verbose_name='新路径')),
                ('reason', models.CharField(max_length=200, verbose_name='事由')),
                ('moved_at', models.DateTimeField(default=audit.clock.now, verbose_name='时间')),
                ('moved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='permissions.unit')),
            ],
            options={
                'verbose_name': '机构调整',
                'verbose_name_plural': '机构调整',
                'ordering': ['-moved_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='UsedPassword',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hashed', models.CharField(max_length=128)),
                ('until', models.DateTimeField(default=audit.clock.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='used_passwords', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '曾用口令',
                'verbose_name_plural': '曾用口令',
                'ordering': ['-until', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('is_superuser', False)), name='no_superuser'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.UniqueConstraint(fields=('user', 'content_type', 'object_id'), name='one_participation'),
        ),
        migrations.AddIndex(
            model_name='recusal',
            index=models.Index(fields=['content_type', 'object_id'], name='recusal_case'),
        ),
        migrations.AddConstraint(
            model_name='recusal',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('user', 'content_type', 'object_id'), name='one_open_recusal'),
        ),
        migrations.AddIndex(
            model_name='unit',
            index=models.Index(fields=['reach'], name='unit_reach'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['user', 'role'], name='post_user_role'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['unit', 'role'], name='post_unit_role'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='post_ends_after_start'),
        ),
    ]
