"""What a desk books before a clinician signs: signed by two leads, gone by in the next case."""

import re

import pytest

from practices.doors import everywhere, perform
from practices.rules.refusals import BadInput, Forbidden
from tests.cases import submitted
from tests.leads import drafted, monday, released
from tests.pages.clinic import signed_in
from tests.pages.markup import text_of
from triage.actions.released import release_change
from triage.models import RuleChange
from triage.rules.codes import Need
from triage.rules.need_defaults import OLDEST, PROTOCOLS, Protocol
from triage.rules.protocol_entries import SIGNABLE, entry_of_protocol, faults_of
from triage.rules.released import Kind

__all__ = ["monday"]
PAGE, CHANGE = "/triage/rules/protocols/", "/triage/rules/protocols/change/"
EAR = entry_of_protocol(Need.EAR_PAIN, PROTOCOLS[Need.EAR_PAIN], is_signed=True)
RASH = entry_of_protocol(Need.SKIN_RASH, Protocol(16, OLDEST), is_signed=True)
TYPED = {
    "is_signed": "yes",
    "min_age": "16",
    "max_age": "130",
    "sex": "",
    "basis": "Audit of October",
    "reason": "Rashes wait too long",
    "once": "",
    "previewed": "",
}


def asked(world, acting, person, need, now):
    """Whether a desk may book the case now, and why."""
    case = submitted(world, acting, person, need, at=now, red_flags_asked=True)
    return case.bookable_now, case.bookable_because


def test_everybody_reads_who_signed_and_who_released(world):
    page = text_of(signed_in(world, "receptionist").get(PAGE))

    assert "Women aged 16 to 64".lower() in page.lower()
    assert "Drafted by Clinical Lead" in page
    assert "Released as version 1 by Supervisor" in page


def test_a_desk_books_what_two_leads_signed_and_no_longer_what_they_withdrew(world, acting, now):
    before = asked(world, acting, "zoe", Need.SKIN_RASH, now)
    change = drafted(world, acting, RASH, at=now, kind=Kind.PROTOCOLS)
    between = asked(world, acting, "zoe_namesake", Need.SKIN_RASH, now)
    perform(release_change, by=acting(world, "second_lead"), at=now, change_id=change.pk)
    signed = asked(world, acting, "tam", Need.SKIN_RASH, now)
    elsewhere = asked(world, acting, "tam", Need.EAR_PAIN, now)
    released(world, acting, EAR | {"is_signed": False}, at=now, kind=Kind.PROTOCOLS)
    withdrawn = asked(world, acting, "zoe", Need.EAR_PAIN, now)

    assert [before[0], between[0], withdrawn[0]] == [False, False, False]
    assert signed == (True, "Protocol for anyone aged 16 or over")
    assert elsewhere[0]


def test_who_drafted_a_protocol_does_not_release_it(world, acting, now):
    change = drafted(world, acting, RASH, at=now, kind=Kind.PROTOCOLS)

    with pytest.raises(Forbidden, match="You drafted this change"):
        perform(release_change, by=acting(world, "clinical_lead"), at=now, change_id=change.pk)

    assert not asked(world, acting, "zoe", Need.SKIN_RASH, now)[0]


def test_the_page_says_whose_protocol_it_changes(world):
    page = text_of(signed_in(world, "clinical_lead").get(CHANGE, {"of": "skin_rash"}))

    assert page.count("Sign or withdraw a protocol: Skin or rash") == 2


def test_a_lead_previews_and_sends_a_protocol(world, now):
    lead = signed_in(world, "clinical_lead")
    there = f"{CHANGE}?of=skin_rash"
    seen = lead.post(there, TYPED | {"step": "preview"})
    print_ = re.search(r'name="previewed" value="([^"]+)"', seen.content.decode())[1]
    sent = lead.post(there, TYPED | {"previewed": print_, "step": "send"})

    assert "Protocol signed: skin or rash" in text_of(seen)
    assert "Yes, anyone aged 16 or over" in text_of(seen)
    assert sent.status_code == 302
    assert "Protocol signed: skin or rash" in text_of(lead.get(PAGE))
    with everywhere(because="the test looks", at=now):
        change = RuleChange.objects.get(kind="protocols", state="open")
    assert (change.after["is_signed"], change.after["min_age"]) == (True, 16)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"is_signed": ""}, "Choose whether reception may book it"),
        ({"min_age": "five"}, "Enter an age from 0 to 130"),
        ({"max_age": "9"}, "The oldest must not be younger"),
        ({"sex": "both"}, "Choose for whom it is"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_kept(world, typed, says):
    lead = signed_in(world, "clinical_lead")

    answer = lead.post(f"{CHANGE}?of=skin_rash", TYPED | typed | {"step": "preview"})

    assert answer.status_code == 200
    assert f"Error: {says}" in text_of(answer)
    assert "Audit of October" in answer.content.decode()


@pytest.mark.parametrize("need", [Need.OTHER, Need.ADMIN])
def test_what_nobody_can_name_is_never_signed(world, acting, now, need):
    entry = entry_of_protocol(need, Protocol(0, OLDEST), is_signed=True)

    assert (need in SIGNABLE, list(faults_of(entry))) == (False, ["code"])
    with pytest.raises(BadInput):
        drafted(world, acting, entry, at=now, kind=Kind.PROTOCOLS)
    assert signed_in(world, "clinical_lead").get(f"{CHANGE}?of={need}").status_code == 404
    assert signed_in(world, "manager").get(CHANGE).status_code == 403
