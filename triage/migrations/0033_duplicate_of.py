import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('triage', '0032_emergency_patient'),
    ]

    operations = [
        migrations.AddField(
            model_name='caseoutcome',
            name='duplicate_of',
            field=models.ForeignKey(help_text='it goes on there', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='triage.case'),
        ),
    ]
