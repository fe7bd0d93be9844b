import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("legality_review", "0003_counsel_opinion_withdrawn")]

    operations = [
        migrations.AddField(
            model_name="normativedocument",
            name="review",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="legality_review.review",
                verbose_name="形成本文件的审查",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="amends",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="amendments",
                to="legality_review.normativedocument",
                verbose_name="修改的现行文件",
            ),
        ),
    ]
