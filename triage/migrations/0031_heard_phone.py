"""A number that nobody can ring holds up no emergency: it is kept as it was typed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("triage", "0030_emergency_words")]
    operations = [
        migrations.AddField(
            model_name="case",
            name="heard_phone",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="as it was typed in an emergency; nobody can ring it",
                max_length=200,
            ),
        ),
    ]
