import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accreditation', '0004_who_revoked'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='application',
            options={'default_permissions': (), 'ordering': ['-opened_on', '-pk'], 'permissions': [('view_application', '查看创建申报'), ('open_application', '发起创建申报'), ('edit_application', '填写自评和上传材料'), ('assess_application', '开展自评'), ('opine_application', '出具乡镇（街道）意见'), ('apply_application', '申报'), ('supplement_application', '补正材料'), ('withdraw_application', '撤回申报'), ('check_application', '形式审查'), ('appoint_application', '指派评审员'), ('score_application', '现场评分'), ('confirm_application', '确认县级得分'), ('decide_application', '党组研究决定'), ('publish_application', '县级公示和上报'), ('object_application', '登记异议'), ('investigate_application', '核查县级公示的异议'), ('verify_application', '核查市级公示的异议'), ('veto_application', '登记否决情形（县级）'), ('veto_city_application', '登记否决情形（市级）'), ('inspect_application', '市级验收'), ('accept_application', '决定验收结果'), ('rectify_application', '报送整改'), ('announce_application', '市级公示'), ('name_application', '命名')], 'verbose_name': '创建申报', 'verbose_name_plural': '创建申报'},
        ),
        migrations.AddField(
            model_name='application',
            name='investigated_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='异议核查人'),
        ),
        migrations.AddField(
            model_name='application',
            name='veto_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='否决情形登记人'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='end_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='更换原因'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='ended_on',
            field=models.DateField(null=True, verbose_name='更换日期'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='successor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='接替人'),
        ),
        migrations.AddField(
            model_name='objection',
            name='decision',
            field=models.TextField(blank=True, verbose_name='处理决定'),
        ),
        migrations.AddField(
            model_name='objection',
            name='investigated_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核查人'),
        ),
        migrations.AddField(
            model_name='objection',
            name='investigated_on',
            field=models.DateField(null=True, verbose_name='核查日期'),
        ),
        migrations.AddField(
            model_name='objection',
            name='proposal',
            field=models.CharField(blank=True, choices=[('dismiss', '异议不成立'), ('correct', '更正后重新公示'), ('uphold', '异议成立')], max_length=12, verbose_name='处理建议'),
        ),
        migrations.AddField(
            model_name='recheck',
            name='bonus',
            field=models.DecimalField(decimal_places=2, max_digits=6, null=True, verbose_name='复核加分'),
        ),
        migrations.AddField(
            model_name='vetocheck',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='决定人'),
        ),
        migrations.AddField(
            model_name='vetocheck',
            name='decided_on',
            field=models.DateField(null=True, verbose_name='决定日期'),
        ),
        migrations.AddField(
            model_name='vetocheck',
            name='decision',
            field=models.TextField(blank=True, verbose_name='决定'),
        ),
        migrations.AddField(
            model_name='vetocheck',
            name='evidence',
            field=models.TextField(blank=True, verbose_name='登记的事实和证据'),
        ),
        migrations.AddField(
            model_name='vetocheck',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人'),
        ),
        migrations.AddField(
            model_name='vetocheck',
            name='recorded_on',
            field=models.DateField(null=True, verbose_name='登记日期'),
        ),
        migrations.AlterField(
            model_name='application',
            name='assessors',
            field=models.ManyToManyField(related_name='+', through='accreditation.Appointment', through_fields=('application', 'assessor'), to=settings.AUTH_USER_MODEL, verbose_name='评审员'),
        ),
        migrations.AlterField(
            model_name='application',
            name='state',
            field=django_fsm.FSMField(choices=[('planned', '已列入计划'), ('self_assessing', '自评中'), ('township_opinion', '征求乡镇（街道）意见'), ('applied', '已申报'), ('supplement', '补正中'), ('county_check', '县级评审'), ('county_scored', '县级已评分'), ('recommended', '已推荐'), ('not_recommended', '不予推荐'), ('county_publicity', '县级公示'), ('objection', '县级异议核查'), ('city_review', '市级验收'), ('rectifying', '限期整改'), ('accepted', '验收合格'), ('failed', '验收不合格'), ('publicity', '市级公示'), ('city_objection', '市级异议核查'), ('named', '已命名'), ('deferred', '转入下一批次'), ('withdrawn', '已撤回')], default='planned', max_length=50, protected=True, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='objection',
            name='concluded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='决定人'),
        ),
        migrations.AlterField(
            model_name='objection',
            name='concluded_on',
            field=models.DateField(null=True, verbose_name='决定日期'),
        ),
        migrations.CreateModel(
            name='RecheckScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='观测值')),
                ('points', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='得分')),
                ('remark', models.CharField(blank=True, max_length=300, verbose_name='扣分原因')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accreditation.item')),
                ('recheck', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='accreditation.recheck')),
            ],
            options={
                'verbose_name': '复核逐项得分',
                'verbose_name_plural': '复核逐项得分',
                'ordering': ['recheck', 'item__category__number', 'item'],
                'constraints': [models.UniqueConstraint(fields=('recheck', 'item'), name='one_recheck_score')],
            },
        ),
    ]
