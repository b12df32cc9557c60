"""Who sees which row of the practices app."""

from django.db import migrations

from practices.policies import in_scope, of_clinician, policy

MINE = f"{in_scope('organisation_id', 'own', 'providers', 'networks')}"

PATIENT = (
    f"{in_scope('practice_id', 'own')} OR EXISTS ("
    " SELECT 1 FROM practices_disclosure shown WHERE shown.patient_id = practices_patient.id"
    f" AND ({in_scope('shown.organisation_id', 'providers')})"
    f" AND ({in_scope('shown.practice_id', 'served')})"
    " AND shown.from_at <= (SELECT reach_at())"
    " AND (shown.until_at IS NULL OR shown.until_at > (SELECT reach_at())))"
)
DISCLOSURE = f"{in_scope('practice_id', 'own', 'served')}"
# A new clinician is not in the statement's own sight yet: their home says whose they are.
CLINICIAN = f"{in_scope('home_id', 'own', 'providers')} OR {of_clinician('id')}"
MEMBERSHIP = f"{MINE} OR user_id = (SELECT reach_number('user'))"
TOKEN = (
    "EXISTS (SELECT 1 FROM practices_membership post WHERE post.id = membership_id)"
)
LIMIT = (
    f"{in_scope('organisation_id', 'own', 'providers', 'networks')}"
    f" OR {of_clinician('clinician_id')}"
)
AUDIT = (
    f"{MINE} OR organisation_id = (SELECT reach_number('organisation'))"
)
MESSAGE = f"{in_scope('practice_id', 'own', 'served')}"
KEY = "user_id = (SELECT reach_number('user'))"


class Migration(migrations.Migration):
    dependencies = [("practices", "0002_initial")]
    operations = [
        policy("practices_patient", PATIENT),
        policy("practices_disclosure", DISCLOSURE),
        policy("practices_clinician", CLINICIAN),
        policy("practices_membership", MEMBERSHIP),
        policy("practices_apitoken", TOKEN),
        policy("practices_workinglimit", LIMIT),
        policy("practices_auditentry", AUDIT),
        policy("practices_message", MESSAGE),
        policy("practices_idempotencykey", KEY),
    ]
