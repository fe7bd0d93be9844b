from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workflows', '0007_legal_counsel'),
    ]

    operations = [
        migrations.AddField(
            model_name='task',
            name='in_batch',
            field=models.BooleanField(default=False, verbose_name='批量办理'),
        ),
    ]
