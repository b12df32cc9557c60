"""An override says at whose house it was, for which case, and always until when.

A house reads its own and nobody else's. Of those made before, the house is the booking's, the
queue's, or that of whoever went past the rule; without an end they were for one place, long over.
"""

import django.db.models.deletion
from django.db import migrations, models

from practices.policies import policy

FILL = """
UPDATE appointments_override passed
   SET organisation_id = coalesce(booking.hub_id, slot.practice_id), case_ref = booking.case_ref
  FROM appointments_booking booking JOIN appointments_slot slot ON slot.id = booking.slot_id
 WHERE passed.id IN (booking.limit_override_id, booking.overlap_override_id);
UPDATE appointments_override passed
   SET organisation_id = CASE entry.entity WHEN 'organisation' THEN entry.entity_id::bigint
                                           ELSE entry.organisation_id END,
       case_ref = CASE entry.entity WHEN 'case' THEN entry.entity_id ELSE '' END
  FROM practices_auditentry entry
 WHERE passed.organisation_id IS NULL AND entry.verb = 'rule.passed_over'
   AND (entry.facts ->> 'override')::bigint = passed.id;
UPDATE appointments_override passed
   SET organisation_id = (SELECT post.organisation_id FROM practices_membership post
                           WHERE post.user_id = passed.by_id ORDER BY post.id DESC LIMIT 1)
 WHERE passed.organisation_id IS NULL;
UPDATE appointments_override SET until_at = at WHERE until_at IS NULL;
"""
OURS = (
    "organisation_id = (SELECT reach_number('organisation'))"
    " OR by_id = (SELECT reach_number('user'))"
)


class Migration(migrations.Migration):
    dependencies = [
        ("appointments", "0008_place_since"),
        ("practices", "0012_who_viewed"),
    ]
    operations = [
        migrations.AddField(
            model_name="override",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="practices.organisation",
            ),
        ),
        migrations.AddField(
            model_name="override",
            name="case_ref",
            field=models.CharField(
                blank=True, db_default="", help_text="where it was for one case", max_length=20
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="override",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="practices.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="override", name="until_at", field=models.DateTimeField()
        ),
        policy("appointments_override", OURS),
    ]
