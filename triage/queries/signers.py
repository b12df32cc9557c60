"""Why: who put a name to a class, for the rules that ask for a GP's."""

from triage.models import Case
from triage.rules.signing import triaged_by_gp


def is_triaged_by_gp(reference: str) -> bool:
    """Whether a GP in reach signed the class of the case. One statement."""
    found = Case.objects.filter(reference=reference)
    signed = found.values_list("urgency_status", "signed_by__profession").first()
    return signed is not None and triaged_by_gp(*signed)
