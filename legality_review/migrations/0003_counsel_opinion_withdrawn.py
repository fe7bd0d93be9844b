from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('legality_review', '0002_meetings_stay'),
    ]

    operations = [
        migrations.AddField(
            model_name='counselopinion',
            name='withdrawn_at',
            field=models.DateTimeField(null=True, verbose_name='收回时间'),
        ),
    ]
