"""What the processes of one host say about themselves: a card beside the lock that shows that they live.

Workers tell what they know and take; supervisors that they may be asked to drain. A card counts as long as the lock of
its owner is held, and goes with it.

Not here: the locks (workers/folder.py).
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bus.jobs.processes import WorkerProcess
from workers.folder import Life, folder_of, is_dead, stem_of

if TYPE_CHECKING:
    from bus.database import Database

#: What a process is: one that runs jobs, one for jobs that were in hand when workers died, the parent of both, and
#: the parent of everything.
WORKER, WARD, SUPERVISOR, UP = "worker", "ward", "supervisor", "up"
_CARD = ".card"


class Card(NamedTuple):
    """What a process says about itself."""

    role: str
    owner: str
    pid: int
    #: Process id of its parent.
    parent: int
    #: Epoch milliseconds.
    started_at: int
    threads: int = 0
    queues: Sequence[str] = ()
    contracts: Sequence[str] = ()

    @property
    def is_here(self) -> bool:
        """Whether its process id means something on this host."""
        return self.owner.startswith(f"{socket.gethostname()}/")


def introduce(
    life: Life, role: str, *, threads: int = 0, queues: Iterable[str] = (), contracts: Iterable[str] = ()
) -> None:
    """Write this process's card. It goes when the life is closed, or when others forget the dead."""
    now_ms = time.time_ns() // 1_000_000
    card = Card(role, life.owner, os.getpid(), os.getppid(), now_ms, threads, list(queues), list(contracts))
    draft = life.path.with_suffix(".draft")
    draft.write_text(json.dumps(card._asdict()))
    draft.rename(life.path.with_suffix(_CARD))  # whole or not at all


def living(folder: Path, *roles: str) -> list[Card]:
    """The cards of the living in these roles, by owner."""
    cards = [card for file in folder.glob(f"*{_CARD}") if (card := _read(file)) is not None and card.role in roles]
    alive = [card for card in cards if not is_dead(folder, card.owner, missing_is_dead=True)]
    return sorted(alive, key=lambda card: card.owner)


def worker_processes(database: Database) -> list[WorkerProcess]:
    """The worker processes that live on this host and work on this database."""
    return [
        WorkerProcess(
            card.owner,
            card.pid,
            card.started_at,
            card.threads,
            frozenset(card.queues),
            frozenset(card.contracts),
            card.role == WARD,
        )
        for card in living(folder_of(database), WORKER, WARD)
    ]


def _read(file: Path) -> Card | None:
    """The card in a file; None when it has just gone, or was written by another version of this code."""
    try:
        found: Any = json.loads(file.read_text())
        card = Card(**found)
    except (OSError, ValueError, TypeError):
        return None
    return card if file.name == stem_of(card.owner) + _CARD else None
