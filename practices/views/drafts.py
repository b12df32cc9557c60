"""What a page's script asks for: keep what is typed, and do not sign me out."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from practices.actions import discard_draft, keep_draft
from practices.clock import local_day
from practices.presenters import clock_words, time_words
from practices.queries import draft_at, draft_places
from practices.rules.drafts import read_fields, read_place
from practices.rules.roles import EVERYONE
from practices.views.door import Door


class Drafts(Door):
    """The draft of one form of mine: read, kept, or (no fields) discarded; or which there are."""

    roles = EVERYONE

    def get(self, request: HttpRequest) -> HttpResponse:
        if "mine" in request.GET:
            places = self.ask(draft_places, membership_id=self.actor.membership_id, at=self.now)
            return JsonResponse(places, safe=False)
        place = read_place(request.GET.get("place", ""))
        kept = self.ask(draft_at, place=place, membership_id=self.actor.membership_id, at=self.now)
        if kept is None:
            return HttpResponse(status=204)
        is_today = local_day(kept.saved_at) == local_day(self.now)
        words = time_words(kept.saved_at) if is_today else clock_words(kept.saved_at)
        return JsonResponse({"fields": kept.fields, "saved": words})

    def post(self, request: HttpRequest) -> HttpResponse:
        place = read_place(request.POST.get("place", ""))
        fields = read_fields(request.POST.get("fields", ""))
        if fields:
            self.do(keep_draft, place=place, fields=fields)
        else:
            self.do(discard_draft, place=place)
        return HttpResponse(status=204)


class StillHere(Door):
    """A sign of life: the time-out starts again. Nothing else happens."""

    roles = EVERYONE

    def post(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=204)
