"""The red-flag card's pages: everybody reads, a lead drafts and previews, another releases."""

import re

import pytest

from practices.doors import everywhere
from tests.leads import HICCUPS, drafted, monday, released, usual
from tests.pages.clinic import signed_in
from tests.pages.markup import text_of
from triage.models import Case, RuleChange
from triage.rules.red_flag_list import RED_FLAGS

__all__ = ["monday"]
CARD, CHANGE = "/triage/rules/red-flags/", "/triage/rules/red-flags/change/"
TYPED = {
    "question": "Hiccups for two days",
    "endpoint": "ambulance",
    "say": "Hang up and call 999 now.",
    "urgency": "P0",
    "phrases": "hiccup*\n\n  burp   loud ",
    "is_first": "on",
    "basis": "Incident 14",
    "reason": "A patient waited too long",
    "once": "",
    "previewed": "",
}


@pytest.fixture
def lead(world):
    return signed_in(world, "clinical_lead")


def previewed(client, **typed):
    return client.post(CHANGE, TYPED | typed | {"step": "preview"})


def sent(client, **typed):
    """As the form of the preview is sent on, with its hidden fact."""
    seen = previewed(client, **typed).content.decode()
    found = re.search(r'name="previewed" value="([^"]+)"', seen)
    return client.post(CHANGE, TYPED | typed | {"previewed": found[1], "step": "send"})


def changes(now):
    with everywhere(because="the test looks", at=now):
        return list(RuleChange.objects.filter(kind="red_flags").order_by("pk"))


@pytest.mark.parametrize("name", ["receptionist", "clinician", "manager", "clinical_lead"])
def test_everybody_reads_the_card_and_only_a_lead_may_change_it(world, name):
    page = text_of(signed_in(world, name).get(CARD))

    assert "In force: The card that comes with Headroom" in page
    assert "Face drooping, arm weak, or speech slurred" in page
    assert "Nobody has changed anything yet" in page
    assert ("Add a question" in page) == (name == "clinical_lead")


@pytest.mark.parametrize("name", ["receptionist", "practice_manager", "manager", "supervisor"])
def test_others_neither_open_nor_send_the_form(world, now, name):
    client = signed_in(world, name)

    assert client.get(CHANGE).status_code == 403
    assert client.post(CHANGE, TYPED | {"step": "send"}).status_code == 403
    assert changes(now) == []


def test_a_preview_shows_what_differs_and_the_words_as_the_desk_sees_them(lead, now):
    page = text_of(previewed(lead))

    assert "New question: Hiccups for two days" in page
    assert "Hiccups for two days 999. Say: “Hang up and call 999 now.”" in page
    assert "hiccup*, burp loud" in page
    assert changes(now) == []


def test_where_nothing_changed_there_is_nothing_to_send(lead, now):
    address = CHANGE + "?of=stroke"
    page = lead.get(address)
    form = page.context["form"]
    same = {name: form[name].value() for name in form.fields if name != "has_left"}
    typed = {name: value for name, value in same.items() if value not in (None, False)}

    answer = lead.post(address, typed | {"basis": "x1", "reason": "y1", "step": "preview"})

    said = text_of(answer)
    assert "Nothing changed. This is what is in force already." in said
    assert "Send to a second person" not in said
    assert changes(now) == []


def test_nothing_is_sent_that_was_not_previewed_as_it_stands(lead, now):
    unseen = lead.post(CHANGE, TYPED | {"step": "send"})
    seen = re.search(r'name="previewed" value="([^"]+)"', previewed(lead).content.decode())[1]
    moved = lead.post(CHANGE, TYPED | {"previewed": seen, "say": "Call 999", "step": "send"})

    assert "Look at the preview before you send it" in text_of(unseen)
    assert "You changed something after the preview" in text_of(moved)
    assert changes(now) == []


def test_two_leads_change_the_card_and_the_desk_asks_it(world, now, lead):
    there = sent(lead)["Location"]
    own = text_of(lead.get(there))
    second = signed_in(world, "second_lead")
    other = text_of(second.get(there))

    refused = lead.post(there, {"step": "release"})
    second.post(there, {"step": "release"})

    assert "Take it back" in own
    assert "Release it" not in own
    assert "Release it" in other
    assert "Take it back" not in other
    assert refused.status_code == 403
    page = text_of(lead.get(CARD))
    assert "In force: Version 1, since 9:30am on 30 November 2026" in page
    assert "Released as version 1 by Second Lead" in page
    desk = signed_in(world, "receptionist")
    new = text_of(desk.get(f"/triage/patients/{world.patients['zoe'].public_id}/new/"))
    assert f"I asked about all {len(RED_FLAGS) + 1}: none of these said" in new
    assert "Hiccups for two days 999. Say: “Hang up and call 999 now.”" in new


