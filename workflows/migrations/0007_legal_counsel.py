from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workflows', '0006_proposals_lapse'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='role',
            field=models.CharField(blank=True, choices=[('station_chief', '司法所所长'), ('station_officer', '司法所工作人员'), ('township_clerk', '乡镇（街道）经办人'), ('township_leader', '乡镇（街道）负责人'), ('county_reviewer', '基层科审核人'), ('county_assessor', '县级评审员'), ('county_deputy', '分管副局长'), ('county_director', '局长'), ('party_secretary', '局党组书记'), ('legal_counsel', '法律顾问（公职律师）'), ('city_reviewer', '市局审核人'), ('city_leader', '市局负责人'), ('auditor', '审计员（只读）'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=24, verbose_name='收件岗位'),
        ),
        migrations.AlterField(
            model_name='task',
            name='role',
            field=models.CharField(choices=[('station_chief', '司法所所长'), ('station_officer', '司法所工作人员'), ('township_clerk', '乡镇（街道）经办人'), ('township_leader', '乡镇（街道）负责人'), ('county_reviewer', '基层科审核人'), ('county_assessor', '县级评审员'), ('county_deputy', '分管副局长'), ('county_director', '局长'), ('party_secretary', '局党组书记'), ('legal_counsel', '法律顾问（公职律师）'), ('city_reviewer', '市局审核人'), ('city_leader', '市局负责人'), ('auditor', '审计员（只读）'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=24, verbose_name='岗位'),
        ),
    ]
