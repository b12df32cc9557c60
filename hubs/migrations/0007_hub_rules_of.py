import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hubs', '0006_hub_closing'),
        ('practices', '0001_roles'),
    ]

    operations = [
        migrations.AddField(
            model_name='hub',
            name='rules_of',
            field=models.ForeignKey(help_text='the network whose released rules its cases go by; the network writes it down', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.organisation'),
        ),
    ]
