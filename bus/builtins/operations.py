"""Contracts of the commands with which operators look after jobs, queues and workers. Times are epoch milliseconds."""

from bus import fields
from bus.builtins.contracts import STATES, JobNotFound, JobSummary
from bus.contract import INTERNAL, OPERATORS, READ, WRITE, Contract, Schema
from bus.errors import Refusal
from bus.jobs.states import ENDED

#: Why a job is not done yet, in the order in which the reasons are looked for (bus/jobs/why.py).
REASONS = (
    *("ended", "worker_gone", "running", "scheduled", "resting", "queue_paused", "command_paused", "argument_paused"),
    *("key_full", "rate_used_up", "no_worker", "unknown_command", "queue_unattended", "others_first", "due"),
)


class JobNotEnded(Refusal):
    """Only a job that has ended can be dropped. Callers cancel it first."""

    code = "job_not_ended"
    message = "the job {job_id} is {state}; cancel it before it is dropped"


class JobDrop(Contract):
    """Delete an ended job with its attempts and units. Nothing of it is left, and it cannot be tried again."""

    name, version = "job_drop", 1
    effect, access = WRITE, OPERATORS
    errors = (JobNotFound, JobNotEnded)

    class Params(Schema):
        job_id = fields.Id(required=True)

    class Result(Schema):
        # As it was.
        job = fields.Nested(JobSummary, required=True)


class FailureGroup(Schema):
    """Failures that are alike."""

    state = fields.Text(required=True, validate=fields.validate.OneOf(STATES))
    command = fields.Text(required=True)
    code = fields.Text(required=True)
    # The message; numbers and ids are masked.
    pattern = fields.Text(required=True)
    count = fields.Int64(required=True)
    oldest = fields.EpochMillis(required=True)
    newest = fields.EpochMillis(required=True)
    # The newest of them.
    sample_id = fields.Id(required=True)


class JobGroups(Contract):
    """Count failed and dead jobs that are alike: by command, code and message with numbers and ids masked."""

    name, version = "job_groups", 1
    effect, access = READ, OPERATORS

    class Params(Schema):
        state = fields.Text(validate=fields.validate.OneOf(sorted(ENDED)))
        queue = fields.Text()
        command = fields.Text()
        # Of each state, only the newest so many are looked at.
        most = fields.Int64(load_default=10_000, validate=fields.validate.Range(1, 100_000))

    class Result(Schema):
        items = fields.List(fields.Nested(FailureGroup), required=True)
        total_count = fields.Int64(required=True)
        # Jobs looked at.
        examined_count = fields.Int64(required=True)


class Reason(Schema):
    """Why a job still waits, or what has become of it."""

    code = fields.Text(required=True, validate=fields.validate.OneOf(REASONS))
    message = fields.Text(required=True)
    details = fields.Object(required=True)


class JobWhy(Contract):
    """Tell the one reason why a job is still waiting, or what has become of it."""

    name, version = "job_why", 1
    effect, access = READ, OPERATORS
    errors = (JobNotFound,)

    class Params(Schema):
        job_id = fields.Id(required=True)

    class Result(Schema):
        reason = fields.Nested(Reason, required=True)


class Figures(Schema):
    """How deep queues are, and how fast."""

    # Due, and nothing but workers is missing.
    waiting = fields.Int64(required=True)
    # Due, and held back by the limit or the rate of their key.
    waiting_for_key = fields.Int64(required=True)
    # Their time has not come, or they rest between two attempts.
    scheduled = fields.Int64(required=True)
    running = fields.Int64(required=True)
    # How long the oldest one that waits has been due, milliseconds; null: none waits.
    oldest_waiting_ms = fields.Int64(required=True, allow_none=True)
    # Requests without a job that wait at the broker; null: it carries none, or does not tell.
    letters = fields.Int64(required=True, allow_none=True)
    # How long the oldest of them has been under way, milliseconds; null: none waits, or nobody can tell.
    oldest_letter_ms = fields.Int64(required=True, allow_none=True)
    finished_minute = fields.Int64(required=True)
    finished_hour = fields.Int64(required=True)


class QueueItem(Figures):
    """One queue."""

    name = fields.Text(required=True)
    is_paused = fields.Boolean(required=True)
    pause_reason = fields.Text(required=True, allow_none=True)


class QueueList(Contract):
    """List the queues: how deep, how old, how fast, and whether they are held back. The figures autoscaling needs."""

    name, version = "queue_list", 1
    effect, access = READ, OPERATORS

    class Result(Schema):
        items = fields.List(fields.Nested(QueueItem), required=True)
        # All queues together; the age is that of the oldest.
        total = fields.Nested(Figures, required=True)
        at = fields.EpochMillis(required=True)


class RunningJob(Schema):
    """One job that a worker runs."""

    id = fields.Id(required=True)
    command = fields.Text(required=True)
    version = fields.Int64(required=True)
    queue = fields.Text(required=True)
    attempt = fields.Int64(required=True)
    started_at = fields.EpochMillis(required=True, allow_none=True)


class WorkerItem(Schema):
    """One worker process. What only its own host knows is null for those of other hosts."""

    owner = fields.Text(required=True)
    host = fields.Text(required=True)
    # Null: it is another host's, and only its jobs tell of it.
    is_alive = fields.Boolean(required=True, allow_none=True)
    pid = fields.Int64(required=True, allow_none=True)
    started_at = fields.EpochMillis(required=True, allow_none=True)
    threads = fields.Int64(required=True, allow_none=True)
    queues = fields.List(fields.Text(), required=True, allow_none=True)
    # Runs nothing but jobs that were in hand when workers died.
    is_ward = fields.Boolean(required=True, allow_none=True)
    running = fields.Int64(required=True)
    # The oldest first; of all workers, a thousand are named.
    jobs = fields.List(fields.Nested(RunningJob), required=True)


class WorkerCount(Contract):
    """Count the workers that live on this host, for commands that tell how something fares; null: nobody can tell."""

    name, version = "worker_count", 1
    effect, access = READ, INTERNAL

    class Result(Schema):
        count = fields.Int64(required=True, allow_none=True)


class WorkerList(Contract):
    """List the workers: those that live on this host, those of other hosts that run jobs, and what each one runs."""

    name, version = "worker_list", 1
    effect, access = READ, OPERATORS

    class Result(Schema):
        items = fields.List(fields.Nested(WorkerItem), required=True)
        total_count = fields.Int64(required=True)
        at = fields.EpochMillis(required=True)
