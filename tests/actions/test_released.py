"""One lead drafts, another releases; the desk, the scan and old cases go by what was released."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext

from practices.doors import everywhere, opened, perform
from practices.models import AuditEntry
from practices.rules.refusals import Absent, BadInput, Conflict, Forbidden
from tests.cases import submitted
from tests.leads import HICCUPS, change_wish, drafted, released, second_lead, usual
from triage import actions
from triage.actions.flagging import tick_flag
from triage.actions.released import decline_change, draft_change, release_change, take_back_change
from triage.models import Case, RuleChange, RuleVersion
from triage.queries.card import card_of_practice
from triage.queries.case_page import case_page
from triage.rules.codes import Need, Urgency
from triage.rules.red_flag_list import RED_FLAGS

LATER = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def two_leads(world):
    second_lead(world)


def card(world, acting, now):
    with opened(acting(world, "receptionist").reach, at=now):
        return card_of_practice(world.oak.pk, on=now.date())


def rows(model, now, **which):
    """The rows of the card; the world's protocols are another set."""
    with everywhere(because="the test looks", at=now):
        of_card = {"kind": "red_flags"} if model in (RuleChange, RuleVersion) else {}
        return list(model.objects.filter(**of_card, **which).order_by("pk"))


def asked_by(case, now):
    """The number of the card the case was asked by; 0 is the one of Headroom."""
    found = rows(RuleVersion, now, pk=case.card_id)
    return found[0].version if found else 0


def test_a_draft_changes_nothing_and_its_release_everything(world, acting, now):
    change = drafted(world, acting, at=now)
    before = card(world, acting, now)

    second = acting(world, "second_lead")
    perform(release_change, by=second, at=now + LATER, change_id=change.pk)

    after = card(world, acting, now)
    assert (before.version, len(before.asked)) == (0, len(RED_FLAGS))
    assert (after.version, after.asked[-1].question) == (1, HICCUPS["question"])
    (row,) = rows(RuleVersion, now)
    assert (row.drafted_by_id, row.released_by_id) == (
        world.users["clinical_lead"].pk,
        world.users["second_lead"].pk,
    )


@pytest.mark.parametrize("end", [release_change, decline_change])
def test_the_drafter_is_no_second_person(world, acting, now, end):
    change = drafted(world, acting, at=now)
    words = {"why": "no"} if end is decline_change else {}

    with pytest.raises(Forbidden, match="You drafted this change"):
        perform(end, by=acting(world, "clinical_lead"), at=now, change_id=change.pk, **words)

    assert rows(RuleVersion, now) == []


def test_the_database_refuses_the_drafter_too(world, acting, now):
    change = drafted(world, acting, at=now)
    ended = {"state": "released", "ended_at": now}

    with everywhere(because="the test's guard", at=now):
        found = RuleChange.objects.filter(pk=change.pk)
        for who in (change.drafted_by_id, None):
            refused = pytest.raises(IntegrityError, match="change_released_by_a_second_person")
            with refused, transaction.atomic():
                found.update(ended_by_id=who, **ended)
        # The control: the same with somebody else is taken.
        assert found.update(ended_by_id=world.users["second_lead"].pk, **ended) == 1
        version = {
            "network_id": world.network.pk,
            "kind": "red_flags",
            "version": 1,
            "entries": [],
            "hubs": [],
            "change": change,
            "drafted_by_id": change.drafted_by_id,
            "from_at": now,
        }
        refused = pytest.raises(IntegrityError, match="version_released_by_a_second_person")
        with refused, transaction.atomic():
            RuleVersion.objects.create(released_by_id=change.drafted_by_id, **version)
        RuleVersion.objects.create(released_by_id=world.users["second_lead"].pk, **version)


