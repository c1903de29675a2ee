from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('valuecreation', '0004_quarters_in_the_quiet_list'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='erasure', name='erasure_once'),
        migrations.AddField(
            model_name='erasure',
            name='public_id',
            field=models.CharField(default='', max_length=40),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='erasure',
            constraint=models.UniqueConstraint(fields=('space', 'public_id'), name='erasure_once'),
        ),
    ]
