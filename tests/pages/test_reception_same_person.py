"""Who calls again within a day finds their request open, and may still ask for something else."""

from datetime import timedelta

from practices import clock
from tests.cases import submitted
from tests.pages.test_reception_places import desk, reading
from triage.rules.codes import Need

__all__ = ["desk", "reading"]


def new(world):
    return f"/triage/patients/{world.patients['zoe'].public_id}/new/"


def test_the_open_request_of_today_opens(desk, world, acting, now):
    case = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)

    answer = desk.get(new(world))
    page = desk.get(answer["Location"]).content.decode()

    assert answer["Location"] == f"/triage/desk/{case.reference}/"
    assert f"{new(world)}?again={case.reference}" in page
    assert f"{new(world)}?other=1" in page
    assert "New request" in desk.get(f"{new(world)}?other=1").content.decode()
    assert "again about skin or rash" in (
        desk.get(f"{new(world)}?again={case.reference}").content.decode()
    )


def test_one_of_two_days_ago_stays_beside_the_new_request(desk, world, acting, now, monkeypatch):
    submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=25))

    page = desk.get(new(world)).content.decode()

    assert "New request" in page
    assert "They call about this again" in page


def test_what_is_sent_about_it_again_joins_it(desk, world, acting, now):
    case = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    said = {"once": "s1", "none_said": "on", "need": "headache", "words": "Worse"}

    answer = desk.post(
        f"{new(world)}?again={case.reference}", said | {"channel": "phone", "safe_to_text": "on"}
    )

    assert answer["Location"].startswith(f"/triage/desk/{case.reference}/")


def test_a_nul_in_the_address_names_no_request(desk, world):
    said = {"once": "s2", "none_said": "on", "need": "headache", "words": "Worse"}

    answers = [
        desk.post(f"{new(world)}?{name}=%00", said | {"channel": "phone", "once": name})
        for name in ("again", "with")
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
