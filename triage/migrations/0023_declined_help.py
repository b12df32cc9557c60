from django.db import migrations, models


class Migration(migrations.Migration):
    """When somebody said no to emergency help, so that a clinician reads it at once."""

    dependencies = [
        ('triage', '0022_words_to_read'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='declined_at',
            field=models.DateTimeField(help_text='they said no to emergency help', null=True),
        ),
    ]
