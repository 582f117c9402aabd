"""A bus starts only on a database that fits its code, and brings it there when nobody else does."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bus.database import Database
from bus.errors import SetupError
from bus.migration import Standing, compare, ensure
from tests.bus.migration.conftest import CORE, CUSTOMERS_AND_ORDERS, Package, rows, run, tables_in

Make = Callable[..., Package]

CORE_TABLES = {
    "bus_job",
    "bus_key",
    "bus_pause",
    "bus_schedule",
    "bus_flow",
    "bus_step",
    "bus_attempt",
    "bus_idempotency",
    "bus_call",
    "bus_unit",
    "bus_schema",
}
SHOP_TABLES = {"shop_customer", "shop_order"}


def test_an_empty_database_gets_its_tables(database: Database, code: Make) -> None:
    """The embedded default: the first start makes every table, core and plugins."""
    shop = code().revision(CUSTOMERS_AND_ORDERS).plugin()
    assert ensure(database, [CORE, shop], automatic=True).is_up_to_date
    assert tables_in(database) == CORE_TABLES | SHOP_TABLES


def test_a_database_in_memory_gets_its_tables(code: Make) -> None:
    """An in-memory database is upgraded on the one connection it has."""
    database = Database("sqlite://")
    assert ensure(database, [CORE, code().revision(CUSTOMERS_AND_ORDERS).plugin()], automatic=True).is_up_to_date
    assert tables_in(database) == CORE_TABLES | SHOP_TABLES
    run(database, "INSERT INTO shop_customer (name) VALUES ('Ada')")
    with pytest.raises(Exception, match="FOREIGN KEY"):
        run(database, "INSERT INTO shop_order (customer_id) VALUES (7)")


def test_elsewhere_the_start_stops_and_names_the_command(database: Database) -> None:
    """A database that others look after is not changed by a start."""
    with pytest.raises(
        SetupError, match=r"is behind \(bus has no tables yet, the code needs bus_0001\): run `bus db upgrade`$"
    ):
        ensure(database, [CORE], automatic=False)
    assert tables_in(database) == set()


def test_a_look_creates_no_file(sqlite: Database) -> None:
    """Comparing leaves nothing behind where there is no database yet."""
    assert [branch.standing for branch in compare(sqlite, [CORE]).branches] == [Standing.BEHIND]
    assert list(Path(str(sqlite.url.database)).parent.iterdir()) == []


def test_a_second_start_changes_nothing(database: Database, code: Make) -> None:
    """An up-to-date database is accepted, whether upgrades are automatic or not."""
    shop = code().revision(CUSTOMERS_AND_ORDERS).plugin()
    ensure(database, [CORE, shop], automatic=True)
    run(database, "INSERT INTO shop_customer (name) VALUES ('Ada')")
    assert ensure(database, [CORE, shop], automatic=False) == ensure(database, [CORE, shop], automatic=True)
    assert rows(database, "SELECT name FROM shop_customer") == [("Ada",)]


def test_only_what_is_missing_runs(database: Database, code: Make) -> None:
    """A database one revision behind gets that one."""
    package = code().revision(CUSTOMERS_AND_ORDERS)
    ensure(database, [CORE, package.plugin()], automatic=True)
    package.revision("op.add_column('shop_order', sa.Column('note', sa.Text))")
    with pytest.raises(SetupError, match="shop is at shop_0001, the code needs shop_0002"):
        ensure(database, [CORE, package.plugin()], automatic=False)
    assert ensure(database, [CORE, package.plugin()], automatic=True).is_up_to_date
    assert rows(database, "SELECT note FROM shop_order") == []


def test_old_code_runs_on_a_newer_database_that_still_fits(database: Database, code: Make) -> None:
    """A rolling deploy: the new code upgrades first, the old code goes on, also when it is started again."""
    old = code().revision(CUSTOMERS_AND_ORDERS).plugin()
    new = code().revision(CUSTOMERS_AND_ORDERS)
    new.revision("op.add_column('shop_order', sa.Column('note', sa.Text))", fits=1)
    ensure(database, [CORE, new.plugin()], automatic=True)
    state = ensure(database, [CORE, old], automatic=False)
    assert [branch.plugin for branch in state.of(Standing.NEWER)] == ["shop"]


def test_old_code_is_refused_by_a_database_that_left_it_behind(database: Database, code: Make) -> None:
    """The start stops before anything can go wrong, and says which code would do."""
    old = code().revision(CUSTOMERS_AND_ORDERS).plugin()
    new = code().revision(CUSTOMERS_AND_ORDERS).revision("op.drop_table('shop_order')", fits=2)
    ensure(database, [CORE, new.plugin()], automatic=True)
    for automatic in (False, True):
        with pytest.raises(
            SetupError, match="shop is at shop_0002, which needs code of shop_0002 or newer; this is shop_0001"
        ):
            ensure(database, [CORE, old], automatic=automatic)


def test_a_later_revision_does_not_let_older_code_in_again(database: Database, code: Make) -> None:
    """What one revision took away, the next one's claim to fit does not bring back."""
    old = code().revision(CUSTOMERS_AND_ORDERS).plugin()
    new = code().revision(CUSTOMERS_AND_ORDERS).revision("op.drop_table('shop_order')", fits=2)
    new.revision("op.add_column('shop_customer', sa.Column('note', sa.Text))", fits=1)
    ensure(database, [CORE, new.plugin()], automatic=True)
    with pytest.raises(SetupError, match="needs code of shop_0002"):
        ensure(database, [CORE, old], automatic=True)


