"""What every test may ask for: databases, a Redis, a RabbitMQ, a bus, a Python process, seeded chance.

Servers start when the first test needs them, one of each per test process, and end with it. Every database is fresh,
and a test that takes ``database_url`` runs once on SQLite and once on PostgreSQL.

Not here: how the servers run (tests/servers.py), clocks and waiting (bus/testing.py).
"""

from __future__ import annotations

import contextlib
import gc
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from bus import logs
from bus.testing import FakeClock, wait_until
from tests import rabbitmq
from tests.databases import Templates
from tests.forks import Forks
from tests.rabbitmq import RabbitMQ
from tests.servers import PostgreSQL, Redis

if TYPE_CHECKING:
    from bus.application import Bus

#: What hashing a password costs in tests: next to nothing.
CHEAP = {"BUS_PASSWORD_MEMORY_KIB": "8", "BUS_PASSWORD_PASSES": "1"}
ROOT = Path(__file__).parent.parent
#: Begins the reason of a skip that nobody may overlook.
NOT_TESTED = "NOT TESTED"
#: Where tests take many seconds each, the longest first: no process shall be left with one at the end.
LONG = (
    *("tests/processes/", "tests/docs/test_snippets.py", "tests/workers/drill/", "tests/packaging/"),
    *("tests/conformance/", "tests/workers/test_child.py", "tests/workers/redis/test_mail.py", "tests/workers/amqp/"),
)

gc.disable()  # until all tests are collected: nothing of that is garbage
# Two cores shared by many processes: how long one example takes says nothing here.
hypothesis.settings.register_profile("bus", deadline=None, print_blob=True)
hypothesis.settings.load_profile("bus")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seed", type=int, default=None, help="seed of the tests' chance; also BUS_TEST_SEED")
    parser.addoption("--rounds", type=int, default=25, help="how often a test runs that takes round_number")


def pytest_configure(config: pytest.Config) -> None:
    """Settle the seed once, further test processes are given the same option; forget the settings of who runs this."""
    if config.option.seed is None:
        config.option.seed = int(os.environ.get("BUS_TEST_SEED") or random.SystemRandom().randrange(2**32))
    for name in [name for name in os.environ if name.startswith(("BUS_", "DATABASE_URL"))]:
        if name != rabbitmq.WITHOUT:  # further test processes read it too
            del os.environ[name]
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # A shell starts what runs in its background deaf to SIGINT, and every program a test starts would inherit that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):  # further test processes inherit it
        runtime = tempfile.TemporaryDirectory(prefix="bus-run-")
        config.add_cleanup(runtime.cleanup)
        # Where workers on PostgreSQL meet; a folder of the machine would keep one for every database of every run.
        os.environ["XDG_RUNTIME_DIR"] = runtime.name


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long goes first."""
    items.sort(key=lambda item: next((n for n, begin in enumerate(LONG) if item.nodeid.startswith(begin)), len(LONG)))


def pytest_collection_finish() -> None:
    """Ten thousand tests stay to the end: whoever looks for garbage need not look at them each time."""
    gc.enable()
    gc.collect()
    gc.freeze()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes ``round_number`` runs many times, each time as a test of its own, with chance of its own."""
    if "round_number" in metafunc.fixturenames:
        metafunc.parametrize("round_number", range(metafunc.config.option.rounds))


