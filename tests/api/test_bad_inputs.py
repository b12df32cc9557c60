"""What programs send wrong: the very words of safety.md section 5, by their ids."""

import json

import pytest

from tests.api.conftest import PREFIX, problem
from tests.api.test_cases import asking
from tests.api.test_me_and_patients import NEW
from tests.api.test_rota_and_meter import wish

MOBILE = "Enter a UK mobile number, like 07700 900 982"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        pytest.param(
            "nhs_number",
            "943 476 5910",
            "943 476 5910 is not a valid NHS number. Check each digit",
            id="I01",
        ),
        pytest.param(
            "nhs_number",
            "943476591",
            "NHS number must be 10 digits. You entered 9",
            id="I02",
        ),
        pytest.param("nhs_number", "943476591O", "NHS number must only include numbers", id="I03"),
        pytest.param(
            "nhs_number",
            "QQ 12 34 56 C",
            "This is a National Insurance number. Enter an NHS number",
            id="I04",
        ),
        pytest.param("born_on", "2026-12-01", "Date of birth must be in the past", id="I11"),
        pytest.param("born_on", "1905-01-01", "Year must be 1906 or later", id="I12"),
        pytest.param("born_on", "2027-02-29", "Date must be a real date", id="I13"),
        pytest.param("family_name", "x" * 51, "Last name must be 50 characters or fewer", id="I22"),
        pytest.param("phone", "07700 90012", MOBILE, id="I28"),
        pytest.param("postcode", "SW1A 1A", "Enter a full UK postcode, like SW1A 1AA", id="I31"),
    ],
)
def test_a_patient_who_is_typed_wrong(as_, field, typed, sentence):
    told = problem(as_("receptionist").post("patients", NEW | {field: typed}))

    (error,) = told["errors"]
    assert (error["field"], error["message"]) == (field, sentence)


@pytest.mark.parametrize(
    ("typed", "kept"), [("SW1A1AA", "SW1A 1AA"), ("sw1a 1aa", "SW1A 1AA"), ("zz993vz", "ZZ99 3VZ")]
)
def test_i31_a_postcode_is_kept_as_it_is_written(as_, typed, kept):
    assert (
        as_("receptionist").post("patients", NEW | {"postcode": typed}).json()["postcode"] == kept
    )


def test_i08_a_test_number_is_for_training_only(as_, settings):
    settings.TRAINING = False

    told = problem(as_("receptionist").post("patients", NEW))

    assert told["errors"][0]["message"].startswith("This is a test number, not")


NAMES = ("O'Neil", "D’Angelo", "Zoë", "Nguyễn", "E", "x" * 50, "Ann 😀", "<script>", "${jndi:x}")


@pytest.mark.parametrize("name", NAMES)
def test_i17_i18_i23_a_name_is_told_as_it_came(as_, name):
    made = as_("receptionist").post("patients", NEW | {"family_name": name}).json()

    assert as_("receptionist").get(f"patients/{made['id']}").json()["family_name"] == name


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b'{"family_name":"\\u0000"}', id="I21"),
        pytest.param(b'{"family_name":"\\ud800"}', id="I25"),
        pytest.param(b'{"family_name":', id="I76 cut"),
        pytest.param(b'{"family_name":"\xff"}', id="I76 bytes"),
        pytest.param(b'{"family_name":NaN}', id="I76 no number"),
        pytest.param(b'{"family_name":1e400}', id="I76 too large"),
        pytest.param(b'{"family_name":' + b"9" * 5000 + b"}", id="I76 5,000 digits"),
        pytest.param('{"family_name":"Zoë"}'.encode("latin-1"), id="I81"),
    ],
)
def test_a_body_that_is_no_text(as_, body):
    told = problem(as_("receptionist").post("patients", body))

    assert (told["status"], told["code"]) == (400, "malformed")
    assert told["detail"]


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        pytest.param(
            {"ends_at": "2026-12-01T08:00:00Z"},
            "ends_at",
            "End time must be after start time",
            id="I40 before",
        ),
        pytest.param(
            {"ends_at": "2026-12-01T09:00:00Z"},
            "ends_at",
            "End time must be after start time",
            id="I40 nothing",
        ),
        pytest.param(
            {"ends_at": "2026-12-02T10:00:00Z"},
            "ends_at",
            "End time must be after start time",
            id="I40 25 hours",
        ),
        pytest.param(
            {"starts_at": "2027-03-28T01:30:00"},
            "starts_at",
            "Clocks go forward. 1:30am does not exist on that day",
            id="I42",
        ),
        pytest.param(
            {"starts_at": "2027-10-31T01:30:00"},
            "starts_at",
            "Clocks go back. 1:30am happens twice on that day. "
            "Give its offset: +01:00 before the clocks go back, +00:00 after",
            id="I43",
        ),
    ],
)
def test_a_session_that_cannot_be(as_, world, change, field, sentence):
    told = problem(as_("practice_manager").post("sessions", wish(world, **change)))

    assert [(one["field"], one["message"]) for one in told["errors"]] == [(field, sentence)]


