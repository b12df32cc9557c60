"""A case may owe several things: a test that was ordered stays owed when it ends another way."""

from django.db import migrations, models

OPEN = models.Q(("accepted_at__isnull", True), ("withdrawn_at__isnull", True))


class Migration(migrations.Migration):
    dependencies = [("triage", "0026_sheet_notes")]
    operations = [
        migrations.RemoveConstraint(model_name="handover", name="one_open_handover"),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=OPEN, fields=("case", "what"), name="one_open_handover"
            ),
        ),
    ]
