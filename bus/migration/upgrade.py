"""Bringing a database to the revisions of this code, in one transaction.

Alembic orders the revisions and carries out their operations; which of them have run stands in ``bus_schema``, one row
a plugin. Alembic's own version table is not used: it refuses to work beside rows of a plugin that is not loaded.

Import this module only when there is something to do: Alembic takes longer to import than all the rest of the bus.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

from bus.migration import faults, ledger, scripts
from bus.migration.heads import judge, number_of
from bus.migration.ledger import Entry
from bus.migration.start import WAIT_MS, refuse_old_code
from bus.migration.transaction import alone

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bus.database import Database
    from bus.migration.scripts import Step
    from bus.plugin import Plugin


def upgrade(database: Database, plugins: Sequence[Plugin], *, wait_ms: int = WAIT_MS) -> list[str]:
    """Run every revision the database lacks; all of them take effect, or none.

    Args:
        database: where to.
        plugins: every loaded plugin, the core being one of them.
        wait_ms: longest wait for another process that is upgrading the same database.

    Returns:
        The revisions that ran, in order; empty when another process was faster or nothing was missing.

    Raises:
        SetupError: a revision failed, the database cannot be written, or another upgrade took too long.
    """
    steps = scripts.load(plugins)
    with faults.explained(database, "the upgrade"), alone(database, wait_ms) as connection:
        ledger.create(connection)
        entries = ledger.read(connection)
        refuse_old_code(database, judge(entries, plugins))
        missing = scripts.pending(steps, {name: number_of(entry.revision) for name, entry in entries.items()})
        for step in missing:
            with faults.explained(database, f"the revision {step.revision} ({step.package})"):
                _run(connection, step, entries)
    return [step.revision for step in missing]


def _run(connection: Connection, step: Step, entries: dict[str, Entry]) -> None:
    with Operations.context(MigrationContext.configure(connection)):
        step.upgrade()
    before = entries.get(step.plugin)
    # What one revision took away from old code, a later one does not give back.
    fits = max(step.fits_code_from, before.fits_code_from if before else 0)
    entry = entries[step.plugin] = Entry(step.plugin, step.revision, fits, step.package)
    ledger.write(connection, entry)
