"""What somebody said at a desk has no limit: a number nobody could read may stand behind it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hubs", "0008_walk_up_words")]
    operations = [
        migrations.AlterField(model_name="walkup", name="words", field=models.TextField()),
    ]
