from django.db import migrations, models


class Migration(migrations.Migration):
    """Until when words that may mean a red flag are read; of cases from before nothing is said."""

    dependencies = [
        ('triage', '0021_undone_steps'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='read_due_at',
            field=models.DateTimeField(help_text='a clinician has read the words by then; none: nothing is to read', null=True),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('read_due_at__isnull', False)), fields=['read_due_at'], name='case_unread'),
        ),
    ]
