"""Where a drill is held: everything set up for it, and taken away again whatever happens.

Not here: what is taken away (workers/drill/clearing.py).
"""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bus.errors import SetupError
from workers.drill.clearing import clear, clear_leftovers
from workers.drill.crew import Crew
from workers.drill.plugin import create
from workers.folder import Life, folder_of

if TYPE_CHECKING:
    from types import FrameType

    from bus.settings import Settings
    from workers.drill.shadow import Shadow, ShadowBus

#: Signals that end a drill before its time.
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stage(NamedTuple):
    """A stage that is set."""

    shadow: Shadow
    bus: ShadowBus
    crew: Crew
    #: For what somebody may want to look at: it holds the workers' log.
    folder: Path


@contextmanager
def stage_for(settings: Settings, shadow: Shadow) -> Generator[Stage]:
    """Set the stage, with workers that are starting; take everything away at the end.

    Its folder is left to the caller, unless somebody stops the drill or the stage cannot be set.

    Raises:
        SetupError: it cannot be set; the message says what to do.
    """
    with _stoppable() as go_on, ExitStack() as stack:
        try:
            bus = _opened(settings, shadow)
            stack.callback(clear, bus, shadow.table)
            clear_leftovers(bus, settings)
            life = Life(folder_of(bus.database))
            stack.callback(life.close)
            create(bus.database, shadow.table)
            folder = Path(tempfile.mkdtemp(prefix=f"{shadow.name}-"))
            crew = Crew(shadow, folder_of(bus.database), life, folder / "workers.log")
            stack.callback(crew.end)
            try:
                crew.start()
                yield Stage(shadow, bus, crew, folder)
            except KeyboardInterrupt:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        finally:
            go_on()


def _opened(settings: Settings, shadow: Shadow) -> ShadowBus:
    bus = shadow.open(settings)
    if bus.database.is_memory:
        bus.close()
        raise SetupError("no worker can see an in-memory database; set BUS_DATABASE_URL to the one to drill on")
    return bus


@contextmanager
def _stoppable() -> Generator[Callable[[], None]]:
    """Let every signal that asks to stop end the drill as Ctrl-C does, the first time; gives what forbids even that."""

    def go_on() -> None:
        for number in STOPS:
            signal.signal(number, signal.SIG_IGN)

    def stop(_number: int, _frame: FrameType | None) -> None:
        go_on()  # a second one must not keep the drill from taking its things away
        raise KeyboardInterrupt

    before = [(number, signal.signal(number, stop)) for number in STOPS]
    try:
        yield go_on
    finally:
        for number, handler in before:
            signal.signal(number, handler)
