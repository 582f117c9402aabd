"""What a question may use in one round: a fresh folder, servers that start when first asked for, and how much to do."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from tests.servers import PostgreSQL, Redis

S = TypeVar("S", PostgreSQL, Redis)


@dataclass(frozen=True)
class Stage:
    """One round of one question."""

    #: Empty, removed after the round.
    folder: Path
    redis: Callable[[], Redis]
    postgresql: Callable[[], PostgreSQL]
    #: Part of the full size of everything that is counted; 1.0 is a serious run.
    share: float = 1.0

    def times(self, full: int, least: int = 1) -> int:
        """How often to do what a serious run does ``full`` times."""
        return max(least, round(full * self.share))


class DurablePostgreSQL(PostgreSQL):
    """PostgreSQL as it is installed: each commit is on the disk before it is answered."""

    settings = tuple(
        setting
        for setting in PostgreSQL.settings
        if not setting.startswith(("fsync=", "full_page_writes=", "autovacuum=", "shared_buffers="))
    )

    @staticmethod
    def place() -> Path | None:
        """On the disk: in memory a commit would be there at once."""
        return None


@contextmanager
def stages(share: float) -> Iterator[Callable[[], Stage]]:
    """A source of stages that share their servers."""
    with ExitStack() as stack:

        def started(server: S) -> S:
            stack.callback(server.remove)
            server.start()
            return server

        redis = cache(lambda: started(Redis()))
        postgresql = cache(lambda: started(DurablePostgreSQL()))
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bus-benchmarks-")))
        yield lambda: Stage(Path(tempfile.mkdtemp(dir=root)), redis, postgresql, share)
