"""A real RabbitMQ for tests: the installed one, or else Debian's packages, unpacked without root into a cache.

The first test process that needs it fetches them (some 35 MB, once), the others wait. It runs without its shell
scripts, with a port mapper of its own, everything on free ports of the loopback, and ends with the test run.

Where neither can be had, the tests that need it fail and say why. ``BUS_TEST_WITHOUT_RABBITMQ=1`` goes without: they
are skipped then, and the end of the run says so in capitals (tests/conftest.py).
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pika
import pika.exceptions
import psutil

from tests.servers import HOST, Server, ServerError, die_with_parent

#: Says that a run goes without, on purpose.
WITHOUT = "BUS_TEST_WITHOUT_RABBITMQ"
#: Where Debian's packages put it, below the root of a file system.
ERLANG, RABBITMQ = "usr/lib/erlang", "usr/lib/rabbitmq/lib"
#: Less than a test may take, so that the error is ours.
FETCH_TIMEOUT_S = 100.0
#: As the server's own script starts it (sbin/rabbitmq-server), without its port mapper and without busy waiting.
ARGUMENTS = (
    *("-noinput", "-s", "rabbit", "boot", "-boot", "start_sasl", "-start_epmd", "false", "+W", "w", "+S", "2:2"),
    *("+sbwt", "none", "-syslog", "logger", "[]", "-syslog", "syslog_error_logger", "false"),
    # Milliseconds until what the log of its tables has goes into them; three minutes otherwise.
    *("-mnesia", "dump_log_time_threshold", "500"),
    *("-kernel", "prevent_overlapping_partitions", "false", "inet_dist_use_interface", "{127,0,0,1}"),
)
SETTINGS = {
    "log.console": "false",
    "disk_free_limit.absolute": "1MB",
    "vm_memory_high_watermark.relative": "0.9",
}


class RabbitMQ(Server):
    """A RabbitMQ server; what it has confirmed outlives it, for its files stay until the end.

    Args:
        settings: of its configuration file, added to ``SETTINGS``.
    """

    #: Five seconds of a processor's time, of which there may be little.
    start_timeout_s = 90.0

    def __init__(self, **settings: str) -> None:
        super().__init__()
        self.root = installed()
        self.settings = SETTINGS | {name.replace("__", "."): value for name, value in settings.items()}
        self.port, self.mapper_port, self.peer_port = lasting_ports(3)
        self.has_run = False
        self.mapper: subprocess.Popen[bytes] | None = None
        (self.folder / "enabled_plugins").write_text("[].\n")
        (self.folder / "plugins").mkdir()
        (rabbit,) = (self.home / "plugins").glob("rabbit-[0-9]*")
        # The fewer there are to look through, the sooner it is there.
        (self.folder / "plugins" / rabbit.name).symlink_to(rabbit)

    def command(self) -> list[str]:
        self.write_settings()
        return [str(self.programs / "erlexec"), *ARGUMENTS]

    def write_settings(self) -> None:
        """The configuration file, read at the next start."""
        lines = [f"{name} = {value}\n" for name, value in self.settings.items()]
        (self.folder / "rabbitmq.conf").write_text("".join(lines))

    @property
    def home(self) -> Path:
        """RabbitMQ's own folder."""
        (home,) = (self.root / RABBITMQ).glob("rabbitmq_server-*")
        return home

    @property
    def programs(self) -> Path:
        """The folder of Erlang's programs."""
        (programs,) = (self.root / ERLANG).glob("erts-*/bin")
        return programs

    def start(self) -> None:
        """Start the port mapper and the server, and wait until it takes connections."""
        if self.mapper is None:
            program = [str(self.programs / "epmd"), "-address", HOST, "-port", str(self.mapper_port)]
            self.mapper = subprocess.Popen(program, stdin=subprocess.DEVNULL, env=self.environment(), **self.guard())
        try:
            super().start()
        except ServerError as error:
            if self.has_run or "eaddrinuse" not in str(error):
                raise
            self.port, self.peer_port = lasting_ports(2)  # somebody was faster
            super().start()
        self.has_run = True

    def guard(self) -> dict[str, Any]:
        """How the port mapper is started: it dies with this process."""
        return {"preexec_fn": die_with_parent(signal.SIGKILL)} if sys.platform == "linux" else {}

    def identity(self) -> dict[str, Any]:
        return super().identity() | {"env": self.environment()}

    def environment(self) -> dict[str, str]:
        """All that decides where it listens and what it writes."""
        home, folder = self.home, str(self.folder)
        return {
            "PATH": os.defpath,
            "HOME": folder,  # the cookie
            "TMPDIR": folder,
            "ROOTDIR": str(self.root / ERLANG),
            "BINDIR": str(self.programs),
            "EMU": "beam",
            "PROGNAME": "erl",
            "ERL_LIBS": str(home / "plugins"),
            "ERL_EPMD_PORT": str(self.mapper_port),
            "ERL_EPMD_ADDRESS": HOST,
            "ERL_CRASH_DUMP_BYTES": "0",
            "RABBITMQ_HOME": str(home),
            "RABBITMQ_NODENAME": "rabbit@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": HOST,
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(self.peer_port),
            "RABBITMQ_MNESIA_BASE": f"{folder}/mnesia",
            "RABBITMQ_LOG_BASE": f"{folder}/logs",
            "RABBITMQ_CONFIG_FILE": f"{folder}/rabbitmq.conf",
            "RABBITMQ_ADVANCED_CONFIG_FILE": f"{folder}/advanced.config",
            "RABBITMQ_CONF_ENV_FILE": f"{folder}/rabbitmq-env.conf",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/enabled_plugins",
            "RABBITMQ_PLUGINS_DIR": f"{folder}/plugins",
            "RABBITMQ_PID_FILE": f"{folder}/pid",
        }

    def answers(self) -> bool:
        try:
            with socket.create_connection((HOST, self.port), timeout=5) as connection:
                connection.sendall(b"AMQP\x00\x00\x09\x01")
                return connection.recv(1) == b"\x01"  # the first frame of a server that is ready
        except OSError:
            return False

    def signal(self, number: signal.Signals) -> None:
        children = [] if self.pid is None else psutil.Process(self.pid).children(recursive=True)
        super().signal(number)
        # Programs that it started see the end of their pipe; until then they would write into its folder.
        psutil.wait_procs(children, timeout=10)

    def remove(self) -> None:
        self.stop()
        if self.mapper is not None:
            self.mapper.kill()
            self.mapper.wait()
        super().remove()

    @property
    def url(self) -> str:
        """The URL under which a client reaches the first virtual host."""
        return f"amqp://guest:guest@{HOST}:{self.port}/%2F"

    def connect(self) -> pika.BlockingConnection:
        """A connection of the test's own."""
        return pika.BlockingConnection(pika.URLParameters(f"{self.url}?socket_timeout=5&stack_timeout=5"))

    def count(self, queue: str) -> int:
        """How many messages of a queue nobody has in hand; 0 where there is no such queue."""
        with self.connect() as connection:
            try:
                return connection.channel().queue_declare(queue, passive=True).method.message_count
            except pika.exceptions.ChannelClosedByBroker:
                return 0

    def remembers(self, queue: str) -> bool:
        """Whether a queue has gone from the log of the tables, which a kill may cut short, into its table."""
        files = self.folder.glob("mnesia/rabbit@localhost/rabbit_durable_queue.*")
        return any(queue.encode() in file.read_bytes() for file in files)


