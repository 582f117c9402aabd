"""What can go wrong around an upgrade ends in one sentence: what happened, to which database, what to do."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.event import listen

from bus.database import Database
from bus.errors import SetupError
from bus.migration import compare, ensure
from bus.migration.lock import path_of
from bus.migration.upgrade import upgrade
from tests.bus.migration.conftest import CORE, CUSTOMERS_AND_ORDERS, Package, run, tables_in

Make = Callable[..., Package]


@pytest.fixture
def role(postgresql: Database) -> Iterator[str]:
    """The URL of a user who may connect and read, and no more."""
    run(postgresql, "CREATE ROLE reader LOGIN PASSWORD 'hush'")
    yield postgresql.url.set(username="reader", password="hush").render_as_string(hide_password=False)
    run(postgresql, "DROP OWNED BY reader", "DROP ROLE reader")


def complaint(database: Database, *, automatic: bool = True, wait_ms: int = 60_000) -> str:
    """The sentence a start ends with."""
    with pytest.raises(SetupError) as caught:
        ensure(database, [CORE], automatic=automatic, wait_ms=wait_ms)
    return str(caught.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """A URL that points at something else, or a damaged file."""
    file = tmp_path / "notes.txt"
    file.write_text("This is not a database at all, however long it may be. " * 20)
    said = complaint(Database(f"sqlite:///{file}"))
    assert said.startswith(f"the database {file} is no SQLite database; check BUS_DATABASE_URL (")
    assert said.endswith("nothing was changed")


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    """SQLite cannot open it."""
    assert f"the database {tmp_path} cannot be opened; check that its folder exists" in complaint(
        Database(f"sqlite:///{tmp_path}")
    )


def test_a_folder_that_has_gone(tmp_path: Path) -> None:
    """Removed after the settings were read."""
    folder = tmp_path / "data"
    folder.mkdir()
    database = Database(f"sqlite:///{folder / 'bus.sqlite'}")
    folder.rmdir()
    said = complaint(database)
    assert "needs a lock file beside it, which cannot be written; check the rights of its folder" in said
    assert str(folder) in said


def test_a_file_that_cannot_be_written(sqlite: Database) -> None:
    """Reading goes well, so the comparison does; the upgrade says what is wrong."""

    def forbid(raw: Any, _record: object) -> None:
        raw.execute("PRAGMA query_only = ON")  # the code of a file without write permission, for root too

    listen(sqlite.engine, "connect", forbid)
    assert "cannot be written; make the file and its folder writable for this user" in complaint(sqlite)
    assert tables_in(sqlite) == set()


def test_a_lock_file_that_cannot_be_written(sqlite: Database) -> None:
    """Something else is in its place."""
    path_of(sqlite).mkdir()
    assert "needs a lock file beside it, which cannot be written" in complaint(sqlite)


def test_two_names_of_one_file_share_the_lock(sqlite: Database, tmp_path: Path) -> None:
    """A symbolic link is no second database."""
    link = tmp_path / "link.sqlite"
    link.symlink_to(str(sqlite.url.database))
    assert path_of(Database(f"sqlite:///{link}")) == path_of(sqlite)


def test_another_writer_is_waited_for_in_vain(sqlite_url: str) -> None:
    """Somebody's open transaction, which is no upgrade, ends the wait at the busy timeout."""
    database = Database(sqlite_url, busy_timeout_ms=50)
    other = Database(sqlite_url)
    with other.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        said = complaint(database)
        connection.exec_driver_sql("ROLLBACK")
    assert "is locked by another process; let that one finish, or end it, and repeat" in said
    assert ensure(database, [CORE], automatic=True).is_up_to_date


def test_a_table_in_use_is_waited_for_in_vain(postgresql_url: str, code: Make) -> None:
    """A change waits for the readers of a table no longer than any statement; everybody else would wait behind it."""
    database = Database(postgresql_url, busy_timeout_ms=50)
    package = code().revision(CUSTOMERS_AND_ORDERS)
    upgrade(database, [CORE, package.plugin()])
    package.revision("op.add_column('shop_order', sa.Column('note', sa.Text))")
    with psycopg.connect(postgresql_url.replace("+psycopg", "")) as reader:
        reader.execute("SELECT * FROM shop_order")
        with pytest.raises(SetupError, match=r"has a table that another session holds; .*nothing was changed$"):
            upgrade(database, [CORE, package.plugin()])
        reader.rollback()
        assert upgrade(database, [CORE, package.plugin()]) == ["shop_0002"]


def test_missing_privileges(role: str) -> None:
    """The sentence says who may do it, and shows no password."""
    said = complaint(Database(role))
    assert "does not let this user change its tables; run `bus db upgrade` as the owner of the tables" in said
    assert "reader:***@" in said
    assert "hush" not in said


def test_a_table_of_revisions_that_may_not_be_read(postgresql: Database, role: str) -> None:
    """A missing right is not taken for a missing table."""
    ensure(postgresql, [CORE], automatic=True)
    assert "does not let this user" in complaint(Database(role), automatic=False)
    run(postgresql, "GRANT SELECT ON bus_schema TO reader")
    assert ensure(Database(role), [CORE], automatic=False).is_up_to_date


def test_a_server_that_only_reads(postgresql: Database) -> None:
    """A standby, for one."""
    run(postgresql, f'ALTER DATABASE "{postgresql.url.database}" SET default_transaction_read_only = on')
    assert "is read-only; connect to the primary server" in complaint(postgresql)


def test_a_server_that_is_away() -> None:
    """Nothing listens there."""
    said = complaint(Database("postgresql://someone:hush@127.0.0.1:1/bus"))
    assert said.startswith(
        "the database postgresql+psycopg://someone:***@127.0.0.1:1/bus cannot be reached; check the server"
    )
    assert "hush" not in said


def test_a_database_that_does_not_exist(postgresql: Database) -> None:
    """The server's own words are part of the sentence."""
    said = complaint(Database(postgresql.url.set(database="nowhere").render_as_string(hide_password=False)))
    assert 'database "nowhere" does not exist' in said


def test_a_mistake_in_the_program_is_not_dressed_up(sqlite: Database) -> None:
    """Only what is known about databases becomes a sentence."""
    with pytest.raises(AttributeError):
        compare(sqlite, [None])  # type: ignore[list-item]
