"""A message says until when it is news: a passed appointment is nobody's to ring about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0013_audit_of_ones_own")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="news_until",
            field=models.DateTimeField(
                help_text="from then on nobody needs to say it", null=True
            ),
        ),
    ]
