import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from practices.policies import in_scope, of_case

ANYBODY = "(SELECT reach_everywhere())"
SEEN_BEFORE = f"{ANYBODY} OR {of_case()}"
# A hub never sees a practice's own paperwork.
SEEN = (
    f"{ANYBODY} OR {in_scope('practice_id', 'own')} OR (lane = 'hub'"
    f" AND ({in_scope('practice_id', 'served')}) AND ({in_scope('hub_id', 'providers')}))"
)


class Migration(migrations.Migration):

    dependencies = [
        ('appointments', '0003_policies'),
        ('hubs', '0003_policies'),
        ('practices', '0007_message_tried_at'),
        ('triage', '0002_policies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='lane',
            field=models.CharField(choices=[('hub', "The hub's queue"), ('practice', "The practice's own tasks")], db_default='hub', default='hub', max_length=8),
        ),
        migrations.AddField(
            model_name='case',
            name='taken_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='taken_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('lane__in', ['hub', 'practice'])), name='case_lane_known'),
        ),
        migrations.RunSQL(
            f"ALTER POLICY reach ON triage_case USING ({SEEN});",
            f"ALTER POLICY reach ON triage_case USING ({SEEN_BEFORE});",
        ),
    ]
