"""The program ``bus`` without the half second it takes to import: a fork of a process that has imported everything.

What ``Forks.install`` writes behaves as ``bus`` does: with the arguments, variables, streams and working folder of
whoever starts it, a process for each call, and all that is installed beside it at that moment. Subcommands that stay
(a worker, ``bus stdio``) or start programs are handed to the real one.

Not here: that the real one starts (tests/bus/cli/test_entry.py, tests/packaging/test_wheel.py).
"""

from __future__ import annotations

import importlib
import json
import os
import select
import signal
import site
import socket
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import NoReturn, Self

from bus.testing import wait_until
from tests.servers import die_with_parent

ROOT = Path(__file__).parent.parent
#: Subcommands that end by themselves and start no program.
SHORT = ("call", "commands", "db", "jobs", "pause", "queues", "resume", "schedules", "why", "workers")
#: What they import when they run.
IMPORTED = (
    *("bus.application", "bus.builtins", "bus.migration", "alembic.command", "plugins.engine", "plugins.lazynote"),
    *("sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql.psycopg", "workers", "workers.redis.place"),
)
#: Exit status of a fork that could not say its own.
LOST = 70

PROGRAM = """#!{python} -IS
import array, json, os, socket, sys
if sys.argv[1:2] == [] or sys.argv[1] not in {short} or "PYTHONPATH" in os.environ:
    os.execv({real!r}, [{real!r}, *sys.argv[1:]])
ask = socket.socket(socket.AF_UNIX)
ask.connect({place!r})
request = json.dumps([sys.argv, os.getcwd(), dict(os.environ), {packages!r}]).encode()
streams = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))
ask.sendmsg([len(request).to_bytes(4, "big")], [streams])
ask.sendall(request)
sys.exit((ask.recv(1) or bytes([{lost}]))[0])
"""


class Forks:
    """The process that is forked; it ends with the block, or with this process.

    Args:
        folder: for its socket, whose path has to be short.
    """

    def __init__(self, folder: Path) -> None:
        self.place = folder / "forks"

    def __enter__(self) -> Self:
        # Whoever asks brings variables of their own.
        environment = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.forks", str(self.place)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment,
        )
        wait_until(self.place.exists, 60, "the process to fork from")
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()  # the end of its input is its own

    def install(self, program: Path, real: Path, packages: Path | None = None) -> Path:
        """Write a program that is ``bus``.

        Args:
            program: the file.
            real: the one that imports for itself.
            packages: a folder with more installed packages than those of this process.
        """
        filled = {"real": str(real), "place": str(self.place), "packages": packages and str(packages)}
        program.write_text(PROGRAM.format(python=sys.executable, short=SHORT, lost=LOST, **filled))
        program.chmod(0o755)
        return program


def serve(place: str) -> None:
    """Import everything, then fork for each connection until the input ends."""
    from bus.cli import group

    for module in (*IMPORTED, *group.COMMANDS.values()):
        importlib.import_module(module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them here
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{place}.draft")
        listener.listen(64)
        Path(f"{place}.draft").rename(place)
        while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
            connection = listener.accept()[0]
            if os.fork() == 0:
                listener.close()
                be_bus(connection)
            connection.close()


def be_bus(connection: socket.socket) -> NoReturn:
    """Do in a fork what the program would have done, and say how it ended."""
    from bus.cli import entry

    status: object = LOST
    try:
        die_with_parent(signal.SIGKILL)()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        take_over(connection)
        entry.main()
    except SystemExit as end:
        status = end.code
    except BaseException:  # noqa: BLE001  # a fork must not run on in its parent's code
        traceback.print_exc()
    finally:
        connection.send(bytes([status if isinstance(status, int) else LOST]))
        os._exit(0)


def take_over(connection: socket.socket) -> None:
    """Become whoever asks: streams, arguments, folder, variables, installed packages."""
    header, streams, _, _ = socket.recv_fds(connection, 4, 3)
    with connection.makefile("rb") as incoming:
        request = incoming.read(int.from_bytes(header, "big"))
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    # Those of the parent remember whether a place can be sought in them.
    sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115  # they stay open
    sys.stderr = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.argv, folder, variables, packages = json.loads(request)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    time.tzset()
    if packages is not None:
        site.addsitedir(packages)
    importlib.invalidate_caches()


if __name__ == "__main__":
    serve(sys.argv[1])