def test_i32_i50_who_is_too_late_and_who_cancels_twice(as_, world):
    desk, slot = as_("receptionist"), world.slots("gp_oak")[0]
    first, second = (
        desk.post("cases", asking(world, who)).json()["reference"] for who in ("zoe", "tam")
    )
    booking = desk.post(f"cases/{first}/book", {"slot": slot.pk}).json()["id"]

    late = problem(desk.post(f"cases/{second}/hold", {"slot": slot.pk}))
    desk.post(f"bookings/{booking}/cancel", {"reason": "Feels better"})
    again = problem(desk.post(f"bookings/{booking}/cancel", {"reason": "Feels better"}))

    assert (late["status"], late["detail"]) == (409, "Taken at 9:30am.")
    assert len(late["alternatives"]) == 3
    assert (again["status"], again["detail"]) == (409, "This booking is already cancelled.")


def test_i57_a_class_that_changes_without_a_reason(as_, world):
    desk = as_("receptionist")
    reference = desk.post("cases", asking(world)).json()["reference"]

    told = problem(desk.post(f"cases/{reference}/class", {"class": "P2", "reason": " . "}))

    assert told["errors"][0]["message"] == "Enter why the priority changed"


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        pytest.param({"content_type": "text/plain"}, 415, id="I80 type"),
        pytest.param({"accept": "text/html"}, 406, id="I80 accept"),
        pytest.param({"method": "DELETE"}, 405, id="I80 method"),
    ],
)
def test_i80_what_is_not_spoken_here(as_, changed, status):
    changed = dict(changed)
    answer = as_("receptionist").send(changed.pop("method", "POST"), "cases", {}, **changed)

    assert problem(answer)["status"] == status


def test_i79_a_body_of_three_megabytes_and_a_form_of_1500_fields(as_, client):
    large = as_("receptionist").post("cases", b'{"words":"' + b"x" * 3_000_000 + b'"}')
    form = client.post("/practices/sign-in/", {f"field{number}": "x" for number in range(1500)})

    assert problem(large)["status"] == 413
    assert form.status_code == 400, form.content
    assert "Sorry, we could not read that" in form.content.decode()


def test_i89_a_page_size_is_clamped_and_a_broken_cursor_refused(as_):
    desk = as_("receptionist")

    assert desk.get("slots", page_size=10**6).status_code == 200
    assert desk.get("slots", page_size=-1).status_code == 200
    assert problem(desk.get("slots", cursor="broken"))["status"] == 400


def test_i90_a_filter_nobody_knows_is_named(as_):
    told = problem(as_("receptionist").get("cases", state__in="waiting"))

    (error,) = told["errors"]
    assert (told["status"], error["field"], error["code"]) == (400, "state__in", "unknown_filter")


def test_i92_a_version_that_moved_on(as_, world):
    desk = as_("receptionist")
    reference = desk.post("cases", asking(world)).json()["reference"]
    wished = {"class": "P2", "reason": "Worse"}

    told = problem(desk.post(f"cases/{reference}/class", wished, **{"if-match": '"99"'}))

    assert (told["status"], told["code"]) == (412, "stale")


@pytest.mark.parametrize("header", ["host", "x-forwarded-host"])
def test_i93_a_forged_host_gets_no_answer_of_ours(as_, client, header):
    caller = as_("receptionist")
    forged = {header: "evil.example"}

    answer = caller.client.get(f"{PREFIX}/me", headers=caller.headers() | forged)

    if header == "host":
        assert problem(answer)["status"] == 400
    else:
        assert answer.status_code == 200
    assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize("said", ["yes", "on", 1, "TRUE"])
def test_i94_only_true_and_false_are_truth(as_, world, said):
    body = json.loads(json.dumps(asking(world) | {"red_flags_asked": said}))

    told = problem(as_("receptionist").post("cases", body))

    assert [error["field"] for error in told["errors"]] == ["red_flags_asked"]
