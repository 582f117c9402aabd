"""What a drill tells: a table and a sentence for people, one JSON object for programs.

Not here: what it tells while it runs (workers/drill/cli.py), what it keeps for whoever looks for a fault
(workers/drill/evidence.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bus.cli.show import print_json, print_table
from workers.drill.ledger import Balance, Line, percentile

if TYPE_CHECKING:
    from workers.drill.faults import Fault

HEAD = (
    *("FAULT", "TIMES", "ACCEPTED", "ANSWERED", "SUCCEEDED", "ONCE", "DOUBLED", "LOST", "STUCK"),
    *("BACK P50", "BACK P99"),
)
#: What a line counts, in the order of the table.
COUNTS = ("times", "accepted", "answered", "succeeded", "once", "doubled", "lost", "stuck")


@dataclass(frozen=True)
class Report:
    """A drill that is over."""

    drill: str
    seed: int
    rounds: int
    database: str
    #: The scheme of its URL; None: the embedded queue.
    broker: str | None
    faults: Sequence[Fault]
    balance: Balance
    #: Where the evidence is; None: the ledger balances.
    evidence: Path | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        lines: list[dict[str, Any]] = [
            {"name": fault.name, **self._counted(fault), "missing": fault.missing} for fault in self.faults
        ]
        return {
            "drill": self.drill,
            "seed": self.seed,
            "rounds": self.rounds,
            "database": self.database,
            "broker": self.broker,
            "is_balanced": not self.balance.complaints,
            "complaints": self.balance.complaints,
            "evidence": None if self.evidence is None else str(self.evidence),
            "faults": lines,
            "total": {name: sum(line[name] or 0 for line in lines) for name in (*COUNTS, "early")},
        }

    def _counted(self, fault: Fault) -> dict[str, int | None]:
        line = self.balance.lines.get(fault.name, Line())
        counts = {name: getattr(line, name) for name in (*COUNTS, "early")}
        back = {f"back_p{share}_ms": percentile(line.back_ms, share / 100) for share in (50, 99)}
        return counts | back


def show(report: Report, *, is_json: bool) -> None:
    """Print it."""
    told = report.to_dict()
    if is_json:
        print_json(told)
        return
    print_table(HEAD, [_row(fault.words, line) for fault, line in zip(report.faults, told["faults"], strict=True)])
    click.echo()
    click.echo(_sentence(told))
    for complaint in report.balance.complaints:
        click.echo(f"- {complaint}")
    if report.evidence is not None:
        click.echo(f"The evidence is kept in {report.evidence}; --seed {report.seed} repeats the drill.")


def _row(words: str, line: dict[str, Any]) -> list[str]:
    if line["missing"] is not None:
        return [f"{words} ({line['missing']})", "0", *["-"] * (len(HEAD) - 2)]
    back = [line[f"back_p{share}_ms"] for share in (50, 99)]
    return [
        words,
        *("-" if line[name] is None else str(line[name]) for name in COUNTS),
        *("-" if ms is None else f"{ms} ms" for ms in back),
    ]


def _sentence(told: dict[str, Any]) -> str:
    total = told["total"]
    letters = sum(line["accepted"] for line in told["faults"] if line["answered"] is None)
    accepted = f"{total['accepted'] - letters} jobs" + (f" and {letters} requests" if letters else "") + " accepted"
    if not told["is_balanced"]:
        wrong = ", ".join(f"{total[what]} {what}" for what in ("lost", "doubled", "stuck"))
        return f"The ledger does not balance: {accepted}, {wrong}."
    of_letters = ", of every request at least once" if letters else ""
    return (
        f"The ledger balances: {accepted}, every job answered, every effect there exactly once{of_letters}, none stuck."
    )