def test_tables_of_a_removed_plugin_stay_and_are_named(database: Database, code: Make) -> None:
    """The bus starts without the plugin, tells what is missing, and goes on upgrading the others."""
    shop, depot = (
        code().revision(CUSTOMERS_AND_ORDERS),
        code("depot").revision("op.create_table('depot_box', sa.Column('id', sa.Integer))"),
    )
    ensure(database, [CORE, shop.plugin(), depot.plugin()], automatic=True)
    depot.revision("op.add_column('depot_box', sa.Column('size', sa.Integer))")
    (gone,) = ensure(database, [CORE, depot.plugin()], automatic=True).not_loaded
    assert gone.words == f"shop is at shop_0001 but not loaded: install or allow what provides {shop.module}"
    assert tables_in(database) >= SHOP_TABLES
    assert ensure(database, [CORE, shop.plugin(), depot.plugin()], automatic=False).is_up_to_date


def test_a_newer_plugin_does_not_keep_others_from_upgrading(database: Database, code: Make) -> None:
    """Old code of one plugin, still fitting, beside new code of another."""
    old = code().revision(CUSTOMERS_AND_ORDERS).plugin()
    new = (
        code()
        .revision(CUSTOMERS_AND_ORDERS)
        .revision("op.add_column('shop_order', sa.Column('note', sa.Text))", fits=1)
    )
    ensure(database, [CORE, new.plugin()], automatic=True)
    depot = code("depot").revision("op.create_table('depot_box', sa.Column('id', sa.Integer))").plugin()
    state = ensure(database, [CORE, old, depot], automatic=True)
    assert [branch.standing for branch in state.branches] == [Standing.UP_TO_DATE, Standing.NEWER, Standing.UP_TO_DATE]


def test_an_up_to_date_start_does_not_import_alembic(
    sqlite_url: str, run_python: Callable[..., CompletedProcess[str]]
) -> None:
    """Alembic costs more than all the rest of a start; it is for upgrades."""
    ensure(Database(sqlite_url), [CORE], automatic=True)
    program = f"""
import sys
from bus.builtins import builtins
from bus.database import Database
from bus.migration import compare, ensure

database = Database({sqlite_url!r})
print(ensure(database, [builtins()], automatic=True).is_up_to_date, compare(database, []).is_up_to_date)
print(sorted(name for name in sys.modules if name.partition(".")[0] in ("alembic", "mako")))
"""
    assert run_python(program).stdout.splitlines() == ["True True", "[]"]
