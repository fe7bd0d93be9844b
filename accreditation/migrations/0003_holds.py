from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accreditation', '0002_frozen_standards_and_defaults'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='held_as',
            field=models.CharField(blank=True, choices=[('', '未暂停'), ('suspended', '挂起'), ('stayed', '中止')], default='', editable=False, max_length=12, verbose_name='暂停办理'),
        ),
        migrations.AddField(
            model_name='application',
            name='held_because',
            field=models.CharField(blank=True, editable=False, max_length=200, verbose_name='暂停事由'),
        ),
        migrations.AddField(
            model_name='application',
            name='held_on',
            field=models.DateField(editable=False, null=True, verbose_name='暂停日期'),
        ),
        migrations.AddField(
            model_name='application',
            name='interrupted_in',
            field=models.CharField(blank=True, editable=False, max_length=40, verbose_name='终止前状态'),
        ),
        migrations.AddField(
            model_name='title',
            name='held_as',
            field=models.CharField(blank=True, choices=[('', '未暂停'), ('suspended', '挂起'), ('stayed', '中止')], default='', editable=False, max_length=12, verbose_name='暂停办理'),
        ),
        migrations.AddField(
            model_name='title',
            name='held_because',
            field=models.CharField(blank=True, editable=False, max_length=200, verbose_name='暂停事由'),
        ),
        migrations.AddField(
            model_name='title',
            name='held_on',
            field=models.DateField(editable=False, null=True, verbose_name='暂停日期'),
        ),
        migrations.AddField(
            model_name='title',
            name='interrupted_in',
            field=models.CharField(blank=True, editable=False, max_length=40, verbose_name='终止前状态'),
        ),
    ]
