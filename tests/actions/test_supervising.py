"""A supervisor leaves, comes back, is followed by another, reviews and countersigns."""

from datetime import timedelta

import pytest

from appointments.actions import SessionWish, publish_session
from appointments.models import ContactEvent, Override, PausedList
from appointments.rules.codes import ContactKind
from practices.clock import on
from practices.doors import everywhere, opened, perform
from practices.models import AuditEntry
from practices.rules.refusals import Absent, Conflict, Forbidden, Refused
from tests.cases import SPOKE, submitted
from tests.teams import joined, supervised
from tests.world import SETUP
from triage import actions
from triage.actions import supervising
from triage.actions.taking import take_my_next
from triage.models import Case
from triage.queries.options import options
from triage.rules.codes import Need, Outcome


@pytest.fixture
def team(world, acting):
    supervised(world, "clinician", "physio")
    return acting(world, "supervisor")


@pytest.fixture
def claimed(world, acting, team, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    return perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)


def leaves(by, at):
    return perform(supervising.leave_supervision, by=by, at=at)


def audited(verb, at):
    with everywhere(because="the test looks", at=at):
        return AuditEntry.objects.filter(verb=verb).count()


def test_leaving_pauses_the_lists_and_gives_back_what_is_in_hand(claimed, team, now):
    left = leaves(team, now)

    with everywhere(because="the test looks", at=now):
        case = Case.objects.get(pk=claimed.pk)
    assert (left.lists, left.cases) == (2, 1)
    assert (case.state, case.due_at) == ("waiting", claimed.due_at)
    assert audited("list.paused", now) == 2


def test_who_lost_the_supervisor_takes_no_case_and_another_does(world, acting, team, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    leaves(team, now)

    with pytest.raises(Conflict, match="Your supervisor has left"):
        perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)
    with pytest.raises(Conflict, match="Your supervisor has left"):
        perform(take_my_next, by=acting(world, "clinician"), at=now)

    taken = perform(actions.claim, by=acting(world, "duty"), at=now, reference=case.reference)
    assert taken.state == "claimed"


