from django.db import migrations, models


class Migration(migrations.Migration):
    """What the page showed before a list was ended: it is compared with what came of it."""

    dependencies = [
        ('triage', '0019_emergency_ends'),
    ]

    operations = [
        migrations.AddField(
            model_name='gonehome',
            name='foreseen',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict, help_text='what was shown before the yes, by booking; no patients'),
        ),
    ]
