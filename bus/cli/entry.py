"""Where the command ``bus`` begins: it finds the subcommand and turns every failure into a sentence and a status.

``bus stdio`` starts without click, because other programs start it and wait. No traceback reaches whoever typed the
command; the log has it at level DEBUG.

Not here: the list of subcommands (bus/cli/group.py).
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from bus.errors import BusError, SetupError

OK, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def main() -> NoReturn:
    """Run the command line of this process and end it."""
    status = run(sys.argv[1:])
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError:  # nobody reads, or there is no room: the next flush would only complain
        _abandon_stdout()
        status = status or FAILED
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit status."""
    try:
        if arguments == ["stdio"]:
            from bus import stdio

            return stdio.run()
        from bus.cli import group

        return group.run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the output has seen enough
        _abandon_stdout()
        return OK
    except (SetupError, BusError) as error:
        return _fail(str(error))
    except Exception as error:  # noqa: BLE001  # the last stop before the terminal
        return _fail_unexpectedly(error)


def _fail(sentence: str) -> int:
    print(f"bus: {sentence}", file=sys.stderr)  # noqa: T201  # this is what standard error is for
    return FAILED


def _fail_unexpectedly(error: Exception) -> int:
    from bus import logs

    logs.get("bus.cli").debug("the command line failed", exc_info=error)
    advice = "set BUS_LOG_LEVEL=DEBUG to see where"
    return _fail(f"this should not have happened: {type(error).__name__}: {error}; {advice}")


def _abandon_stdout() -> None:
    """Let what is still buffered go nowhere, so that the interpreter does not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
