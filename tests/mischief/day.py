"""One day of the small locality, lived act by act in the order a seed says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.db import connection

from appointments.actions import SessionWish, publish_session
from appointments.models import Booking, Slot
from appointments.tasks import tidy_holds
from config.reach import acting_in_browser
from practices.actions import register_patient
from practices.clock import on
from practices.doors import everywhere, opened, perform
from practices.models import Patient, Practice
from practices.rules.reach import Actor
from practices.rules.refusals import Refused
from tests.full_day import planned_ahead
from tests.mischief.post import Post
from tests.teams import joined, supervised
from tests.world import SETUP, World, build
from triage import actions, tasks
from triage.models import Case, GoneHome
from triage.queries.options import options
from triage.rules.codes import Channel, Need, OptionKind
from triage.rules.states import Step

# How many of a day's acts are of a kind it has not seen yet, as long as there are any.
NEW = 0.5
HUB_TEAM = ("clinician", "supervisor", "physio", "hub_gp")
# Who works from when until when; the last ones tomorrow, for who cannot be seen today.
ROTA = (
    *((name, 14, 18, 0) for name in ("gp_oak", "gp_elm", "duty")),
    *((name, 14, 20, 0) for name in ("clinician", "supervisor", "hub_gp")),
    *((name, 9, 12, 1) for name in ("gp_oak", "gp_elm", "clinician")),
)
MOBILE = {"phone": "07700 900123"}
# By text, also by email, by email alone, by voice on a landline, by nothing, by text to a parent.
REACHED = (
    MOBILE,
    MOBILE | {"email": "one@example.com"},
    MOBILE | {"email": "two@example.com", "access_needs": ("no_text",)},
    {"phone": "01632 960001"},
    {},
    MOBILE,
)
BORN = (1950, 1968, 1985, 1999, 2012, 2021)


@dataclass(frozen=True)
class Contact:
    """Somebody asked for a patient: in which case it is, and what they said."""

    reference: str
    patient_id: int
    words: str


class Day:
    """What was done, by whom, and who asked; `at` is the hour of everything.

    `unlike` is what an undoing did not give back; `lowered` whose limit is below what they have.
    """

    def __init__(self, seed: int, morning: date, post: Post):
        self.at = on(morning, 8)
        self.seed, self.rng, self.post = seed, Random(seed), post
        self.world = build(self.at)
        self.contacts: list[Contact] = []
        self.walk_ups: dict[str, int] = {}
        self.done: Counter[str] = Counter()
        self.refused: Counter[tuple[str, str]] = Counter()
        self.tried = 0
        self.unlike: list[str] = []
        self.lowered: dict[int, int] = {}
        self._actors: dict[str, Actor] = {}
        self._beaten_at = self.at
        _staff(self.world)
        self.patients = _patients(self.world)
        self.planned = _planned(self.world)
        self.named = {one.pk: name for name, one in self.world.users.items()}

    def by(self, name: str) -> Actor:
        """Who acts, as the roof would build it."""
        if name not in self._actors:
            found = acting_in_browser(self.world.users[name].pk, None, self.at)
            assert found is not None
            self._actors[name] = found.actor
        return self._actors[name]

    def does(self, act: str, who: str | Actor, action: Callable, **wish: object) -> object | None:
        """What came of it, or None where a sentence said why not; all else fails the test."""
        by = self.by(who) if isinstance(who, str) else who
        self.tried += 1
        try:
            came = perform(action, by=by, at=self.at, **wish)
        except Refused as refusal:
            self.check_sentence(refusal.text)
            self.refused[act, refusal.text] += 1
            return None
        # What the database would check at the commit.
        connection.check_constraints()
        self.done[act] += came is not None
        return came

    def check_sentence(self, text: str) -> None:
        """Who is refused reads why, in words."""
        assert " " in text, text
        assert not text[0].islower(), text

    def asked(self, act: str, who: str, patient: Patient, **wish: object) -> Case | None:
        """Somebody asks for the patient; from now on nobody may lose them."""
        number = len(self.contacts)
        often = 0.08 if self.done[Step.UNDO_READ] else 0.25
        said = "crushing chest pain" if self.rng.random() < often else "since Friday"
        words = f"Number {number}: {wish.pop('said', said)}"
        need = wish.pop("need", None) or self.rng.choice(NEEDS)
        wished = actions.CaseWish(patient.pk, need, words=words, **wish)
        reference = f"HR-DAY-{number:04}"
        case = self.does(act, who, actions.submit, wish=wished, reference=reference)
        if case is not None:
            self.contacts.append(Contact(case.reference, patient.pk, words))
        return case

    def drawn(self, acts: Acts) -> Act:
        """By weight; of every few acts one is of those that this day has not seen done yet."""
        new = [one for one, (_, gets) in acts.items() if not self.has_done(*gets.split())]
        among = new if new and self.rng.random() < NEW else list(acts)
        return self.rng.choices(among, [acts[one][0] for one in among])[0]

    def pick(self, *names: str) -> str:
        """One of these ways; of those that were not got done yet, where there are any."""
        new = [name for name in names if name and not self.done[name]]
        return self.rng.choice(new if new and self.rng.random() < NEW else names)

    def has_done(self, *names: str) -> bool:
        """Whether each of these was got done today."""
        return all(self.done[name] for name in names)

    def one(self, *states: str, **which: object) -> Case | None:
        """Some case in one of these states."""
        found = Case.objects.select_related("patient", "booking", "claimed_by__user")
        if states:
            found = found.filter(state__in=states)
        with everywhere(because="the test looks", at=self.at):
            rows = list(found.filter(**which).order_by("pk"))
        return self.rng.choice(rows) if rows else None

    def desk(self, practice_id: int) -> str:
        return "receptionist" if practice_id == self.world.oak.pk else "receptionist_elm"

    def duty(self, practice_id: int) -> str:
        return self.rng.choice(("duty", "gp_oak")) if self.is_oak(practice_id) else "gp_elm"

    def is_oak(self, practice_id: int) -> bool:
        return practice_id == self.world.oak.pk

    def place(self, case: Case, who: str, *, but: int | None = None) -> int | None:
        """A slot of the list "Where?" this person sees; not at the organisation `but`."""
        with opened(self.by(who).reach, at=self.at):
            found = options(case.reference, at=self.at)
        kinds = [one.candidate for one in found.options if one.candidate.kind is OptionKind.SLOT]
        slots = [found.slots[one.key] for one in kinds] if found else []
        free = [one.id for one in slots if (one.hub_id or one.practice_id) != but]
        return self.rng.choice(free[:12]) if free else None

    def books(self, case: Case, who: str) -> None:
        """Held first; one in six hangs up, and the hold runs out by itself."""
        slot, wish = self.place(case, who), {"reference": case.reference}
        held = slot and self.does("hold", who, actions.hold, slot_id=slot, **wish)
        if held and self.rng.random() < 0.85:
            wish |= {"hold_id": str(held.public_id), "overflow_reason": "patient_choice"}
            self.does("book", who, actions.book, **wish)

    def goes_on(self, minutes: int) -> None:
        """The clock moves, and the clockwork has done what it does each minute."""
        self.at += timedelta(minutes=minutes)
        if self.at - self._beaten_at >= timedelta(minutes=12):
            self.beats()
        else:
            self.post.goes_round(self.at, self.rng)

    def beats(self) -> None:
        """The tasks of the clockwork, and whatever was promised to be done by now."""
        self._beaten_at = self.at
        for task in BEAT:
            task()
        self.post.goes_round(self.at, self.rng)
        connection.check_constraints()

    def ends(self) -> None:
        """What the clockwork and the post got done is counted with the rest."""
        self.beats()
        with everywhere(because="the test looks", at=self.at):
            self.done["rehome"] = GoneHome.objects.exclude(settled_at=None).count()
        self.done.update(self.post.done)


NEEDS = (
    Need.SORE_THROAT,
    Need.SORE_THROAT,
    Need.URINARY,
    Need.URINARY,
    Need.BACK_JOINT,
    Need.COUGH_BREATHING,
    Need.MENTAL_HEALTH,
    Need.FOLLOW_UP,
    Need.ADMIN,
)
CHANNELS = (Channel.PHONE, Channel.DESK, Channel.ONLINE, Channel.NHS111)
BEAT = (
    tasks.escalate,
    tasks.pause_unsupervised,
    tasks.sweep_before_close,
    tidy_holds,
    tasks.tell_news,
)


def _staff(world: World) -> None:
    """A desk and a GP more at the hub; who needs one has a supervisor; everybody has hours."""
    joined(world, "hub_gp", role="clinician", profession="gp")
    joined(world, "hub_desk", role="receptionist", profession="care_coordinator")
    supervised(world, "clinician", "physio")
    houses = {one.organisation_id: one for one in (world.oak, world.elm, world.hub)}
    with everywhere(because="the test's set-up", at=world.at):
        for name, starts, ends, later in ROTA:
            day = world.at.date() + timedelta(days=later)
            house = houses[world.clinicians[name].home_id]
            is_practice = isinstance(house, Practice)
            wish = SessionWish(
                clinician_id=world.clinicians[name].pk,
                site_id=world.sites[house.pk].pk,
                starts_at=on(day, starts),
                ends_at=on(day, ends),
                practice_id=house.pk if is_practice else None,
                hub_id=None if is_practice else house.pk,
            )
            publish_session(wish=wish, by=SETUP, at=world.at)


def _patients(world: World) -> list[Patient]:
    """Six patients at each practice, of all ages, who are reached in different ways."""
    with everywhere(because="the test's set-up", at=world.at):
        for practice in (world.oak, world.elm):
            for year, reached in zip(BORN, REACHED, strict=True):
                register_patient(
                    practice_id=practice.pk,
                    nhs_number=None,
                    family_name=f"Invented{year}",
                    given_name=practice.organisation.code.title(),
                    born_on=date(year, 3, 14),
                    by=SETUP,
                    at=world.at,
                    **reached,
                )
        return list(Patient.objects.order_by("pk"))


def _planned(world: World) -> dict[int, datetime]:
    """Long ago other systems have booked the afternoon's first appointments: who knows which."""
    with everywhere(because="the test's set-up", at=world.at):
        for name, practice in (("gp_oak", world.oak), ("gp_elm", world.elm)):
            grown = Patient.objects.filter(practice=practice, born_on__lt=date(2000, 1, 1))
            slots = Slot.objects.filter(clinician=world.clinicians[name], day=world.at.date())
            afternoon = slots.filter(starts_at__hour__gte=14).order_by("starts_at")[:3]
            for patient, slot in zip(grown.order_by("-pk")[:3], afternoon, strict=True):
                world.patients[patient.family_name + name] = patient
                planned_ahead(world, patient.family_name + name, slot, Need.WOUND_INJURY)
        return dict(Booking.objects.values_list("patient_id", "starts_at"))


Act = Callable[[Day], object]
# By act: how often it comes, and what it gets done when it goes well.
Acts = dict[Act, tuple[int, str]]
