from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workflows', '0005_tasks_that_wait'),
    ]

    operations = [
        migrations.AlterField(
            model_name='proposal',
            name='state',
            field=models.CharField(choices=[('open', '待确认'), ('confirmed', '已确认'), ('rejected', '未同意'), ('lapsed', '已失效')], default='open', max_length=12, verbose_name='状态'),
        ),
    ]
