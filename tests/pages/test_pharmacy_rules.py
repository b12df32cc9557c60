"""Pharmacy First's lines: read by everybody, changed by two leads, gone by in the list."""

import re

import pytest

from hubs.models import Service
from practices.doors import everywhere, opened, perform
from tests.cases import submitted
from tests.leads import monday, released
from tests.pages.clinic import signed_in
from tests.pages.markup import text_of
from triage.actions.parameters import preview_weights
from triage.models import RuleChange
from triage.queries.options import options
from triage.rules.codes import Need
from triage.rules.pharmacy_entries import USUAL_ENTRIES
from triage.rules.released import Kind
from triage.rules.weights import WEIGHTS

__all__ = ["monday"]
LINES, CHANGE = "/triage/rules/pharmacy/", "/triage/rules/pharmacy/change/"
THROAT = next(one for one in USUAL_ENTRIES if one["code"] == "sore_throat")
TYPED = {
    "min_age": "5",
    "max_age": "130",
    "sex": "",
    "excludes": "cannot swallow own spit\n\n low  immunity",
    "basis": "Pathway of October",
    "reason": "Pharmacists asked",
    "once": "",
    "previewed": "",
}


@pytest.fixture
def pharmacy(world, now):
    with everywhere(because="the test's set-up", at=now):
        return Service.objects.create(
            hub=world.hub, kind="pharmacy", name="Riverside pharmacy", takes=["sore_throat"]
        )


def changed(world, acting, now, **change):
    return released(world, acting, THROAT | change, at=now, kind=Kind.PHARMACY)


def ways(world, acting, case, now):
    """The pharmacy's line in the list: offered with its question, or why not."""
    with opened(acting(world, "receptionist").reach, at=now):
        found = options(case.reference, at=now)
    offered = [one.reasons[-1].text for one in found.options if one.candidate.kind == "pharmacy"]
    return offered + [no.text for no in found.refused if no.candidate.kind == "pharmacy"]


def test_everybody_reads_the_lines_with_their_source(world):
    page = text_of(signed_in(world, "receptionist").get(LINES))

    assert "Source: NHS England, Pharmacy First clinical pathways" in page
    assert "Women aged 16 to 64" in page
    assert "pregnant, catheter, fever or shivering" in page


def test_the_list_goes_by_what_two_leads_released(world, acting, now, pharmacy):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    before = ways(world, acting, case, now)

    changed(world, acting, now, excludes=["toothache"])
    asked = ways(world, acting, case, now)
    changed(world, acting, now, max_age=17)
    refused = ways(world, acting, case, now)

    assert before == [f"Ask first, not if: {', '.join(THROAT['excludes'])}"]
    assert asked == ["Ask first, not if: toothache"]
    assert refused == ["Pharmacy: for patients aged 5 to 17"]


def test_a_preview_of_weights_goes_by_the_same_lines(world, acting, now, pharmacy):
    submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    changed(world, acting, now, max_age=17)

    found = perform(preview_weights, by=acting(world, "clinical_lead"), at=now, weights=WEIGHTS)

    assert (found.looked_at, found.changed) == (1, 0)


def test_a_lead_previews_and_sends_a_line(world, now):
    lead = signed_in(world, "clinical_lead")
    there = f"{CHANGE}?of=sore_throat"
    seen = lead.post(there, TYPED | {"step": "preview"})
    print_ = re.search(r'name="previewed" value="([^"]+)"', seen.content.decode())[1]
    sent = lead.post(there, TYPED | {"previewed": print_, "step": "send"})

    assert "Ask first, not if: cannot swallow own spit, low immunity" in text_of(seen)
    assert sent.status_code == 302
    assert "Pharmacy First, sore throat" in text_of(lead.get(LINES))
    with everywhere(because="the test looks", at=now):
        (change,) = RuleChange.objects.filter(kind="pharmacy")
    assert change.after["excludes"] == ["cannot swallow own spit", "low immunity"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"min_age": "five"}, "Enter an age from 0 to 130"),
        ({"min_age": ""}, "Enter an age from 0 to 130"),
        ({"min_age": "9" * 30}, "Enter an age from 0 to 130"),
        ({"min_age": "60", "max_age": "50"}, "The oldest must not be younger"),
        ({"sex": "both"}, "Choose for whom it is"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_kept(world, typed, says):
    lead = signed_in(world, "clinical_lead")

    answer = lead.post(f"{CHANGE}?of=sore_throat", TYPED | typed | {"step": "preview"})

    assert answer.status_code == 200
    assert f"Error: {says}" in text_of(answer)
    assert "Pathway of October" in answer.content.decode()


def test_whoever_names_no_line_chooses_one_first(world):
    answer = signed_in(world, "clinical_lead").get(CHANGE)

    assert (answer.status_code, answer.headers["Location"]) == (302, LINES)


@pytest.mark.parametrize("of", ["?of=the_moon", "?of=eye"])
def test_a_need_no_pharmacy_treats_has_no_line_to_change(world, of):
    assert signed_in(world, "clinical_lead").get(CHANGE + of).status_code == 404
    assert signed_in(world, "manager").get(CHANGE + of).status_code == 403
