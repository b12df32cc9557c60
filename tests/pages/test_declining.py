"""They say no to 999: in their words, to every clinician at once, and never ended by the desk."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from practices.models import AuditEntry
from practices.rules.refusals import Forbidden
from tests.cases import SPOKE, submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from tests.teams import joined
from triage import actions
from triage.models import Case, CaseStep
from triage.rules.codes import Need, Outcome, Urgency
from triage.rules.declining import SAY

__all__ = ["at_desk", "clock"]
LINE = "They say no to emergency help: speak with them now, Oak Surgery"
WORDS = "My husband drives me, I hate ambulances"


@pytest.fixture
def case(world, acting, now):
    return submitted(world, acting, "zoe", Need.OTHER, at=now, red_flags=("heart_attack",))


def desk_of(case, part=""):
    return f"/triage/desk/{case.reference}/{part}"


def says_no(at_desk, case, **said):
    wish = {"said_by": "patient", "words": WORDS} | said
    return at_desk("receptionist").post(desk_of(case, "declined/"), wish, follow=True)


def read(case, at):
    with everywhere(because="the test looks", at=at):
        return Case.objects.get(pk=case.pk)


def test_the_red_card_asks_and_then_gives_the_words_to_say(case, at_desk):
    before = text_of(at_desk("receptionist").get(desk_of(case)))
    after = text_of(says_no(at_desk, case))

    assert "They say no" in before
    assert SAY not in before
    assert SAY in after
    assert WORDS in after
    assert "The patient, 9:30am, written down by Receptionist" in after
    assert "No clinician has read it yet." in after


@pytest.mark.parametrize("name", ["clinician", "supervisor", "duty"])
def test_it_stands_above_every_clinicians_page_until_one_has_read_it(case, at_desk, name):
    start = "/triage/duty/" if name == "duty" else "/triage/queue/"
    perform_claim = at_desk("clinician").post(f"/triage/cases/{case.reference}/claim/")
    quiet = text_of(at_desk(name).get(start))
    says_no(at_desk, case)
    loud = text_of(at_desk(name).get(start))
    at_desk("clinician").post(f"/triage/cases/{case.reference}/read/")

    assert perform_claim.status_code == 302
    assert LINE not in quiet
    assert LINE in loud
    assert LINE not in text_of(at_desk(name).get(start))


def test_the_clinician_reads_the_words_first_and_the_desk_that_it_was_read(case, at_desk, now):
    says_no(at_desk, case, said_by="caller")

    page = text_of(at_desk("clinician").get(f"/triage/cases/{case.reference}/"))
    at_desk("clinician").post(f"/triage/cases/{case.reference}/read/")

    assert page.index(WORDS) < page.index("Ticked as a red flag")
    assert "Who calls for them, 9:30am, written down by Receptionist" in page
    assert "A clinician has read it." in text_of(at_desk("receptionist").get(desk_of(case)))
    assert read(case, now).urgency == 0


def test_who_said_it_when_and_the_words_are_on_record_once(case, at_desk, now):
    for _ in range(2):
        says_no(at_desk, case, once="the same form")

    with everywhere(because="the test looks", at=now):
        steps = CaseStep.objects.select_related("note", "by")
        step = steps.get(case=case, step="decline_help")
        line = AuditEntry.objects.get(verb="case.decline_help")
    assert (step.code, step.note.text, step.at, step.by.name) == (
        "patient",
        WORDS,
        now,
        "Receptionist",
    )
    assert WORDS not in str(line.facts)


def test_no_words_are_needed_and_too_many_are_kept_to_be_cut(case, at_desk, now):
    long = at_desk("receptionist").post(
        desk_of(case, "declined/"), {"said_by": "patient", "words": "x" * 501}
    )
    none = says_no(at_desk, case, words="")

    assert long.status_code == 422
    told = "What they say must be 500 characters or fewer. You entered 501"
    assert f'<a href="#no_words">{told}</a>' in text_of(long)
    assert "x" * 501 in text_of(long)
    assert "No words were written down" in text_of(none)
    assert read(case, now).declined_at == now


def test_the_desk_never_ends_it(world, acting, case, at_desk, now):
    says_no(at_desk, case)

    wish = actions.OutcomeWish(Outcome.AMBULANCE, note="999", record_viewed="summary")
    with pytest.raises(Forbidden, match="Only a clinician"):
        perform(
            actions.close,
            by=acting(world, "receptionist"),
            at=now,
            reference=case.reference,
            wish=wish,
        )
    assert at_desk("receptionist").post(f"/triage/cases/{case.reference}/close/").status_code == 403
    assert read(case, now).state == "waiting"


def test_a_clinician_who_lowered_it_meanwhile_reads_the_no_too(world, acting, case, at_desk, now):
    perform(
        actions.change_class,
        by=acting(world, "clinician"),
        at=now,
        reference=case.reference,
        urgency=Urgency.P2,
        reason="Spoke to her",
    )
    says_no(at_desk, case)

    assert LINE in text_of(at_desk("clinician", now + timedelta(minutes=1)).get("/triage/queue/"))
    assert read(case, now).urgency == 2


def test_another_practice_cannot_say_it(world, acting, at_desk, now):
    other = submitted(world, acting, "ellen", Need.OTHER, at=now, red_flags=("heart_attack",))

    assert says_no(at_desk, other).status_code == 404
    assert read(other, now).declined_at is None


def test_who_may_not_sign_still_sees_it_loud_until_it_is_read(case, world, at_desk):
    joined(world, "pharmacist", role="clinician", profession="pharmacist")
    says_no(at_desk, case)
    page = f"/triage/cases/{case.reference}/"

    unread = text_of(at_desk("pharmacist").get(page))
    at_desk("clinician").post(f"{page}read/")
    after = text_of(at_desk("pharmacist").get(page))

    assert "They say no to emergency help: speak with them now" in unread
    assert "They said no to emergency help" in after


def test_what_was_typed_comes_back_where_the_case_is_closed(case, world, acting, at_desk, now):
    which = {"by": acting(world, "clinician"), "at": now, "reference": case.reference}
    perform(actions.claim, **which)
    wish = actions.OutcomeWish(
        Outcome.AMBULANCE, taken_by="Crew 12", record_viewed="summary", contact=SPOKE
    )
    perform(actions.close, wish=wish, **which)

    assert f"You wrote: “{WORDS}”" in text_of(says_no(at_desk, case))
