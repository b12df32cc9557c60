"""The patient's own link: no sign-in, no name, and nothing said before the date of birth."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import View

from appointments.queries import BookingRow
from practices.doors import Busy, perform
from practices.rules.refusals import Refused
from triage.actions.own_cancel import (
    PATIENT,
    appointment_by_link,
    ask_own_link,
    cancel_by_link,
)
from triage.forms.own_cancel import OwnCancel as OwnCancelForm
from triage.presenters.own_cancel import asked
from triage.rules.own_cancel import Answer

# Nobody keeps the page, finds it by searching, or learns the link from where they go next. Our own
# form still says where it came from: without that a browser sends it as from nowhere, and Django
# refuses it.
UNSEEN = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "same-origin",
}
WRONG = "That is not the date of birth we have. Check it, or call your practice"
# While the link reads no date, it asks for none.
SHUT = {
    Answer.TOO_OFTEN: "You can try again in an hour, or call your practice now.",
    Answer.NEVER: "This link does not work any more. Call your practice to cancel.",
}


class OwnCancel(View):
    """Asks the date of birth, and cancels; what cannot be done at the moment is said."""

    def dispatch(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Busy:
            return self._shown({"form": OwnCancelForm(), "is_busy": True}, status=503)
        except Refused:
            return self._shown({"form": OwnCancelForm(), "is_refused": True}, status=409)

    def get(self, request: HttpRequest, link: str) -> HttpResponse:
        answer = perform(ask_own_link, by=PATIENT, at=request.now, link=link)
        return self._page(answer, OwnCancelForm())

    def post(self, request: HttpRequest, link: str) -> HttpResponse:
        form = OwnCancelForm(request.POST)
        if not form.is_valid():
            return self._page(Answer.ASKS, form)
        wish = {"link": link, "born_on": form.cleaned_data["born_on"]}
        # What cannot be undone is asked once, with the appointment by name.
        action = cancel_by_link if "sure" in request.POST else appointment_by_link
        answer = perform(action, by=PATIENT, at=request.now, **wish)
        if answer is Answer.WRONG:
            form.add_error("born_on", WRONG)
        return self._page(answer, form)

    def _page(self, answer: object, form: OwnCancelForm) -> HttpResponse:
        context = {"form": form, "is_done": answer is Answer.DONE, "is_gone": answer is Answer.GONE}
        if isinstance(answer, Answer) and answer in SHUT:
            return self._shown({"form": OwnCancelForm(), "shut": SHUT[answer]}, status=429)
        if isinstance(answer, BookingRow):
            context |= {"asked": asked(answer, now=self.request.now), "born": self._typed()}
        return self._shown(context, status=404 if answer is Answer.GONE else 200)

    def _typed(self) -> list[tuple[str, str]]:
        """The date of birth as it was typed, to be sent once more."""
        names = (f"born_on_{part}" for part in ("day", "month", "year"))
        return [(name, self.request.POST.get(name, "")) for name in names]

    def _shown(self, context: dict[str, object], *, status: int) -> HttpResponse:
        page = render(self.request, "triage/own_cancel.html", context, status=status)
        for name, value in UNSEEN.items():
            page[name] = value
        return page