def test_what_was_drafted_or_ended_never_changes(world, acting, now):
    change = drafted(world, acting, at=now)
    ended = released(world, acting, usual("stroke", question="Face or arm"), at=now)

    for row, to in ((change, {"reason": "another"}), (ended, {"ended_why": "another"})):
        with (
            pytest.raises(InternalError, match="Cannot update"),
            opened(acting(world, "clinical_lead").reach, at=now),
        ):
            RuleChange.objects.filter(pk=row.pk).update(**to)


def test_declined_and_taken_back_changes_are_kept_with_who_and_why(world, acting, now):
    first = drafted(world, acting, at=now)
    second = acting(world, "second_lead")
    perform(decline_change, by=second, at=now, change_id=first.pk, why="No evidence")
    again = drafted(world, acting, at=now)
    perform(take_back_change, by=acting(world, "clinical_lead"), at=now, change_id=again.pk)

    kept = rows(RuleChange, now)
    assert [(one.state, one.ended_why) for one in kept] == [
        ("declined", "No evidence"),
        ("withdrawn", ""),
    ]
    assert card(world, acting, now).version == 0
    with pytest.raises(Conflict, match="declined by Second Lead already"):
        perform(release_change, by=second, at=now, change_id=first.pk)


@pytest.mark.parametrize("name", ["manager", "receptionist", "supervisor", "practice_manager"])
def test_nobody_but_a_lead_drafts_or_releases(world, acting, now, name):
    change, somebody = drafted(world, acting, at=now), acting(world, name)

    with pytest.raises(Forbidden, match="clinical lead"):
        perform(draft_change, by=somebody, at=now, wish=change_wish(usual("stroke")))
    with pytest.raises(Forbidden, match="clinical lead"):
        perform(release_change, by=somebody, at=now, change_id=change.pk)


def test_a_second_draft_about_the_same_question_waits(world, acting, now):
    drafted(world, acting, usual("stroke", question="Face or arm"), at=now)

    with pytest.raises(Conflict, match="waits for a second person already"):
        drafted(world, acting, usual("stroke", question="Arm"), at=now)
    drafted(world, acting, usual("sepsis", question="Very unwell"), at=now)


@pytest.mark.parametrize(
    ("after", "field"),
    [
        (usual("stroke"), ""),
        (HICCUPS | {"say": "Wait"}, "say"),
        (HICCUPS | {"question": "Bleeding that will not stop"}, "question"),
    ],
)
def test_what_is_not_drafted(world, acting, now, after, field):
    with pytest.raises(BadInput) as refused:
        drafted(world, acting, after, at=now)

    assert (refused.value.field, rows(RuleChange, now)) == (field, [])


def test_two_drafts_of_the_same_question_cannot_both_be_released(world, acting, now):
    one = drafted(world, acting, at=now)
    with everywhere(because="the test's set-up", at=now):
        RuleChange.objects.filter(pk=one.pk).update(state="withdrawn", ended_at=now)
        other = RuleChange.objects.create(
            network_id=world.network.pk,
            kind="red_flags",
            code="hiccups_2",
            after=HICCUPS | {"code": "hiccups_2"},
            basis="b",
            reason="r",
            drafted_by=world.users["clinical_lead"],
            drafted_at=now,
        )
    released(world, acting, at=now)

    with pytest.raises(BadInput, match="asks this already"):
        perform(release_change, by=acting(world, "second_lead"), at=now, change_id=other.pk)


def test_a_change_of_another_network_is_nowhere(world, acting, now):
    with pytest.raises(Absent):
        perform(release_change, by=acting(world, "second_lead"), at=now, change_id=10**9)


def test_each_step_is_on_record(world, acting, now):
    change = released(world, acting, at=now)

    verbs = [(row.verb, row.facts["code"]) for row in rows(AuditEntry, now, entity="rule_change")]
    assert verbs == [
        ("rule.drafted", change.code),
        ("rule.released", change.code),
    ]


