"""Before a release: which templates are missing, and which are not what our words need."""

import pytest

from config.checks import templates_are_named
from practices.post.templates import faults
from tests.notify import EMAIL_TEMPLATE, LARGE_PRINT_TEMPLATE, LETTER_TEMPLATE, TEMPLATE
from tests.posting import office

SETTINGS = {
    "NOTIFY_TEMPLATE": TEMPLATE,
    "NOTIFY_EMAIL_TEMPLATE": EMAIL_TEMPLATE,
    "NOTIFY_LETTER_TEMPLATE": LETTER_TEMPLATE,
    "NOTIFY_LARGE_PRINT_TEMPLATE": LARGE_PRINT_TEMPLATE,
}


@pytest.fixture(autouse=True)
def named(settings):
    settings.TRAINING = False
    for setting, template in SETTINGS.items():
        setattr(settings, setting, template)


def test_templates_that_fit_have_no_fault(notify):
    assert (faults(office(notify)), templates_are_named(None)) == ([], [])


@pytest.mark.parametrize(
    ("setting", "template", "words"),
    [
        (
            "NOTIFY_LARGE_PRINT_TEMPLATE",
            LETTER_TEMPLATE,
            ["NOTIFY_LARGE_PRINT_TEMPLATE is not called “large print”: “Letter”."],
        ),
        (
            "NOTIFY_TEMPLATE",
            EMAIL_TEMPLATE,
            [
                "NOTIFY_TEMPLATE is a template of type email, not sms.",
                "NOTIFY_TEMPLATE asks for ((body)), ((subject)), and must ask for ((body)).",
            ],
        ),
        (
            "NOTIFY_LETTER_TEMPLATE",
            "11111111-1111-1111-1111-111111111111",
            ["NOTIFY_LETTER_TEMPLATE could not be looked at: Notify answered 404."],
        ),
    ],
)
def test_a_template_that_does_not_fit_is_named(notify, settings, setting, template, words):
    setattr(settings, setting, template)

    assert faults(office(notify)) == words


def test_a_release_says_who_prints_what_no_template_prints(settings):
    settings.NOTIFY_LARGE_PRINT_TEMPLATE = ""

    (found,) = templates_are_named(None)

    assert (found.id, found.msg) == (
        "config.I001",
        "NOTIFY_LARGE_PRINT_TEMPLATE is not set: each practice’s desk prints and posts the"
        " large-print letters.",
    )
