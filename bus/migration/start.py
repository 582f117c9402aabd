"""What happens between a bus and its database when the bus opens.

In the ordinary case one SELECT and nothing more. A database that is behind is upgraded at once where nobody else
looks after it (the embedded default); elsewhere the start stops and says which command to run.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bus.errors import SetupError
from bus.migration import faults
from bus.migration.heads import State, compare

if TYPE_CHECKING:
    from bus.database import Database
    from bus.plugin import Plugin

#: Longest wait for another process that is upgrading the same database.
WAIT_MS = 60_000


def ensure(database: Database, plugins: Sequence[Plugin], *, automatic: bool, wait_ms: int = WAIT_MS) -> State:
    """The database fits the plugins, the core being one of them. Safe when several processes start at once.

    Args:
        database: the database the bus opens.
        plugins: every loaded plugin.
        automatic: upgrade a database that is behind, instead of refusing it.
        wait_ms: longest wait for another process that is upgrading it.

    Returns:
        How they stand now; ``not_loaded`` may hold plugins worth a warning.

    Raises:
        SetupError: the database is behind and ``automatic`` is off, this code is too old for it, or it cannot be
            opened or upgraded; nothing was changed.
    """
    with faults.explained(database):
        state = compare(database, plugins)
    refuse_old_code(database, state)
    if not state.behind:
        return state
    if not automatic:
        refuse_behind(database, state)
    from bus.migration.upgrade import upgrade  # imports Alembic

    upgrade(database, plugins, wait_ms=wait_ms)
    with faults.explained(database):
        return compare(database, plugins)


def refuse_behind(database: Database, state: State) -> None:
    """Stop when tables are older than the code.

    Raises:
        SetupError: names the plugins, and the command that helps.
    """
    if state.behind:
        what = "; ".join(branch.words for branch in state.behind)
        raise SetupError(f"the database {faults.name_of(database)} is behind ({what}): run `bus db upgrade`")


def refuse_old_code(database: Database, state: State) -> None:
    """Stop when tables are too new for the code.

    Raises:
        SetupError: names the plugins and the oldest code that would do.
    """
    if state.too_old:
        what = "; ".join(branch.words for branch in state.too_old)
        raise SetupError(f"the database {faults.name_of(database)} is too new ({what}): install newer plugins")