def test_a_question_that_leaves_is_shown_before_and_after(world, acting, now, lead):
    there = f"{CHANGE}?of=stroke"
    entry = usual("stroke", phrases="\n".join(usual("stroke")["phrases"]), has_left="on")
    typed = TYPED | {name: value for name, value in entry.items() if name != "code"}
    seen = text_of(lead.post(there, typed | {"step": "preview"}))
    released(world, acting, usual("stroke", has_left=True), at=now)

    assert "Taken off the card: Face drooping" in seen
    assert re.search(r"On the card \S* ?Yes \S* ?No\b", seen)
    assert "The desk no longer asks it." in seen
    page = text_of(signed_in(world, "receptionist").get(CARD))
    assert "Taken off the card Face drooping, arm weak, or speech slurred" in page


def test_declining_wants_a_reason_and_keeps_the_change(world, acting, now):
    there = f"/triage/rules/changes/{drafted(world, acting, at=now).pk}/"
    second = signed_in(world, "second_lead")

    empty = second.post(there, {"step": "decline", "why": "  "})
    second.post(there, {"step": "decline", "why": "No evidence"})

    assert "Error: Enter why you decline it" in text_of(empty)
    page = text_of(signed_in(world, "receptionist").get(there))
    assert "Declined by Second Lead, 9:30am on 30 November 2026: No evidence" in page
    assert "In force: The card that comes with Headroom" in text_of(second.get(CARD))


def test_who_drafted_it_takes_it_back(world, acting, now, lead):
    there = f"/triage/rules/changes/{drafted(world, acting, at=now).pk}/"

    lead.post(there, {"step": "take_back"})

    assert [change.state for change in changes(now)] == ["withdrawn"]
    assert lead.post(there, {"step": "take_back"}).status_code == 409


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"question": ""}, "Enter what is asked"),
        ({"question": "?" * 10}, "Enter what is asked"),
        ({"say": "Wait"}, "Say “999”"),
        ({"endpoint": "the moon"}, "Choose where it leads"),
        ({"urgency": "P6"}, "Choose P0 or P1"),
        ({"phrases": "a*"}, "write at least 3 letters before a star"),
        ({"basis": ""}, "Enter what the change is based on"),
        ({"reason": "x" * 301}, "Write 300 characters or fewer"),
        ({"say": "999\0"}, "Null characters"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_kept(lead, now, typed, says):
    answer = previewed(lead, **typed)

    assert answer.status_code == (400 if "\0" in str(typed.get("say")) else 200)
    assert f"Error: {says}" in re.sub(r"“a\*”: ", "", text_of(answer))
    assert "Incident 14" in answer.content.decode() or "basis" in typed
    assert changes(now) == []


def test_what_does_not_exist_is_nowhere(lead):
    assert lead.get(f"{CHANGE}?of=the_moon").status_code == 404
    assert lead.get("/triage/rules/changes/999999/").status_code == 404


def test_a_card_that_changed_meanwhile_comes_back_with_what_is_new(world, acting, now):
    desk = signed_in(world, "receptionist")
    new = f"/triage/patients/{world.patients['zoe'].public_id}/new/"
    said = {"need": "sore_throat", "words": "since Friday", "channel": "phone"}
    typed = said | {"none_said": "on", "asked_version": "0"}
    released(world, acting, at=now)

    page = desk.post(new, typed)

    with everywhere(because="the test looks", at=now):
        assert not Case.objects.exists()
    assert "Ask about “Hiccups for two days” too, then tick it." in text_of(page)
    body = page.content.decode()
    assert 'name="asked_version" value="1"' in body
    assert "since Friday" in body
    assert not re.search(r'name="none_said"[^>]*checked', body)
    assert desk.post(new, typed | {"asked_version": "1"}).status_code == 302


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 40, "²"])
def test_a_version_that_is_none_counts_as_the_usual_card(world, acting, now, typed):
    released(world, acting, at=now)
    said = {"need": "sore_throat", "words": "since Friday", "channel": "phone"}
    new = f"/triage/patients/{world.patients['zoe'].public_id}/new/"

    page = signed_in(world, "receptionist").post(
        new, said | {"none_said": "on", "asked_version": typed}
    )

    assert "The red-flag card changed while you were asking" in text_of(page)


@pytest.mark.parametrize("number", [1, 3])
def test_the_card_costs_the_same_for_one_change_and_three(
    world, acting, now, lead, number, django_assert_num_queries
):
    for count in range(number):
        released(world, acting, HICCUPS | {"question": f"Question {count}"}, at=now)

    with django_assert_num_queries(22):
        lead.get(CARD)


@pytest.mark.parametrize("is_released", [False, True])
def test_a_new_request_costs_the_same_by_any_card(
    world, acting, now, is_released, django_assert_num_queries
):
    if is_released:
        released(world, acting, at=now)
    desk = signed_in(world, "receptionist")

    with django_assert_num_queries(26):
        desk.get(f"/triage/patients/{world.patients['zoe'].public_id}/new/")