def pytest_report_header(config: pytest.Config) -> str:
    return f"seed: {config.option.seed} (repeat with --seed={config.option.seed})"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What the drills did; whoever goes without RabbitMQ, or on a machine that allows less, is told what that means."""
    ended = [report for which in ("passed", "failed") for report in terminalreporter.stats.get(which, [])]
    for report in ended:
        for name, value in report.user_properties:
            if name == "ledger" and report.when == "call":
                terminalreporter.line(f"{report.nodeid.rpartition('::')[2]}: {value}")
    if rabbitmq.is_left_out():
        terminalreporter.section("RABBITMQ WAS LEFT OUT", red=True, bold=True)
        terminalreporter.line(f"{rabbitmq.WITHOUT}=1: nothing of what RabbitMQ does was tested in this run.", red=True)
    skipped = [str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", [])]
    for reason in [text for text in skipped if NOT_TESTED in text]:
        terminalreporter.section(NOT_TESTED, red=True, bold=True)
        terminalreporter.line(reason.partition(NOT_TESTED)[2].lstrip(": "), red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failed run: all that the tests need is installed or comes with them."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A test that opens the embedded database by accident does not find the user's own."""
    os.environ["BUS_HOME"] = str(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> None:
    """Hundreds of people log in; tests of what a hash costs ask for ``usual_cost``."""
    os.environ |= CHEAP


@pytest.fixture
def usual_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost what they cost everywhere else."""
    for name in CHEAP:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    """The PostgreSQL server of this test process. Tests that stop or crash one start their own."""
    server = PostgreSQL()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Redis]:
    """The Redis-protocol server of this test process. Tests that stop or crash one start their own."""
    server = Redis()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def rabbitmq_server() -> Iterator[RabbitMQ]:
    """The RabbitMQ of this test process. Tests that stop or crash one start their own."""
    if rabbitmq.is_left_out():
        pytest.skip(f"{rabbitmq.WITHOUT}=1")
    server = RabbitMQ()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """Makes a program ``bus`` that need not import anything."""
    with tempfile.TemporaryDirectory(prefix="bus-forks-") as folder, Forks(Path(folder)) as forks:
        yield forks


@pytest.fixture(autouse=True)
def usual_logs() -> Iterator[None]:
    """A program that a test runs in its own process may have told the log to be quiet."""
    yield
    logs.configure()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a fresh, empty SQLite database in a file."""
    return f"sqlite:///{tmp_path / 'bus.sqlite'}"


@pytest.fixture
def postgresql_url(postgresql_server: PostgreSQL) -> Iterator[str]:
    """The URL of a fresh, empty PostgreSQL database."""
    with postgresql_server.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh, empty database: once on SQLite, once on PostgreSQL."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def redis_url(redis_server: Redis) -> str:
    """The URL of an empty Redis."""
    redis_server.ask("FLUSHALL")
    return redis_server.url


@pytest.fixture
def clock() -> FakeClock:
    """A clock that moves only when told to."""
    return FakeClock()


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> random.Random:
    """Chance that repeats: it depends on the run's seed and the test's name alone."""
    return random.Random(f"{request.config.option.seed} {request.node.nodeid}")


@pytest.fixture(scope="session")
def templates(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Databases to copy from."""
    return Templates(tmp_path_factory.mktemp("templates"), lambda: request.getfixturevalue("postgresql_server"))


@pytest.fixture
def upgraded_url(database_url: str, templates: Templates) -> str:
    """The URL of a database as ``bus db upgrade`` leaves it for the installed plugins; once on each database."""
    templates.prepare(database_url)
    return database_url


@pytest.fixture
def open_bus(templates: Templates, tmp_path: Path) -> Iterator[Callable[..., Bus]]:
    """``Bus.open`` for tests: takes the same arguments, brings a fresh database up to date, closes all at the end.

    Without settings, the embedded database lies in the test's own folder and not in the user's.
    """
    from bus.application import Bus
    from bus.settings import Settings

    with contextlib.ExitStack() as opened:

        def open_one(database: str | None = None, **options: Any) -> Bus:
            if database is not None:
                templates.prepare(database, options.get("plugins"))
            options.setdefault("settings", Settings(home=tmp_path))
            return opened.enter_context(Bus.open(database, **options))

        yield open_one


@pytest.fixture
def clean_environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a user who never ran ``bus``: an empty home, no ``BUS_`` settings."""
    home = tmp_path / "home"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "LC_ALL", "TMPDIR"}}
    return kept | {"HOME": str(home), "BUS_HOME": str(home / "bus"), "PYTHONUTF8": "1"}


@pytest.fixture
def run_python(clean_environment: dict[str, str], tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run Python in a process of its own, in a clean environment and an empty working folder.

    Call it with the text of a program, or with ``"-m", module, …``; ``env`` adds variables, ``check=False`` accepts a
    failing program, the rest goes to ``subprocess.run``.
    """
    folder = tmp_path / "cwd"
    folder.mkdir()

    def run(
        *arguments: str, env: dict[str, str] | None = None, check: bool = True, **options: Any
    ) -> subprocess.CompletedProcess[str]:
        command = list(arguments) if arguments[0].startswith("-") else ["-c", *arguments]
        given: dict[str, Any] = {"cwd": folder, "timeout": 60, "capture_output": True, "text": True, **options}
        done = subprocess.run([sys.executable, *command], env=clean_environment | (env or {}), check=False, **given)
        if check and done.returncode:
            raise AssertionError(f"Python ended with exit code {done.returncode}:\n{done.stdout}\n{done.stderr}")
        return done

    return run


@pytest.fixture(name="wait_until")
def wait_until_fixture() -> Callable[..., Any]:
    """``bus.testing.wait_until``, for tests that would rather ask for it than import it."""
    return wait_until
