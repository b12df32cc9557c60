from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0008_patient_standing"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="appointment",
            field=models.UUIDField(help_text="without a case: which one it is about", null=True),
        ),
    ]
