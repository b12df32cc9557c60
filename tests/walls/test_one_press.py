"""What one press changes can be taken back, has an opposite, or is asked about first (U12).

Every address that takes a press stands in one of these tables; a new one fails until it does.
"""

import pytest
from django.test import Client
from django.urls import resolve, reverse

from practices import clock
from practices.doors import everywhere
from practices.models import AuditEntry
from practices.rules.roles import CLINICAL_ROLES, Role
from tests.walls.matrix import PAGES
from tests.walls.two_networks import knockers, target_of
from triage.models import CaseStep
from triage.views.clinic_case import Wish

pytestmark = pytest.mark.long

# The page after the press offers to undo it, for ten seconds or longer, at this address.
UNDONE = {
    **dict.fromkeys(
        (
            "claim",
            "next",
            "release",
            "sign",
            "read_words",
            "attempt",
            "close",
            "hand_back",
            "accept_back",
            "take_offered",
            "keep_booking",
            "accept_handover",
            "review",
        ),
        "undo_step",
    ),
    "log_contact": "undo_contact",
    "countersign": "undo_countersign",
    "move": "undo_move",
    "move_planned": "undo_move",
    "arrive": "undo_mark",
    "answered": "undo_answer",
    "accept": "undo",
    "read_out": "undo",
    "decline": "undo_decline",
    "accept_offer": "undo_offer",
    "decline_offer": "undo_offer",
}
# The page that shows what was done has a button for the opposite, at this address.
OPPOSITE = {
    "hold": "let_go",
    "let_go": "hold",
    "book": "cancel",
    "way": "cancel",
    "cancel_looked_at": "book",
    "keep": "release",
    "offer": "end_offer",
    "end_offer": "offer",
    "task_take": "task_take",
    "take_message": "take_message",
    "interpreter": "interpreter",
    "save_filter": "forget_filter",
    "forget_filter": "save_filter",
    "withdraw_cover": "name_cover",
    "revoke_wallboard": "wallboards",
    "close_hub": "reopen_hub",
    "reopen_hub": "close_hub",
    "leave_supervision": "come_back",
    "come_back": "leave_supervision",
    "take_over": "leave_supervision",
    "list_back": "gone_home",
}
# A page of its own says first what the press does.
CONFIRMED = {"gone_home", "record_note", "rule_change"}
# A press alone does nothing: words are typed, or something is chosen, before.
ASKED = {
    "not_listed",
    "new",
    "number",
    "flag",
    "raise",
    "cancel",
    "planned",
    "arrivals",
    "paper_contact",
    "paper_request",
    "paper_booking",
    "paper_outcome",
    "paper_attempt",
    "task_end",
    "emergency_end",
    "name_cover",
    "wallboards",
    "declined",
    "caller",
    "send_help",
    "chaperone",
    "ask",
    "answer_asked",
    "refuse_back",
    "look_again",
    "reopen",
    "card_change",
    "pharmacy_change",
    "protocol_change",
    "weights_change",
}
# These take something back themselves, or only look for somebody.
TAKES_BACK = {*UNDONE.values(), "undo_placement", "undo_run"}
LOOKS = {"reception", "paper_entry", "who_viewed"}
# No page of a case, a queue, a desk or a supervisor: nothing takes these back yet.
NOT_YET = {
    "send_to_duty": "that the duty clinician is called to an emergency; no such call is taken back",
    "told": "that somebody told the patient; the message stays in the list of what was sent",
    "acknowledge": "who has an emergency; a colleague who has it acknowledges nothing",
    "end_visit": "that a visit was made, said on a phone; the case is reopened on its page",
}


def pressed():
    """The names of the triage pages that take a press."""
    return {
        name.removeprefix("triage:")
        for name, knocks in PAGES.items()
        if name.startswith("triage:") and any(knock.method == "post" for knock in knocks)
    }


def test_each_press_stands_in_one_table():
    tables = [set(UNDONE), set(OPPOSITE), CONFIRMED, ASKED, TAKES_BACK, LOOKS, set(NOT_YET)]
    named = [name for table in tables for name in table]

    assert pressed() ^ set(named) == set()
    assert sorted(named) == sorted(set(named))


def test_what_takes_it_back_is_an_address():
    assert {*UNDONE.values(), *OPPOSITE.values()} <= pressed()


def test_each_step_of_a_case_offers_what_its_table_says():
    offers = {name for name in pressed() if _undoes(name)}

    assert offers == {name for name in UNDONE if issubclass(_view(name), Wish)}


def _view(name):
    knock = next(one for one in PAGES[f"triage:{name}"] if one.method == "post")
    parts = dict.fromkeys(knock.parts, "00000000-0000-4000-8000-000000000000")
    parts |= {one: 1 for one in parts if one in {"version", "filter_id", "contact_id", "change_id"}}
    return resolve(reverse(f"triage:{name}", kwargs=parts)).func.view_class


def _undoes(name):
    return getattr(_view(name), "undoes", None)


@pytest.fixture
def target(world, acting, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    return target_of(world, acting)


def _changes(now):
    """How much was done so far; that somebody looked is nothing done."""
    with everywhere(because="the test looks", at=now):
        looked = AuditEntry.objects.filter(verb="patient.viewed")
        return AuditEntry.objects.count() - looked.count(), CaseStep.objects.count()


def test_a_press_alone_does_nothing_where_something_is_asked(world, target, now):
    done = []
    for (place, role), user in knockers(world).items():
        if place != "own" or role is Role.CLIENT:
            continue
        client = Client()
        client.force_login(user)
        for name in sorted(ASKED):
            for knock in PAGES[f"triage:{name}"]:
                parts, _ = knock.filled(target)
                if knock.method != "post":
                    continue
                if role in CLINICAL_ROLES and "reference" in parts:
                    client.post(reverse("triage:claim", args=[target.case]))
                before = _changes(now)
                client.post(reverse(f"triage:{name}", kwargs=parts), {"once": f"{role}-{name}"})
                done += [f"{role} {name}"] if _changes(now) != before else []

    assert done == []
