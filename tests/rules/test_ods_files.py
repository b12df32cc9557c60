"""The public files of organisations: what is read, what is left out, what stops the import."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.rules.list_files import list_sizes_in
from networks.rules.ods_files import (
    EPRACCUR_COLUMNS,
    MEMBER_COLUMNS,
    MemberFacts,
    members_in,
    networks_in,
    one_network_at_a_time,
    practices_in,
)
from practices.rules.practice_facts import ListSize
from practices.rules.refusals import BadInput
from practices.rules.tables import Problem


def epraccur(code, *, setting="4", grouping="Y54", opened="19740401", status="A"):
    """One line of epraccur."""
    cells = [code, "ELM SURGERY", grouping, "QHM", "1 HIGH STREET", "", "ELMTON", "", ""]
    cells += ["EL1 1AA", opened, "", status, "B", "16C", "", "", "01632 960001", "", "", "", "0"]
    cells += ["", "16C", "", setting, ""]
    assert len(cells) == EPRACCUR_COLUMNS
    return ",".join(f'"{cell}"' for cell in cells)


def file(*lines):
    return "\n".join(lines).encode()


def partners(*rows):
    return file(",".join(MEMBER_COLUMNS), *(",".join(row) for row in rows))


def refusal_of(read, data):
    with pytest.raises(BadInput) as refusal:
        read(data)
    return str(refusal.value)


def test_practice_is_read_with_address_and_dates():
    facts, problems = practices_in(file(epraccur("A81001")))

    assert problems == []
    assert (facts[0].code, facts[0].address, facts[0].postcode, facts[0].opened_on) == (
        "A81001",
        "1 HIGH STREET, ELMTON",
        "EL1 1AA",
        date(1974, 4, 1),
    )


def test_rows_that_are_not_english_practices_are_left_out_with_a_reason():
    data = file(epraccur("A1A"), epraccur("B1B", setting="9"), epraccur("W1W", grouping="W00"))

    facts, problems = practices_in(data)

    assert [fact.code for fact in facts] == ["A1A"]
    assert problems == [
        Problem(2, "B1B", "Not a GP practice (prescribing setting 9)"),
        Problem(3, "W1W", "In Wales"),
    ]


def test_i70_same_code_twice_names_both_rows():
    _, problems = practices_in(file(epraccur("A81001"), epraccur("A81001")))

    assert problems == [Problem(2, "A81001", "The code is already in row 1: left out")]


def test_unreadable_cells_stop_the_import_and_name_their_rows():
    data = file(epraccur("A1A"), epraccur("B1B", opened="19740431"), epraccur("c-c"))

    assert refusal_of(practices_in, data) == (
        'Row 2: open date "19740431" is not a date like 20221231; '
        'Row 3: code "c-c" is not an organisation code'
    )


def test_another_file_in_the_place_of_epraccur_is_refused():
    assert refusal_of(practices_in, file("PCN Code,PCN Name", "U1,ELM PCN")) == (
        "Row 1: 2 columns, but epraccur has 27 and no header"
    )


def test_network_file_without_a_column_names_it():
    assert refusal_of(networks_in, file("PCN Code,PCN Name", "U1,ELM PCN")) == (
        'The column "Current Sub ICB Loc Code" is missing'
    )


def test_last_day_of_a_membership_is_its_last_day():
    data = partners(("A81001", "U11111", "20191001", "20220331"))

    facts, _ = members_in(data, practices={"A81001"}, networks={"U11111"})

    assert facts == [
        MemberFacts(2, "A81001", "U11111", date(2019, 10, 1), date(2022, 4, 1)),
    ]


def test_unmatched_memberships_are_problems():
    data = partners(
        ("A81001", "U11111", "20191001", ""),
        ("B81001", "U11111", "20191001", ""),
        ("C81001", "U22222", "20191001", ""),
        ("C81001", "U11111", "20220401", "20220330"),
    )

    facts, problems = members_in(data, practices={"A81001", "C81001"}, networks={"U11111"})

    assert [fact.practice for fact in facts] == ["A81001"]
    assert problems == [
        Problem(3, "B81001", "The practice is not among the imported practices"),
        Problem(4, "C81001", "The network U22222 is not among the imported networks"),
        Problem(5, "C81001", "Ends before it starts"),
    ]


def test_overlapping_memberships_are_mended_and_reported():
    data = partners(
        ("A81001", "U11111", "20191001", "20220701"),
        ("A81001", "U22222", "20220701", ""),
        ("A81001", "U33333", "20220701", ""),
    )

    facts, problems = members_in(
        data, practices={"A81001"}, networks={"U11111", "U22222", "U33333"}
    )

    assert [(fact.network, fact.until_on) for fact in facts] == [
        ("U11111", date(2022, 7, 1)),
        ("U22222", None),
    ]
    assert problems == [
        Problem(3, "A81001", "Overlaps row 2 (U11111), which was ended on 2022-07-01"),
        Problem(4, "A81001", "Overlaps row 3 (U22222), which starts the same day: left out"),
    ]


days = st.dates(date(2020, 1, 1), date(2020, 2, 28))


@st.composite
def memberships(draw):
    starts, ends = draw(days), draw(st.none() | days)
    return MemberFacts(
        row=draw(st.integers(2, 10_000)),
        practice=draw(st.sampled_from("AB")),
        network=draw(st.sampled_from("UVW")),
        from_on=starts,
        until_on=ends if ends and ends > starts else None,
    )


@given(st.lists(memberships(), max_size=8))
def test_no_practice_is_ever_in_two_networks(facts):
    kept, _ = one_network_at_a_time(facts)

    for practice in "AB":
        theirs = sorted((f.from_on, f.until_on or date.max) for f in kept if f.practice == practice)
        assert all(first[1] <= second[0] for first, second in pairwise(theirs))


LISTS = "EXTRACT_DATE,CODE,SEX,AGE,NUMBER_OF_PATIENTS"


def test_list_sizes_are_of_whole_lists_only():
    data = file(LISTS, "2025-10-01,A81001,ALL,ALL,3827", "2025-10-01,A81001,MALE,0,17")

    assert list_sizes_in(data) == ([ListSize(2, "A81001", 3827, date(2025, 10, 1))], [])


@pytest.mark.parametrize("count", ["-5", "", "1e400", "١٢", "99999999999", "3,8"])
def test_list_that_is_not_a_number_of_people_is_refused(count):
    data = file(LISTS, f'2025-10-01,A81001,ALL,ALL,"{count}"')

    assert refusal_of(list_sizes_in, data) == (
        f'Row 2: NUMBER_OF_PATIENTS "{count}" is not a number of people'
    )


def test_list_extract_day_may_have_the_month_in_letters():
    sizes, _ = list_sizes_in(file(LISTS, "01OCT2025,A81001,ALL,ALL,3827"))

    assert sizes[0].on == date(2025, 10, 1)
