"""Codes are a contract with other programs: equal to the list, each with a label for people."""

import pytest

from appointments.rules.codes import BookingState, ContactKind, Mode, OverflowReason
from practices.rules.access import AccessNeed, unmet
from practices.rules.code import Code
from practices.rules.refusals import BadInput, Override, Refusal
from triage.rules.codes import Channel, Need, Outcome, Urgency
from triage.rules.states import State

CONTRACT = {
    State: "new waiting claimed booked handed_back closed",
    Urgency: "P0 P1 P2 P3 P4 P5 P6",
    BookingState: "held booked arrived attended missed cancelled expired moved",
    Channel: "phone desk online nhs111 other",
    Mode: "face_to_face phone video online home_visit",
    Need: "sore_throat ear_pain cough_breathing fever_child urinary skin_rash back_joint "
    "abdominal headache mental_health medication wound_injury eye womens_health "
    "long_term_condition follow_up admin other",
    ContactKind: "face_to_face complex phone online home_visit brief_advice results_call "
    "debrief document prescription",
    AccessNeed: "step_free interpreter bsl large_print easy_read double_time quiet_space "
    "chaperone carer_present no_text home_only",
    Refusal: "scope age supervision limit share agreement audience embargo taken started "
    "past_due access_need mode leave closed patient_declined",
    Override: "clinical_need patient_choice service_failure training",
    Outcome: "advice booked_hub booked_practice pharmacy community urgent_treatment "
    "hospital_same_day ambulance mental_health_crisis maternity eye_service dental "
    "home_visit test_ordered no_contact not_brought duplicate admin_done",
    OverflowReason: "own_full sooner_needed scope patient_choice",
}


@pytest.mark.parametrize("codes", CONTRACT, ids=lambda codes: codes.__name__)
def test_codes_are_the_contract(codes):
    assert [code.value for code in codes] == CONTRACT[codes].split()


@pytest.mark.parametrize("codes", CONTRACT, ids=lambda codes: codes.__name__)
def test_labels_are_words_for_people_and_differ(codes):
    labels = [code.label for code in codes]

    assert len(set(labels)) == len(labels)
    assert not [label for label in labels if "_" in label or not label.strip()]


def test_code_is_its_word():
    assert Need("ear_pain") is Need.EAR_PAIN
    assert f"{Need.EAR_PAIN}" == "ear_pain"
    assert Mode.choices()[0] == ("face_to_face", "Face to face")


def test_unknown_word_is_no_code():
    with pytest.raises(ValueError, match="toothache"):
        Need("toothache")


def test_code_without_members_can_be_extended():
    assert issubclass(Need, Code)


def test_urgency_ranks_and_groups():
    assert [urgency.rank for urgency in Urgency] == [0, 1, 2, 3, 4, 5, 6]
    assert [urgency.value for urgency in Urgency if urgency.is_urgent] == ["P0", "P1", "P2", "P3"]


def test_unmet_access_needs_are_those_of_the_place():
    wanted = frozenset({AccessNeed.STEP_FREE, AccessNeed.LARGE_PRINT})

    assert unmet(wanted, frozenset()) == [AccessNeed.STEP_FREE]
    assert unmet(wanted, frozenset({AccessNeed.STEP_FREE})) == []


def test_bad_input_carries_field_and_sentence():
    wrong = BadInput("Enter the NHS number", field="nhs_number")

    assert str(wrong) == "Enter the NHS number"
    assert (wrong.code, wrong.field) == ("invalid", "nhs_number")
