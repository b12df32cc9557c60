"""Whom the patient asked for: kept with the case, and weighed wherever a place is looked for."""

from practices.models import Patient


def wish_facts(patient: Patient, asked_for_id: int | None) -> dict[str, int | None]:
    """The case's own clinician, and the one who was asked for.

    Who must see the own clinician only keeps that one, whoever else is asked for.
    """
    usual = patient.usual_clinician_id
    is_red = patient.continuity == Patient.Continuity.RED
    kept = usual if is_red and usual is not None else asked_for_id or usual
    return {"asked_for_id": asked_for_id, "continuity_with_id": kept}


def wish_again(patient: Patient, asked_for_id: int | None) -> dict[str, int | None]:
    """What changes when the same person calls again; nothing where nobody is named."""
    return {} if asked_for_id is None else wish_facts(patient, asked_for_id)
