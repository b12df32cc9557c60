"""What is sent after the session has ended is kept for its writer alone, and never done."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from practices import whose
from practices.doors import everywhere, perform
from practices.models import Draft
from tests.cases import submitted
from tests.journeys.people import PASSWORD
from tests.pages.clinic import at_desk, clock
from triage.actions import claim
from triage.models import Case, CaseStep
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
WORDS = "Ring if the fever lasts\nbeyond Friday"
LATER = timedelta(minutes=16)


@pytest.fixture(autouse=True)
def strict(settings):
    settings.IDLE_SECONDS, settings.SHIFT_SECONDS = 900, 12 * 3600


@pytest.fixture
def case(world, acting, now):
    """A case that the clinician has."""
    made = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    perform(claim, by=acting(world, "clinician"), at=now, reference=made.reference)
    return made


@pytest.fixture
def known(world, now):
    """The clinicians can sign in by hand."""
    with everywhere(because="the test's set-up", at=now):
        for name in ("clinician", "physio", "supervisor", "receptionist"):
            world.users[name].set_password(PASSWORD)
            world.users[name].save(update_fields=["password"])


def drawn(client, case):
    """The page of the case, and the hidden fields with which its forms go out."""
    page = client.get(f"/triage/cases/{case.reference}/").content.decode()
    return {
        name: re.search(rf'name="{name}" value="([^"]+)"', page).group(1)
        for name in ("csrfmiddlewaretoken", whose.NAME)
    }


def sent(client, case, hidden, step="close", **typed):
    fields = {
        "safety_net": WORDS,
        "outcome": "advice",
        "spoke": "patient:phone",
        "once": "1",
    } | typed
    here = f"http://testserver/triage/cases/{case.reference}/"
    return client.post(f"{here}{step}/", fields | hidden, headers={"Referer": here})


def sign_in(client, name, onwards):
    token = re.search(
        r'csrfmiddlewaretoken" value="([^"]+)"', client.get(onwards).content.decode()
    ).group(1)
    who = {"username": name, "password": PASSWORD, "csrfmiddlewaretoken": token}
    next_page = parse_qs(urlsplit(onwards).query)["next"][0]
    return client.post("/practices/sign-in/", who | {"next": next_page})


def drafts(now):
    with everywhere(because="the test looks", at=now):
        return Draft.objects.count()


@pytest.fixture
def timed_out(at_desk, clock, case, now, known):
    """A clinician's browser whose form was open too long, and what it was drawn with."""
    client = at_desk("clinician")
    client.handler.enforce_csrf_checks = True
    hidden = drawn(client, case)
    clock(now + LATER)
    return client, hidden


def test_the_writer_signs_in_and_finds_the_form_filled(timed_out, case, now):
    client, hidden = timed_out

    away = sent(client, case, hidden)
    asked = client.get(away.url).content.decode()
    back = sign_in(client, "clinician", away.url)
    first = client.get(back.url.partition("#")[0]).content.decode()
    here = f"/triage/cases/{case.reference}/"
    sent(client, case, drawn(client, case), step="claim", once="2")
    page = client.get(here).content.decode()

    assert urlsplit(away.url).path == "/practices/sign-in/"
    assert "What you typed is kept" in asked
    assert back.url.startswith(f"/triage/cases/{case.reference}/?typed=")
    # The case was let go meanwhile: the words stand above, and in the form once it is there.
    assert f"<blockquote>{WORDS}</blockquote>" in first
    assert "You were signed out, and nothing was sent." in page
    assert re.search(rf'<textarea[^>]*name="safety_net"[^>]*>\n{WORDS}</textarea>', page)
    assert WORDS not in away.url + asked


def test_nothing_is_done_by_it(timed_out, case, now):
    client, hidden = timed_out

    away = sent(client, case, hidden)
    back = sign_in(client, "clinician", away.url)
    client.get(back.url)

    with everywhere(because="the test looks", at=now):
        assert Case.objects.get(pk=case.pk).state == "claimed"
        assert not CaseStep.objects.filter(case_id=case.pk, step="close").exists()


def test_whoever_else_signs_in_does_not_see_it(timed_out, case, now):
    client, hidden = timed_out

    away = sent(client, case, hidden)
    back = sign_in(client, "physio", away.url)
    page = client.get(back.url)

    assert page.status_code == 200
    assert WORDS not in page.content.decode()
    assert "You were signed out" not in page.content.decode()
    assert drafts(now) == 1


def test_after_an_hour_nobody_sees_it(timed_out, case, clock, now):
    client, hidden = timed_out

    away = sent(client, case, hidden)
    clock(now + LATER + timedelta(minutes=61))
    back = sign_in(client, "clinician", away.url)

    assert WORDS not in client.get(back.url).content.decode()


