"""Whether an interpreter is booked with an appointment, and who or which line."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appointments", "0010_session_public_id")]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="interpreter",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="who interprets at this time, or the line to ring; blank: nobody is booked",
                max_length=100,
            ),
        ),
    ]
