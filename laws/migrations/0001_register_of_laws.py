import audit.clock
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Law',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('aliases', models.CharField(blank=True, max_length=300, verbose_name='简称')),
                ('kind', models.CharField(choices=[('law', '法律'), ('regulation', '行政法规'), ('local_regulation', '地方性法规'), ('department_rule', '部门规章'), ('government_rule', '政府规章'), ('normative_document', '规范性文件'), ('judicial_interpretation', '司法解释'), ('party_rule', '党内法规')], max_length=24, verbose_name='类别')),
                ('issuer', models.CharField(blank=True, max_length=100, verbose_name='制定机关')),
                ('document_number', models.CharField(blank=True, max_length=100, verbose_name='文号')),
                ('promulgated_on', models.DateField(blank=True, null=True, verbose_name='公布日期')),
                ('effective_from', models.DateField(blank=True, null=True, verbose_name='施行日期')),
                ('effective_until', models.DateField(blank=True, null=True, verbose_name='失效日期')),
                ('ending', models.CharField(blank=True, choices=[('repealed', '废止'), ('superseded', '被新文本替代'), ('lapsed', '期满失效')], max_length=12, verbose_name='失效原因')),
                ('highest_article', models.PositiveIntegerField(blank=True, null=True, verbose_name='最高条号')),
                ('source', models.CharField(blank=True, max_length=500, verbose_name='来源说明')),
                ('registered_at', models.DateTimeField(default=audit.clock.now, verbose_name='登记时间')),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded', to='laws.law', verbose_name='废止或者替代它的文件')),
            ],
            options={
                'verbose_name': '法规',
                'verbose_name_plural': '法规',
                'ordering': ['title', 'effective_from', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('title', 'effective_from'), name='one_version_from_a_day', violation_error_message='同一名称、同一施行日期的法规已经登记。'), models.UniqueConstraint(condition=models.Q(('effective_from', None)), fields=('title',), name='one_version_from_an_unknown_day', violation_error_message='同一名称、同一施行日期的法规已经登记。'), models.CheckConstraint(condition=models.Q(('effective_until', None), ('effective_from', None), ('effective_until__gt', models.F('effective_from')), _connector='OR'), name='law_ends_after_it_begins', violation_error_message='失效日期须晚于施行日期。'), models.CheckConstraint(condition=models.Q(models.Q(('effective_until', None), ('ending', '')), models.Q(('effective_until__isnull', False), models.Q(('ending', ''), _negated=True)), _connector='OR'), name='law_ends_for_a_reason', violation_error_message='失效日期和失效原因须同时填写。')],
            },
        ),
    ]
