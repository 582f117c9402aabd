"""A shell that stays open for a whole page, as a reader's terminal does.

What a command sets (variables, the working folder, programs in the background) is there for the next one, and what it
installs lands in an environment of the terminal's own.
"""

import contextlib
import doctest
import os
import secrets
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Self

import psutil

from tests.docs.environment import layered_environment
from tests.forks import Forks

#: What pages install is at hand; pip needs no network for it, and has nothing to say about its own version.
OFFLINE_PIP = {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


class Terminal:
    """One ``bash``, fed command by command.

    Args:
        folder: where it begins to work; the environment is made beside it.
        environment: the variables it begins with.
        forks: whose forks ``bus`` is.
    """

    def __init__(self, folder: Path, environment: dict[str, str], forks: Forks) -> None:
        self.mark = f"done-{secrets.token_hex(8)}"
        self.folder = folder
        programs = layered_environment(folder.parent / "environment", forks)
        path = os.pathsep.join((str(programs), str(Path(sys.executable).parent), environment["PATH"]))
        self.environment = environment | {"PATH": path, "PS1": "", "COLUMNS": "100"} | OFFLINE_PIP

    def __enter__(self) -> Self:
        self.shell = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.folder,
            env=self.environment,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        # What a page leaves in the background ends with its page.
        for process in [*psutil.Process(self.shell.pid).children(recursive=True), self.shell]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self.shell.communicate()

    def type(self, command: str) -> tuple[int, str]:
        """Run one command; its exit code and all that it printed, on stdout and stderr, in order."""
        assert self.shell.stdin is not None
        assert self.shell.stdout is not None
        # eval keeps the shell's own input away from the command, and a half-finished command from the next one.
        line = f"eval {shlex.quote(command)} </dev/null; code=$?; printf '\\n{self.mark} %s\\n' $code; (exit $code)\n"
        self.shell.stdin.write(line)
        self.shell.stdin.flush()
        printed: list[str] = []
        for read in self.shell.stdout:
            if read.startswith(self.mark):
                # The line break before the mark is ours.
                return int(read.split()[1]), "".join(printed).removesuffix("\n")
            printed.append(read)
        raise AssertionError(f"the shell ended in {command!r} after printing:\n{''.join(printed)}")

    def expect(self, command: str, printed: str | None) -> None:
        """Run one command and compare; None: only its exit code counts, which must be 0.

        Raises:
            AssertionError: it printed something else, or failed.
        """
        code, got = self.type(command)
        if printed is None:
            assert code == 0, f"$ {command}\nended with exit code {code} after printing:\n{got}"
            return
        options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        same = doctest.OutputChecker().check_output(f"{printed.strip()}\n", f"{got.strip()}\n", options)
        assert same, f"$ {command}\nshould print:\n{printed}\nbut printed (exit code {code}):\n{got}"
