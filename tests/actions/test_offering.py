"""A case handed to a colleague stays with me until they have said yes."""

from datetime import timedelta

import pytest

from appointments.actions import SessionWish, publish_session
from practices.doors import everywhere, opened, perform
from practices.rules.refusals import Conflict, Refused
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import address, text_of
from tests.teams import joined, supervised
from tests.world import SETUP
from triage import actions
from triage.actions.offering import accept_offer, end_offer, offer
from triage.actions.supervising import leave_supervision
from triage.queries.colleagues import offered_to
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]


def on_shift(world, name, now):
    wish = SessionWish(
        clinician_id=world.clinicians[name].pk,
        site_id=world.sites[world.hub.pk].pk,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(minutes=15),
        hub_id=world.hub.pk,
        practice_id=None,
    )
    with everywhere(because="the test's set-up", at=now):
        publish_session(wish=wish, by=SETUP, at=now - timedelta(days=1))


@pytest.fixture
def case(world, acting, now):
    """A cough with the clinician; a nurse practitioner and a physiotherapist are on shift."""
    joined(world, "colleague", role="clinician", profession="anp")
    on_shift(world, "colleague", now)
    on_shift(world, "physio", now)
    made = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    by = acting(world, "clinician")
    return perform(actions.claim, by=by, at=now, reference=made.reference)


def offers(world, acting, case, to, now):
    return perform(
        offer,
        by=acting(world, "clinician"),
        at=now,
        reference=case.reference,
        to_clinician_id=world.clinicians[to].pk,
        note="Wants a woman",
    )


def test_it_is_mine_until_the_colleague_accepts(case, world, acting, now):
    offered = offers(world, acting, case, "colleague", now)
    theirs = acting(world, "colleague")
    with opened(theirs.reach, at=now):
        (seen,) = offered_to(theirs.clinician_id, at=now)

    taken = perform(accept_offer, by=theirs, at=now, reference=case.reference)

    assert offered.claimed_by_id == world.clinicians["clinician"].pk
    assert (seen.row.reference, seen.by) == (case.reference, "Clinician")
    assert (taken.claimed_by_id, taken.offered_to_id) == (theirs.clinician_id, None)


@pytest.mark.parametrize("to", ["physio", "supervisor", "gp_elm", "clinician"])
def test_only_a_colleague_on_shift_within_scope_can_be_asked(to, case, world, acting, now):
    with pytest.raises(Refused, match="Choose a colleague who is on shift now"):
        offers(world, acting, case, to, now)


def test_nobody_accepts_what_is_offered_to_somebody_else(case, world, acting, now):
    offers(world, acting, case, "colleague", now)

    with pytest.raises(Conflict, match="not offered to you any more"):
        perform(accept_offer, by=acting(world, "supervisor"), at=now, reference=case.reference)


@pytest.mark.parametrize("who", ["clinician", "colleague"])
def test_either_side_ends_the_offer_and_it_stays_with_me(who, case, world, acting, now):
    offers(world, acting, case, "colleague", now)

    kept = perform(end_offer, by=acting(world, who), at=now, reference=case.reference)

    assert (kept.claimed_by_id, kept.offered_to_id) == (world.clinicians["clinician"].pk, None)
    with pytest.raises(Conflict, match="not offered to you any more"):
        perform(accept_offer, by=acting(world, "colleague"), at=now, reference=case.reference)


def test_an_offer_ends_with_the_case_leaving_me(case, world, acting, now):
    offers(world, acting, case, "colleague", now)

    freed = perform(
        actions.release, by=acting(world, "clinician"), at=now, reference=case.reference
    )

    assert freed.offered_to_id is None


def test_it_stands_on_their_page_and_they_accept_there(case, world, acting, at_desk, now):
    mine, chosen = at_desk("clinician"), str(world.clinicians["colleague"].pk)
    before = text_of(mine.get(address(case)))
    nobody = mine.post(address(case, "offer/"), {"once": "1", "to_clinician": ""})
    mine.post(
        address(case, "offer/"), {"once": "2", "to_clinician": chosen, "note": "Wants a woman"}
    )
    said = text_of(mine.get(address(case)))
    theirs = at_desk("colleague")
    queue, page = (text_of(theirs.get(one)) for one in ("/triage/queue/", address(case)))
    answer = theirs.post(address(case, "accept-offer/"), {"once": "3"}, follow=True)

    assert "Colleague, Advanced nurse practitioner" in before
    assert "Physio," not in before
    assert nobody.status_code == 422
    assert "Offered to Colleague: “Wants a woman”. It stays where it is until they accept" in said
    assert "Offered to you (1)" in queue
    assert "Clinician offers you this case: “Wants a woman”" in page
    assert "Kept for you until" in text_of(answer)


def test_nobody_beside_us_two_ends_an_offer(case, world, acting, now):
    offers(world, acting, case, "colleague", now)

    with pytest.raises(Conflict, match="not offered to anybody any more"):
        perform(end_offer, by=acting(world, "supervisor"), at=now, reference=case.reference)


def test_who_has_lost_their_supervisor_since_accepts_nothing(case, world, acting, now):
    supervised(world, "clinician", by="duty")
    offers(world, acting, case, "colleague", now)
    perform(leave_supervision, by=acting(world, "supervisor"), at=now)

    with pytest.raises(Conflict, match="Your supervisor has left"):
        perform(accept_offer, by=acting(world, "colleague"), at=now, reference=case.reference)


def test_who_took_it_over_by_mistake_leaves_it_with_the_colleague(world, acting, case, now):
    colleague = acting(world, "colleague")
    given = {"reference": case.reference, "to_clinician_id": world.clinicians["colleague"].pk}
    offered = perform(offer, by=acting(world, "clinician"), at=now, **given)
    taken = perform(accept_offer, by=colleague, at=now, reference=case.reference)

    wish = {"reference": case.reference, "version": taken.version}
    back = perform(actions.undo_step, by=colleague, at=now + timedelta(seconds=4), **wish)

    facts = ("state", "claimed_by_id", "offered_to_id", "lease_until", "claimed_at")
    assert [getattr(back, one) for one in facts] == [getattr(offered, one) for one in facts]
