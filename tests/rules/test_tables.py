"""Files of people and programs: read when they are CSV, refused in a sentence when not."""

import gzip
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.rules.refusals import BadInput
from practices.rules.tables import Row, by_column, plain_cell, read_table


def refused(data):
    with pytest.raises(BadInput) as refusal:
        read_table(data)
    return str(refusal.value)


def test_i61_table_with_byte_order_mark_is_read_well():
    assert read_table(b"\xef\xbb\xbfcode,name\r\nA1,Elm\r\n") == [
        Row(1, ("code", "name")),
        Row(2, ("A1", "Elm")),
    ]


@pytest.mark.parametrize("mark", [";", "\t", ","])
def test_i63_table_is_read_whatever_separates_it(mark):
    assert read_table(f"code{mark}name\nA1{mark}Elm".encode())[1] == Row(2, ("A1", "Elm"))


def test_table_in_gzip_is_read_well():
    assert read_table(gzip.compress(b"code,name\nA1,Elm\n"))[1] == Row(2, ("A1", "Elm"))


def test_cut_gzip_is_refused():
    whole = gzip.compress(b"code,name\n" + b"A1,Elm\n" * 1000)

    assert refused(whole[:-20]) == "The gzip file is cut short or damaged. Download it again"


def test_i69_row_numbers_count_lines_inside_quotes():
    assert read_table(b'code,name\nA1,"Elm\nTree"\nB2,Oak\n')[2] == Row(4, ("B2", "Oak"))


def test_i69_open_quote_names_the_row_it_starts_on():
    assert refused(b'code,name\nA1,Elm\nB2,"Oak\nC3,Ash\n') == "Row 3: quote not closed"
    assert refused(b'code,name\nA1,"Elm"s\n') == "Row 2: a quote stands inside a cell"


def test_i64_a_table_of_more_than_20_000_rows_is_refused():
    rows = b"code,name\n" + b"A1,Elm\n" * 20_000

    assert len(read_table(rows)) == 20_001
    assert refused(rows + b"A1,Elm\n") == "Limit is 20,000 rows. Split the file"


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-1", "@sum", "=cmd|' /C calc'!A0"])
def test_i67_a_formula_is_text_in_and_text_out(cell):
    (row,) = by_column(read_table(f"code,name\n{cell},Elm".encode()), ("code", "name"))

    assert row.cells[0] == cell
    assert plain_cell(cell) == f"'{cell}"
    assert plain_cell("\tElm") == "'\tElm"
    assert plain_cell("Elm =") == "Elm ="


@pytest.mark.parametrize("data", [b"PK\x03\x04rest", b"%PDF-1.7", b"a,b\0c", b"\xd0\xcf\x11\xe0"])
def test_i66_other_kinds_of_file_are_refused(data):
    assert refused(data) == "This is not a CSV file. Choose a CSV file, or save the sheet as CSV"


@pytest.mark.parametrize("data", [b"", b"\n\n", b",,\n , \n", b"\xef\xbb\xbf"])
def test_i74_empty_file_is_refused(data):
    assert refused(data) == "The file is empty. Choose a file with at least one record"


def test_windows_letters_are_read():
    assert read_table("code,name\nA1,Café".encode("cp1252"))[1].cells == ("A1", "Café")


def test_i68_columns_come_in_the_order_asked_for():
    rows = read_table(b"extra, NAME ,Code\nx,Elm,A1\n")

    assert by_column(rows, ("code", "name")) == [Row(2, ("A1", "Elm"))]


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        (b"code,label\nA1,Elm", 'The column "name" is missing'),
        (b"code,name,Name\nA1,Elm,Oak", 'The column "name" is there 2 times'),
        (b"code,name", "The file has a header only. Choose a file with at least one record"),
        (b"code,name\nA1,Elm\nB2", "Row 3: 1 columns, but the header has 2"),
    ],
)
def test_i68_i74_wrong_columns_are_named(header, sentence):
    with pytest.raises(BadInput) as refusal:
        by_column(read_table(header), ("code", "name"))

    assert str(refusal.value) == sentence


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_a_sentence(data):
    with suppress(BadInput):
        assert read_table(data)


def test_i65_i66_a_bomb_named_csv_is_refused_unopened():
    """200 MB of noughts in a file of 200 KB: refused once 100 MB are out, whatever follows."""
    bomb = gzip.compress(b"0" * (200 * 1024 * 1024), compresslevel=1)

    assert refused(bomb) == "The file is larger than 100 MB"
