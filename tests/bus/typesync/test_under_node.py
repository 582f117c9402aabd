"""The TypeScript is what TypeScript's own compiler takes, and its client does under Node.js what it promises.

The programs are in tests/node/typesync: the compiler reads all of them, Node.js runs two.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bus.testing import wait_until
from bus.typesync.generated import generate, in_one_file
from bus.typesync.writing import write
from tests.bus.installable import install_sample
from tests.bus.typesync.node import compiled, run
from tests.bus.typesync.notes import SOURCE, registry_of
from tests.servers import die_with_parent

pytestmark = pytest.mark.any_database


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the set, its one-file form, the programs, and all of it as JavaScript in ``js``."""
    folder = tmp_path_factory.mktemp("node")
    generated = generate(registry_of())
    _ = [*write(folder / "generated", generated.files)]
    (folder / "one_file.ts").write_text(in_one_file(generated))
    assert compiled(folder, "types.ts", "safe_invoke.ts", "buses.ts", types=("node",)) == ""
    return folder


@pytest.fixture(scope="module")
def variables(place: Path) -> dict[str, str]:
    """What lets a process find the sample domain, and a database of its own."""
    installed = install_sample(place / "site", SOURCE)
    return {
        **installed,
        "BUS_PLUGINS_ALLOW": "sample,workers",
        "BUS_HOME": str(place / "home"),
        "BUS_MAX_REQUEST_BYTES": "1048576",
    }


@pytest.fixture(scope="module")
def gateway(place: Path, variables: dict[str, str]) -> Iterator[str]:
    """The URL of ``bus serve``, with a worker beside it."""
    log = place / "log"
    with log.open("wb") as written, contextlib.ExitStack() as running:
        for arguments in (("serve", "--port", "0"), ("worker", "--processes", "1")):
            process = subprocess.Popen(
                [sys.executable, "-m", "bus", *arguments],
                env={**os.environ, **variables},
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=written,
                preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509  # one call of the system
            )
            running.callback(process.wait)
            running.callback(process.terminate)
        yield wait_until(lambda: _told(log.read_text()), 30, "the server to listen")


def _told(log: str) -> str | None:
    return log.partition("listening at ")[2].split()[0] if "listening at http" in log else None


def passes(program: Path, **variables: str) -> None:
    """Each test of a program passes, and there are some."""
    ended = run("--test", "--test-reporter=tap", "--test-timeout=30000", str(program), variables=variables)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "# pass 0" not in ended.stdout


def test_safe_invoke_does_what_it_promises(place: Path) -> None:
    passes(place / "js" / "safe_invoke.js")


def test_the_client_speaks_to_bus_stdio(place: Path, variables: dict[str, str]) -> None:
    passes(place / "js" / "buses.js", **variables, BUS=str(Path(sys.executable).parent / "bus"))


def test_the_client_speaks_to_bus_serve(place: Path, gateway: str) -> None:
    passes(place / "js" / "buses.js", GATEWAY=gateway, TOKEN="sesame")
