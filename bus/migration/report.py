"""What ``bus db status`` tells: where each plugin's tables are, and what an upgrade would run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bus.migration import faults, scripts
from bus.migration.heads import compare, number_of

if TYPE_CHECKING:
    from bus.database import Database
    from bus.migration.heads import State
    from bus.migration.scripts import Step
    from bus.plugin import Plugin


@dataclass(frozen=True, slots=True)
class Status:
    """A database as an operator sees it."""

    #: File or URL, without password.
    database: str
    state: State
    #: What `bus db upgrade` would run, in order.
    pending: tuple[Step, ...]

    def to_dict(self) -> dict[str, Any]:
        """The status as plain JSON values."""
        return {
            "database": self.database,
            "is_up_to_date": self.state.is_up_to_date,
            "plugins": [
                {"plugin": b.plugin, "standing": b.standing.value, "database": b.database, "code": b.code}
                for b in self.state.branches
            ],
            "pending": [
                {"revision": s.revision, "summary": s.summary, "fits_code_from": s.fits_code_from} for s in self.pending
            ],
        }


def status(database: Database, plugins: Sequence[Plugin]) -> Status:
    """How the database stands to the plugins, the core being one of them. Writes nothing.

    Raises:
        SetupError: the database cannot be read, or a plugin's revisions are wrong.
    """
    with faults.explained(database):
        state = compare(database, plugins)
    reached = {branch.plugin: number_of(branch.database) for branch in state.branches if branch.database}
    pending = scripts.pending(scripts.load(plugins), reached)
    return Status(faults.name_of(database), state, tuple(pending))
