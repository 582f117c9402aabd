"""An upgrade takes effect as a whole or not at all, whoever interrupts it, and loses no row on the way."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from bus.database import Database
from bus.errors import SetupError
from bus.migration import compare, ensure
from bus.migration.upgrade import upgrade
from tests.bus.migration.conftest import CORE, CUSTOMERS_AND_ORDERS, Package, rows, run, tables_in

Make = Callable[..., Package]

#: A batch operation on SQLite makes a new table, copies the rows, and drops the old table.
CHANGE_NAMES = """
with op.batch_alter_table("shop_customer", table_kwargs={"sqlite_autoincrement": True}) as customers:
    customers.alter_column("name", nullable=True)
    customers.add_column(sa.Column("city", sa.Text))
"""

#: What a process of its own does with a database: it says "ready", waits for a line, then upgrades.
UPGRADER = """
import sys
from bus.builtins import builtins
from bus.database import Database
from bus.migration import ensure
from bus.plugin import Plugin

url, module, head = sys.argv[1:]
plugins = [builtins(), Plugin("shop", migrations=module, heads=[head])]
print("ready", flush=True)
sys.stdin.readline()
print(ensure(Database(url), plugins, automatic=True).is_up_to_date, flush=True)
"""


def contents(database: Database) -> dict[str, Any]:
    """Everything there is: the columns and rows of each table."""
    with database.connect() as connection:
        inspector = sa.inspect(connection)
        return {
            table: (
                [column["name"] for column in inspector.get_columns(table)],
                sorted(map(str, connection.exec_driver_sql(f"SELECT * FROM {table}"))),
            )
            for table in inspector.get_table_names()
        }


def with_customers(database: Database, code: Make) -> Package:
    """A shop at its first revision, with two customers and three orders; a third customer is gone."""
    package = code().revision(CUSTOMERS_AND_ORDERS)
    ensure(database, [CORE, package.plugin()], automatic=True)
    run(database, "INSERT INTO shop_customer (name) VALUES ('Ada')", "INSERT INTO shop_customer (name) VALUES ('Bo')")
    run(database, "INSERT INTO shop_customer (name) VALUES ('Cy')", "DELETE FROM shop_customer WHERE name = 'Cy'")
    run(database, *(f"INSERT INTO shop_order (id, customer_id) VALUES ({i}, {i % 2 + 1})" for i in range(3)))
    return package


class Upgrader:
    """A process that upgrades a database when it is told to."""

    def __init__(self, package: Package, url: str, environment: dict[str, str]) -> None:
        arguments = [url, package.module, f"{package.name}_{package.number:04}"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", UPGRADER, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"PYTHONPATH": str(package.folder.parent), **environment},
            text=True,
        )

    def says(self) -> str:
        """The next line it prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def go(self) -> None:
        """Let it go on."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        """End it at once, wherever it is."""
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def start(database_url: str) -> Iterator[Callable[..., Upgrader]]:
    """Start a process that is about to upgrade the test's database; none outlives the test."""
    processes: list[Upgrader] = []

    def begin(package: Package, **environment: str) -> Upgrader:
        processes.append(Upgrader(package, database_url, environment))
        return processes[-1]

    yield begin
    for process in processes:
        process.kill()


def test_the_revisions_that_ran_are_told(database: Database, code: Make) -> None:
    """In order; the second time there is nothing to do."""
    package = code().revision(CUSTOMERS_AND_ORDERS).revision(CHANGE_NAMES)
    assert (upgrade(database, [CORE, package.plugin()])) == ["bus_0001", "shop_0001", "shop_0002"]
    assert upgrade(database, [CORE, package.plugin()]) == []


def test_a_revision_can_wait_for_one_of_another_plugin(database: Database, code: Make) -> None:
    """The order of the plugins does not matter, and a plugin removed later takes nobody's place with it."""
    shop = code().revision(CUSTOMERS_AND_ORDERS)
    depot = code("depot").revision(
        "op.create_table('depot_box', sa.Column('customer_id', sa.Integer, sa.ForeignKey('shop_customer.id')))",
        depends_on="shop_0001",
    )
    assert upgrade(database, [depot.plugin(), shop.plugin()]) == ["shop_0001", "depot_0001"]
    shop.revision("op.add_column('shop_order', sa.Column('note', sa.Text))")
    assert upgrade(database, [shop.plugin()]) == ["shop_0002"]
    assert compare(database, [depot.plugin(), shop.plugin()]).is_up_to_date


