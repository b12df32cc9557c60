"""GOV.UK Notify as we know it from outside: a server on a free port that records what it took.

It checks the signature and the template as the real one does, and plays each trouble it is told
to play: the next requests to send are answered by the words of `plays`, then all go well.
"""

import json
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"tests-{SERVICE}-{SECRET}"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
EMAIL_TEMPLATE = "8d1dd0a5-6a0e-4d39-9a6e-3b1e0f0b7c11"
LETTER_TEMPLATE = "6c1b5a2e-40f4-4c26-9f53-0d2f5e1f7a90"
LARGE_PRINT_TEMPLATE = "0b9c3d77-5d2a-4c11-8a40-9c1f7e6b2d05"
PAGE = 250
ADDRESS = {"address_line_1", "address_line_2", "address_line_3"}
# By address: what a message of the kind says. By id: what each template is called, and asks for.
SAYS = {
    "/v2/notifications/sms": {"body"},
    "/v2/notifications/email": {"subject", "body"},
    "/v2/notifications/letter": ADDRESS | {"body"},
}
TEMPLATES = {
    TEMPLATE: ("sms", "Text", {"body"}),
    EMAIL_TEMPLATE: ("email", "Email", {"subject", "body"}),
    LETTER_TEMPLATE: ("letter", "Letter", {"body"}),
    LARGE_PRINT_TEMPLATE: ("letter", "Letter in large print", {"body"}),
}

# What each trouble answers; None hangs up without a word.
ANSWERS: dict[str, int | None] = {
    "created": 201,
    "bad_request": 400,
    "forbidden": 403,
    "too_many": 429,
    "error": 500,
    "unavailable": 503,
    "drop": None,
    "hang": None,
    "take_and_drop": None,
    "take_and_hang": None,
    "take_and_error": 500,
    "take_twice": 201,
}
TAKES = {"created": 1, "take_and_drop": 1, "take_and_hang": 1, "take_and_error": 1, "take_twice": 2}
FAILURES = ("permanent-failure", "temporary-failure", "technical-failure")


@dataclass
class FakeNotify:
    """What the server holds, and what it plays next."""

    at: datetime
    url: str = ""
    plays: list[str] = field(default_factory=list)
    taken: list[dict] = field(default_factory=list)
    asked: Counter = field(default_factory=Counter)
    is_deaf: bool = False
    released: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def times_taken(self) -> Counter:
        """How often each reference was taken to be sent."""
        return Counter(one["reference"] for one in self.taken)

    def becomes(self, status: str, *, reference: str | None = None) -> None:
        """What the phone networks report of this message, or of all."""
        for one in self.taken:
            if reference in (None, one["reference"]):
                one["status"] = status

    def found(self, question: dict[str, list[str]]) -> list[dict]:
        """The messages asked for, newest first, a page of them."""
        wanted = question.get("status", [])
        statuses = FAILURES if wanted == ["failed"] else wanted
        reference = question.get("reference", [None])[0]
        older_than = question.get("older_than", [None])[0]
        kind = question.get("template_type", [None])[0]
        newest = [one for one in reversed(self.taken) if kind in (None, one["type"])]
        ids = [one["id"] for one in newest]
        start = ids.index(older_than) + 1 if older_than else 0
        return [
            one
            for one in newest[start:]
            if (not statuses or one["status"] in statuses) and reference in (None, one["reference"])
        ][:PAGE]

    def take(self, wish: dict, kind: str) -> dict:
        """The message is theirs now."""
        one = {
            "id": str(uuid.uuid4()),
            "reference": wish["reference"],
            "phone_number": wish.get("phone_number"),
            "email_address": wish.get("email_address"),
            "template": TEMPLATES[wish["template_id"]][1],
            **wish["personalisation"],
            "type": kind,
            "status": "accepted" if kind == "letter" else "sending",
            "created_at": self.at.isoformat().replace("+00:00", "Z"),
        }
        self.taken.append(one)
        return one


def _refusal(headers: dict[str, str], wish: dict | None, path: str = "") -> tuple[int, str] | None:
    """The code and the words of what the real one would not accept."""
    token = headers.get("Authorization", "").removeprefix("Bearer ")
    try:
        claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
    except jwt.InvalidTokenError:
        return 403, "Invalid token: signature, api token not found"
    if claims["iss"] != SERVICE:
        return 403, "Invalid token: service not found"
    if wish is None:
        return None
    if path not in SAYS:
        return 404, "Not found"
    kind = TEMPLATES.get(wish.get("template_id", ""), ("", "", set()))[0]
    if not kind or not path.endswith(kind):
        return 400, "Template not found"
    if set(wish.get("personalisation", {})) != SAYS[path]:
        return 400, "Missing personalisation: body"
    return None


class _Desk(BaseHTTPRequestHandler):
    """One connection."""

    notify: FakeNotify

    def do_GET(self) -> None:
        self.notify.asked["look"] += 1
        address = urlsplit(self.path)
        refusal = (500, "Internal server error") if self.notify.is_deaf else None
        refusal = refusal or _refusal(dict(self.headers), None)
        template = TEMPLATES.get(address.path.removeprefix("/v2/template/"))
        if template and not refusal:
            kind, name, asks = template
            found = {"type": kind, "name": name, "personalisation": {one: {} for one in asks}}
            return self._answer(200, found)
        if refusal or address.path != "/v2/notifications":
            return self._refuse(*(refusal or (404, "Not found")))
        with self.notify.lock:
            found = self.notify.found(parse_qs(address.query))
        return self._answer(200, {"notifications": found, "links": {}})

    def do_POST(self) -> None:
        wish = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.notify.asked["send"] += 1
        refusal = _refusal(dict(self.headers), wish, self.path)
        if refusal:
            return self._refuse(*refusal)
        with self.notify.lock:
            play = self.notify.plays.pop(0) if self.notify.plays else "created"
            kind = self.path.rpartition("/")[2]
            kept = [self.notify.take(wish, kind) for _ in range(TAKES.get(play, 0))]
        if play.endswith("hang"):
            self.notify.released.wait(30)
        status = ANSWERS[play]
        if status is None:
            self.close_connection = True
            return None
        if status != 201:
            return self._refuse(status, play)
        return self._answer(201, kept[0])

    def _refuse(self, status: int, words: str) -> None:
        error = {"error": "Exception", "message": words}
        self._answer(status, {"status_code": status, "errors": [error]})

    def _answer(self, status: int, body: dict) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Nothing: what was asked is counted."""


@contextmanager
def notify_server(at: datetime) -> Iterator[FakeNotify]:
    """The server runs on a free port of this machine until the block ends; its clock says `at`."""
    notify = FakeNotify(at=at)
    desk = type("Desk", (_Desk,), {"notify": notify, "protocol_version": "HTTP/1.1"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), desk)
    server.daemon_threads = True
    notify.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield notify
    finally:
        notify.released.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
