"""The states of a job and the moves between them, in one table; and the lanes of a queue."""

import enum

#: Lanes: short units (on SQLite they share transactions); everything else; jobs that were in hand when workers died,
#: each of which then has a process to itself: what dies with it is its own doing; short units whose contract lets them
#: share a transaction on PostgreSQL too; jobs that wait for others of their key, which nobody claims there.
UNIT_LANE, FREE_LANE, WARD_LANE, GROUP_LANE, KEY_LANE = 0, 1, 2, 3, 4


class JobState(enum.StrEnum):
    """What a job is doing."""

    #: Waits for a worker; with ``run_at`` in the future it is shown as ``scheduled``.
    QUEUED = "queued"
    #: A worker holds it.
    RUNNING = "running"
    #: Ended ``ok``.
    SUCCEEDED = "succeeded"
    #: The domain refused; repeating would not help.
    FAILED = "failed"
    #: All attempts are used up; kept for an operator.
    DEAD = "dead"
    #: Cancelled before or while it ran.
    CANCELLED = "cancelled"


#: That a job waits or runs, in SQL. Not by its state, which a claim changes: SQLite moves the entries of all indexes
#: whose condition names a changed column.
IS_ALIVE = "finished_at IS NULL"

#: Shown instead of ``queued`` while ``run_at`` lies in the future; never stored.
SCHEDULED = "scheduled"

#: From each state, the states a job may go to.
MOVES: dict[JobState, frozenset[JobState]] = {
    JobState.QUEUED: frozenset({JobState.RUNNING, JobState.CANCELLED}),
    JobState.RUNNING: frozenset(
        {JobState.QUEUED, JobState.SUCCEEDED, JobState.FAILED, JobState.DEAD, JobState.CANCELLED}
    ),
    JobState.SUCCEEDED: frozenset(),
    JobState.FAILED: frozenset({JobState.QUEUED}),
    JobState.DEAD: frozenset({JobState.QUEUED}),
    JobState.CANCELLED: frozenset({JobState.QUEUED}),
}

#: States from which nothing happens by itself.
ENDED = frozenset({JobState.SUCCEEDED, JobState.FAILED, JobState.DEAD, JobState.CANCELLED})
#: States that an operator, or the publisher, may put back into the queue.
RETRYABLE = frozenset(state for state, moves in MOVES.items() if state in ENDED and JobState.QUEUED in moves)
