"""Safe working limits: read by those they bind, changed by those who answer for them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.actions import end_limit, set_own_mode, set_persons_limit, set_practice_limit
from practices.actions.training import set_stage
from practices.clock import local_day
from practices.forms.limits import (
    FOR_ALL,
    FOR_ONESELF,
    LimitForm,
    ModeForm,
    StageForm,
    started_form,
)
from practices.presenters.limits import dated_line, limits_page
from practices.queries.limit_book import (
    DatedLimit,
    PersonLimit,
    limit_book,
    limits_aimed,
    mark_of,
    person_limit,
)
from practices.rules.limits import Cause, Layer
from practices.rules.professions import Profession
from practices.rules.refusals import Absent, BadInput, Conflict, Refused
from practices.rules.roles import CLINICAL_ROLES, Role
from practices.views.door import Door

# Whose limits each role answers for; everybody else reads, and lowers, their own.
ANSWERS_FOR = {
    Role.PRACTICE_MANAGER: frozenset({Layer.PRACTICE, Layer.PERSON}),
    Role.SUPERVISOR: frozenset({Layer.PERSON}),
}


class Limits(Door):
    """The limits of today, where each comes from, and every dated one that stands or comes."""

    roles = CLINICAL_ROLES | {Role.PRACTICE_MANAGER}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest) -> HttpResponse:
        """The practice says how strictly its limits bind."""
        form = ModeForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        self.do(set_own_mode, mode=form.cleaned_data["mode"])
        messages.success(request, "Saved. Everybody sees it from now on.")
        return redirect("practices:limits")

    def _page(self, form: ModeForm | None = None) -> HttpResponse:
        layers = ANSWERS_FOR.get(self.actor.role, frozenset())
        today = local_day(self.now)
        book = self.ask(
            limit_book,
            organisation_id=self.actor.organisation_id,
            on=today,
            only_clinician_id=None if layers else self.actor.clinician_id or 0,
        )
        context = {
            "page": limits_page(book, on=today, may_change=layers),
            "for_practice": Layer.PRACTICE in layers,
            "own_id": self.actor.clinician_id,
            "form": form or ModeForm(initial={"mode": book.mode}),
        }
        return render(self.request, "practices/limits.html", context)


class ChangeLimit(Door):
    """A dated limit is typed; what cannot be read is said, and what was typed stays."""

    roles = frozenset({Role.PRACTICE_MANAGER})

    def get(self, request: HttpRequest, **whose: int) -> HttpResponse:
        person = self.person(**whose)
        seen = mark_of(self.standing(person))
        form = started_form(today=local_day(self.now), seen=seen, causes=self.causes(person))
        return self._page(form, person)

    def post(self, request: HttpRequest, **whose: int) -> HttpResponse:
        person = self.person(**whose)
        form = LimitForm(request.POST, causes=self.causes(person))
        if form.is_valid():
            try:
                answer = self.set(form, person)
            except BadInput as refusal:
                form.refuse(refusal.text, field=refusal.field)
            except Conflict as refusal:
                form.refuse(refusal.text, field=refusal.field)
                return self._page(form, person, is_stale=True)
            else:
                messages.success(request, "The limit is set.")
                return answer
        return self._page(form, person)

    def standing(self, person: PersonLimit | None) -> tuple[DatedLimit, ...]:
        """What stands or comes for whom the limit is."""
        layer, whose = (
            (Layer.PERSON, {"clinician_id": person.clinician_id})
            if person
            else (Layer.PRACTICE, {"organisation_id": self.actor.organisation_id})
        )
        return self.ask(limits_aimed, layer=layer, on=local_day(self.now), **whose)

    def person(self, **whose: int) -> PersonLimit | None:
        """Whose limit it is; None for the practice's own."""
        return None

    def only_own(self, person: PersonLimit | None) -> bool:
        """Whether somebody lowers their own limit, and nothing else."""
        return False

    def causes(self, person: PersonLimit | None) -> tuple[Cause, ...]:
        """The kinds of limit one may choose from."""
        if person is None:
            return FOR_ALL
        return FOR_ONESELF if self.only_own(person) else tuple(Cause)

    def set(self, form: LimitForm, person: PersonLimit | None) -> HttpResponse:
        """The limit is set, once."""
        return self.do_once(
            set_practice_limit, to=lambda _: reverse("practices:limits"), wish=form.wish()
        )

    def _page(
        self, form: LimitForm, person: PersonLimit | None, *, is_stale: bool = False
    ) -> HttpResponse:
        context = {"form": form, "limited": person, "only_own": self.only_own(person)}
        if is_stale:
            found, today = self.standing(person), local_day(self.now)
            form.has_seen(mark_of(found))
            context["stale"] = [dated_line(one, on=today, may_end=False) for one in found]
            context["is_stale"] = True
        if person and person.profession is Profession.REGISTRAR and not context["only_own"]:
            context["stage_form"] = StageForm(initial={"stage": person.stage})
        status = 409 if is_stale else 200
        return render(self.request, "practices/limit_change.html", context, status=status)


class ChangePerson(ChangeLimit):
    """One person's limit: by those who answer for them, or lowered by themselves."""

    roles = Limits.roles

    def person(self, **whose: int) -> PersonLimit:
        found = self.ask(person_limit, clinician_id=whose["clinician_id"], on=local_day(self.now))
        if found is None or not (self._answers_for(found) or self._is_me(found)):
            raise Absent
        return found

    def only_own(self, person: PersonLimit | None) -> bool:
        return person is not None and not self._answers_for(person)

    def set(self, form: LimitForm, person: PersonLimit | None) -> HttpResponse:
        assert person is not None
        return self.do_once(
            set_persons_limit,
            to=lambda _: reverse("practices:limits"),
            clinician_id=person.clinician_id,
            wish=form.wish(),
        )

    def _is_me(self, person: PersonLimit) -> bool:
        return person.clinician_id == self.actor.clinician_id

    def _answers_for(self, person: PersonLimit) -> bool:
        return (
            Layer.PERSON in ANSWERS_FOR.get(self.actor.role, frozenset())
            and person.home_id == self.actor.organisation_id
        )


class SetStage(Door):
    """A registrar's stage of training, which their limit starts from."""

    roles = frozenset(ANSWERS_FOR)

    def post(self, request: HttpRequest, clinician_id: int) -> HttpResponse:
        stage = request.POST.get("stage", "")
        self.do(set_stage, clinician_id=clinician_id, stage=stage)
        messages.success(request, "The stage is set: the limit starts from it.")
        return redirect("practices:limits")


class EndLimit(Door):
    """A dated limit ends today."""

    roles = frozenset(ANSWERS_FOR)

    def post(self, request: HttpRequest) -> HttpResponse:
        said = request.POST.get("limit", "")
        if not (said.isascii() and said.isdigit() and len(said) < 10):
            raise Refused("Choose the limit that ends.", code="invalid", field="limit")
        self.do(end_limit, limit_id=int(said))
        messages.success(request, "The limit ended today; the one before holds again.")
        return redirect("practices:limits")
