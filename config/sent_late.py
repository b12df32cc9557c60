"""What was sent after the session had ended comes back to its writer, to be sent again.

Nothing is done with it: it may be another day by then, or another person. It is kept as a draft of
the membership for which the form was drawn, under a key that stands in the address where the
person goes on after signing in, and goes on in the session until it is sent, because the form may
be a press of a button away. A form that names nobody is filled in at that address alone: opened
anew it is for the next caller. Nobody else can read it, and an hour later no page shows it.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from secrets import token_urlsafe
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from config.reach import Acting, acting_in_browser
from practices import whose
from practices.actions import discard_draft, keep_draft
from practices.doors import Busy, opened, perform
from practices.queries import KeptDraft, draft_at
from practices.rules.drafts import LONGEST_PLACE, check_fields, is_text
from practices.rules.refilling import NOTE_ID, SHIFTING, refilled, words_above
from practices.rules.refusals import Refused

logger = logging.getLogger(__name__)
KEY = "typed"
SESSION = "sent_late"
SHOWN_FOR = timedelta(hours=1)
# Where the form was sent, kept among its fields: no field's name begins with a space.
ADDRESS = " sent to"
NOTE = "You were signed out, and nothing was sent. Check what you typed and send it again."
GONE = (
    "You were signed out, and nothing was sent. The form is not on this page now. "
    "What you wrote is kept for an hour, and stands in the form when you can use it again."
)
Handler = Callable[[HttpRequest], HttpResponse]


class SentLate:
    """A form sent after the time-out is kept, and is filled in once its writer is back."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and request.acting is None:
            return self._kept(request, response)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            _done_with(request)
        if request.method == "GET" and request.acting and not request.htmx:
            key = request.GET.get(KEY) or request.session.get(SESSION)
            return self._shown(request, response, key) if key else response
        return response

    def _kept(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """On the way to the sign-in page: afterwards it goes on where the form was."""
        sign_in = reverse("practices:sign_in")
        onwards = response.headers.get("Location") or response.headers.get("HX-Redirect") or ""
        if urlsplit(onwards).path != sign_in or request.path == reverse("practices:sign_out"):
            return response
        if f"{KEY}=" in unquote(onwards):
            return response  # It is kept already, by who refused it.
        return _go(request, _sign_in(keep(request) or page_of(request)))

    def _shown(self, request: HttpRequest, response: HttpResponse, key: str) -> HttpResponse:
        draft = _draft(request, key)
        if draft is None:
            request.session.pop(SESSION, None)
            return response
        onwards = response.headers.get("Location")
        if onwards and KEY in request.GET and not urlsplit(onwards).netloc:
            response.headers["Location"] = _marked(onwards, key)
        elif response.status_code == HTTPStatus.OK and _is_whole_page(response):
            if _names_somebody(_address(draft)) and request.session.get(SESSION) != key:
                request.session[SESSION] = key
            page = _with_draft(response.content.decode(), draft, key, request)
            response.content = page.encode()
        return response


def _with_draft(page: str, draft: KeptDraft, key: str, request: HttpRequest) -> str:
    """The page with its form filled in; without that form it shows the words, the first time."""
    typed = dict(draft.fields)
    address = typed.pop(ADDRESS, [""])[0]
    here = _without_key(request.get_full_path())
    filled = refilled(page, address=address, here=here, typed=typed, note=NOTE, draft=_place(key))
    if filled is None and KEY in request.GET:
        return words_above(page, typed=typed, note=GONE)
    return filled or page


def _done_with(request: HttpRequest) -> None:
    """What was sent now is not offered again, however often it was refused before."""
    key = request.session.get(SESSION) if request.acting else None
    draft = _draft(request, key) if key else None
    if draft is not None and urlsplit(_address(draft)).path == request.path:
        request.session.pop(SESSION)
        by = request.acting.actor
        try:
            perform(discard_draft, by=by, at=request.now, place=_place(key))
        except Busy:
            logger.info("draft left to the tidying")


def _address(draft: KeptDraft) -> str:
    return dict(draft.fields).get(ADDRESS, [""])[0]


def _names_somebody(address: str) -> bool:
    """Whether the address says of whom the form is, as a case or a patient."""
    try:
        return bool(resolve(urlsplit(address).path).kwargs)
    except Http404:
        return False


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form older than the sign-in: its own writer finds it filled in, nobody else does."""
    onwards = keep(request)
    if onwards is None:
        return render(request, "403_csrf.html", status=403)
    return _go(request, onwards if request.acting else _sign_in(onwards))


def keep(request: HttpRequest) -> str | None:
    """What was typed is a draft of whom the form was drawn for; where they find it again.

    None where nothing was typed, the form is somebody else's than the one signed in, or the draft
    could not be kept.
    """
    owner = _owner(request)
    fields = {
        name: [value.replace("\r\n", "\n") for value in values]
        for name, values in request.POST.lists()
        if name not in SHIFTING and "password" not in name and name != ADDRESS
    }
    if owner is None or not fields:
        return None
    fields[ADDRESS] = [_without_key(request.get_full_path())]
    key = token_urlsafe(16)
    try:
        perform(
            keep_draft,
            by=owner.actor,
            at=request.now,
            place=_place(key),
            fields=check_fields(fields),
        )
    except (Busy, Refused):
        return None
    return _marked(page_of(request), key)


def _owner(request: HttpRequest) -> Acting | None:
    """For whom the form was drawn, still a member; nobody once another one has signed in."""
    found = whose.read_stamp(request.POST.get(whose.NAME, ""), at=request.now)
    if found is None:
        return None
    if request.acting and request.acting.actor.user_id != found.user_id:
        return None
    return acting_in_browser(found.user_id, found.membership_id, request.now)


def page_of(request: HttpRequest) -> str:
    """The page that the form stood on; many forms are sent to where no page is."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        parts = urlsplit(came_from)
        came_from = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if _is_page(parts.path):
            return _without_key(came_from)
    return _without_key(request.get_full_path()) if _is_page(request.path) else "/"


def _is_page(path: str) -> bool:
    try:
        return hasattr(resolve(path).func.view_class, "get")
    except (Http404, AttributeError):
        return False


def _is_whole_page(response: HttpResponse) -> bool:
    return not response.streaming and response.content.lstrip().startswith(b"<!DOCTYPE html")


def _draft(request: HttpRequest, key: str) -> KeptDraft | None:
    """What the person at this page sent too late under that key, for an hour."""
    actor = request.acting.actor
    place = _place(key)
    if not is_text(place) or len(place) > LONGEST_PLACE:
        return None
    with opened(actor.reach, at=request.now):
        draft = draft_at(place, membership_id=actor.membership_id, at=request.now)
    return draft if draft and request.now - draft.saved_at <= SHOWN_FOR else None


def _place(key: str) -> str:
    return f"sent late {key}"


def _marked(address: str, key: str) -> str:
    """The address with the key, and at the note."""
    bare = address.partition("#")[0]
    return f"{bare}{'&' if '?' in bare else '?'}{urlencode({KEY: key})}#{NOTE_ID}"


def _without_key(address: str) -> str:
    path, _, query = address.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    left = [(name, value) for name, value in pairs if name != KEY]
    if left == pairs:
        return address
    return f"{path}?{urlencode(left)}" if left else path


def _sign_in(onwards: str) -> str:
    return f"{reverse('practices:sign_in')}?{urlencode({'next': onwards})}"


def _go(request: HttpRequest, where: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return redirect(where)
