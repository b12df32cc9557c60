"""Too many wrong passwords: the page says what to do, and nobody else is locked out."""

from django.conf import settings as set_up
from django.test import Client

SIGN_IN = "/practices/sign-in/"
WRONG = {"username": "receptionist", "password": "not the password"}


def test_after_too_many_wrong_passwords_the_page_says_what_to_do(world, settings):
    settings.AXES_ENABLED = True
    desk = Client()

    tries = [desk.post(SIGN_IN, WRONG) for _ in range(set_up.AXES_FAILURE_LIMIT)]
    other = desk.post(SIGN_IN, WRONG | {"username": "clinician"})

    assert "Wait before you try again" not in tries[-2].content.decode()
    assert tries[-1].status_code == 429
    assert "Try again in 15 minutes, or ask your practice manager" in tries[-1].content.decode()
    assert "Wait before you try again" not in other.content.decode()
