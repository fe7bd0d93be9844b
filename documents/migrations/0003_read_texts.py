import audit.clock
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='标题')),
                ('text', models.TextField(blank=True, verbose_name='文字')),
                ('parts', models.JSONField(verbose_name='所在部分')),
                ('labels', models.JSONField(verbose_name='条款编号')),
                ('margins', models.JSONField(verbose_name='页眉页脚和目录')),
                ('folded', models.TextField(editable=False, verbose_name='检索文字')),
                ('defects', models.JSONField(verbose_name='读取提示')),
                ('problem', models.CharField(blank=True, max_length=200, verbose_name='不能读取的原因')),
                ('characters', models.PositiveIntegerField(verbose_name='字数')),
                ('digest', models.CharField(max_length=64, verbose_name='文字摘要')),
                ('reader', models.PositiveSmallIntegerField(verbose_name='读取程序版次')),
                ('read_at', models.DateTimeField(default=audit.clock.now, verbose_name='读取时间')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='read_text', to='documents.storedfile', verbose_name='附件')),
            ],
            options={
                'verbose_name': '文件文字',
                'verbose_name_plural': '文件文字',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='TextGram',
            fields=[
                ('pk', models.CompositePrimaryKey('shelf', 'gram', 'text', blank=True, editable=False, primary_key=True, serialize=False)),
                ('shelf', models.IntegerField(verbose_name='架')),
                ('gram', models.BigIntegerField(verbose_name='字对')),
                ('stretches', models.BigIntegerField(verbose_name='所在部分')),
                ('text', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='grams', to='documents.readtext')),
            ],
            options={
                'verbose_name': '文字索引',
                'verbose_name_plural': '文字索引',
            },
        ),
    ]
