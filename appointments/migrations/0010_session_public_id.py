"""A session has a name that can stand in an address; those from before get one too."""

import django.contrib.postgres.functions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appointments", "0009_overrides_of_a_house")]

    operations = [
        migrations.AddField(
            model_name="session",
            name="public_id",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                editable=False,
                unique=True,
            ),
        ),
    ]
