"""The public files, from the command to the rows."""

import csv
import gzip
import os
import time
import tracemalloc
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from networks.models import Network, NetworkMember
from practices.models import Organisation, Practice, Site
from tests.rules.test_ods_files import epraccur, file, partners

DETAILS = "PCN Code,PCN Name,Current Sub ICB Loc Code,Open Date,Close Date"
LISTS = "EXTRACT_DATE,CODE,SEX,AGE,NUMBER_OF_PATIENTS"


@pytest.fixture
def files(tmp_path):
    """Two practices in one network, one of them in gzip, and a member nobody knows."""
    (tmp_path / "epraccur.csv.gz").write_bytes(
        gzip.compress(file(epraccur("A81001"), epraccur("A81002"), epraccur("A89999", setting="8")))
    )
    (tmp_path / "details.csv").write_bytes(file(DETAILS, "U11111,ELM PCN,16C,20191001,"))
    (tmp_path / "partners.csv").write_bytes(
        partners(
            ("A81001", "U11111", "20191001", ""),
            ("A81002", "U11111", "20191001", "20220331"),
            ("B81001", "U11111", "20191001", ""),
        )
    )
    (tmp_path / "lists.csv").write_bytes(
        file(LISTS, "2025-10-01,A81001,ALL,ALL,3827", "2025-10-01,Y00001,ALL,ALL,9")
    )
    return tmp_path


def import_ods(folder, partners="partners.csv", **options):
    out = StringIO()
    call_command(
        "import_ods",
        practices=folder / "epraccur.csv.gz",
        pcn_details=folder / "details.csv",
        pcn_partners=folder / partners,
        stdout=out,
        **options,
    )
    return out.getvalue().splitlines()


def everything():
    """What the import wrote, by value."""
    return (
        list(Organisation.objects.order_by("code").values_list("kind", "code", "name")),
        list(Practice.objects.order_by("pk").values_list("list_size", "opened_on", "status")),
        list(Site.objects.order_by("pk").values_list("address", "postcode", "is_main")),
        list(NetworkMember.objects.order_by("pk").values_list("pk", "from_on", "until_on")),
    )


def test_import_makes_practices_networks_and_dated_members(db, files):
    said = import_ods(files)

    assert said[4:7] == ["Practices: 2 added", "Networks: 1 added", "Memberships: 2 added"]
    network = Network.objects.get(organisation__code="U11111")
    members = network.members.order_by("practice__organisation__code")
    assert list(members.values_list("practice__organisation__code", "from_on", "until_on")) == [
        ("A81001", date(2019, 10, 1), None),
        ("A81002", date(2019, 10, 1), date(2022, 4, 1)),
    ]
    assert network.is_live is False


def test_i73_second_import_changes_nothing_and_says_so(db, files):
    import_ods(files)
    before = everything()

    said = import_ods(files)

    assert "Everything was already imported: nothing changed." in said
    assert everything() == before


def test_changed_file_changes_the_rows(db, files):
    import_ods(files)
    (files / "partners.csv").write_bytes(
        partners(
            ("A81001", "U11111", "20191001", "20230331"),
            ("A81002", "U11111", "20191001", "20220331"),
        )
    )

    said = import_ods(files)

    assert "Memberships: 1 added, 1 removed, 1 unchanged" in said
    member = NetworkMember.objects.get(practice__organisation__code="A81001")
    assert member.until_on == date(2023, 4, 1)


def test_left_out_rows_are_summed_up_and_all_in_the_report(db, files):
    report = files / "report.csv"

    said = import_ods(files, report=report)

    assert said[-2:] == [
        "partners.csv: 1 rows left out or mended:",
        "  The practice is not among the imported practices: B81001 (row 4)",
    ]
    assert list(csv.reader(report.read_text().splitlines())) == [
        ["file", "row", "code", "why"],
        ["epraccur.csv.gz", "3", "A89999", "Not a GP practice (prescribing setting 8)"],
        ["partners.csv", "4", "B81001", "The practice is not among the imported practices"],
    ]


