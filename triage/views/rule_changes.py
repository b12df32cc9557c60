"""The red-flag card: read by everybody, drafted by one clinical lead, released by another."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.rules.refusals import BadInput, Conflict
from practices.rules.roles import EVERYONE, Role
from practices.views.door import Door
from triage.actions.released import (
    LEADS,
    decline_change,
    draft_change,
    release_change,
    take_back_change,
)
from triage.forms.rule_changes import (
    FIRST_LOOK,
    WORDS_MOVED,
    ChangeForm,
    DeclineForm,
    FlagForm,
    PharmacyForm,
    ProtocolForm,
)
from triage.presenters import rule_changes as words
from triage.presenters.protocols import PROTOCOLS_HEAD, protocol_rows
from triage.queries.card import card_and_since
from triage.queries.pharmacy import pharmacy_rules
from triage.queries.released import ChangeRow, change_of, changes_of, entries_of
from triage.rules.released import Kind, entry_of

READERS = EVERYONE - {Role.CLIENT}


class RulesDoor(Door):
    """What these pages ask first: of which network."""

    @property
    def network_id(self) -> int | None:
        networks = self.actor.reach.networks
        return networks[0] if networks else None

    def lines(self, kind: Kind) -> tuple[words.ChangeLine, ...]:
        """The network's changes, with the buttons this person may press."""
        return self.in_words(self.changes(kind))

    def changes(self, kind: Kind) -> tuple[ChangeRow, ...]:
        """The network's changes, newest first."""
        return self.ask(changes_of, network_id=self.network_id, kind=kind)

    def in_words(self, found: tuple[ChangeRow, ...]) -> tuple[words.ChangeLine, ...]:
        """The same as this person reads them."""
        return words.change_lines(found, user_id=self.actor.user_id, is_lead=self.is_lead)

    @property
    def is_lead(self) -> bool:
        return self.actor.is_one_of(LEADS)


class RedFlagCard(RulesDoor):
    """The card in force, what waits for a second person, and every change there was."""

    roles = READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        card, since = self.ask(card_and_since, network_id=self.network_id)
        lines = self.lines(Kind.RED_FLAGS)
        context = {
            "in_force": words.in_force(card, since),
            "head": words.HEAD,
            "rows": words.card_rows(card, may_change=self.is_lead),
            "may_count": self.actor.is_one_of(LEADS | {Role.PRACTICE_MANAGER}),
            "left": words.left_rows(card, may_change=self.is_lead),
            "waiting": [one for one in lines if one.is_open],
            "history": [one for one in lines if not one.is_open],
            "may_change": self.is_lead,
        }
        return render(request, "triage/rules/card.html", context)


class DraftChange(RulesDoor):
    """One entry is changed, previewed and sent to a second person."""

    roles = LEADS
    kind: ClassVar[Kind]
    form_class: ClassVar[type[ChangeForm]]
    back: ClassVar[str]
    titles: ClassVar[dict[str, str]]
    may_add: ClassVar[bool] = True
    entries: tuple[dict[str, object], ...]
    before: dict[str, object] | None

    def get(self, request: HttpRequest) -> HttpResponse:
        if not self.may_add and "of" not in request.GET:
            # Whoever names no line chooses one first.
            return redirect(self.back)
        self._look()
        known = self.form_class.starting(self.before) if self.before else {}
        return self._page(self._form(initial=known))

    def post(self, request: HttpRequest) -> HttpResponse:
        self._look()
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form)
        if not form.wants_to_send:
            return self._previewed(form)
        if not form.is_as_previewed:
            form.refuse(WORDS_MOVED if form.cleaned_data["previewed"] else FIRST_LOOK, field="")
            return self._previewed(form)
        try:
            answer = self.do_once(draft_change, to=self._there, wish=form.wish())
        except (BadInput, Conflict) as refusal:
            form.refuse(refusal.text, field=refusal.field)
            return self._page(form, status=refusal.status)
        messages.success(request, "Sent. Another clinical lead releases it.")
        return answer

    def _there(self, change: Any) -> str:
        return reverse("triage:rule_change", args=[change.pk])

    def _look(self) -> None:
        """The entries in force, and the one that is to change; an unknown one is nowhere."""
        _, self.entries = self.ask(
            entries_of, network_id=self.actor.organisation_id, kind=self.kind
        )
        code = self.request.GET.get("of", "")
        self.before = entry_of(self.entries, code) if code else None
        if self.before is None and (code or not self.may_add):
            raise Http404

    def _form(self, *args: object, **kwargs: object) -> ChangeForm:
        code = str(self.before["code"]) if self.before else ""
        return self.form_class(*args, code=code, entries=self.entries, **kwargs)

    def _previewed(self, form: ChangeForm) -> HttpResponse:
        after = form.entry()
        if self.before == after:
            return self._page(form, is_unchanged=True)
        form.keep(previewed=form.print())
        preview = {
            "title": words.title_of(self.kind, self.before, after),
            "differences": words.differences(self.kind, self.before, after),
            "shown": words.as_the_desk_sees(self.kind, after),
            "is_leaving": bool(after.get("has_left")),
        }
        return self._page(form, preview=preview)

    def _page(self, form: ChangeForm, *, status: int = 200, **others: object) -> HttpResponse:
        context = {
            "form": form,
            "is_new": self.before is None,
            "titles": self.titles,
            "of": words.name_of(self.kind, self.before) if self.before else "",
            "back": reverse(self.back),
            "head": words.DIFFERENCE_HEAD,
            **others,
        }
        return render(self.request, "triage/rules/change_form.html", context, status=status)


