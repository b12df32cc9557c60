"""Whether somebody stands at the desk is kept apart from what was typed of the place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("triage", "0028_emergency_walk_up")]
    operations = [
        migrations.AddField(
            model_name="emergency",
            name="is_here",
            field=models.BooleanField(
                db_default=False, default=False, help_text="at the desk of the house that called"
            ),
        ),
        migrations.AlterField(
            model_name="emergency",
            name="where",
            field=models.TextField(blank=True),
        ),
    ]
