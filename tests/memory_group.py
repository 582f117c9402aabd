"""Processes that may take so much memory together: beyond it the kernel kills the largest of them, without a word.

    with MemoryGroup(limit_bytes) as group:
        group.join()       # this process, and the children it has from now on

Linux's control groups, version 1 or 2. Whoever may not make one, or whose kernel (gVisor's, say) takes the limit and
does not hold anybody to it, gets an OSError.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import uuid
from pathlib import Path
from types import TracebackType
from typing import Self

from bus.testing import wait_until

ROOT = Path("/sys/fs/cgroup")
#: What a program may take that is made to take more, and what it takes: an interpreter alone takes a third of it.
PROOF_LIMIT_BYTES = 32 << 20
PROOF = f"bytes({PROOF_LIMIT_BYTES * 4}).replace(b'\\0', b'x')"
PROOF_SECONDS = 30


class MemoryGroup:
    """One group, empty at first.

    Args:
        limit_bytes: what its processes may take together.

    Raises:
        OSError: the system does not let us have one.
    """

    def __init__(self, limit_bytes: int) -> None:
        is_old = (ROOT / "memory").is_dir()
        parent = _own("memory", ROOT / "memory") if is_old else _own("", ROOT)
        if not is_old and "memory" not in (parent / "cgroup.subtree_control").read_text().split():
            (parent / "cgroup.subtree_control").write_text("+memory")
        self.folder = parent / f"bus-test-{uuid.uuid4().hex}"
        self.folder.mkdir()
        self._events = self.folder / ("memory.oom_control" if is_old else "memory.events")
        try:
            self._hold_to(PROOF_LIMIT_BYTES, is_old)
            self._prove()
            self._hold_to(limit_bytes, is_old)
        except (OSError, subprocess.SubprocessError) as error:
            self.folder.rmdir()
            raise OSError(f"{self.folder} cannot be used") from error
        self._killed_before = self._count()

    def _hold_to(self, limit_bytes: int, is_old: bool) -> None:
        swapped = self.folder / ("memory.memsw.limit_in_bytes" if is_old else "memory.swap.max")
        together = str(limit_bytes) if is_old else "0"
        # Version 1 never lets memory alone have more than memory and swap together: which is first depends on whether
        # more or less is allowed. Where there is no account of swap, nothing is swapped.
        with contextlib.suppress(OSError):
            swapped.write_text(together)
        (self.folder / ("memory.limit_in_bytes" if is_old else "memory.max")).write_text(str(limit_bytes))
        with contextlib.suppress(OSError):
            swapped.write_text(together)

    def _prove(self) -> None:
        """See that a process can be put into the group, and is killed there: neither is told beforehand."""
        ended = subprocess.run([sys.executable, "-c", PROOF], check=False, preexec_fn=self.join, timeout=PROOF_SECONDS)
        if ended.returncode != -signal.SIGKILL or not self._count():
            raise OSError(f"{self.folder} holds nobody to its limit")

    def killed(self) -> int:
        """How many of its processes the kernel has killed."""
        return self._count() - self._killed_before

    def _count(self) -> int:
        found = re.search(r"^oom_kill (\d+)$", self._events.read_text(), re.MULTILINE)
        if found is None:
            raise OSError(f"{self._events} does not tell how many were killed")
        return int(found[1])

    def join(self) -> None:
        """Put this process into the group."""
        (self.folder / "cgroup.procs").write_text(str(os.getpid()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the group, once its last process has ended."""
        wait_until(lambda: not (self.folder / "cgroup.procs").read_text(), 30, "the group's processes to end")
        self.folder.rmdir()


def _own(controller: str, root: Path) -> Path:
    """The folder of the group this process is in; in a container that sees its own part alone, the top of that."""
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        if controller in controllers.split(","):
            folder = root / path.lstrip("/")
            return folder if folder.is_dir() else root
    raise OSError(f"no control group of {controller or 'version 2'}")
