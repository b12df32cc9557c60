from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0003_policies'),
    ]

    operations = [
        migrations.AddField(
            model_name='workinglimit',
            name='cause',
            field=models.CharField(choices=[('agreed', 'Agreed limit'), ('phased_return', 'Phased return to work'), ('locum_cap', 'Locum’s agreed cap'), ('training', 'Stage of training')], default='agreed', max_length=16),
        ),
        migrations.AddField(
            model_name='workinglimit',
            name='reason',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
    ]
