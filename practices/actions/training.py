"""How far a registrar has come: their limit and the length of their appointments start from it."""

from datetime import datetime

from practices import audit
from practices.actions.safe_limits import answers_for
from practices.models import Clinician
from practices.rules.professions import Profession, Stage
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, BadInput


def set_stage(*, clinician_id: int, stage: str, by: Actor, at: datetime) -> Clinician:
    """The registrar is in that stage of training from now on."""
    person = Clinician.objects.select_for_update().filter(pk=clinician_id).first()
    if person is None or not answers_for(person.home_id, by=by):
        raise Absent
    if person.profession != Profession.REGISTRAR or stage not in set(Stage):
        raise BadInput("Choose a registrar’s stage of training", field="stage")
    before, person.stage = person.stage, stage
    person.save(update_fields=["stage"])
    audit.write(
        "stage.set",
        entity="clinician",
        entity_id=clinician_id,
        by=by,
        at=at,
        before=before,
        after=stage,
    )
    return person
