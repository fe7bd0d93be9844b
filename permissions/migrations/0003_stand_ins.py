import audit.clock
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('permissions', '0002_administrators_apart'),
    ]

    operations = [
        migrations.CreateModel(
            name='StandIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='代理自')),
                ('ends_on', models.DateField(verbose_name='代理至')),
                ('kinds', models.JSONField(default=list, verbose_name='代理事项')),
                ('includes_waiting', models.BooleanField(default=False, verbose_name='包括此前已到达的待办')),
                ('reason', models.CharField(max_length=200, verbose_name='事由')),
                ('arranged_at', models.DateTimeField(default=audit.clock.now, verbose_name='设定时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='撤销时间')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('arranged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='设定人')),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stand_ins', to=settings.AUTH_USER_MODEL, verbose_name='被代理人')),
                ('substitute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stood_in', to=settings.AUTH_USER_MODEL, verbose_name='代理人')),
            ],
            options={
                'verbose_name': '请假代理',
                'verbose_name_plural': '请假代理',
                'ordering': ['-starts_on', '-pk'],
                'indexes': [models.Index(fields=['substitute', 'starts_on'], name='stand_in_substitute'), models.Index(fields=['principal', 'starts_on'], name='stand_in_principal')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='stand_in_ends_after_start'), models.CheckConstraint(condition=models.Q(('principal', models.F('substitute')), _negated=True), name='stand_in_is_another')],
            },
        ),
    ]
