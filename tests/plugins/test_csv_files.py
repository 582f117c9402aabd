"""CSV files: every value comes back from its cell, no cell is a formula, what spoils a file is named by its line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.clients.drafts import ClientDraft
from contracts.clients.v1 import csv_files as clients
from contracts.tasks.drafts import TaskDraft
from contracts.tasks.v1 import csv_files as tasks
from contracts.workshop.csv_cells import Kind, cell_of, kinds_of, value_of
from contracts.workshop.csv_rows import CsvFault, Row, Writer, read

#: Letters that mean something somewhere, and any others.
LETTERS = st.sampled_from("'=+-@\t\r\n;\\\",a é☕") | st.characters(
    exclude_categories=("Cs",), exclude_characters="\x00"
)
TEXTS = st.text(LETTERS, max_size=12).filter(str.strip)
VALUES = {
    Kind.TEXT: TEXTS,
    Kind.NUMBER: st.integers(-(10**18) + 1, 10**18 - 1),
    Kind.FLAG: st.booleans(),
    Kind.LIST: st.lists(TEXTS, min_size=1, max_size=4),
}
KINDS = {kind.value: kind for kind in Kind}
ITEMS = st.fixed_dictionaries({name: st.none() | VALUES[kind] for name, kind in KINDS.items()})


@given(st.lists(ITEMS, max_size=5))
def test_a_file_says_what_was_written(items: list[dict[str, Any]]) -> None:
    """Whatever the texts hold; what is empty is left out, and so is a row without anything."""
    writer = Writer(list(KINDS))
    writer.add(items)
    given_values = [{name: value for name, value in item.items() if value is not None} for item in items]
    assert [row.data for row in read(writer.text, KINDS)] == [values for values in given_values if values]
    assert all(row.fault is None for row in read(writer.text, KINDS))


@given(TEXTS)
def test_no_cell_is_a_formula(text: str) -> None:
    cell = cell_of(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert value_of(Kind.TEXT, cell) == text


def test_cells_are_read_as_people_write_them() -> None:
    cases: list[tuple[Kind, str, Any]] = [
        (Kind.TEXT, "", None),
        (Kind.TEXT, " ", None),
        (Kind.TEXT, "'", "'"),
        (Kind.TEXT, "'tis", "'tis"),
        (Kind.TEXT, "'=1+1", "=1+1"),
        (Kind.TEXT, "''=1+1", "'=1+1"),
        (Kind.TEXT, "=1+1", "=1+1"),
        (Kind.TEXT, "'+33 1 23", "+33 1 23"),
        (Kind.NUMBER, " 90 ", 90),
        (Kind.NUMBER, "'-5", -5),
        (Kind.NUMBER, "9.5", "9.5"),
        (Kind.NUMBER, "9" * 19, "9" * 19),
        (Kind.FLAG, "TRUE", True),
        (Kind.FLAG, "false", False),
        (Kind.FLAG, "yes", "yes"),
        (Kind.LIST, "hood;roof", ["hood", "roof"]),
        (Kind.LIST, "hood;", ["hood", ""]),
        (Kind.LIST, r"a\;b;c\\;\d", ["a;b", "c\\", r"\d"]),
        (Kind.LIST, r"\\\;;\\", ["\\;", "\\"]),
    ]
    for kind, cell, expected in cases:
        value = value_of(kind, cell)
        assert (value, type(value)) == (expected, type(expected)), (kind, cell)


def test_rows_are_found_on_their_lines() -> None:
    """With any line ends, a byte order mark, blanks around the names, lines inside cells, and lines with nothing."""
    kinds = {"a": Kind.TEXT, "b": Kind.TEXT}
    text = '\ufeff a ,"b"\r\n1,2\r\n\r\n , \n"x\r\ny",\n1,2,3\n4'
    assert read(text, kinds) == [
        Row(2, {"a": "1", "b": "2"}),
        Row(5, {"a": "x\r\ny"}),
        Row(7, {}, "the row has 3 cells, the header 2"),
        Row(8, {}, "the row has 1 cells, the header 2"),
    ]
    assert read("a", kinds) == []


def test_what_spoils_a_file_is_named_by_its_line() -> None:
    kinds = {"a": Kind.TEXT, "b": Kind.TEXT}
    cases = {
        "": "line 1: there is no header with the names of the columns",
        "\n \n": "line 1: there is no header with the names of the columns",
        "\na,c": "line 2: there is no column 'c'; there are a, b",
        "a,": "line 1: there is no column ''; there are a, b",
        "A": "line 1: there is no column 'A'; there are a, b",
        "a,b,a": "line 1: the column a is there twice",
        '"a': "line 1: the quoting is broken (unexpected end of data)",
        'a\n1\n"2"3': "line 3: the quoting is broken (',' expected after '\"')",
        'a\n1\n"2\n3\n': "line 3: the quoting is broken (unexpected end of data)",
    }
    for text, why in cases.items():
        with pytest.raises(CsvFault) as fault:
            read(text, kinds)
        assert str(fault.value) == why, text


def test_a_cell_may_be_as_long_as_its_file() -> None:
    (row,) = read("a\n" + "x" * 500_000, {"a": Kind.TEXT})
    assert len(row.data["a"]) == 500_000


def test_files_have_a_column_for_everything_that_can_be_said_of_a_new_one() -> None:
    """But for other names of the same, and for what is taken and ignored."""
    assert set(clients.COLUMNS) == kinds_of(ClientDraft).keys()
    assert set(tasks.COLUMNS) == kinds_of(TaskDraft).keys() - {"note", "created_by", "creator_id"}
    special = {name: kind for name, kind in kinds_of(TaskDraft).items() if kind is not Kind.TEXT}
    assert special == {
        "ppf_zones": Kind.LIST,
        "custom_ppf_zones": Kind.LIST,
        "tags": Kind.LIST,
        "checklist_completed": Kind.FLAG,
        "estimated_duration": Kind.NUMBER,
        "actual_duration": Kind.NUMBER,
    }