def test_a_paused_list_is_offered_to_nobody_and_booked_by_nobody(world, acting, team, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    desk, slot = acting(world, "receptionist"), world.slots("clinician")[2]
    leaves(team, now)

    with opened(desk.reach, at=now):
        refused = options(case.reference, at=now).refused
    codes = {line.code for line in refused if line.candidate.key == f"slot-{slot.pk}"}
    with pytest.raises(Refused) as refusal:
        perform(actions.hold, by=desk, at=now, reference=case.reference, slot_id=slot.pk)

    assert codes == {"supervision"}
    assert refusal.value.code == "supervision"


def test_coming_back_undoes_it(world, acting, team, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    desk, slot = acting(world, "receptionist"), world.slots("clinician")[2]
    leaves(team, now)

    number = perform(supervising.come_back, by=team, at=now + timedelta(seconds=9))
    held = perform(
        actions.hold,
        by=desk,
        at=now + timedelta(seconds=10),
        reference=case.reference,
        slot_id=slot.pk,
    )

    assert (number, held.state) == (2, "held")
    assert audited("list.resumed", now) == 2


def test_there_is_nothing_to_come_back_from(team, now):
    with pytest.raises(Conflict, match="not paused any more"):
        perform(supervising.come_back, by=team, at=now)


def test_another_supervisor_takes_a_list_over_and_keeps_it(world, acting, team, now):
    second = joined(world, "second", role="supervisor", profession="gp")
    leaves(team, now)

    perform(
        supervising.take_over,
        by=acting(world, "second"),
        at=now,
        clinician_id=world.clinicians["clinician"].pk,
    )
    perform(supervising.come_back, by=team, at=now)

    with everywhere(because="the test looks", at=now):
        taken = dict(PausedList.objects.values_list("clinician__user__username", "taken_by_id"))
    assert taken == {"clinician": second.pk, "physio": world.clinicians["supervisor"].pk}


def test_nobody_supervises_a_fifth_person_who_is_here(world, acting, team, now):
    names = [f"nurse_{n}" for n in range(5)]
    day, site = now.date(), world.sites[world.hub.pk]
    joined(world, "second", role="supervisor", profession="gp")
    for name in names:
        person = joined(world, name, role="clinician", profession="nurse")
        with everywhere(because="the test's set-up", at=now):
            wish = SessionWish(
                clinician_id=person.pk,
                site_id=site.pk,
                starts_at=on(day, 9),
                ends_at=on(day, 13),
                hub_id=world.hub.pk,
                practice_id=None,
            )
            publish_session(wish=wish, by=SETUP, at=now - timedelta(days=1))
    supervised(world, *names)
    leaves(team, now)
    second = acting(world, "second")

    for name in names[:4]:
        perform(supervising.take_over, by=second, at=now, clinician_id=world.clinicians[name].pk)
    with pytest.raises(Conflict, match="5 people at once; 4 is the most"):
        perform(
            supervising.take_over, by=second, at=now, clinician_id=world.clinicians[names[4]].pk
        )


def test_only_a_supervisor_leaves_supervision(world, acting, now):
    with pytest.raises(Forbidden):
        leaves(acting(world, "clinician"), now)


def ended(world, acting, who, case, now):
    by = acting(world, who)
    perform(actions.claim, by=by, at=now, reference=case.reference)
    wish = actions.OutcomeWish(
        Outcome.DENTAL, safety_net="Ring us", record_viewed="summary", contact=SPOKE
    )
    return perform(actions.close, by=by, at=now, reference=case.reference, wish=wish)


@pytest.mark.parametrize(
    ("profession", "stage", "debriefs"), [("registrar", "st1", 1), ("anp", "", None)]
)
def test_a_trainees_case_is_debriefed_once_and_counts(
    world, acting, team, now, profession, stage, debriefs
):
    joined(world, "learner", role="clinician", profession=profession, stage=stage)
    supervised(world, "learner")
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now)
    ended(world, acting, "learner", case, now)

    def reviews():
        return perform(supervising.review, by=team, at=now, reference=case.reference)

    if debriefs is None:
        with pytest.raises(Conflict, match="no review of yours"):
            reviews()
        return
    reviews()
    with everywhere(because="the test looks", at=now):
        logged = ContactEvent.objects.filter(kind=ContactKind.DEBRIEF).count()
    with pytest.raises(Conflict, match="no review of yours"):
        reviews()
    assert logged == debriefs


@pytest.fixture
def passed(world, acting, now):
    """An appointment at the hub that somebody booked past the limit."""
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    slot = world.slots("clinician")[3]
    booking = perform(
        actions.book,
        by=acting(world, "receptionist"),
        at=now,
        reference=case.reference,
        slot_id=slot.pk,
    )
    with everywhere(because="the test's set-up", at=now):
        booking.limit_override = Override.objects.create(
            organisation_id=world.hub.pk,
            case_ref=case.reference,
            rule="limit",
            code="clinical_need",
            by=world.users["receptionist"],
            at=now,
            until_at=slot.ends_at,
        )
        booking.save()
    return case, booking.limit_override


def test_a_second_person_countersigns_once(world, passed, team, now):
    case, override = passed

    perform(supervising.countersign, by=team, at=now, reference=case.reference)

    with everywhere(because="the test looks", at=now):
        override.refresh_from_db()
    assert override.countersigned_by_id == world.users["supervisor"].pk
    assert audited("rule.countersigned", now) == 1
    with pytest.raises(Conflict, match="countersigned already"):
        perform(supervising.countersign, by=team, at=now, reference=case.reference)


def test_nobody_countersigns_what_they_did_themselves(world, passed, team, now):
    case, override = passed
    with everywhere(because="the test's set-up", at=now):
        Override.objects.filter(pk=override.pk).update(by=world.users["supervisor"])

    with pytest.raises(Forbidden, match="somebody else countersigns"):
        perform(supervising.countersign, by=team, at=now, reference=case.reference)


def test_a_case_out_of_reach_is_absent(team, now):
    with pytest.raises(Absent):
        perform(supervising.countersign, by=team, at=now, reference="HR-NONE-NONE-NO")


def test_nobody_supervises_themselves(team, now):
    with pytest.raises(Forbidden, match="Nobody supervises themselves"):
        perform(supervising.take_over, by=team, at=now, clinician_id=team.clinician_id)
