"""Whether a database and this code belong together, told by one SELECT.

A plugin's revisions are numbered: ``notes_0001``, ``notes_0002``. The number its code was written for is part of the
plugin (``heads``); the number its tables are at stands in the database (``bus_schema``), together with the oldest
number whose code can use them. So old workers go on beside a newer database, and only what cannot work is refused.

Not here: Alembic, imported only when something must change (bus/migration/upgrade.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bus.errors import SetupError
from bus.migration import ledger

if TYPE_CHECKING:
    from bus.database import Database
    from bus.migration.ledger import Entry
    from bus.plugin import Plugin

#: Least number of digits in a revision's name.
_DIGITS = 4


class Standing(StrEnum):
    """How one plugin's tables stand to its code."""

    #: The tables are those the code was written for.
    UP_TO_DATE = "up_to_date"
    #: The tables are older than the code, or do not exist yet.
    BEHIND = "behind"
    #: The tables are newer and this code can still use them.
    NEWER = "newer"
    #: The tables are newer and this code cannot use them.
    CODE_TOO_OLD = "code_too_old"
    #: The database holds tables of a plugin that is not loaded.
    NOT_LOADED = "not_loaded"


class Branch(NamedTuple):
    """One plugin's tables and code."""

    plugin: str
    standing: Standing
    #: Revision of the tables; None: there are none yet.
    database: str | None
    #: Revision the code was written for; None: the plugin is not loaded.
    code: str | None
    #: Python package of the revisions.
    package: str
    #: Number of the oldest revision whose code can use the tables.
    fits_code_from: int = 0

    @property
    def words(self) -> str:
        """The branch as a clause of a sentence."""
        match self.standing:
            case Standing.UP_TO_DATE:
                return f"{self.plugin} is at {self.database}"
            case Standing.BEHIND:
                where = f"is at {self.database}" if self.database else "has no tables yet"
                return f"{self.plugin} {where}, the code needs {self.code}"
            case Standing.NEWER:
                return f"{self.plugin} is at {self.database}, newer than the code ({self.code}), which still fits"
            case Standing.CODE_TOO_OLD:
                oldest = revision_name(self.plugin, self.fits_code_from)
                return (
                    f"{self.plugin} is at {self.database}, which needs code of {oldest} or newer; this is {self.code}"
                )
            case Standing.NOT_LOADED:
                return (
                    f"{self.plugin} is at {self.database} but not loaded: install or allow what provides {self.package}"
                )


class State(NamedTuple):
    """How a database stands to the loaded plugins, one branch a plugin."""

    branches: tuple[Branch, ...]

    @property
    def is_up_to_date(self) -> bool:
        """Whether there is nothing to upgrade and nothing to refuse."""
        return not self.behind and not self.too_old

    @property
    def behind(self) -> list[Branch]:
        """What an upgrade would change."""
        return self.of(Standing.BEHIND)

    @property
    def too_old(self) -> list[Branch]:
        """What keeps this code from running."""
        return self.of(Standing.CODE_TOO_OLD)

    @property
    def not_loaded(self) -> list[Branch]:
        """Tables whose plugin is missing here; they are left as they are."""
        return self.of(Standing.NOT_LOADED)

    def of(self, standing: Standing) -> list[Branch]:
        """The branches that stand like this."""
        return [branch for branch in self.branches if branch.standing is standing]


def compare(database: Database, plugins: Sequence[Plugin]) -> State:
    """How the database stands to these plugins, the core being one of them. Writes nothing.

    Raises:
        SetupError: a plugin names its heads wrongly.
    """
    if _is_missing_file(database):
        return judge({}, plugins)
    with database.connect() as connection:
        return judge(ledger.read(connection), plugins)


def judge(entries: dict[str, Entry], plugins: Sequence[Plugin]) -> State:
    """Set the entries of the database against the heads of the plugins."""
    branches = [_branch(plugin, head, entries.get(plugin.name)) for plugin in plugins if (head := head_of(plugin))]
    known = {plugin.name for plugin in plugins}
    gone = (entries[name] for name in sorted(entries.keys() - known))
    branches += (Branch(e.plugin, Standing.NOT_LOADED, e.revision, None, e.package, e.fits_code_from) for e in gone)
    return State(tuple(branches))


def _branch(plugin: Plugin, head: str, entry: Entry | None) -> Branch:
    package = plugin.migrations or ""
    if entry is None:
        return Branch(plugin.name, Standing.BEHIND, None, head, package)
    standing = _standing(entry, head)
    return Branch(plugin.name, standing, entry.revision, head, package, entry.fits_code_from)


def _standing(entry: Entry, head: str) -> Standing:
    if entry.revision == head:
        return Standing.UP_TO_DATE
    code = number_of(head)
    if number_of(entry.revision) < code:
        return Standing.BEHIND
    return Standing.NEWER if entry.fits_code_from <= code else Standing.CODE_TOO_OLD


def head_of(plugin: Plugin) -> str | None:
    """The revision a plugin's code was written for; None when it has no tables of its own.

    Raises:
        SetupError: migrations without a head or the reverse, several heads, or a head not named like ``notes_0001``.
    """
    if not plugin.heads and plugin.migrations is None:
        return None
    if len(plugin.heads) != 1 or plugin.migrations is None:
        raise SetupError(f"plugin {plugin.name}: give both, one migrations package and its newest revision as heads")
    (head,) = plugin.heads
    if branch_of(head) != plugin.name:
        raise SetupError(f"plugin {plugin.name}: the head {head!r} must be named like {revision_name(plugin.name, 1)}")
    return head


def branch_of(revision: str) -> str | None:
    """The plugin of a revision, ``notes`` for ``notes_0003``; None when it is not named like that."""
    name, _, number = revision.rpartition("_")
    return name if len(number) >= _DIGITS and number.isascii() and number.isdigit() else None


def number_of(revision: str) -> int:
    """The number of a revision, 3 for ``notes_0003``."""
    return int(revision.rpartition("_")[2])


def revision_name(plugin: str, number: int) -> str:
    """The name of a plugin's revision, ``notes_0003``."""
    return f"{plugin}_{number:0{_DIGITS}}"


def _is_missing_file(database: Database) -> bool:
    # Opening a SQLite file creates it, and a look must leave nothing behind.
    return database.kind == "sqlite" and not database.is_memory and not Path(database.url.database or "").exists()