def test_the_scan_reads_by_the_card_in_force(world, acting, now):
    words = "hiccups since Friday"
    before = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, words=words)
    released(world, acting, at=now)

    after = submitted(world, acting, "tam", Need.SORE_THROAT, at=now, words=words)

    assert (before.scan_hits, before.urgency) == ([], 4)
    assert (after.scan_hits, after.urgency) == (["hiccups_for_two_days"], 1)


def test_a_flag_of_the_new_card_makes_its_class_and_says_its_words(world, acting, now):
    released(world, acting, HICCUPS | {"urgency": "P1"}, at=now)
    flags = ("hiccups_for_two_days",)
    case = submitted(world, acting, "zoe", Need.OTHER, at=now, words="", red_flags=flags)

    with opened(acting(world, "receptionist").reach, at=now):
        (flag,) = case_page(case.reference, at=now).flags
    assert (case.urgency, flag.say) == (1, HICCUPS["say"])


def test_an_old_case_keeps_the_words_it_was_asked_with(world, acting, now):
    desk, old = acting(world, "receptionist"), usual("stroke")["question"]
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags=("stroke",))
    released(world, acting, usual("stroke", question="Face or arm"), at=now)
    newer = submitted(world, acting, "tam", Need.SORE_THROAT, at=now, red_flags=("stroke",))

    with opened(desk.reach, at=now):
        pages = [case_page(one.reference, at=now) for one in (case, newer)]
    assert [(page.card_version, page.flags[0].question) for page in pages] == [
        (0, old),
        (1, "Face or arm"),
    ]


def test_a_question_that_left_is_still_known_where_it_was_ticked(world, acting, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, words="a stroke")
    released(world, acting, usual("stroke", has_left=True), at=now)

    ticked = perform(
        tick_flag, by=acting(world, "receptionist"), at=now, reference=case.reference, code="stroke"
    )

    assert (ticked.urgency, ticked.red_flags) == (Urgency.P0.rank, ["stroke"])
    assert "stroke" not in [flag.code for flag in card(world, acting, now).asked]


def test_nobody_vouches_for_a_question_that_was_not_asked(world, acting, now):
    released(world, acting, at=now)
    asked = {"red_flags_asked": True, "asked_version": 0}

    with pytest.raises(Conflict, match="Ask about “Hiccups for two days” too") as refused:
        submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, **asked)

    assert (refused.value.field, rows(Case, now)) == ("red_flags", [])
    # Nothing stands between a flag and its help, and the card in force may be vouched for.
    said = asked | {"red_flags": ("stroke",)}
    urgent = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, **said)
    calm = submitted(
        world, acting, "tam", Need.SORE_THROAT, at=now, **(asked | {"asked_version": 1})
    )
    assert (urgent.urgency, asked_by(calm, now)) == (0, 1)


def test_a_shorter_card_needs_no_second_asking(world, acting, now):
    released(world, acting, usual("stroke", has_left=True), at=now)

    case = submitted(
        world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True, asked_version=0
    )

    assert asked_by(case, now) == 1


def test_a_patient_who_calls_again_is_asked_by_the_newer_card(world, acting, now):
    first = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags=("stroke",))
    released(world, acting, usual("stroke", has_left=True), at=now)

    again = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now + LATER, words="hiccups")

    assert (again.pk, asked_by(again, now), again.red_flags) == (first.pk, 1, ["stroke"])
    with opened(acting(world, "receptionist").reach, at=now):
        (flag,) = case_page(first.reference, at=now).flags
    assert flag.question == usual("stroke")["question"]


def test_a_released_card_costs_a_request_no_statement_more(world, acting, now):
    desk, counts = acting(world, "receptionist"), []
    for who in ("zoe", "tam"):
        patient = world.patients[who]
        wish = actions.CaseWish(patient_id=patient.pk, need=Need.SKIN_RASH, words="since Friday")
        with CaptureQueriesContext(connection) as asked:
            perform(actions.submit, by=desk, at=now, wish=wish)
        counts.append(len(asked))
        if who == "zoe":
            released(world, acting, at=now)

    assert counts[0] == counts[1] > 0
