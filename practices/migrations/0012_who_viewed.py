"""A practice's manager learns who saw a patient of the practice, wherever they worked.

A hub's rows are in reach only while it serves the practice, and name patients of others too. One
function answers for one patient at any time since, and gives no other's id away.
"""

import django.contrib.postgres.indexes
import django.db.models.fields.json
from django.db import migrations, models

VIEWS = """
CREATE FUNCTION views_of_patient(
  of_patient bigint, since timestamptz, older_than bigint, most integer
) RETURNS TABLE (
  entry_id bigint, seen_at timestamptz, name text, role text, place text, page text, patients integer
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE today date := (reach_at() AT TIME ZONE 'Europe/London')::date;
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM practices_patient patient
    JOIN practices_membership post ON post.organisation_id = patient.practice_id
    WHERE patient.id = of_patient
      AND patient.practice_id = ANY (reach_ids('own'))
      AND patient.practice_id = reach_number('organisation')
      AND post.user_id = reach_number('user') AND post.role = 'practice_manager'
      AND post.from_on <= today AND (post.until_on IS NULL OR post.until_on > today)
  ) THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT entry.id, entry.at, coalesce(person.name, '')::text, entry.role::text,
           coalesce(house.name, '')::text, entry.facts ->> 'page',
           jsonb_array_length(entry.facts -> 'patients')
    FROM practices_auditentry entry
    LEFT JOIN practices_user person ON person.id = entry.by_id
    LEFT JOIN practices_organisation house ON house.id = entry.organisation_id
    WHERE entry.verb = 'patient.viewed'
      AND entry.facts -> 'patients' @> jsonb_build_array(of_patient)
      AND entry.at >= since
      AND (older_than IS NULL OR (entry.at, entry.id) < (
        SELECT last.at, last.id FROM practices_auditentry last WHERE last.id = older_than))
    ORDER BY entry.at DESC, entry.id DESC LIMIT most;
END $$;
"""
NO_VIEWS = "DROP FUNCTION views_of_patient(bigint, timestamptz, bigint, integer);"


class Migration(migrations.Migration):
    dependencies = [("practices", "0011_message_needed_by")]
    operations = [
        migrations.AddIndex(
            model_name="auditentry",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.fields.json.KeyTransform("patients", "facts"),
                    name="jsonb_path_ops",
                ),
                condition=models.Q(("verb", "patient.viewed")),
                name="audit_of_views",
            ),
        ),
        migrations.RunSQL(VIEWS, NO_VIEWS),
    ]
