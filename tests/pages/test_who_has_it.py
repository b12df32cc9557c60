"""Who has a case now is said alike on pages, on paper and to programs, also once it is let go."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from tests.api.conftest import as_
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage import actions
from triage.models import Case
from triage.queries.held import held, let_go, standing, waits
from triage.rules.codes import Need
from triage.rules.states import State

__all__ = ["as_", "at_desk", "clock"]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def frozen(clock):
    """Programs live by the clock of the pages."""


@pytest.fixture
def case(world, acting, now):
    """A clinician took it, and has it for a quarter of an hour."""
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    return perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)


PLACES = {
    "the desk's day": ("receptionist", "/triage/reception/", "clinician, since 9:30am"),
    "the desk's case": ("receptionist", "/triage/desk/{}/", "clinician, since 9:30am"),
    "the printed queue": ("clinician", "/triage/paper/queue/", "clinician has it since 9:30am"),
    "the queue": ("supervisor", "/triage/queue/", "with clinician since 9:30am"),
    "typing paper in": ("receptionist", "/triage/paper/enter/{}/", "with a clinician"),
}


@pytest.mark.parametrize("place", PLACES)
def test_who_let_it_go_has_it_nowhere(place, case, at_desk, now):
    who, address, has_it = PLACES[place]
    address = address.format(case.reference)

    had = text_of(at_desk(who, now + MINUTE).get(address, follow=True)).lower()
    over = text_of(at_desk(who, now + actions.LEASE).get(address, follow=True)).lower()

    assert (has_it in had, has_it in over) == (True, False)


def test_a_search_says_that_it_waits_again(case, world, at_desk, now):
    """Whoever rings about it hears no clinician promised who has let it go."""
    sought = {"sought": world.patients["tam"].family_name}

    def found(at):
        return text_of(at_desk("receptionist", at).post("/triage/reception/", sought, follow=True))

    had, over = found(now + MINUTE), found(now + actions.LEASE)

    assert ("with a clinician," in had, "with a clinician," in over) == (True, False)
    assert "Cough or breathing, waiting, " in over


def test_a_program_reads_that_it_waits_again_and_finds_it_there(case, as_, clock, now):
    program = as_("clinician")

    def read():
        said = program.get(f"cases/{case.reference}").json()
        lists = [program.get("cases", state=state).json() for state in ("claimed", "waiting")]
        return said["state"], said["owner"], [len(found["results"]) for found in lists]

    had = read()
    clock(now + actions.LEASE)

    assert had == ("claimed", "clinician", [1, 0])
    assert read() == ("waiting", "hub_queue", [0, 1])


@pytest.mark.parametrize("is_over", [False, True])
def test_one_query_says_who_has_it(case, now, is_over):
    at = now + actions.LEASE if is_over else now
    questions = {
        "held": held(at=at),
        "let go": let_go(at=at),
        "waits": waits(at=at),
        "stands with a clinician": standing({State.CLAIMED}, at=at),
        "stands waiting": standing({State.WAITING}, at=at),
        "stands open": standing({State.WAITING, State.CLAIMED}, at=at),
    }

    with everywhere(because="the test looks", at=at):
        found = {name for name, which in questions.items() if Case.objects.filter(which).exists()}

    gone = {"let go", "waits", "stands waiting"}
    assert found == {"stands open"} | (gone if is_over else {"held", "stands with a clinician"})
