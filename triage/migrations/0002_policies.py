"""Who sees which row of the triage app."""

from django.db import migrations

from practices.policies import follows, in_scope, of_case, policy

OF_CASE = follows("triage_case", "case_id")
HUB = in_scope("hub_id", "providers")
EMERGENCY = (
    f"{in_scope('practice_id', 'own', 'served')} OR hub_id = (SELECT reach_number('organisation'))"
)
PROPOSAL = in_scope("practice_id", "own")


class Migration(migrations.Migration):
    dependencies = [("triage", "0001_initial"), ("appointments", "0003_policies")]
    operations = [
        policy("triage_case", of_case()),
        *[
            policy(f"triage_{table}", OF_CASE)
            for table in (
                "note", "casestep", "contactattempt", "caseoutcome", "routedecision"
            )
        ],
        policy("triage_emergency", EMERGENCY),
        policy("triage_protocolneed", HUB),
        policy("triage_rebalancerun", in_scope("network_id", "networks")),
        policy("triage_proposal", PROPOSAL),
    ]
