"""A CSV file: a line of column names, then a row for each object.

Files are read as spreadsheets write them, with or without a byte order mark, with any line ends; written as RFC 4180
has them. Broken quoting and strange columns spoil the file; a row with too many or too few cells spoils itself alone.

Not here: what a cell stands for (csv_cells.py).
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from contracts.workshop.csv_cells import Kind, cell_of, value_of

_NO_LINE: tuple[int, list[str]] = (1, [])


class CsvFault(ValueError):
    """The file cannot be read from this line on."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")


class Row(NamedTuple):
    """One row of a file."""

    #: Where it begins; the header is line 1.
    line: int
    #: What it says, by column; without the cells that are empty.
    data: dict[str, Any]
    #: Why it says nothing; None: it does.
    fault: str | None = None


def read(text: str, kinds: Mapping[str, Kind]) -> list[Row]:
    """The rows of a file, without those that are blank.

    Args:
        text: of the file.
        kinds: what the cells of each column stand for that the file may have.

    Raises:
        CsvFault: the quoting is broken, there is no header, or it names a column that does not exist or twice.
    """
    lines = _lines(text.removeprefix("\ufeff"))
    line, header = next(lines, _NO_LINE)
    columns = [name.strip() for name in header]
    _check_header(line, columns, kinds)
    return [_row(line, cells, columns, kinds) for line, cells in lines]


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row, and the line it begins on; blank rows are left out.

    Raises:
        CsvFault: the quoting is broken.
    """
    if csv.field_size_limit() < len(text):  # one for all of Python; a cell may be as long as its file
        csv.field_size_limit(len(text))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise CsvFault(line, f"the quoting is broken ({error})") from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _check_header(line: int, columns: Sequence[str], kinds: Mapping[str, Kind]) -> None:
    if not columns:
        raise CsvFault(line, "there is no header with the names of the columns")
    for place, name in enumerate(columns):
        if name not in kinds:
            raise CsvFault(line, f"there is no column {name[:100]!r}; there are {', '.join(kinds)}")
        if name in columns[:place]:
            raise CsvFault(line, f"the column {name} is there twice")


def _row(line: int, cells: Sequence[str], columns: Sequence[str], kinds: Mapping[str, Kind]) -> Row:
    if len(cells) != len(columns):
        return Row(line, {}, f"the row has {len(cells)} cells, the header {len(columns)}")
    values = {name: value_of(kinds[name], cell) for name, cell in zip(columns, cells, strict=True)}
    return Row(line, {name: value for name, value in values.items() if value is not None})


class Writer:
    """Writes a file row by row.

    Args:
        columns: their names, which are those of the members of what is written.
    """

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = columns
        self._text = io.StringIO(newline="")
        self._csv = csv.writer(self._text)
        self._csv.writerow(columns)

    def add(self, items: Iterable[Mapping[str, Any]]) -> None:
        """A row for each of these."""
        self._csv.writerows([cell_of(item[name]) for name in self._columns] for item in items)

    @property
    def text(self) -> str:
        """The file as it is by now."""
        return self._text.getvalue()
