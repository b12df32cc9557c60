"""Who has seen a patient's record: the practice is its controller, and answers for it.

There is no role of a privacy officer: the practice's manager is its lead for privacy, and alone
opens these pages. They show a name, a birth date and an NHS number, and nothing clinical.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.actions.finding import look_up_patients
from practices.actions.reading import WATCHES, look_at_views
from practices.clock import local_day
from practices.queries.patients import SHOWN as HITS_SHOWN
from practices.views.door import Door
from triage.forms.reception import FindOnList
from triage.presenters.who_viewed import HEAD, banner_of, name_of, view_rows, who_they_are

# What PostgreSQL's bigint holds surely.
LONGEST_ID = 18


class FindViewed(Door):
    """Whose views? A search shows patients, so it is a view of them too."""

    roles = WATCHES

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(FindOnList(today=local_day(self.now)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FindOnList(request.POST, today=local_day(self.now))
        if not form.is_valid():
            return self._page(form)
        sought = form.cleaned_data["sought"]
        found = self.do(look_up_patients, sought=sought, page="search", with_former=True)
        if sought.is_exact and len(found) == 1:
            return redirect("triage:views_of", found[0].public_id)
        hits = [
            {
                "name": name_of(one),
                "who": who_they_are(one),
                "href": reverse("triage:views_of", args=[one.public_id]),
            }
            for one in found
        ]
        return self._page(form, hits=hits, sought=True, is_full=len(hits) == HITS_SHOWN)

    def _page(self, form: FindOnList, **context: Any) -> HttpResponse:
        return render(self.request, "triage/who_viewed/find.html", {"form": form} | context)


class WhoViewed(Door):
    """Everybody who saw one patient in 90 days, newest first; each opening is a view as well."""

    roles = WATCHES

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        place = request.GET.get("older", "")
        is_place = place.isascii() and place.isdecimal() and len(place) <= LONGEST_ID
        found = self.do(
            look_at_views, public_id=public_id, older_than=int(place) if is_place else None
        )
        context = {
            "banner": banner_of(found.patient, now=self.now),
            "head": HEAD,
            "rows": view_rows(found.views.rows, now=self.now),
            "older": found.views.older_than,
            "is_older": is_place,
        }
        return render(request, "triage/who_viewed/list.html", context)