def test_once_it_is_sent_it_is_kept_no_longer(timed_out, case, now):
    client, hidden = timed_out
    away = sent(client, case, hidden, step="ask", question=WORDS)
    back = sign_in(client, "clinician", away.url)
    client.get(back.url.partition("#")[0])
    sent(client, case, drawn(client, case), step="claim", once="2")
    page = client.get(f"/triage/cases/{case.reference}/").content.decode()
    mark = re.search(r'name="draft" value="([^"]+)"', page).group(1)

    answer = sent(client, case, drawn(client, case), step="ask", question=WORDS, draft=mark)

    assert answer.status_code == 302
    assert drafts(now) == 0


def test_what_was_refused_first_is_not_offered_again_once_it_is_sent(timed_out, case, now):
    client, hidden = timed_out
    away = sent(client, case, hidden, step="ask", question=WORDS)
    back = sign_in(client, "clinician", away.url)
    client.get(back.url.partition("#")[0])
    sent(client, case, drawn(client, case), step="claim", once="2")
    refused = sent(client, case, drawn(client, case), step="ask", question="", once="3")

    answer = sent(client, case, drawn(client, case), step="ask", question=WORDS, once="4")
    page = client.get(f"/triage/cases/{case.reference}/").content.decode()

    assert (refused.status_code, answer.status_code) == (422, 302)
    assert "You were signed out, and nothing was sent." not in page
    assert drafts(now) == 0


def test_a_form_that_names_nobody_is_filled_in_once(at_desk, case, now, known):
    client = at_desk("receptionist")
    client.handler.enforce_csrf_checks = False
    page = client.get("/triage/emergency/").content.decode()
    stamp = re.search(rf'name="{whose.NAME}" value="([^"]+)"', page).group(1)
    client.cookies.pop(settings.SESSION_COOKIE_NAME)
    away = client.post("/triage/emergency/", {whose.NAME: stamp, "phone": "07700 900456"})
    back = sign_in(client, "receptionist", away.url)

    first = client.get(back.url.partition("#")[0]).content.decode()
    anew = client.get("/triage/emergency/").content.decode()

    assert "07700 900456" in first
    assert "07700 900456" not in anew


def test_a_form_older_than_the_sign_in_comes_back_filled(at_desk, case, now, known):
    client = at_desk("clinician")
    client.handler.enforce_csrf_checks = True
    hidden = drawn(client, case)
    client.post("/practices/sign-out/", hidden)
    sign_in(client, "clinician", "/practices/sign-in/?next=/")

    again = sent(client, case, hidden)
    page = client.get(again.url.partition("#")[0]).content.decode()

    assert again.status_code == 302
    assert re.search(rf'name="safety_net"[^>]*>\n{WORDS}</textarea>', page)


def test_a_form_of_somebody_else_is_refused_and_not_kept(at_desk, case, now, known):
    client = at_desk("clinician")
    client.handler.enforce_csrf_checks = True
    hidden = drawn(client, case)
    client.post("/practices/sign-out/", hidden)
    sign_in(client, "physio", "/practices/sign-in/?next=/")

    again = sent(client, case, hidden)

    assert again.status_code == 403
    assert "Send this again" in again.content.decode()
    assert drafts(now) == 0


@pytest.mark.parametrize("stamp", ["", "{}.{}.2026-11-30", "{}.{}.2026-11-30:forged"])
def test_a_form_without_our_stamp_is_kept_for_nobody(world, case, clock, now, stamp):
    clock(now)
    writer = (world.users["clinician"].pk, world.memberships["clinician"].pk)

    away = sent(Client(), case, {whose.NAME: stamp.format(*writer)})

    assert away.status_code == 302
    assert "draft" not in away.url
    assert drafts(now) == 0


def test_an_old_stamp_is_kept_for_nobody(timed_out, case, clock, now):
    client, hidden = timed_out
    clock(now + timedelta(days=2))

    assert "draft" not in sent(client, case, hidden).url


def test_more_than_any_form_has_is_not_kept(timed_out, case, now):
    client, hidden = timed_out

    away = sent(client, case, hidden, safety_net="x" * 20_000)

    assert away.status_code == 302
    assert drafts(now) == 0


def test_no_password_and_no_token_is_kept(timed_out, case, now):
    client, hidden = timed_out
    sent(client, case, hidden, password="hush", new_password1="hush")

    with everywhere(because="the test looks", at=now):
        kept = Draft.objects.get()
    assert "hush" not in str(kept.fields)
    assert hidden["csrfmiddlewaretoken"] not in str(kept.fields)
