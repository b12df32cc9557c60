"""How soon: classes only ever rise, urgent cases run on elapsed time, nothing rolls over."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubs.rules.opening import ENHANCED_WEEK, Hours, core_hours
from practices.rules.access import AccessNeed
from practices.rules.london import LONDON
from practices.rules.refusals import Refused
from tests.rules.times import MONDAY, instants, london
from triage.rules.bookable import bookable_now
from triage.rules.codes import ClassStatus, Need, Sex, Urgency
from triage.rules.due import due_after_change, due_for, must_decide
from triage.rules.need_defaults import DISPOSITIONS, NEED_DEFAULTS, PROTOCOLS, disposition_of
from triage.rules.red_flags import BY_CODE
from triage.rules.request import Request
from triage.rules.urgency import (
    after_repeat,
    assess,
    check_may_change_class,
    may_change_class,
    raise_only,
)

HOLIDAYS = {date(2026, 12, 25): "Christmas Day", date(2026, 12, 28): "Boxing Day"}
CORE = core_hours(HOLIDAYS)
HUB = Hours(week=ENHANCED_WEEK, holidays=HOLIDAYS)


def due(urgency: str, at: datetime) -> datetime:
    return due_for(Urgency(urgency), at, core=CORE, hub=HUB).astimezone(LONDON)


def assessed(request: Request, at: datetime = london(MONDAY, 9, 30)):
    return assess(request, at=at, core=CORE, hub=HUB)


@pytest.mark.parametrize(
    ("urgency", "arrived", "expected"),
    [
        ("P0", london(MONDAY, 9, 30), london(MONDAY, 9, 32)),
        ("P1", london(MONDAY, 9, 30), london(MONDAY, 10, 30)),
        ("P2", london(MONDAY, 9, 30), london(MONDAY, 11, 30)),
        ("P3", london(MONDAY, 9, 30), london(MONDAY, 15, 30)),
        ("P3", london(MONDAY, 14), london(MONDAY, 18, 30)),
        ("P4", london(MONDAY, 9, 30), london(MONDAY, 20)),
        ("P5", london(MONDAY, 9, 30), london(date(2026, 12, 1), 18, 30)),
        ("P6", london(MONDAY, 9, 30), london(date(2026, 12, 1), 18, 30)),
        ("P5", london(MONDAY, 7), london(MONDAY, 18, 30)),
        ("P5", london(date(2026, 12, 4), 12), london(date(2026, 12, 7), 18, 30)),
        ("P6", london(date(2026, 12, 24), 12), london(date(2026, 12, 29), 18, 30)),
        # Urgent cases never wait for the doors: elapsed time, whatever the hour.
        ("P1", london(MONDAY, 23, 30), london(date(2026, 12, 1), 0, 30)),
        ("P3", london(MONDAY, 19), london(date(2026, 12, 1), 1)),
        ("P4", london(date(2026, 12, 6), 10), london(date(2026, 12, 6), 22)),
    ],
)
def test_due_time_of_each_class(urgency, arrived, expected):
    assert due(urgency, arrived) == expected


def test_elapsed_time_counts_real_minutes_when_clocks_go_back():
    before = london(date(2026, 10, 25), 0, 30)

    assert due_for(Urgency.P2, before, core=CORE, hub=HUB) - before.astimezone(UTC) == timedelta(
        minutes=120
    )


@pytest.mark.parametrize(
    ("urgency", "arrived", "expected"),
    [
        ("P0", london(MONDAY, 9, 30), True),
        ("P3", london(MONDAY, 9, 30), False),
        ("P3", london(MONDAY, 18, 20), True),
        ("P4", london(MONDAY, 18, 20), False),
        ("P4", london(MONDAY, 19, 30), True),
        ("P2", london(MONDAY, 18, 45), True),
        ("P4", london(MONDAY, 21), True),
        ("P4", london(date(2026, 12, 6), 10), True),
        ("P5", london(MONDAY, 21), False),
    ],
)
def test_what_cannot_be_met_before_close_forces_a_decision(urgency, arrived, expected):
    due_at = due_for(Urgency(urgency), arrived, core=CORE, hub=HUB)

    assert must_decide(Urgency(urgency), arrived, due_at, core=CORE, hub=HUB) is expected


@pytest.mark.parametrize(
    ("code", "urgency", "minutes"),
    [
        ("Dx11", "P1", 60),
        ("Dx117", "P1", 60),
        ("Dx05", "P2", 120),
        ("dx 5", "P2", 120),
        ("Dx12", "P2", 120),
        ("Dx06", "P3", 360),
        ("Dx13", "P3", 360),
        ("Dx07", "P4", 720),
        ("Dx14", "P4", 720),
        ("Dx08", "P5", 1440),
        ("Dx15", "P5", 1440),
        ("Dx115", "P5", 1440),
        ("Dx75", "P6", 4320),
        ("Dx10", "P6", None),
    ],
)
def test_dispositions_of_nhs_111(code, urgency, minutes):
    found = disposition_of(code)

    assert (found.urgency, found.minutes) == (Urgency(urgency), minutes)


def test_code_runs_on_elapsed_time_even_over_a_weekend():
    friday = london(date(2026, 12, 4), 18)

    found = assessed(Request(Need.FOLLOW_UP, external_code="Dx08"), friday)

    assert found.due_at == friday + timedelta(hours=24)


def test_unknown_code_makes_a_clinician_read_it():
    found = assessed(Request(Need.ADMIN, external_code="Dx999"))

    assert found.urgency is Urgency.P4
    assert "external_code" in [reason.code for reason in found.why]


def test_red_flag_ticked_is_an_emergency_at_once():
    found = assessed(Request(Need.SORE_THROAT, flags=frozenset({"stroke"})))

    assert (found.urgency, found.must_decide) == (Urgency.P0, True)
    assert found.why[0].code == "red_flag"


def test_words_of_an_admin_request_raise_it_and_are_read_within_five_minutes():
    at = london(MONDAY, 9, 30)

    found = assessed(Request(Need.ADMIN, words="Sick note please, also chest pain since 6"), at)

    assert found.urgency is Urgency.P1
    assert found.has_words_to_read


def test_plain_words_are_not_to_be_read_at_once():
    assert not assessed(Request(Need.ADMIN, words="Sick note please")).has_words_to_read


def test_baby_with_fever_is_an_emergency():
    found = assessed(Request(Need.FEVER_CHILD, born_on=date(2026, 10, 1)))

    assert (found.urgency, found.why[0].code) == (Urgency.P0, "baby")


def test_interpreter_costs_two_contacts():
    found = assessed(Request(Need.EAR_PAIN, access_needs=frozenset({AccessNeed.INTERPRETER})))

    assert found.points == 20


def test_points_of_a_complex_need():
    assert assessed(Request(Need.MENTAL_HEALTH)).points == 25


requests = st.builds(
    Request,
    need=st.sampled_from(Need),
    words=st.sampled_from(["", "no chest pain", "toe hurts", "cant breathe"]),
    flags=st.frozensets(st.sampled_from(sorted(BY_CODE)), max_size=2),
    flags_asked=st.booleans(),
    born_on=st.none() | st.dates(date(1930, 1, 1), MONDAY),
    sex=st.sampled_from(Sex),
    external_code=st.sampled_from(["", "Dx05", "Dx75", "rubbish", *DISPOSITIONS]),
    raised_to=st.none() | st.sampled_from(Urgency),
)


@given(requests, instants())
def test_no_input_makes_a_symptom_wait_and_everything_only_raises(request, at):
    plain = assessed(Request(request.need), at)

    found = assessed(request, at)

    assert found.urgency.rank <= plain.urgency.rank
    assert found.due_at <= plain.due_at
    assert found.due_at > at
    if NEED_DEFAULTS[request.need].is_symptom:
        assert found.urgency.rank <= Urgency.P4.rank
    if request.raised_to:
        assert found.urgency.rank <= request.raised_to.rank


@given(requests, instants())
def test_booking_without_a_signature_needs_a_protocol_and_no_sign_against_it(request, at):
    found = assessed(request, at)

    if found.bookable.now:
        assert request.need in PROTOCOLS
        assert request.flags_asked
        assert not request.flags
        assert not found.has_words_to_read
    assert found.bookable.reason


@given(st.sampled_from(Urgency), st.sampled_from(Urgency))
def test_raise_only_never_lowers(current, proposed):
    assert raise_only(current, proposed).rank == min(current.rank, proposed.rank)


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (Request(Need.SORE_THROAT, flags_asked=True, born_on=date(1990, 1, 1)),
         (True, "Protocol for anyone aged 5 or over")),
        (Request(Need.SORE_THROAT, born_on=date(1990, 1, 1)),
         (False, "Ask the red-flag questions first")),
        (Request(Need.EAR_PAIN, flags_asked=True, born_on=date(2022, 1, 1)),
         (False, "The protocol is for anyone aged 5 or over")),
        (Request(Need.EAR_PAIN, flags_asked=True),
         (False, "The protocol is for anyone aged 5 or over. The date of birth is not recorded")),
        (Request(Need.URINARY, flags_asked=True, born_on=date(1990, 1, 1), sex=Sex.FEMALE),
         (True, "Protocol for women aged 16 to 64")),
        (Request(Need.URINARY, flags_asked=True, born_on=date(1990, 1, 1), sex=Sex.MALE),
         (False, "The protocol is for women aged 16 to 64")),
        (Request(Need.URINARY, flags_asked=True, born_on=date(1990, 1, 1)),
         (False, "The protocol is for women aged 16 to 64. The sex is not recorded")),
        (Request(Need.EYE, flags_asked=True),
         (False, "Eye waits for a clinician: it has no protocol")),
        (Request(Need.FOLLOW_UP, flags_asked=True, born_on=date(1990, 1, 1),
                 raised_to=Urgency.P3),
         (False, "The class was raised: a clinician looks first")),
        (Request(Need.FOLLOW_UP, flags_asked=True, born_on=date(1990, 1, 1),
                 words="pain in my chest"),
         (False, "A clinician reads the patient's words first")),
        (Request(Need.FOLLOW_UP, flags_asked=True, flags=frozenset({"sepsis"})),
         (False, "A red flag was ticked")),
    ],
)  # fmt: skip
def test_bookable_now_and_why(request_, expected):
    found = assessed(request_).bookable

    assert (found.now, found.reason) == expected


def test_signed_class_may_be_booked_whatever_the_need():
    found = bookable_now(Request(Need.EYE), Urgency.P3, on=MONDAY, status=ClassStatus.SIGNED)

    assert found.now


@pytest.mark.parametrize(
    ("current", "proposed", "by_clinician", "allowed"),
    [
        ("P4", "P2", False, True),
        ("P2", "P4", False, False),
        ("P2", "P4", True, True),
        ("P2", "P2", False, True),
    ],
)
def test_anyone_raises_and_only_a_clinician_lowers(current, proposed, by_clinician, allowed):
    given_ = (Urgency(current), Urgency(proposed))

    assert may_change_class(*given_, by_clinician=by_clinician) is allowed


@pytest.mark.parametrize("reason", ["", " ", ".", "…"])
def test_change_of_class_without_a_reason_is_refused(reason):
    with pytest.raises(Refused, match="^Enter why the priority changed$"):
        check_may_change_class(Urgency.P4, Urgency.P2, by_clinician=True, reason=reason)


def test_repeat_contact_takes_the_higher_class_and_the_earlier_due():
    at = london(MONDAY, 9, 30)
    again = assessed(Request(Need.FEVER_CHILD), at)

    assert after_repeat(Urgency.P4, at + timedelta(hours=9), again) == (Urgency.P2, again.due_at)
    assert after_repeat(Urgency.P1, at, again) == (Urgency.P1, at)


@given(st.sampled_from(Urgency), st.sampled_from(Urgency), instants())
def test_change_of_class_counts_from_submission_and_a_raise_is_never_later(old, new, at):
    due_at = due_for(old, at, core=CORE, hub=HUB)

    changed = due_after_change(old, new, due_at, submitted_at=at, core=CORE, hub=HUB)

    if new.rank <= old.rank:
        assert changed <= due_at
    else:
        assert changed == due_for(new, at, core=CORE, hub=HUB)
