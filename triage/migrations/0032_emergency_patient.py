"""A call for help that was pressed on a patient's page is known to be about them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0015_message_large_print"),
        ("triage", "0031_heard_phone"),
    ]
    operations = [
        migrations.AddField(
            model_name="emergency",
            name="patient",
            field=models.ForeignKey(
                help_text="whose page it was",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="practices.patient",
            ),
        ),
    ]
