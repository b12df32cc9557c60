"""Ends that were taken back before an undoing named the step it undoes still count nowhere.

An undoing was of the end just before it. An end belongs to the closing of its case at its instant;
where two share one, they pair in their order.
"""

from django.db import migrations

FILL = """
ALTER TABLE triage_casestep DISABLE TRIGGER USER;
ALTER TABLE triage_caseoutcome DISABLE TRIGGER USER;
UPDATE triage_casestep undoing SET undoes_id = (
    SELECT max(closing.id) FROM triage_casestep closing
     WHERE closing.case_id = undoing.case_id AND closing.step = 'close' AND closing.id < undoing.id)
 WHERE undoing.step = 'undo_close' AND undoing.undoes_id IS NULL;
UPDATE triage_caseoutcome outcome SET step_id = pair.step_id
  FROM (SELECT ended.id AS outcome_id, closing.id AS step_id
          FROM (SELECT id, case_id, at, step_id,
                       row_number() OVER (PARTITION BY case_id, at ORDER BY id) AS number
                  FROM triage_caseoutcome) ended
          JOIN (SELECT id, case_id, at,
                       row_number() OVER (PARTITION BY case_id, at ORDER BY id) AS number
                  FROM triage_casestep WHERE step = 'close') closing
            ON closing.case_id = ended.case_id AND closing.at = ended.at
           AND closing.number = ended.number
         WHERE ended.step_id IS NULL) pair
 WHERE outcome.id = pair.outcome_id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE triage_casestep ENABLE TRIGGER USER;
ALTER TABLE triage_caseoutcome ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("triage", "0024_open_emergencies")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
