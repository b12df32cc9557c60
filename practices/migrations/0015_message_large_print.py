"""A letter says whether it is in large print: only a template that is prints those."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0014_message_news_until")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="is_large_print",
            field=models.BooleanField(default=False, db_default=False, help_text="as a letter: in large print"),
        ),
    ]
