"""Whoever has gone home answers for no queue any more."""

from appointments.models import NamedCover
from practices.clock import on
from practices.doors import everywhere, perform
from triage.actions.gone_home import go_home

NOON = 12


def test_who_has_left_answers_for_no_queue_either(world, acting, now):
    def hours(first, last):
        return {"starts_at": on(now.date(), first), "ends_at": on(now.date(), last)}

    facts = {"organisation_id": world.oak.pk, "phone": "204", "named_at": now}
    gp, duty = world.clinicians["gp_oak"], world.clinicians["duty"]
    with everywhere(because="the cover table of the day", at=now):
        begun = NamedCover.objects.create(clinician=gp, **facts, **hours(11, 14))
        NamedCover.objects.create(clinician=gp, **facts, **hours(15, 16))
        others = NamedCover.objects.create(clinician=duty, **facts, **hours(15, 16))

    perform(
        go_home,
        by=acting(world, "receptionist"),
        at=now,
        clinician_id=gp.pk,
        from_at=on(now.date(), NOON),
        reason="unwell",
    )

    with everywhere(because="the test looks", at=now):
        live = dict(NamedCover.objects.filter(withdrawn_at=None).values_list("pk", "ends_at"))
    assert live == {begun.pk: on(now.date(), NOON), others.pk: others.ends_at}
