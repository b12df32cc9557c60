"""Opening an imported network: it works, and no real name stands beside what was invented."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from appointments.models import Session, Slot
from hubs.models import Agreement, Hub, HubStaff, Opening
from hubs.rules.sharing import entitlements
from networks.models import Network, NetworkHub
from networks.rules.staffing import hub_posts, name_of, places_a_day, practice_posts
from practices.models import Clinician, Membership, Organisation, Practice, Site, User
from practices.rules.professions import Profession
from practices.rules.reach import everywhere_setting
from practices.rules.roles import Role
from tests.actions.test_import_ods import files, import_lists, import_ods

__all__ = ["files"]
PASSWORD = "elm-oak-ash-beech"


@pytest.fixture
def imported(db, files, now):
    """A network of two practices as the public files have it, on the tests' Monday."""
    partners = (files / "partners.csv").read_text().replace("20191001,20220331", "20191001,")
    (files / "partners.csv").write_text(partners)
    import_ods(files)
    import_lists(files / "lists.csv")
    see_everything(now)
    return files


def see_everything(now):
    """The test reads what any membership could see."""
    with connection.cursor() as cursor:
        setting = everywhere_setting(because="test", at=now)
        cursor.execute("SELECT set_config('headroom.reach', %s, true)", [setting])


def open_network(now, code="u11111", **options):
    out = StringIO()
    call_command("open_network", code, password=PASSWORD, stdout=out, **options)
    see_everything(now)
    return out.getvalue().splitlines()


def test_opened_network_has_hub_agreements_staff_and_rota(imported, now):
    open_network(now)

    network = Network.objects.get(organisation__code="U11111")
    hub = NetworkHub.objects.get(network=network).hub
    practices = set(network.members.values_list("practice_id", flat=True))
    assert network.is_live
    assert set(Agreement.objects.values_list("practice_id", "provider_id")) == {
        (practice, hub.pk) for practice in practices
    }
    assert HubStaff.objects.filter(hub=hub).count() == 10
    assert Opening.objects.filter(hub=hub).count() == 6
    homes = set(Session.objects.values_list("practice_id", "hub_id").distinct())
    assert homes == {(None, hub.pk), *((practice, None) for practice in practices)}
    assert Slot.objects.filter(hub=hub, starts_at__gt=now).exists()


def test_shares_follow_list_sizes(imported, now):
    open_network(now)

    sizes = {p.pk: p.list_size or 8000 for p in Practice.objects.all()}
    expected = entitlements(places_a_day(hub_posts()), sizes)
    assert dict(Agreement.objects.values_list("practice_id", "share_places")) == expected


def test_real_names_are_gone_and_codes_stay(imported, now):
    open_network(now)

    named = dict(Organisation.objects.values_list("code", "name"))
    assert named == {
        "A81001": "Practice A",
        "A81002": "Practice B",
        "U11111": "Network U11111",
        "HU11111": "Hub of Network U11111",
    }
    assert set(Practice.objects.values_list("phone", flat=True)) == {""}
    sites = Site.objects.filter(organisation__kind="practice").order_by("organisation__code")
    assert list(sites.values_list("name", "address", "postcode")) == [
        ("Practice A", "", "EL1"),
        ("Practice B", "", "EL1"),
    ]


def test_a_later_import_leaves_invented_names_alone(imported, now):
    open_network(now)

    said = import_ods(imported)

    see_everything(now)
    assert "Everything was already imported: nothing changed." in said
    assert Organisation.objects.get(code="A81001").name == "Practice A"


def test_opening_again_changes_nothing(imported, now):
    open_network(now)
    before = (Session.objects.count(), User.objects.count(), Agreement.objects.count())

    said = open_network(now)

    assert said == ["Network U11111 is already open with 2 practices: nothing changed."]
    assert (Session.objects.count(), User.objects.count(), Agreement.objects.count()) == before


def test_people_of_every_role_can_sign_in(imported, now):
    open_network(now)

    can_sign_in = [user for user in User.objects.order_by("pk") if user.check_password(PASSWORD)]
    roles = Membership.objects.filter(user__in=can_sign_in).values_list("role", flat=True)
    assert set(roles) == {role.value for role in Role} - {"client"}
    assert all(user.has_usable_password() for user in can_sign_in)


def test_missing_lists_are_told(imported, now):
    said = open_network(now)

    assert "1 practices have no published list; a common size was taken." in said


def test_unknown_network_is_refused(imported, now):
    with pytest.raises(CommandError, match="There is no network U99999. Import it first."):
        open_network(now, code="U99999")


def test_network_without_members_is_refused(imported, now):
    network = Network.objects.get(organisation__code="U11111")
    network.members.all().delete()

    with pytest.raises(CommandError, match="No practice belongs to U11111 on 2026-11-30"):
        open_network(now)
    assert not Hub.objects.exists()


def test_live_system_invents_nobody(imported, now, settings):
    settings.TRAINING = False

    with pytest.raises(CommandError, match="Only a training system"):
        open_network(now)
    assert not Clinician.objects.exists()


def test_team_of_the_reference_locality_is_as_measured():
    sessions = [
        len(post.week)
        for size in (14_800, 11_200, 9_100, 7_400, 3_800)
        for post in practice_posts(size)
        if post.profession is Profession.GP
    ]

    # 20.4 full-time GPs of nine half-days (domain section 6).
    assert sum(sessions) / 9 == pytest.approx(20.4, abs=0.2)


@given(st.integers(0, 150_000))
def test_every_practice_has_a_gp_who_never_works_two_sessions_at_once(list_size):
    posts = practice_posts(list_size)

    assert posts[0].profession is Profession.GP
    for post in posts:
        assert len({(shift.weekday, shift.starts) for shift in post.week}) == len(post.week)


@pytest.mark.parametrize(
    ("place", "name"),
    [(0, "Practice A"), (25, "Practice Z"), (26, "Practice AA"), (52, "Practice BA")],
)
def test_practices_are_named_by_letters(place, name):
    assert name_of(place) == name
