"""What goes over the wire when many objects are imported or exported as a CSV file."""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUntypedFunctionDecorator=false

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, validates_schema

from bus.contract import Schema
from bus.fields import Dict, Int64, List, Nested, Text
from contracts.workshop.csv_cells import kinds_of
from contracts.workshop.csv_rows import CsvFault, Row, read
from contracts.workshop.fields import word

#: Either every row becomes an object or none does.
ALL_OR_NOTHING = "all_or_nothing"
#: Rows that are refused are left out.
BEST_EFFORT = "best_effort"

MAX_CHARACTERS = 1_000_000
MAX_ROWS = 20_000
#: Rows that fit into one unit of work: nobody else writes meanwhile on SQLite.
MAX_ROWS_AT_ONCE = 1_000


class CsvRows(Text):
    """The text of a CSV file, loaded as its rows.

    Args:
        draft: what a row says; its members are the columns that a file may have.
    """

    default_error_messages = {  # noqa: RUF012  # marshmallow collects this name along the class tree
        "long": f"must have at most {MAX_CHARACTERS} characters",
        "many": f"must have at most {MAX_ROWS} rows",
        "csv": "{why}",
    }

    def __init__(self, draft: type[Schema], **options: Any) -> None:
        super().__init__(**options)
        self.draft = draft

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if len(text) > MAX_CHARACTERS:
            raise self.make_error("long")
        try:
            rows = read(text, kinds_of(self.draft))
        except CsvFault as fault:
            raise self.make_error("csv", why=str(fault)) from None
        if len(rows) > MAX_ROWS:
            raise self.make_error("many")
        return rows

    def json_schema(self) -> dict[str, Any]:
        """The text of the file."""
        header = ",".join(kinds_of(self.draft)) + "\n"
        return {
            "type": "string",
            "maxLength": MAX_CHARACTERS,
            "contentMediaType": "text/csv",
            "minLength": 1,
            "examples": [header],
        }


class ImportParams(Schema):
    """How to import a file; a command adds its ``content``."""

    keep_rows = word((ALL_OR_NOTHING, BEST_EFFORT), load_default=ALL_OR_NOTHING)  # where others are refused

    @validates_schema
    def check_whole(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse what no single field shows.

        Raises:
            ValidationError: there are more rows than can be taken all at once.
        """
        rows: list[Row] = data.get("content", [])
        if data.get("keep_rows") == ALL_OR_NOTHING and len(rows) > MAX_ROWS_AT_ONCE:
            fault = f"must have at most {MAX_ROWS_AT_ONCE} rows, unless keep_rows is {BEST_EFFORT}"
            raise ValidationError({"content": [fault]})


class RefusedRow(Schema):
    """A row that became nothing, and why."""

    line = Int64(required=True)  # of the file, where the row begins; the header is line 1
    code = Text(required=True)
    message = Text(required=True)
    #: What is wrong with which column.
    fields = Dict(keys=Text(), values=List(Text()), required=True)  # pyright: ignore[reportAssignmentType]  # becomes no attribute


class ImportResult(Schema):
    """What became of the rows of a file."""

    created = Int64(required=True)
    refused = List(Nested(RefusedRow), required=True)  # in their order
    total = Int64(required=True)  # rows of the file


class ExportResult(Schema):
    """A CSV file."""

    content = Text(required=True)  # the file
    count = Int64(required=True)  # rows beside the header
