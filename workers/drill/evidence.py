"""What is kept of a drill whose ledger does not balance: the jobs that are complained about, and the workers' log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bus.database.tables import attempt, job
from workers.drill.plugin import table_of

if TYPE_CHECKING:
    from workers.drill.ledger import Balance
    from workers.drill.stage import Stage

#: Jobs that are kept at most.
MOST = 200
FILE = "ledger.json"


def keep(stage: Stage, balance: Balance, told: dict[str, Any]) -> None:
    """Write down what the database says about the jobs that are complained about, beside the workers' log.

    Args:
        stage: of the drill.
        balance: what is wrong.
        told: what whoever typed the command is told.
    """
    bus, effects = stage.bus, table_of(stage.shadow.table)
    wrong = sorted(balance.wrong)[:MOST]
    rows = [row for row in bus.read(select(job).where(bus.is_ours)) if json.loads(row.args)["n"] in wrong]
    attempts = bus.read(select(attempt).where(attempt.c.job.in_([row.id for row in rows])))
    done = bus.read(select(effects).where(effects.c.n.in_(wrong)).order_by(effects.c.id))
    parts = {"jobs": rows, "attempts": attempts, "effects": done}
    kept = told | {name: [row._asdict() for row in found] for name, found in parts.items()}
    (stage.folder / FILE).write_text(json.dumps(kept, indent=2))
