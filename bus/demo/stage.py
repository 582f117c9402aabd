"""Where the demo plays: a fresh database in a temporary folder, a worker beside it, and each way to send a command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from bus.application import Bus
from bus.demo.scene import Answer, Scene
from bus.settings import Settings

#: Milliseconds a queued command of the demo may take, its worker's death and recovery included.
PATIENCE_MS = 30_000


class Stage:
    """A bus, a worker process and a stdio process on one fresh database.

    Args:
        folder: an empty folder; everything is written there.
    """

    def __init__(self, folder: Path) -> None:
        self._faults = folder / "faults"
        self._faults.mkdir()
        self._environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith("BUS_") and name != "DATABASE_URL"
            },
            "BUS_HOME": str(folder),
            "BUS_FAULT_FOLDER": str(self._faults),
            "BUS_LOG_LEVEL": "error",
        }
        # Plugins read their settings there too; without this, the demo's keys would be those of whoever plays it.
        self._before = dict(os.environ)
        _put(self._environment)
        settings = Settings.from_environment(self._environment)
        self._bus = Bus.open(settings=settings)
        self._log = (folder / "worker.log").open("w")
        self._worker = self._start("worker", "--processes", "2", "--threads", "2", stderr=self._log)
        self._stdio = self._start("stdio", stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def _start(
        self, *words: str, stdin: int | None = None, stdout: int | None = None, stderr: IO[str] | None = None
    ) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603  # our own program, with words of our own
            [sys.executable, "-m", "bus", *words],
            env=self._environment,
            stdin=stdin or subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            text=True,
        )

    def play(self, scene: Scene) -> Answer:
        """Send a scene's command its way and return the envelope."""
        ways = {
            "python": self._python,
            "cli": self._cli,
            "stdio": self._line,
            "queue": self._queue,
            "killed queue": self._killed,
            "inbox": self._inbox,
        }
        return ways[scene.way](scene)

    def _python(self, scene: Scene) -> Answer:
        return self._bus.call(scene.command, scene.args).to_dict()

    def _cli(self, scene: Scene) -> Answer:
        words = [sys.executable, "-m", "bus", "call", scene.command, "--json", json.dumps(scene.args)]
        done = subprocess.run(words, env=self._environment, capture_output=True, text=True, check=False)  # noqa: S603  # as above
        return json.loads(done.stdout)

    def _line(self, scene: Scene) -> Answer:
        assert self._stdio.stdin is not None
        assert self._stdio.stdout is not None
        self._stdio.stdin.write(json.dumps({"command": scene.command, "args": scene.args}) + "\n")
        self._stdio.stdin.flush()
        return json.loads(self._stdio.stdout.readline())

    def _queue(self, scene: Scene) -> Answer:
        accepted = self._bus.submit(scene.command, scene.args)
        if accepted.job is None:
            return accepted.to_dict()
        return self._bus.wait(accepted.job["id"], timeout_ms=PATIENCE_MS).to_dict()

    def _inbox(self, scene: Scene) -> Answer:
        """A list that workers fill: asked again until there is something in it."""
        give_up = time.monotonic() + PATIENCE_MS / 1000
        while True:
            answer = self._python(scene)
            if not answer["ok"] or answer["data"]["items"] or time.monotonic() > give_up:
                return answer
            time.sleep(0.02)

    def _killed(self, scene: Scene) -> Answer:
        order = self._faults / "handled"
        order.write_text("kill")
        answer = self._queue(scene)
        if order.exists():
            raise RuntimeError("no worker was killed: the command was run without passing the point 'handled'")
        return answer

    def close(self) -> None:
        """End both processes and the bus."""
        for process in (self._stdio, self._worker):
            if process.stdin is not None:
                process.stdin.close()
            else:
                process.terminate()
        give_up = time.monotonic() + 10
        for process in (self._stdio, self._worker):
            try:
                process.wait(max(0.1, give_up - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()
        self._bus.close()
        self._log.close()
        _put(self._before)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _put(environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