def test_one_bad_cell_imports_nothing(db, files):
    (files / "details.csv").write_bytes(file(DETAILS, "U11111,ELM PCN,16C,soon,"))

    with pytest.raises(CommandError) as trouble:
        import_ods(files)

    assert str(trouble.value) == (
        'details.csv: Row 2: Open Date "soon" is not a date like 20221231. Nothing was imported.'
    )
    assert Organisation.objects.count() == 0


def test_missing_file_is_named(db, files):
    (files / "details.csv").unlink()

    with pytest.raises(CommandError, match="there is no such file"):
        import_ods(files)


def test_i67_i72_the_name_of_a_file_is_told_as_text_and_names_nothing_of_ours(db, files):
    (files / "partners.csv").rename(files / "=😀&calc.csv")
    report = files / "report.csv"

    import_ods(files, partners="=😀&calc.csv", report=report)

    rows = list(csv.reader(report.read_text().splitlines()))
    assert [row[0] for row in rows] == ["file", "epraccur.csv.gz", "'=😀&calc.csv"]


@pytest.mark.parametrize("name", ["../../nowhere", "x" * 300])
def test_i72_a_name_that_leads_nowhere_is_said_in_words(db, files, name):
    with pytest.raises(CommandError, match="no such file|File name too long"):
        import_ods(files, partners=name)


def test_i65_a_file_of_200_mb_is_refused_at_once_and_never_read(db, files):
    with (files / "partners.csv").open("wb") as large:
        large.truncate(200 * 1024 * 1024)
    started = time.monotonic()
    tracemalloc.start()

    with pytest.raises(CommandError, match="the file is larger than 100 MB"):
        import_ods(files)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.monotonic() - started < 2
    assert peak < 10 * 1024 * 1024
    assert Organisation.objects.count() == 0


def import_lists(path):
    out = StringIO()
    call_command("import_lists", path, stdout=out)
    return out.getvalue().splitlines()


def test_list_sizes_are_set_and_unknown_practices_told(db, files):
    import_ods(files)

    said = import_lists(files / "lists.csv")

    assert said[1:] == [
        "List sizes: 1 changed",
        "lists.csv: 1 rows left out or mended:",
        "  The practice is not among the imported practices: Y00001 (row 3)",
    ]
    practice = Practice.objects.get(organisation__code="A81001")
    assert (practice.list_size, practice.list_size_on) == (3827, date(2025, 10, 1))


def test_older_list_sizes_never_replace_newer_ones(db, files):
    import_ods(files)
    import_lists(files / "lists.csv")
    (files / "old.csv").write_bytes(file(LISTS, "2024-10-01,A81001,ALL,ALL,3000"))

    said = import_lists(files / "old.csv")

    assert "Every list size was already imported: nothing changed." in said
    assert Practice.objects.get(organisation__code="A81001").list_size == 3827


@pytest.mark.data
@pytest.mark.skipif("HEADROOM_DATA" not in os.environ, reason="HEADROOM_DATA is not set")
def test_all_of_england_is_imported_and_again_changes_nothing(db):
    data = Path(os.environ["HEADROOM_DATA"])
    ods = {
        "practices": data / "ods/epraccur_2022-12.csv.gz",
        "pcn_details": data / "ods/epcn_2022-12_details.csv.gz",
        "pcn_partners": data / "ods/epcn_2022-12_partners.csv.gz",
    }
    call_command("import_ods", stdout=StringIO(), **ods)
    call_command(
        "import_lists", data / "lists/gp-reg-pat-prac-all_2025-10-01.csv", stdout=StringIO()
    )
    again = StringIO()

    call_command("import_ods", stdout=again, **ods)

    assert "nothing changed" in again.getvalue()
    assert Network.objects.count() == 1329
    assert NetworkMember.objects.count() == 7452
    assert Practice.objects.filter(list_size__isnull=False).count() == 6184
