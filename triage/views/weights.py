"""The weights of the list of places: read by everybody, changed by the clinical lead."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from practices.rules.refusals import BadInput, Conflict
from practices.rules.roles import EVERYONE, Role
from practices.views.door import Door
from triage.actions.parameters import LEADS, preview_weights, put_in_force
from triage.forms.weights import FIRST_LOOK, NUMBERS_MOVED, WeightsForm
from triage.presenters.weights import (
    HEAD,
    goal_rows,
    groups,
    history,
    preview_words,
)
from triage.queries.parameters import Version, versions_of
from triage.rules.weight_words import STRICT
from triage.rules.weights import values_of


class WeightsDoor(Door):
    """What both pages ask first."""

    def versions(self) -> tuple[Version, ...]:
        """The versions of the network this person belongs to."""
        networks = self.actor.reach.networks
        return self.ask(versions_of, network_id=networks[0] if networks else None)


class Weights(WeightsDoor):
    """What is in force, what each weight means, and who changed it when."""

    roles = EVERYONE - {Role.CLIENT}

    def get(self, request: HttpRequest) -> HttpResponse:
        versions = self.versions()
        context = {
            "head": HEAD,
            "groups": groups(versions),
            "history": history(versions),
            "strict": [{"key": title, "value": why} for title, why in STRICT],
            "goals": goal_rows(),
            "goal_head": ("Order", "As few as possible"),
            "may_change": self.actor.is_one_of(LEADS),
        }
        return render(request, "triage/weights.html", context)


class ChangeWeights(WeightsDoor):
    """Other weights are previewed, then put in force with a reason."""

    roles = LEADS

    def get(self, request: HttpRequest) -> HttpResponse:
        versions = self.versions()
        wanted = request.GET.get("from", "")
        start = next((one for one in versions if str(one.number) == wanted), versions[0])
        started: dict[str, object] = dict(values_of(start.weights))
        started["seen_version"] = versions[0].number
        if start.number != versions[0].number:
            started |= {"restores": start.number, "name": start.name, "basis": start.basis}
        return self._page(WeightsForm(now=versions[0].weights, initial=started), versions)

    def post(self, request: HttpRequest) -> HttpResponse:
        versions = self.versions()
        form = WeightsForm(request.POST, now=versions[0].weights)
        if not form.is_valid():
            return self._page(form, versions, ask_reason=form.wants_force)
        if form.is_unchanged(versions[0].number):
            return self._page(form, versions, is_unchanged=True)
        if not form.wants_force:
            return self._previewed(form, versions)
        if not form.is_as_previewed:
            form.refuse(NUMBERS_MOVED if form.cleaned_data["previewed"] else FIRST_LOOK)
            return self._previewed(form, versions)
        try:
            answer = self.do_once(
                put_in_force, to=lambda _: reverse("triage:weights"), wish=form.wish()
            )
        except (BadInput, Conflict) as refusal:
            form.refuse(refusal.text, field=refusal.field)
            current = self.versions()
            form.keep(seen_version=current[0].number, previewed="")
            return self._page(form, current, status=refusal.status)
        messages.success(request, "The new weights are in force.")
        return answer

    def _previewed(self, form: WeightsForm, versions: tuple[Version, ...]) -> HttpResponse:
        found = self.do(preview_weights, weights=form.weights())
        form.keep(previewed=form.print())
        words = preview_words(found, before=versions[0].weights, after=form.weights(), now=self.now)
        return self._page(form, versions, preview=words, ask_reason=True)

    def _page(
        self,
        form: WeightsForm,
        versions: tuple[Version, ...],
        *,
        status: int = 200,
        **others: object,
    ) -> HttpResponse:
        context = {"form": form, "now": history(versions)[0], **others}
        return render(self.request, "triage/weights_change.html", context, status=status)
