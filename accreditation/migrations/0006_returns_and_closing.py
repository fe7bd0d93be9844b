import django_fsm
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accreditation', '0005_sheets_objections_vetoes'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='resumes_directly',
            field=models.BooleanField(default=False, editable=False, verbose_name='改后直达'),
        ),
        migrations.AlterField(
            model_name='application',
            name='state',
            field=django_fsm.FSMField(choices=[('planned', '已列入计划'), ('self_assessing', '自评中'), ('township_opinion', '征求乡镇（街道）意见'), ('applied', '已申报'), ('supplement', '补正中'), ('county_check', '县级评审'), ('county_scored', '县级已评分'), ('recommended', '已推荐'), ('not_recommended', '不予推荐'), ('county_publicity', '县级公示'), ('objection', '县级异议核查'), ('city_review', '市级验收'), ('rectifying', '限期整改'), ('accepted', '验收合格'), ('failed', '验收不合格'), ('publicity', '市级公示'), ('city_objection', '市级异议核查'), ('named', '已命名'), ('deferred', '转入下一批次'), ('withdrawn', '已撤回'), ('terminated', '已终止'), ('voided', '已作废')], default='planned', max_length=50, protected=True, verbose_name='状态'),
        ),
    ]
