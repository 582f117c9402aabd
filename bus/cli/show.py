"""How the command line shows things: one JSON line for programs, something readable for people.

Text from outside never steers the terminal: control characters are shown, not obeyed.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from bus.envelope import Envelope
from bus.wire import encode

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

#: Control characters but line feed and tab, among them those a JSON text may hold as they are.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def is_for_people() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def print_json(value: Any) -> None:
    """The value as one JSON line."""
    click.echo(encode(value))


def print_envelope(envelope: Envelope, output: str | None = None) -> None:
    """An envelope, as ``json`` or ``pretty``; None: readable on a terminal, JSON elsewhere."""
    if output == "json" or (output is None and not is_for_people()):
        print_json(envelope.to_dict())
    else:
        _print_pretty(envelope)


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows under their heads: folded to the width of a terminal, one line a row elsewhere."""
    cleaned = [[printable(cell) for cell in row] for row in rows]
    if is_for_people():
        _print_rich_table(head, cleaned)
        return
    widths = [max(len(row[column]) for row in [head, *cleaned]) for column in range(len(head))]
    for row in [list(head), *cleaned]:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def printable(text: str) -> str:
    """The text with what a terminal would obey made visible."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def _print_rich_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(*head, box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*[Text(cell) for cell in row])
    console().print(table)


def _print_pretty(envelope: Envelope) -> None:
    out = console()
    out.print(_title(envelope), soft_wrap=True)
    if envelope.error is not None:
        out.print(f"  {printable(envelope.error['message'])}", markup=False, highlight=False, soft_wrap=True)
        _print_value(out, envelope.error["details"])
    for warning in envelope.warnings:
        out.print(f"! {printable(warning)}", style="yellow", markup=False, highlight=False, soft_wrap=True)
    _print_value(out, envelope.data)
    _print_value(out, envelope.job)


def _title(envelope: Envelope) -> Text:
    """Whether it worked, what it was, and how to find it in the log."""
    from rich.text import Text

    name = f"{envelope.command or '?'}{'' if envelope.version is None else f'@{envelope.version}'}"
    outcome = f"job {envelope.job['state']}" if envelope.ok and envelope.job else "" if envelope.ok else envelope.code
    return Text.assemble(
        ("ok     ", "bold green") if envelope.ok else ("failed ", "bold red"),
        (printable(name), "bold"),
        f"  {outcome}" if outcome else "",
        (f"  {printable(envelope.correlation_id)}", "dim"),
    )


def _print_value(console: Console, value: Any) -> None:
    """A JSON value, indented; nothing for null and for an empty object."""
    if value:
        text = json.dumps(value, indent=2, ensure_ascii=False)
        lines = printable(text).replace("\n", "\n  ")
        console.print(f"  {lines}", markup=False, highlight=True, soft_wrap=True)


def console() -> Console:
    """Standard output, as rich writes to it."""
    from rich.console import Console

    return Console(file=sys.stdout, emoji=False)
