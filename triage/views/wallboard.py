"""The display on a hub's wall, and who arranges its links."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from practices.doors import Busy, perform
from practices.rules.refusals import Absent
from practices.views.door import Door
from triage.actions.hub_day import CLOSERS
from triage.actions.wallboards import DISPLAY, make_board, revoke_board, show_board
from triage.forms.wallboards import NewDisplay
from triage.presenters.wallboard import page
from triage.queries.cover_page import hubs_of
from triage.queries.wallboard import boards_of
from triage.views.own_cancel import UNSEEN

PAGE = "triage:wallboards"


class Wallboard(View):
    """Counts of one hub for whoever has the link: no sign-in, no name, no way on from here."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        try:
            board = perform(show_board, by=DISPLAY, at=request.now, secret=secret)
        except Busy:
            return HttpResponse(status=503)
        if board is None:
            raise Http404
        part = "board" if request.htmx else "wallboard"
        context = {"page": page(board, now=request.now)}
        answer = render(request, f"triage/wall/{part}.html", context)
        for name, value in UNSEEN.items():
            answer[name] = value
        return answer


class Wallboards(Door):
    """The displays of my hubs; a new one's link is shown once."""

    roles = CLOSERS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        typed = request.POST
        hub = typed.get("hub", "")
        form = next((one for one in self.forms(typed) if one.code == hub), None)
        if form is None:
            raise Absent
        if not form.is_valid():
            return self.show(form, status=422)
        secret = self.do(make_board, code=form.code, name=form.cleaned_data["name"])
        address = reverse("triage:wallboard", args=[secret])
        return self.show(link=request.build_absolute_uri(address))

    def forms(self, typed: QueryDict | None = None) -> list[NewDisplay]:
        """One for each hub I run."""
        hubs = self.ask(hubs_of, hub_ids=self.actor.reach.providers)
        return [NewDisplay(typed, code=hub.code, hub_name=hub.name) for hub in hubs]

    def show(
        self, form: NewDisplay | None = None, *, link: str = "", status: int = 200
    ) -> HttpResponse:
        """The page; never kept, since it may show a link. `form` is the one that went wrong."""
        context = {
            "form": form,
            "forms": [form if form and form.code == one.code else one for one in self.forms()],
            "boards": self.ask(boards_of, hub_ids=self.actor.reach.providers, at=self.now),
            "link": link,
        }
        answer = render(self.request, "triage/wall/wallboards.html", context, status=status)
        answer["Cache-Control"] = "no-store"
        return answer


class RevokeWallboard(Door):
    """The link of a display opens nothing any more."""

    roles = CLOSERS

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return redirect(PAGE)

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self.do(revoke_board, public_id=public_id)
        messages.success(request, "Revoked. The display shows nothing any more")
        return redirect(PAGE)