def lasting_ports(count: int) -> list[int]:
    """Free ports that nobody is given by chance while the server is down: a start takes seconds, as does a crash."""
    chance = random.SystemRandom()
    with contextlib.ExitStack() as probes:
        ports: list[int] = []
        while len(ports) < count:
            probe = probes.enter_context(socket.socket())
            with contextlib.suppress(OSError):  # it is taken
                probe.bind((HOST, chance.randrange(15_000, 32_000)))
                ports.append(probe.getsockname()[1])
        return ports


def is_left_out() -> bool:
    """Whether this run goes without RabbitMQ, on purpose."""
    return os.environ.get(WITHOUT) == "1"


def installed() -> Path:
    """The root of the file system below which Erlang and RabbitMQ lie: the machine's, or that of the cache.

    Raises:
        ServerError: it is not installed and could not be fetched; the message says why.
    """
    if _is_complete(Path("/")):
        return Path("/")
    cache = Path(sys.prefix) / "share" / "rabbitmq-for-tests"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        root = cache / "root"
        if not root.exists():
            _fetch(cache).rename(root)
    return root


def _is_complete(root: Path) -> bool:
    return any((root / ERLANG).glob("erts-*/bin/erlexec")) and any((root / RABBITMQ).glob("rabbitmq_server-*"))


def _fetch(cache: Path) -> Path:
    """A new folder with all packages unpacked."""
    packages, draft = cache / "packages", cache / "draft"
    for folder in (packages, draft):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    run = functools.partial(_run, packages, time.monotonic() + FETCH_TIMEOUT_S)
    try:
        try:
            _download(run, ())
        except ServerError:  # the machine's lists are missing or old, and may not be ours to write
            own = _own_lists(cache)
            run(["apt-get", *own, "update"])
            _download(run, own)
        for package in sorted(packages.glob("*.deb")):
            run(["dpkg", "-x", str(package), str(draft)])
    except ServerError as error:
        raise ServerError(
            f"RabbitMQ is not installed and could not be fetched from Debian: {error}\n"
            f"Install it (apt-get install rabbitmq-server), or set {WITHOUT}=1 to leave out the tests that need it."
        ) from error
    if not _is_complete(draft):
        raise ServerError(f"Debian's packages of RabbitMQ lie where nobody expected them; look into {draft}")
    for folder in (packages, cache / "apt"):
        shutil.rmtree(folder, ignore_errors=True)
    return draft


def _download(run: Callable[[list[str]], str], options: Sequence[str]) -> None:
    """Get the packages of RabbitMQ and of Erlang; the libraries below them are on every Debian."""
    only_needed = [f"--no-{kind}" for kind in ("recommends", "suggests", "conflicts", "breaks", "replaces", "enhances")]
    listed = run(["apt-cache", *options, "depends", "--recurse", *only_needed, "rabbitmq-server"])
    names = {line for line in listed.splitlines() if line.startswith(("erlang-", "rabbitmq-server"))}
    if "rabbitmq-server" not in names:
        raise ServerError("apt-cache knows no package rabbitmq-server")
    run(["apt-get", *options, "--quiet", "download", *sorted(names)])


def _own_lists(cache: Path) -> list[str]:
    """Options with which apt keeps its lists in the cache."""
    (cache / "apt" / "lists" / "partial").mkdir(parents=True, exist_ok=True)
    return [
        *("-o", f"Dir::State={cache / 'apt'}", "-o", f"Dir::Cache={cache / 'apt'}"),
        *("-o", "Dir::State::status=/var/lib/dpkg/status"),
    ]


def _run(folder: Path, end: float, command: list[str]) -> str:
    """What a program prints that runs in a folder, until a moment of ``time.monotonic``.

    Raises:
        ServerError: it is missing, failed or took too long.
    """
    try:
        left_s = max(0.0, end - time.monotonic())
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=left_s)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ServerError(f"{command[0]}: {error}") from error
    if done.returncode:
        raise ServerError(f"{' '.join(command[:2])} failed: {done.stderr.strip()[-1000:]}")
    return done.stdout
