"""``bus serve`` as a process, with the plugin ``house`` installed and nothing else but the queue."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

import httpx2

from bus.testing import wait_until
from tests.servers import die_with_parent

ROOT = Path(__file__).parents[3]


class WebServer:
    """One server; it ends with the block.

    Args:
        folder: for its database, its log and the plugin's metadata.
        settings: ``BUS_...`` variables on top.
    """

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.folder = folder
        self.database = f"sqlite:///{folder / 'bus.sqlite'}"
        self._log = folder / "log"
        information = folder / "house-1.0.dist-info"
        information.mkdir(exist_ok=True)
        (information / "METADATA").write_text("Metadata-Version: 2.1\nName: house\nVersion: 1.0\n")
        (information / "entry_points.txt").write_text("[bus.plugins]\nhouse = tests.bus.gateway.house:house\n")
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))),
            "BUS_DATABASE_URL": self.database,
            "BUS_PLUGINS_ALLOW": "house,workers",
            **{name: str(value) for name, value in settings.items()},
        }
        self.url = ""

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bus", "serve", "--port", "0"],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent(signal.SIGKILL),  # noqa: PLW1509  # it takes no lock
            )
        self.url = wait_until(self._place, 30, "the server to listen")
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def _place(self) -> str | None:
        assert self.process.poll() is None, self.log
        found = re.search(r"listening at (http://\S+)", self.log)
        return None if found is None else found[1]

    @property
    def log(self) -> str:
        """All it has written."""
        return self._log.read_text()

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        url = httpx2.URL(self.url)
        assert url.port is not None
        return url.host, url.port

    def client(self, **options: Any) -> httpx2.Client:
        """Somebody who asks it."""
        return httpx2.Client(base_url=self.url, timeout=60, **options)

    def stop(self) -> int:
        """Ask it to end, and answer its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)