class ChangeFlag(DraftChange):
    """A question of the red-flag card."""

    kind = Kind.RED_FLAGS
    form_class = FlagForm
    back = "triage:card"
    titles: ClassVar = {"new": "Add a red-flag question", "change": "Change a red-flag question"}


class PharmacyRules(RulesDoor):
    """For whom a pharmacy is offered, what waits for a second person, and every change."""

    roles = READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        found, number, since = self.ask(pharmacy_rules, network_id=self.network_id)
        lines = self.lines(Kind.PHARMACY)
        context = {
            "in_force": words.version_words(number, since),
            "head": words.PHARMACY_HEAD,
            "rows": words.pharmacy_rows(found, may_change=self.is_lead),
            "waiting": [one for one in lines if one.is_open],
            "history": [one for one in lines if not one.is_open],
            "may_change": self.is_lead,
        }
        return render(request, "triage/rules/pharmacy.html", context)


class ChangePharmacy(DraftChange):
    """The line of a need that pharmacies treat. There is none to add: the service says which."""

    kind = Kind.PHARMACY
    form_class = PharmacyForm
    back = "triage:pharmacy_rules"
    titles: ClassVar = {"change": "Change a Pharmacy First line"}
    may_add = False


class Protocols(RulesDoor):
    """What a desk books before a clinician has signed, by whom that is signed, and every change."""

    roles = READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        _, entries = self.ask(entries_of, network_id=self.network_id or 0, kind=Kind.PROTOCOLS)
        found = self.changes(Kind.PROTOCOLS)
        lines = self.in_words(found)
        context = {
            "head": PROTOCOLS_HEAD,
            "rows": protocol_rows(entries, words.signed_by(found), may_change=self.is_lead),
            "waiting": [one for one in lines if one.is_open],
            "history": [one for one in lines if not one.is_open],
            "may_change": self.is_lead,
        }
        return render(request, "triage/rules/protocols.html", context)


class ChangeProtocol(DraftChange):
    """The protocol of a need: signed, changed or withdrawn. A need is never added here."""

    kind = Kind.PROTOCOLS
    form_class = ProtocolForm
    back = "triage:protocols"
    titles: ClassVar = {"change": "Sign or withdraw a protocol"}
    may_add = False


class OneChange(RulesDoor):
    """One change: read by everybody of the network, ended by a clinical lead."""

    roles = READERS

    def get(self, request: HttpRequest, change_id: int) -> HttpResponse:
        return self._page(self._row(change_id), form=DeclineForm())

    def post(self, request: HttpRequest, change_id: int) -> HttpResponse:
        row, step = self._row(change_id), request.POST.get("step", "")
        if step == "decline":
            return self._decline(row)
        if step == "release":
            self.do(release_change, change_id=row.id)
            messages.success(request, "Released. Every desk of the network goes by it now.")
        else:
            self.do(take_back_change, change_id=row.id)
            messages.success(request, "Taken back. The change is kept.")
        return redirect("triage:rule_change", row.id)

    def _decline(self, row: ChangeRow) -> HttpResponse:
        form = DeclineForm(self.request.POST)
        if not form.is_valid():
            return self._page(row, form=form)
        self.do(decline_change, change_id=row.id, why=form.cleaned_data["why"])
        messages.success(self.request, "Declined. The change is kept, with your reason.")
        return redirect("triage:rule_change", row.id)

    def _row(self, change_id: int) -> ChangeRow:
        row = self.ask(change_of, network_id=self.network_id, change_id=change_id)
        if row is None:
            raise Http404
        return row

    def _page(self, row: ChangeRow, *, form: DeclineForm) -> HttpResponse:
        line = words.change_line(row, user_id=self.actor.user_id, is_lead=self.is_lead)
        context = {"one": line, "head": words.DIFFERENCE_HEAD, "form": form}
        return render(self.request, "triage/rules/change.html", context)
