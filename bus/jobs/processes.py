"""What the bus can be told of a worker process. Who tells: the hook ``bus_workers``."""

from typing import NamedTuple


class WorkerProcess(NamedTuple):
    """A worker process that lives."""

    #: Its name in the rows of the jobs it runs: ``host/pid-hex``.
    owner: str
    pid: int
    #: Epoch milliseconds.
    started_at: int
    #: Jobs it runs at a time.
    threads: int
    #: The queues it takes jobs from.
    queues: frozenset[str]
    #: ``name@version`` of every command it knows.
    contracts: frozenset[str]
    #: Runs nothing but jobs that were in hand when workers died.
    is_ward: bool
