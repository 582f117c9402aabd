"""Plugins whose revisions are written to disk by the test, so that each test shows the change it is about."""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent, indent

import pytest
import sqlalchemy as sa

from bus.builtins import builtins
from bus.database import Database
from bus.plugin import Plugin

CORE = builtins()

REVISION = '''
"""{summary}"""

import sqlalchemy as sa
from alembic import op

revision = "{name}_{number:04}"
down_revision = {down!r}
branch_labels = {labels!r}
depends_on = {depends_on!r}
fits_code_from = {fits}


def upgrade():
{body}
'''

#: Two tables, one referring to the other with a cascade; customers' ids are never used again.
CUSTOMERS_AND_ORDERS = """
op.create_table(
    "shop_customer",
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)
op.create_table(
    "shop_order",
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("customer_id", sa.Integer, sa.ForeignKey("shop_customer.id", ondelete="CASCADE"), nullable=False),
)
"""


class Package:
    """One version of a plugin's code: a package of revisions on disk, and the plugin made for its newest one."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.module = f"{name}_code_{len(list(folder.iterdir()))}"
        self.folder = folder / self.module
        self.folder.mkdir()
        (self.folder / "__init__.py").touch()
        self.number = 0
        importlib.invalidate_caches()

    def revision(self, body: str, *, fits: int | None = None, depends_on: str | None = None) -> "Package":
        """Add the next revision; ``fits`` defaults to its own number."""
        before, self.number = self.number, self.number + 1
        text = REVISION.format(
            summary=f"Change {self.number}.",
            name=self.name,
            number=self.number,
            down=f"{self.name}_{before:04}" if before else None,
            labels=None if before else (self.name,),
            depends_on=depends_on,
            fits=fits or self.number,
            body=indent(dedent(body).strip(), "    "),
        )
        (self.folder / f"{self.name}_{self.number:04}.py").write_text(text.lstrip())
        return self

    def plugin(self, tables: sa.MetaData | None = None) -> Plugin:
        """The plugin whose code was written for the newest revision."""
        head = f"{self.name}_{self.number:04}"
        return Plugin(self.name, tables=tables, migrations=self.module, heads=[head])


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the revision packages; on the path of this process."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    return folder


@pytest.fixture
def code(packages: Path) -> Callable[..., Package]:
    """Make a version of a plugin's code, without revisions at first."""

    def make(name: str = "shop") -> Package:
        return Package(packages, name)

    return make


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh, empty database: once on SQLite, once on PostgreSQL."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    """A fresh, empty SQLite database in a file."""
    opened = Database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def postgresql(postgresql_url: str) -> Iterator[Database]:
    """A fresh, empty PostgreSQL database."""
    opened = Database(postgresql_url)
    yield opened
    opened.close()


def tables_in(database: Database) -> set[str]:
    """The names of the database's tables."""
    with database.connect() as connection:
        return set(sa.inspect(connection).get_table_names())


def run(database: Database, *statements: str) -> None:
    """Run statements one after the other, each in a transaction of its own."""
    with database.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def rows(database: Database, query: str) -> list[tuple[object, ...]]:
    """The rows of a query."""
    with database.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]
