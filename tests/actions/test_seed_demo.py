"""The demo's morning: what the locality is made of, and that every law holds in it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.models import Count, F, Sum

from appointments.actions import SessionWish
from appointments.actions.whole_rotas import publish_rota
from appointments.models import Booking, DayLoad, Session, Slot
from appointments.queries.cover import gaps_on, queues_of
from appointments.rules.codes import Mode
from hubs.models import Agreement
from networks.actions.demo import seed_demo
from networks.actions.invented.desks import USERNAMES
from practices.actions import revoke_tokens
from practices.clock import local_day
from practices.doors import opened, perform
from practices.models import ApiToken, Clinician, Organisation, Patient, Practice, User
from practices.queries import limits_on
from practices.rules.nhs_number import parse
from practices.rules.reach import clockwork
from practices.rules.refusals import Conflict
from practices.rules.roles import Role
from tests.calm import CALM, as_owner_run
from tests.conftest import EMPTY, MONDAY
from tests.invariants import broken, past_limit
from triage.models import Case, Emergency, RuleChange

pytestmark = pytest.mark.long
BY = clockwork("test")
PATIENTS = 3000


WAYS = ("Robin", "Kim", "Alex", "Sasha")


@pytest.fixture(scope="module", autouse=True)
def calm_tables(django_db_setup):
    """No automatic ANALYZE runs into the tests of this file."""
    as_owner_run(CALM)


@pytest.fixture(scope="module")
def seeded(calm_tables, django_db_blocker) -> Iterator[None]:
    """One small demo for all tests of this file, committed; every row is in reach."""
    with django_db_blocker.unblock():
        try:
            perform(seed_demo, by=BY, at=MONDAY, patients=PATIENTS)
            as_owner_run("ANALYZE")
            yield
        finally:
            connections.close_all()
            as_owner_run(EMPTY)


@pytest.fixture
def demo(seeded):
    """The seeded demo, read as the clockwork does."""
    with opened(BY.reach, at=MONDAY):
        yield


def test_people_are_many_and_invented(demo):
    patients = list(Patient.objects.all())

    assert len(patients) == pytest.approx(PATIENTS, abs=5)
    numbers = [one.nhs_number for one in patients if one.nhs_number]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("999") and parse(number, training=True) for number in numbers)
    assert {one.phone[:9] for one in patients if one.phone} == {"07700 900"}


def test_nobody_without_a_number_waits_for_a_call(demo):
    remote = [mode.value for mode in Mode if mode.is_remote]
    planned = Booking.objects.filter(mode__in=remote, case_ref="").values_list("patient__phone")

    assert Patient.objects.filter(phone="").exists()
    assert "" not in {phone for (phone,) in planned} != set()


def test_lists_begin_with_namesakes_to_tell_apart(demo):
    namesakes = Patient.objects.filter(practice__organisation__code="X90001", family_name="Ashdown")

    assert namesakes.filter(given_name="Margaret").count() >= 3
    assert namesakes.filter(given_name="Margaret", born_on="1957-03-14").count() == 2


def test_each_list_has_somebody_reached_another_way(demo):
    """One with an email beside the mobile, and one each for easy read, large print, no texts."""
    for place in Practice.objects.all():
        found = Patient.objects.filter(practice=place, given_name__in=WAYS).order_by("id")[:4]
        assert [(one.given_name, one.access_needs, bool(one.email)) for one in found] == [
            ("Robin", [], True),
            ("Kim", ["easy_read"], False),
            ("Alex", ["large_print"], False),
            ("Sasha", ["no_text"], True),
        ]


def test_people_have_access_needs_and_someone_they_know(demo):
    needs = {need for row in Patient.objects.values_list("access_needs", flat=True) for need in row}

    assert {"step_free", "interpreter", "large_print"} <= needs
    assert set(Patient.objects.values_list("continuity", flat=True)) == {"none", "amber", "red"}


def test_every_class_is_waiting(demo):
    waiting = Case.objects.filter(state="waiting")

    assert set(waiting.values_list("urgency", flat=True)) == {0, 1, 2, 3, 4, 5, 6}
    assert set(waiting.values_list("urgency_status", flat=True)) == {"provisional", "signed"}
    assert waiting.filter(due_at__lt=MONDAY).exists()


def test_cases_are_booked_claimed_and_handed_back(demo):
    states = dict(Case.objects.values_list("state").annotate(n=Count("pk")).order_by())

    assert states["claimed"] == 1
    assert states["handed_back"] == 1
    assert states["booked"] > 5
    assert states["closed"] >= 5


def test_every_promise_is_kept(seeded):
    assert broken(at=MONDAY) == []


def test_no_booking_is_at_a_hub_without_an_agreement_and_a_reason(demo):
    agreed = set(Agreement.objects.values_list("practice_id", "provider_id"))
    at_hub = Booking.objects.filter(hub__isnull=False)

    assert set(at_hub.values_list("practice_id", "hub_id")) <= agreed
    assert not at_hub.filter(overflow_reason="").exists()


def test_patients_are_booked_at_their_own_practice_or_the_hub(demo):
    elsewhere = Booking.objects.filter(slot__practice__isnull=False).exclude(
        practice_id=F("slot__practice_id")
    )

    assert not elsewhere.exists()


def test_gps_are_green_amber_and_red(demo):
    people = list(Clinician.objects.filter(profession="gp").values_list("pk", flat=True))
    limits = limits_on(people, on=local_day(MONDAY))
    loads = DayLoad.objects.filter(clinician_id__in=people, day=local_day(MONDAY))
    percent = [
        (row.booked + row.logged) * 100 / limits[row.clinician_id].effective.points for row in loads
    ]

    assert any(used <= 85 for used in percent)
    assert any(100 < used <= 140 for used in percent)
    assert any(used > 140 for used in percent)


def test_only_the_day_that_was_lowered_is_past_its_limit_without_a_word(seeded):
    assert [line.rpartition(" of ")[2] for line in past_limit(at=MONDAY)] in ([], ["150"])


def test_practices_bind_their_limits_in_every_mode(demo):
    modes = Clinician.objects.values_list("home__practice__limit_mode", flat=True)

    assert set(modes) == {"enforce", "warn", "shadow", None}


def test_sick_list_moved_without_loss(demo):
    moved = Booking.objects.filter(state="moved", ended_because="leave")
    sick = set(moved.values_list("clinician_id", flat=True))

    assert len(sick) == 1
    live = Booking.objects.filter(clinician_id__in=sick, day=local_day(MONDAY), state="booked")
    assert not live.exists()
    cancelled = Session.objects.filter(clinician_id__in=sick, status="cancelled")
    assert cancelled.count() == 2


def test_hub_is_about_half_full(demo):
    today = Slot.objects.filter(hub__isnull=False, day=local_day(MONDAY), status="open")
    places = today.aggregate(n=Sum("places"))["n"]
    used = Booking.objects.filter(
        hub__isnull=False, day=local_day(MONDAY), state__in=("booked", "arrived", "attended")
    ).count()

    assert 0.3 < used / places < 0.65


def test_last_week_was_attended_and_missed_as_usual(demo):
    past = Booking.objects.filter(day__lt=local_day(MONDAY))
    states = dict(past.values_list("state").annotate(n=Count("pk")).order_by())

    assert set(states) == {"attended", "missed"}
    assert 0.01 < states["missed"] / sum(states.values()) < 0.10


def test_rota_covers_three_weeks(demo):
    days = Slot.objects.filter(practice__isnull=False).values_list("day", flat=True).distinct()

    assert min(days) == local_day(MONDAY) - timedelta(days=7)
    assert max(days) == local_day(MONDAY) + timedelta(days=11)


def test_emergencies_were_acknowledged_in_two_minutes(demo):
    for call in Emergency.objects.all():
        assert call.acknowledged_at - call.at <= timedelta(minutes=2)


def test_the_weeks_queues_are_covered_but_for_one_evening_at_the_hub(demo):
    queues = queues_of(tuple(Organisation.objects.values_list("pk", flat=True)))
    days = [local_day(MONDAY) + timedelta(days=ahead) for ahead in range(7)]

    left = [(one.is_hub, gap) for one in queues for day in days for gap in gaps_on(one, day)]

    assert (len(queues) > 1, [is_hub for is_hub, _ in left]) == (True, [True])


def test_protocols_are_signed_by_two_clinical_leads(demo):
    rows = RuleChange.objects.filter(kind="protocols", state="released").values_list(
        "code", "drafted_by__username", "ended_by__username"
    )

    assert set(rows) == {
        (need, "clinical_lead", "clinical_lead_second")
        for need in ("sore_throat", "ear_pain", "urinary", "back_joint", "follow_up")
    }


def test_seeding_again_changes_nothing(seeded):
    def counts():
        with opened(BY.reach, at=MONDAY):
            return (Case.objects.count(), Booking.objects.count(), User.objects.count())

    before = counts()

    again = perform(seed_demo, by=BY, at=MONDAY + timedelta(days=3), patients=PATIENTS)

    assert again.already
    assert [account.username for account in again.accounts] == list(USERNAMES)
    assert counts() == before


def run_command(path):
    out = StringIO()
    call_command("seed_demo", accounts=path, patients=PATIENTS, stdout=out)
    return out.getvalue().splitlines()


def test_accounts_file_lists_every_role_with_a_token(seeded, tmp_path):
    path = tmp_path / "accounts.json"

    run_command(path)

    entries = json.loads(path.read_text())
    assert [set(entry) for entry in entries] == [
        {"role", "username", "password", "token", "organisation"}
    ] * len(USERNAMES)
    assert {role.value for role in Role} == {entry["role"] for entry in entries}
    assert {role.value for role in Role} <= {entry["username"] for entry in entries}
    assert all(len(entry["password"]) >= 12 for entry in entries)
    assert path.stat().st_mode & 0o077 == 0


def test_tokens_that_work_are_kept_and_others_replaced(seeded, tmp_path):
    path = tmp_path / "accounts.json"
    run_command(path)
    first = path.read_text()

    kept = run_command(path)
    assert path.read_text() == first
    with opened(BY.reach, at=MONDAY):
        member = ApiToken.objects.filter(revoked_at__isnull=True).order_by("pk").last()
        revoke_tokens(membership_id=member.membership_id, by=BY, at=MONDAY)
    renewed = run_command(path)

    assert kept[-1].endswith("still work.")
    assert renewed[-1].startswith("Accounts and new tokens")
    with opened(BY.reach, at=MONDAY):
        assert ApiToken.objects.filter(revoked_at__isnull=True).count() == len(USERNAMES)


def test_two_sessions_of_one_clinician_at_once_are_refused(world):
    wish = SessionWish(
        clinician_id=next(iter(world.clinicians.values())).pk,
        site_id=world.sites[world.oak.pk].pk,
        starts_at=MONDAY + timedelta(days=3),
        ends_at=MONDAY + timedelta(days=3, hours=3),
        practice_id=world.oak.pk,
    )

    with pytest.raises(Conflict, match="Two sessions of one clinician are at the same time."):
        perform(publish_rota, by=BY, at=MONDAY, wishes=[wish, wish])
