"""By when words at a hub's desk are read is kept with the call, wherever the desk sends them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("triage", "0029_emergency_is_here")]
    operations = [
        migrations.AddField(
            model_name="emergency",
            name="read_due_at",
            field=models.DateTimeField(
                help_text="by when their words are read, where these alone made somebody call",
                null=True,
            ),
        ),
    ]
