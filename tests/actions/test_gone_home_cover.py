"""Whoever has gone home answers for no queue any more."""

from datetime import timedelta

import pytest

from appointments.models import NamedCover
from practices.clock import on
from practices.doors import everywhere, perform
from triage.actions.coming_back import take_list_back
from triage.actions.gone_home import go_home

NOON = 12


@pytest.fixture
def table(world, now):
    """The GP answers from 11 to 2 and from 3 to 4, the duty clinician from 3 to 4 too."""

    def hours(first, last):
        return {"starts_at": on(now.date(), first), "ends_at": on(now.date(), last)}

    facts = {"organisation_id": world.oak.pk, "phone": "204", "named_at": now}
    gp, duty = world.clinicians["gp_oak"], world.clinicians["duty"]
    with everywhere(because="the cover table of the day", at=now):
        begun = NamedCover.objects.create(clinician=gp, **facts, **hours(11, 14))
        later = NamedCover.objects.create(clinician=gp, **facts, **hours(15, 16))
        others = NamedCover.objects.create(clinician=duty, **facts, **hours(15, 16))
    return begun, later, others


def _gone(world, acting, now):
    return perform(
        go_home,
        by=acting(world, "receptionist"),
        at=now,
        clinician_id=world.clinicians["gp_oak"].pk,
        from_at=on(now.date(), NOON),
        reason="unwell",
    )


def _back(world, acting, left, at):
    perform(take_list_back, by=acting(world, "receptionist"), at=at, public_id=left.public_id)


def _live(now):
    with everywhere(because="the test looks", at=now):
        return dict(NamedCover.objects.filter(withdrawn_at=None).values_list("pk", "ends_at"))


def test_who_has_left_answers_for_no_queue_either(world, acting, now, table):
    begun, _, others = table

    _gone(world, acting, now)

    assert _live(now) == {begun.pk: on(now.date(), NOON), others.pk: others.ends_at}


def test_whose_list_is_taken_back_answers_for_the_queue_again(world, acting, now, table):
    before = _live(now)
    left = _gone(world, acting, now)

    _back(world, acting, left, now + timedelta(minutes=3))

    assert _live(now) == before == {one.pk: one.ends_at for one in table}


def test_a_line_that_a_person_withdrew_meanwhile_stays_withdrawn(world, acting, now, table):
    begun, later, others = table
    left = _gone(world, acting, now)
    with everywhere(because="the manager withdraws it", at=now):
        minute = now + timedelta(minutes=1)
        NamedCover.objects.filter(pk=begun.pk).update(withdrawn_at=minute)

    _back(world, acting, left, now + timedelta(minutes=3))

    assert _live(now) == {later.pk: later.ends_at, others.pk: others.ends_at}