def test_a_failing_revision_leaves_nothing(database: Database, code: Make) -> None:
    """Not even what earlier revisions of the same upgrade did; the message names the revision."""
    package = with_customers(database, code)
    before = contents(database)
    package.revision(CHANGE_NAMES).revision("op.execute('UPDATE shop_customer SET no_such_column = 1')")
    with pytest.raises(
        SetupError, match=r"^the revision shop_0003 \(shop_code_0\) failed .*no_such_column.*nothing was changed$"
    ):
        upgrade(database, [CORE, package.plugin()])
    assert contents(database) == before
    package.number = 2
    (package.folder / "shop_0003.py").unlink()
    assert upgrade(database, [CORE, package.plugin()]) == ["shop_0002"]


def test_a_failing_first_upgrade_leaves_an_empty_database(database: Database, code: Make) -> None:
    """The core's tables and the record of revisions go as well."""
    package = code().revision(CUSTOMERS_AND_ORDERS).revision("raise RuntimeError('no such luck')")
    with pytest.raises(SetupError, match="RuntimeError: no such luck"):
        ensure(database, [CORE, package.plugin()], automatic=True)
    assert tables_in(database) == set()


def test_an_interrupt_leaves_nothing(database: Database, code: Make) -> None:
    """Control-C in the middle is no half an upgrade, and is not turned into an error."""
    package = with_customers(database, code)
    before = contents(database)
    package.revision(f"{CHANGE_NAMES}\nraise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        upgrade(database, [CORE, package.plugin()])
    assert contents(database) == before


def test_recreating_a_table_keeps_the_rows_that_refer_to_it(database: Database, code: Make) -> None:
    """The cascade of the foreign key does not fire; references are enforced again afterwards."""
    package = with_customers(database, code).revision(CHANGE_NAMES)
    upgrade(database, [CORE, package.plugin()])
    assert rows(database, "SELECT id, customer_id FROM shop_order ORDER BY id") == [(0, 1), (1, 2), (2, 1)]
    assert rows(database, "SELECT id, name, city FROM shop_customer ORDER BY id") == [(1, "Ada", None), (2, "Bo", None)]
    run(database, "DELETE FROM shop_customer WHERE id = 1")
    assert rows(database, "SELECT id FROM shop_order") == [(1,)]


def test_recreating_a_table_does_not_give_out_old_ids_again(database: Database, code: Make) -> None:
    """The deleted third customer keeps its id for ever."""
    package = with_customers(database, code).revision(CHANGE_NAMES)
    upgrade(database, [CORE, package.plugin()])
    run(database, "INSERT INTO shop_customer (name) VALUES ('Di')")
    assert rows(database, "SELECT id FROM shop_customer WHERE name = 'Di'") == [(4,)]


def test_ids_stay_used_when_the_table_is_empty(sqlite: Database, code: Make) -> None:
    """A re-created table without rows has no mark at all until it is given its old one."""
    package = with_customers(sqlite, code).revision(CHANGE_NAMES)
    run(sqlite, "DELETE FROM shop_customer")
    upgrade(sqlite, [CORE, package.plugin()])
    run(sqlite, "INSERT INTO shop_customer (name) VALUES ('Di')")
    assert rows(sqlite, "SELECT id FROM shop_customer") == [(4,)]


def test_a_database_in_memory_keeps_its_rows_too(code: Make) -> None:
    """The shared connection is upgraded in place."""
    database = Database("sqlite://")
    package = with_customers(database, code).revision(CHANGE_NAMES)
    upgrade(database, [CORE, package.plugin()])
    assert rows(database, "SELECT count(*) FROM shop_order") == [(3,)]
    assert rows(database, "PRAGMA foreign_keys") == [(1,)]


def test_a_revision_that_breaks_references_is_refused(sqlite: Database, code: Make) -> None:
    """What SQLite does not watch during the upgrade, it looks at afterwards."""
    package = with_customers(sqlite, code)
    before = contents(sqlite)
    package.revision("op.execute('DELETE FROM shop_customer WHERE id = 1')")
    with pytest.raises(SetupError, match=r"references to rows that do not exist \(shop_order row 0 to shop_customer, "):
        upgrade(sqlite, [CORE, package.plugin()])
    assert contents(sqlite) == before


def test_a_revision_that_commits_is_told(database: Database, code: Make) -> None:
    """Nobody can undo what a revision commits by itself; it must at least not go unnoticed."""
    package = with_customers(database, code).revision("op.execute('COMMIT')")
    with pytest.raises(SetupError, match="a revision ended the transaction"):
        upgrade(database, [CORE, package.plugin()])


def test_a_full_disk_leaves_nothing(sqlite: Database, code: Make) -> None:
    """SQLite ends the transaction by itself then; the database is as before and works on."""
    package = with_customers(sqlite, code)
    before = contents(sqlite)
    package.revision(
        """
        op.execute("PRAGMA max_page_count = 1")
        op.execute("CREATE TABLE shop_big AS SELECT randomblob(1000000) AS b")
        """
    )
    with pytest.raises(
        SetupError, match=r"lies on a disk that is full; free some space and repeat \(.*\); nothing was changed$"
    ):
        upgrade(sqlite, [CORE, package.plugin()])
    assert contents(sqlite) == before


def test_eight_processes_start_at_once(database: Database, code: Make, start: Callable[..., Upgrader]) -> None:
    """All of them succeed, and each revision ran once."""
    package = code().revision(CUSTOMERS_AND_ORDERS)
    package.revision("op.execute(\"INSERT INTO shop_customer (name) VALUES ('Ada')\")")
    if database.kind == "postgresql":  # who waited must see what the others did, whatever the server's default
        name = database.url.database
        run(database, f"ALTER DATABASE \"{name}\" SET default_transaction_isolation = 'repeatable read'")
    processes = [start(package) for _ in range(8)]
    assert [process.says() for process in processes] == ["ready"] * 8
    for process in processes:
        process.go()
    assert [process.says() for process in processes] == ["True"] * 8
    assert rows(database, "SELECT name FROM shop_customer") == [("Ada",)]
    assert compare(database, [CORE, package.plugin()]).is_up_to_date


def test_a_killed_upgrade_is_begun_again(database: Database, code: Make, start: Callable[..., Upgrader]) -> None:
    """kill -9 in the middle of a revision: nothing of it is left, no lock stays, the next upgrade runs it."""
    package = with_customers(database, code)
    before = contents(database)
    stop = "import os, sys\nif 'DIES' in os.environ:\n    print('in the middle', flush=True)\n    sys.stdin.readline()"
    package.revision(f"{CHANGE_NAMES}\n{stop}")
    process = start(package, DIES="1")
    assert process.says() == "ready"
    process.go()
    assert process.says() == "in the middle"
    process.kill()
    assert contents(database) == before
    assert upgrade(database, [CORE, package.plugin()]) == ["shop_0002"]
    assert rows(database, "SELECT count(*) FROM shop_order") == [(3,)]


def test_who_waits_too_long_is_told_who_upgrades(
    database: Database, code: Make, start: Callable[..., Upgrader]
) -> None:
    """The wait is bounded; the sentence names the process on SQLite, where the lock file knows it."""
    package = with_customers(database, code)
    package.revision("import sys\nprint('in the middle', flush=True)\nsys.stdin.readline()")
    process = start(package)
    assert process.says() == "ready"
    process.go()
    assert process.says() == "in the middle"
    who = rf"another process \({process.process.pid}\)" if database.kind == "sqlite" else "another process"
    with pytest.raises(SetupError, match=f"^{who} has been upgrading the database .* for more than 0.05 s; wait"):
        upgrade(database, [CORE, package.plugin()], wait_ms=50)
    process.go()
    assert process.says() == "True"
    assert upgrade(database, [CORE, package.plugin()]) == []
