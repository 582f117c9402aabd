"""Databases with all tables in place, copied from one that was upgraded before instead of upgraded each time.

An upgrade takes a third of a second on PostgreSQL, a copy a fifth of that; hundreds of tests want one.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from bus import loader
from bus.builtins import builtins
from bus.database import Database
from bus.migration import ensure
from bus.plugin import Plugin
from tests.servers import HOST, PostgreSQL


def upgrade(url: str, plugins: Iterable[Plugin] | None = None) -> None:
    """Do what ``bus db upgrade`` does, for these plugins (None: the installed ones) and the core."""
    database = Database(url)
    try:
        ensure(database, _with_core(plugins), automatic=True)
    finally:
        database.close()


class Templates:
    """Prepares empty databases.

    Args:
        folder: for the templates of SQLite.
        server: gives the server whose empty databases may be replaced by a copy.
    """

    def __init__(self, folder: Path, server: Callable[[], PostgreSQL]) -> None:
        self.folder = folder
        self.server = server

    def prepare(self, url: str, plugins: Iterable[Plugin] | None = None) -> None:
        """Bring a database up to date, by copying where it is still empty."""
        chosen = None if plugins is None else list(plugins)
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            if parsed.database in (None, "", ":memory:"):
                return
            self._prepare_file(Path(parsed.database), chosen)
        elif parsed.database is not None and self._is_own(parsed) and self.server().is_empty(parsed.database):
            self.server().refill(parsed.database, _key(chosen), lambda empty: upgrade(empty, chosen))
        else:
            upgrade(url, chosen)

    def _prepare_file(self, file: Path, plugins: list[Plugin] | None) -> None:
        if file.exists():
            return upgrade(f"sqlite:///{file}", plugins)
        template = self.folder / f"{hashlib.sha256(_key(plugins).encode()).hexdigest()[:32]}.sqlite"
        if not template.exists():
            upgrade(f"sqlite:///{template}", plugins)
        shutil.copyfile(template, file)
        return None

    def _is_own(self, url: URL) -> bool:
        return (url.host, url.port) == (HOST, self.server().port)


def _with_core(plugins: Iterable[Plugin] | None) -> list[Plugin]:
    return [builtins(), *(loader.discover().plugins if plugins is None else plugins)]


def _key(plugins: list[Plugin] | None) -> str:
    """A name for the tables of these plugins; two plugins with one name and one head differ by their migrations."""
    parts = (f"{plugin.migrations}-{'-'.join(plugin.heads)}" for plugin in _with_core(plugins) if plugin.heads)
    return "+".join(sorted(parts))
