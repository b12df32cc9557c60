"""The day on paper: lists to print, blank forms, and the pack for when the network goes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from practices.rules.roles import CLINICAL_ROLES, EVERYONE, Role
from practices.views.door import Door
from triage.actions import paper_looking as paper
from triage.presenters import paper_pages
from triage.views.paper_entry import ENTERS

ON_PAPER = CLINICAL_ROLES | {Role.RECEPTIONIST, Role.PRACTICE_MANAGER}
LONGEST_ID = 18


class Paper(Door):
    """What my house can print, and how old its pack is."""

    roles = ON_PAPER | {Role.MANAGER}

    def get(self, request: HttpRequest) -> HttpResponse:
        page = paper_pages.paper_page(self.do(paper.open_paper), now=self.now)
        context = {"page": page, "may_enter": self.actor.is_one_of(ENTERS)}
        return render(request, "triage/paper/paper.html", context)


class Printed(Door):
    """What printed pages share: whose name stands on them, and printing at once."""

    roles = ON_PAPER

    def printed(self, template: str, page: object) -> HttpResponse:
        """The page; asked for with `print`, it goes to the printer by itself."""
        context = {"page": page, "print_now": "print" in self.request.GET}
        answer = render(self.request, f"triage/paper/{template}.html", context)
        answer["Cache-Control"] = "no-store"
        return answer


class Sessions(Printed):
    """The session lists of today or tomorrow, of everybody or of one clinician."""

    def get(self, request: HttpRequest) -> HttpResponse:
        typed = request.GET.get("clinician", "")
        is_id = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_ID
        clinician_id = int(typed) if is_id else None
        ahead = 1 if request.GET.get("day") == "tomorrow" else 0
        found = self.do(paper.print_sessions, days_ahead=ahead, clinician_id=clinician_id)
        page = paper_pages.sessions_page(
            found, clinician_id=clinician_id, now=self.now, by=self.actor.name
        )
        return self.printed("sessions", page)


class Queue(Printed):
    """The open cases, most urgent first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = self.do(paper.print_queue)
        return self.printed(
            "queue", paper_pages.queue_page(found, now=self.now, by=self.actor.name)
        )


class Forms(Printed):
    """Blank forms, each with a number of its own."""

    def get(self, request: HttpRequest) -> HttpResponse:
        house, numbers = self.do(paper.print_forms)
        stamp = paper_pages.stamp(self.now, by=self.actor.name)
        return self.printed("forms", paper_pages.forms_page(house, numbers, stamp=stamp))


class Pack(Door):
    """The newest pack as a file. It exists only for those whose desk it lies on."""

    roles = EVERYONE

    def get(self, request: HttpRequest) -> HttpResponse:
        found = self.do(paper.hand_out_pack)
        name = paper_pages.file_name(found.house.code, found.made_at)
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        }
        return HttpResponse(found.text, content_type="text/html; charset=utf-8", headers=headers)
